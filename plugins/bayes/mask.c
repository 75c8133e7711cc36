/*
 * mask.c: takes words' masks off: "p4ypal" is read as "paypal", "ca$h" as
 * "cash", and a word of two alphabets as the one that it looks like. What the
 * text is written in tells which.
 */
#include <string.h>

#include "bayes.h"

enum { LATIN = 1, GREEK = 2, CYRILLIC = 3 };

static bool
word_at(const struct bayes_text *t, size_t i)
{
	return i < t->n && bayes_glyph_word(t->at[i]);
}

void
bayes_mask_put(struct bayes_text *t, size_t place, uint32_t cp)
{
	t->capital[t->nread] = t->flags[place] & BAYES_CAPITAL;
	t->place[t->nread] = (uint32_t)place;
	t->read[t->nread++] = cp;
}

bool
bayes_mask_letter(const struct bayes_text *t, size_t i)
{
	return word_at(t, i) && t->at[i] != '_' &&
	    !(t->at[i] >= '0' && t->at[i] <= '9');
}

struct word {
	size_t from, to;
	/* letters by what they are: Latin ones, others that look like those,
	 * Cyrillic ones and others that do not */
	uint32_t latin, alike, cyrillic, other;
	/* Latin ones that look like no Cyrillic one, or only in a way */
	uint32_t square, rough;
	unsigned scripts;		/* of all these, a bit each */
};

/* "ca$h": a sign between letters. An address is none: "me@site.net". */
static bool
sign_inside(const struct bayes_text *t, size_t i)
{
	size_t to = i + 1;

	if (i == 0 || t->looks[i] == 0 || !bayes_mask_letter(t, i - 1) ||
	    !bayes_mask_letter(t, i + 1))
		return false;
	while (t->at[i] == '@' && (word_at(t, to) || (to < t->n &&
	    t->at[to] == '-')))
		to++;
	return t->at[i] != '@' || to >= t->n || t->at[to] != '.' ||
	    !word_at(t, to + 1);
}

/* As well as nobody could tell. */
static bool
exactly_cyrillic(const struct bayes_text *t, size_t i)
{
	static const char small[] = "aceopxy", large[] = "bhkmt";
	const char *like = t->flags[i] & BAYES_CAPITAL &&
	    memchr(large, (int)t->at[i], 5) ? large : small;

	return memchr(like, (int)t->at[i], strlen(like)) != NULL;
}

static void
count_letter(const struct bayes_text *t, struct word *w, size_t i)
{
	int script = bayes_glyph_script(t->at[i]);
	bool cyrillic = bayes_glyph_cyrillic(t->at[i]) != t->at[i];

	if (bayes_mask_letter(t, i) || t->looks[i] != 0)
		w->scripts |= 1u << script;
	if (script == LATIN) {
		w->latin++;
		w->square += !cyrillic;
		w->rough += cyrillic && !exactly_cyrillic(t, i);
	} else if (t->looks[i] != 0)
		w->alike++;
	else if (script == CYRILLIC || cyrillic)
		w->cyrillic++;
	else if (bayes_mask_letter(t, i))
		w->other++;
}

static struct word
word(const struct bayes_text *t, size_t from)
{
	struct word w = { .from = from, .to = from };

	while (word_at(t, w.to) || (w.to < t->n && sign_inside(t, w.to)))
		count_letter(t, &w, w.to++);
	return w;
}

/* ---- what the text is written in ---- */

struct style {
	uint32_t latin, square, cyrillic, other;
	unsigned scripts;
	bool marked;			/* marks between letters */
};

static struct style
style(const struct bayes_text *t)
{
	struct style s = { .marked = bayes_apart_marked(t) };
	size_t i = 0;

	while (i < t->n) {
		struct word w = word(t, i);

		s.latin += w.latin;
		s.square += w.square + w.rough;
		s.cyrillic += w.cyrillic;
		s.other += w.other;
		s.scripts |= w.scripts;
		i = w.to + 1;
	}
	return s;
}

/* Which alphabet is it meant in, if not in the one that it is written in? Where
 * it could be either, it is the one of the text. */
static int
meant(const struct word *w, const struct style *s)
{
	bool in_latin = s->cyrillic + s->other == 0 && (s->latin > 0 ||
	    (s->scripts & (1u << GREEK | 1u << CYRILLIC)) == 0),
	    in_cyrillic = s->cyrillic > 0 && s->square == 0,
	    mixed = (w->scripts & (w->scripts - 1)) != 0;

	if (w->cyrillic > 0 || w->other > 0)
		return w->cyrillic > 0 && mixed ? CYRILLIC : 0;
	if (mixed)
		return w->square == 0 && s->cyrillic > s->square ? CYRILLIC :
		    LATIN;
	if (w->alike > 0)
		return in_latin ? LATIN : 0;
	return w->latin > 0 && in_cyrillic ? CYRILLIC : 0;
}

static uint32_t
unmask(const struct bayes_text *t, size_t i, int script)
{
	uint32_t cp = t->at[i];

	if (t->looks[i] != 0 && script != 0 &&
	    bayes_glyph_script(cp) != script)
		cp = t->looks[i];
	return script == CYRILLIC ? bayes_glyph_cyrillic(cp) : cp;
}

/* A digit that stands for a letter has letters on both sides; two may, if they
 * are the same. */
static bool
digit_inside(const struct bayes_text *t, const struct word *w, size_t i,
    int script)
{
	size_t to = i + 1;

	if (i == w->from || bayes_glyph_digit(t->at[i], script) == t->at[i])
		return false;
	to += to < w->to && t->at[to] == t->at[i];
	return to < w->to && bayes_mask_letter(t, i - 1) &&
	    bayes_mask_letter(t, to);
}

static bool
digits_inside(const struct bayes_text *t, const struct word *w, int script)
{
	size_t i;

	for (i = w->from; i < w->to; i++)
		if (digit_inside(t, w, i, script))
			return true;
	return false;
}

static void
put_word(struct bayes_text *t, const struct word *w, const struct style *s)
{
	int script = meant(w, s),
	    is = script != 0 ? script : w->latin > 0 ? LATIN : CYRILLIC;
	bool digits = digits_inside(t, w, is);
	size_t i;

	t->masked[BAYES_MIXED] += script != 0;
	t->masked[BAYES_LEET] += digits;
	for (i = w->from; i < w->to; i++) {
		uint32_t like = unmask(t, i, script),
		    cp = digits ? bayes_glyph_digit(like, is) : like;

		if (cp != t->at[i])
			bayes_text_note(t, cp == like ? BAYES_MIXED :
			    BAYES_LEET, t->at[i], cp);
		bayes_mask_put(t, i, cp);
	}
}

/* Where it ends. */
static size_t
put_next(struct bayes_text *t, const struct style *s, size_t from)
{
	size_t to = bayes_apart_join(t, from, s->marked);
	struct word w;

	if (to > from)
		return to;
	w = word(t, from);
	if (w.to > from) {
		put_word(t, &w, s);
		return w.to;
	}
	bayes_mask_put(t, from, t->at[from]);
	return from + 1;
}

void
bayes_mask_off(struct bayes_text *t)
{
	struct style s = style(t);
	size_t i = 0;

	t->nread = 0;
	while (i < t->n)
		i = put_next(t, &s, i);
}
