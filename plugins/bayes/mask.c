/*
 * mask.c: takes words' masks off: "b u y" is read as "buy", "p4ypal" as
 * "paypal", and a word of two alphabets as the one that it looks like.
 */
#include "bayes.h"

enum { APART = 4, LATIN = 2, GREEK = 4, CYRILLIC = 8 };

static void
put(struct bayes_text *t, size_t place, uint32_t cp)
{
	t->capital[t->nread] = t->flags[place] & BAYES_CAPITAL;
	t->place[t->nread] = (uint32_t)place;
	t->read[t->nread++] = cp;
}

/* A letter by itself. */
static bool
single(const struct bayes_text *t, size_t i)
{
	int script = bayes_glyph_script(t->at[i]);

	return script >= 1 && script <= 3 &&
	    (i == 0 || !bayes_glyph_word(t->at[i - 1])) &&
	    (i + 1 == t->n || !bayes_glyph_word(t->at[i + 1]));
}

/* Where a run of single letters with one sign between them ends, or `from`.
 * It takes four: "I, a b" may be meant. */
static size_t
letters_apart(const struct bayes_text *t, size_t from)
{
	size_t to = from, n = 1;

	if (!single(t, from))
		return from;
	for (; to + 2 < t->n && !bayes_glyph_word(t->at[to + 1]) &&
	    single(t, to + 2); to += 2)
		n++;
	return n >= APART ? to + 1 : from;
}

/* Two spaces in a row stood between words. */
static void
join(struct bayes_text *t, size_t from, size_t to)
{
	size_t i;

	t->apart++;
	for (i = from; i < to; i += 2) {
		put(t, i, t->at[i]);
		if (i + 1 < to && (t->flags[i + 1] & BAYES_WIDE))
			put(t, i + 1, ' ');
	}
}

/* A digit that stands for a letter has letters on both sides. */
static bool
digits_inside(const struct bayes_text *t, size_t from, size_t to)
{
	size_t i;

	for (i = from + 1; i + 1 < to; i++)
		if (bayes_glyph_digit(t->at[i]) != t->at[i] &&
		    bayes_glyph_script(t->at[i - 1]) == 1 &&
		    bayes_glyph_script(t->at[i + 1]) == 1)
			return true;
	return false;
}

/* Has it a Cyrillic letter that no Latin one looks like? */
static bool
cyrillic(const struct bayes_text *t, size_t from, size_t to)
{
	size_t i;

	for (i = from; i < to; i++)
		if (bayes_glyph_script(t->at[i]) == 3 &&
		    bayes_glyph_latin(t->at[i]) == t->at[i])
			return true;
	return false;
}

static void
put_word(struct bayes_text *t, size_t from, size_t to)
{
	uint32_t (*meant)(uint32_t) = NULL;
	bool digits = digits_inside(t, from, to);
	unsigned scripts = 0;
	size_t i;

	for (i = from; i < to; i++)
		scripts |= 1u << bayes_glyph_script(t->at[i]);
	scripts &= LATIN | GREEK | CYRILLIC;
	if ((scripts & (scripts - 1)) != 0) {
		t->mixed++;
		meant = cyrillic(t, from, to) ? bayes_glyph_cyrillic :
		    bayes_glyph_latin;
	}
	t->leet += digits;
	for (i = from; i < to; i++) {
		uint32_t cp = meant != NULL ? meant(t->at[i]) : t->at[i];

		put(t, i, digits ? bayes_glyph_digit(cp) : cp);
	}
}

void
bayes_mask_off(struct bayes_text *t)
{
	size_t i = 0, to;

	t->nread = 0;
	while (i < t->n) {
		if (!bayes_glyph_word(t->at[i])) {
			put(t, i, t->at[i]);
			i++;
			continue;
		}
		to = letters_apart(t, i);
		if (to > i) {
			join(t, i, to);
		} else {
			while (to < t->n && bayes_glyph_word(t->at[to]))
				to++;
			put_word(t, i, to);
		}
		i = to;
	}
}
