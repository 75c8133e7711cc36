/* features.c: words, their forms, pairs of words and marks, hashed. */
#include <string.h>

#include "bayes.h"

enum {
	EDGE = 0x110000,		/* stands for the text's two ends */
	LARGE, CAPITALIZED, DIGITS	/* forms of words */
};

static uint64_t
mix(uint64_t a, uint64_t b)
{
	a = (a ^ b) * 0x9e3779b97f4a7c15u;
	return a ^ a >> 32;
}

uint64_t
bayes_features_hash(uint64_t hash, const uint32_t *cps, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		hash = mix(hash, cps[i]);
	return hash;
}

/* Each slot once, however often it is met. */
static bool
fresh(struct bayes_features *f, uint32_t slot)
{
	uint32_t i = slot & f->seen_mask;

	for (; f->seen[i].round == f->round; i = (i + 1) & f->seen_mask)
		if (f->seen[i].slot == slot)
			return false;
	f->seen[i].round = f->round;
	f->seen[i].slot = slot;
	return true;
}

uint32_t
bayes_features_add(struct bayes_features *f, enum bayes_group group,
    uint64_t hash, struct bayes_feature what)
{
	hash = mix(mix(hash, f->seed), (uint64_t)group + 1);
	what.slot = (uint32_t)((hash >> 32) * f->slots >> 32);
	what.group = (uint16_t)group;
	if (f->n < BAYES_FEATURES && fresh(f, what.slot)) {
		f->all[f->n++] = what;
		f->each[group]++;
	}
	return what.slot;
}

static struct bayes_feature
span(size_t from, size_t to)
{
	return (struct bayes_feature){ .at = (uint32_t)from,
	    .len = (uint32_t)(to - from) };
}

/* In capitals or with one; and "150p" as "000p": what is alike but for its
 * figures. */
static void
cut_forms(struct bayes_features *f, const struct bayes_text *t,
    struct bayes_feature word, uint64_t hash)
{
	uint64_t pattern = DIGITS;
	size_t i, end = word.at + word.len, capitals = 0, digits = 0;

	for (i = word.at; i < end; i++) {
		bool digit = t->read[i] >= '0' && t->read[i] <= '9';

		capitals += t->capital[i];
		digits += digit;
		pattern = mix(pattern, digit ? '0' :
		    (uint64_t)bayes_glyph_script(t->read[i]));
	}
	if (capitals == word.len && capitals > 1)
		bayes_features_add(f, BAYES_FORMS, mix(hash, LARGE), word);
	else if (capitals > 0 && capitals < word.len)
		bayes_features_add(f, BAYES_FORMS, mix(hash, CAPITALIZED),
		    word);
	if (digits > 0)
		bayes_features_add(f, BAYES_FORMS, pattern, word);
}

/* Up to the next word: each mark, and two in a row. */
static size_t
cut_marks(struct bayes_features *f, const struct bayes_text *t, size_t i)
{
	uint32_t before = ' ';

	for (; i < t->nread && !bayes_glyph_word(t->read[i]); i++) {
		uint32_t cp = t->read[i];

		if (cp != ' ') {
			bayes_features_add(f, BAYES_MARKS, mix(EDGE, cp),
			    span(i, i + 1));
			if (before != ' ')
				bayes_features_add(f, BAYES_MARKS,
				    mix(before, cp), span(i - 1, i + 1));
		}
		before = cp;
	}
	return i;
}

static void
cut_words(struct bayes_features *f, const struct bayes_text *t)
{
	uint64_t before = EDGE, hash;
	size_t i, from, was = 0;

	for (i = cut_marks(f, t, 0); i < t->nread; i = cut_marks(f, t, i)) {
		from = i;
		while (i < t->nread && bayes_glyph_word(t->read[i]))
			i++;
		hash = bayes_features_hash(f->seed, t->read + from, i - from);
		f->words++;
		bayes_features_add(f, BAYES_WORDS, hash, span(from, i));
		bayes_features_add(f, BAYES_PAIRS, mix(before, hash),
		    span(was, i));
		cut_forms(f, t, span(from, i), hash);
		before = hash;
		was = from;
	}
	if (f->words > 0)
		bayes_features_add(f, BAYES_PAIRS, mix(before, EDGE),
		    span(was, t->nread));
}

static void
cut_masks(struct bayes_features *f, const struct bayes_text *t)
{
	size_t i;

	for (i = 0; i < t->nmasks; i++)
		bayes_features_add(f, BAYES_MASKS, mix(mix(t->masks[i].kind,
		    t->masks[i].sign), t->masks[i].as),
		    (struct bayes_feature){
			.kind = (uint16_t)t->masks[i].kind });
}

/* A short text takes little of `seen`, which then stays near the processor. */
static void
forget(struct bayes_features *f, size_t letters)
{
	uint32_t room = 1024;

	while (room < BAYES_SEEN && room < letters * 16)
		room *= 2;
	f->seen_mask = room - 1;
	if (++f->round == 0) {		/* once in four thousand million */
		memset(f->seen, 0, sizeof(f->seen));
		f->round = 1;
	}
}

void
bayes_features_cut(struct bayes_features *f, const struct bayes_text *t)
{
	forget(f, t->nread + t->nhrefs);
	f->n = f->words = 0;
	memset(f->each, 0, sizeof(f->each));
	cut_words(f, t);
	bayes_link_cut(f, t);
	bayes_shape_cut(f, t);
	cut_masks(f, t);
	bayes_chain_cut(f, t);
}
