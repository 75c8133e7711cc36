/*
 * chain.c: which letter comes after which.
 *
 * A letter is foretold from the three before it, then from two, one and none,
 * each mixed with the next shorter, by how many comments of either kind have
 * the piece. This is how compression by context tells spam (Bratko and others,
 * 2006). The counts are those of the pieces' slots; the pieces of four letters
 * are weighed by the linear model as well.
 */
#include <math.h>

#include "bayes.h"

enum { HAM, SPAM };

static const float shorter = 2, letter = 1 / 200.0f;

#define GET(x)		atomic_load_explicit(&(x), memory_order_relaxed)

/* ---- cutting ---- */

static uint32_t
point(const struct bayes_text *t, size_t i)
{
	return i == 0 || i > t->nread ? ' ' : t->read[i - 1];
}

/* The pieces that end at the i-th. */
static void
cut_at(struct bayes_features *f, const struct bayes_text *t, size_t i)
{
	uint64_t hash = 0;
	size_t k;

	for (k = 0; k < BAYES_ORDERS && k <= i; k++) {
		struct bayes_feature what = { .len = (uint32_t)k + 1,
		    .at = (uint32_t)(i > k ? i - k - 1 : 0) };

		uint32_t cp = point(t, i - k);

		hash = bayes_features_hash(hash, &cp, 1);
		f->chain[i][k] = bayes_features_add(f, k + 1 == BAYES_ORDERS ?
		    BAYES_PIECES : BAYES_SHORT, hash, what);
		/* Where nothing divides words, two or three are as good. */
		if ((k == 1 || k == 2) && bayes_glyph_script(cp) == 4)
			bayes_features_add(f, BAYES_PIECES, hash, what);
	}
	for (; k < BAYES_ORDERS; k++)
		f->chain[i][k] = f->chain[i][k - 1];
}

void
bayes_chain_cut(struct bayes_features *f, const struct bayes_text *t)
{
	size_t i;

	f->nchain = t->nread + 2;
	for (i = 0; i < f->nchain; i++)
		cut_at(f, t, i);
}

/* ---- scoring ---- */

/* How likely a letter is, as a fraction: to divide once is quicker. */
struct chance {
	float of, in;
};

static void
refine(struct chance *c, uint32_t piece, uint32_t context)
{
	c->of = (float)piece * c->in + shorter * c->of;
	c->in *= (float)context + shorter;
}

/* How much likelier the i-th letter is here in spam than in ham. */
static float
ratio(const struct bayes_table *t, const struct bayes_features *f, size_t i)
{
	struct chance ham = { letter, 1 }, spam = { letter, 1 };
	uint32_t nham = GET(t->head->decisions[HAM]),
	    nspam = GET(t->head->decisions[SPAM]);
	const struct bayes_slot *s;
	size_t k;

	for (k = 0; k < BAYES_ORDERS && k <= i; k++) {
		s = &t->slots[f->chain[i][k]];
		refine(&ham, GET(s->ham), nham);
		refine(&spam, GET(s->spam), nspam);
		s = &t->slots[f->chain[i - 1][k]];
		nham = GET(s->ham);
		nspam = GET(s->spam);
	}
	return (spam.of / spam.in) / (ham.of / ham.in);
}

static float
scale(const struct bayes_features *f)
{
	return 1 / sqrtf((float)f->nchain);
}

float
bayes_chain_score(const struct bayes_table *t, const struct bayes_features *f)
{
	float product = 1, sum = 0;
	size_t i;

	for (i = 1; i < f->nchain; i++) {
		product *= ratio(t, f, i);
		if (product > 1e12f || product < 1e-12f) {
			sum += logf(product);
			product = 1;
		}
	}
	return (sum + logf(product)) * scale(f);
}

void
bayes_chain_parts(const struct bayes_table *t, const struct bayes_features *f,
    float *ret)
{
	size_t i;

	for (i = 1; i < f->nchain; i++)
		ret[i] = logf(ratio(t, f, i)) * scale(f);
}
