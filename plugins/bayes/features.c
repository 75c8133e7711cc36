/* features.c: words, pairs of words and pieces of letters, hashed. */
#include <string.h>

#include "bayes.h"

enum { EDGE = 0x110000 };		/* stands for the text's two ends */

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
	const uint32_t mask = sizeof(f->seen) / sizeof(f->seen[0]) - 1;
	uint32_t i = slot & mask;

	for (; f->seen[i] == f->round; i = (i + 1) & mask)
		if (f->seen_slot[i] == slot)
			return false;
	f->seen[i] = f->round;
	f->seen_slot[i] = slot;
	return true;
}

void
bayes_features_add(struct bayes_features *f, enum bayes_group group,
    uint64_t hash, struct bayes_feature what)
{
	hash = mix(mix(hash, f->seed), (uint64_t)group + 1);
	what.slot = (uint32_t)(hash >> 20) & f->mask;
	what.group = (uint16_t)group;
	if (f->n == BAYES_FEATURES || !fresh(f, what.slot))
		return;
	f->all[f->n++] = what;
	f->each[group]++;
}

static struct bayes_feature
span(size_t from, size_t to)
{
	return (struct bayes_feature){ .at = (uint32_t)from,
	    .len = (uint32_t)(to - from) };
}

/* Latin letters, Greek and Cyrillic ones in one word are a disguise, so it
 * counts as the word that it looks like. */
static uint64_t
word_hash(struct bayes_features *f, const uint32_t *w, size_t n)
{
	uint64_t plain = f->seed, seen = f->seed;
	unsigned scripts = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		scripts |= 1u << bayes_text_script(w[i]);
		plain = mix(plain, w[i]);
	}
	scripts &= 2u | 4u | 8u;
	if ((scripts & (scripts - 1)) == 0)
		return plain;
	f->mixed++;
	for (i = 0; i < n; i++)
		seen = mix(seen, bayes_text_alike(w[i]));
	return seen;
}

static void
cut_words(struct bayes_features *f, const struct bayes_text *t)
{
	uint64_t before = EDGE, hash;
	size_t i = 0, from, was = 0;

	for (;;) {
		while (i < t->n && !bayes_text_word(t->at[i]))
			i++;
		if (i == t->n)
			break;
		from = i;
		while (i < t->n && bayes_text_word(t->at[i]))
			i++;
		hash = word_hash(f, t->at + from, i - from);
		f->words++;
		bayes_features_add(f, BAYES_WORDS, hash, span(from, i));
		bayes_features_add(f, BAYES_PAIRS, mix(before, hash),
		    span(was, i));
		before = hash;
		was = from;
	}
	if (f->words > 0)
		bayes_features_add(f, BAYES_PAIRS, mix(before, EDGE),
		    span(was, t->n));
}

static void
cut_piece(struct bayes_features *f, const struct bayes_text *t, size_t from,
    size_t len)
{
	if (from + len <= t->n)
		bayes_features_add(f, BAYES_GRAMS, bayes_features_hash(len,
		    t->at + from, len), span(from, from + len));
}

static void
cut_grams(struct bayes_features *f, const struct bayes_text *t)
{
	static const uint32_t space = ' ';
	uint64_t edge = bayes_features_hash(4, &space, 1);
	size_t i;

	if (t->n >= 3) {
		bayes_features_add(f, BAYES_GRAMS, bayes_features_hash(edge,
		    t->at, 3), span(0, 3));
		bayes_features_add(f, BAYES_GRAMS, mix(bayes_features_hash(4,
		    t->at + t->n - 3, 3), ' '), span(t->n - 3, t->n));
	}
	for (i = 0; i < t->n; i++) {
		cut_piece(f, t, i, 4);
		if (bayes_text_script(t->at[i]) == 4) {
			cut_piece(f, t, i, 2);
			cut_piece(f, t, i, 3);
		}
	}
}

void
bayes_features_cut(struct bayes_features *f, const struct bayes_text *t)
{
	if (++f->round == 0) {		/* once in four thousand million */
		memset(f->seen, 0, sizeof(f->seen));
		f->round = 1;
	}
	f->n = f->mixed = f->words = 0;
	memset(f->each, 0, sizeof(f->each));
	cut_words(f, t);
	bayes_link_cut(f, t);
	bayes_shape_cut(f, t);
	cut_grams(f, t);
}
