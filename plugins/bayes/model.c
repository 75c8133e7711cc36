/*
 * model.c: two models over one table, and what puts three together.
 *
 * Logistic regression with AdaGrad steps (Duchi, Hazan, Singer 2011) over all
 * groups, each scaled to unit length, towards labels that are right to 99 %;
 * multinomial counts over all but the pieces of letters; a stack of the two and
 * of the chains of letters (chain.c), squashed.
 */
#include <math.h>

#include "bayes.h"

enum {
	HAM, SPAM,
	LINEAR = 0, COUNTS, CHAIN, BIAS, INPUTS,
	REPLAYS = 3
};

static const float step = 0.3f, epsilon = 0.01f, alpha = 0.01f,
    doubt = 0.01f, counts_scale = 0.3f, counts_length = 30,
    counts_power = 0.7f, chain_scale = 0.4f, stack_rate = 0.01f,
    bias_value = 0.1f;

/* How long a group's vector is made: pieces and words say much the same. */
static const float lengths[BAYES_WEIGHED] = { 0.7f, 0.8f, 1, 1, 1.3f, 0.5f,
    0.5f, 1 };

#define GET(x)		atomic_load_explicit(&(x), memory_order_relaxed)
#define PUT(x, v)	atomic_store_explicit(&(x), (v), memory_order_relaxed)

static float
sigmoid(float z)
{
	return 1 / (1 + expf(-z));
}

static float
squash(float s)
{
	return 4 * tanhf(s / 4);
}

static void
scales(const size_t *each, float *ret)
{
	int g;

	for (g = 0; g < BAYES_WEIGHED; g++)
		ret[g] = each[g] ? lengths[g] / sqrtf((float)each[g]) : 0;
}

static float
linear(const struct bayes_table *t, const struct bayes_features *f)
{
	float scale[BAYES_WEIGHED], sum = GET(t->head->bias) * bias_value;
	size_t i;

	scales(f->each, scale);
	for (i = 0; i < f->n; i++)
		if (f->all[i].group < BAYES_WEIGHED)
			sum += bayes_slot_weight(&t->slots[f->all[i].slot]) *
			    scale[f->all[i].group];
	return sum;
}

/* ---- counts ---- */

static bool
is_piece(const struct bayes_feature *f)
{
	return f->group == BAYES_PIECES || f->group == BAYES_SHORT;
}

static float
slot_counts(const struct bayes_slot *s)
{
	return logf(((float)GET(s->spam) + alpha) /
	    ((float)GET(s->ham) + alpha));
}

/* What each feature adds whatever it is: the classes' sizes. */
static float
counts_each(const struct bayes_head *h)
{
	return logf(((float)GET(h->tokens[HAM]) + 1) /
	    ((float)GET(h->tokens[SPAM]) + 1));
}

/* The more features, the less each says that others don't. */
static float
counts_weight(const struct bayes_features *f)
{
	size_t n = f->n - f->each[BAYES_PIECES] - f->each[BAYES_SHORT];

	return counts_scale *
	    powf(counts_length / (float)(n + 1), counts_power);
}

static float
prior(const struct bayes_head *h)
{
	return logf(((float)GET(h->decisions[SPAM]) + 1) /
	    ((float)GET(h->decisions[HAM]) + 1));
}

static float
counts(const struct bayes_table *t, const struct bayes_features *f)
{
	float each = counts_each(t->head), sum = prior(t->head);
	size_t i;

	for (i = 0; i < f->n; i++)
		if (!is_piece(&f->all[i]))
			sum += slot_counts(&t->slots[f->all[i].slot]) + each;
	return sum;
}

/* ---- all together ---- */

static void
inputs(const struct bayes_scores *s, float *ret)
{
	ret[LINEAR] = squash(s->linear);
	ret[COUNTS] = squash(s->counts);
	ret[CHAIN] = squash(s->chain);
	ret[BIAS] = 1;
}

void
bayes_model_score(const struct bayes_table *t, const struct bayes_features *f,
    struct bayes_scores *ret)
{
	float in[INPUTS];
	int i;

	ret->linear = linear(t, f);
	ret->counts = counts_weight(f) * counts(t, f);
	ret->chain = chain_scale * bayes_chain_score(t, f) + prior(t->head);
	ret->odds = 0;
	inputs(ret, in);
	for (i = 0; i < INPUTS; i++)
		ret->odds += GET(t->head->stack[i]) * in[i];
	if (!isfinite(ret->odds))
		ret->odds = 0;		/* not ours, what lies there */
}

/* What squashing leaves of each part of it. */
static float
left(float s)
{
	return fabsf(s) > 0.001f ? squash(s) / s : 1;
}

void
bayes_model_shares(const struct bayes_table *t, const struct bayes_features *f,
    const struct bayes_scores *s, float *ret)
{
	float linear_part = GET(t->head->stack[LINEAR]) * left(s->linear);
	float counts_part = GET(t->head->stack[COUNTS]) * left(s->counts) *
	    counts_weight(f);
	float each = counts_each(t->head), scale[BAYES_WEIGHED];
	size_t i;

	scales(f->each, scale);
	for (i = 0; i < f->n; i++) {
		const struct bayes_slot *at = &t->slots[f->all[i].slot];

		ret[i] = 0;
		if (f->all[i].group < BAYES_WEIGHED)
			ret[i] += linear_part * bayes_slot_weight(at) *
			    scale[f->all[i].group];
		if (!is_piece(&f->all[i]))
			ret[i] += counts_part * (slot_counts(at) + each);
		if (!isfinite(ret[i]))
			ret[i] = 0;
	}
}

float
bayes_model_chain_part(const struct bayes_table *t,
    const struct bayes_scores *s)
{
	return GET(t->head->stack[CHAIN]) * left(s->chain) * chain_scale;
}

/* ---- learning ---- */

float
bayes_model_stride(float slope, float squares)
{
	return step * slope / (sqrtf(squares) + epsilon);
}

static void
descend_bias(struct bayes_head *h, float slope)
{
	float squares = GET(h->bias_square) + slope * slope;

	PUT(h->bias_square, squares);
	PUT(h->bias, GET(h->bias) - bayes_model_stride(slope, squares));
}

void
bayes_model_step(struct bayes_table *t, const struct bayes_vector *v,
    bool spam)
{
	struct bayes_head *h = t->head;
	float scale[BAYES_WEIGHED], sum = GET(h->bias) * bias_value, off;
	size_t each[BAYES_WEIGHED];
	uint32_t g, i, at = 0, chance = (uint32_t)h->random;

	for (g = 0; g < BAYES_WEIGHED; g++)
		each[g] = v->each[g];
	scales(each, scale);
	for (g = 0; g < BAYES_WEIGHED; g++)
		for (i = 0; i < v->each[g]; i++)
			sum += bayes_slot_weight(&t->slots[v->slots[at++]]) *
			    scale[g];
	off = sigmoid(sum) - (spam ? 1 - doubt : doubt);
	for (g = at = 0; g < BAYES_WEIGHED; g++)
		for (i = 0; i < v->each[g]; i++, at++)
			bayes_slot_descend(&t->slots[v->slots[at]],
			    off * scale[g], &chance);
	descend_bias(h, off * bias_value);
}

/* The features' slots, by group as they were cut. */
static void
step_features(struct bayes_table *t, const struct bayes_features *f, bool spam)
{
	static uint32_t slots[BAYES_FEATURES];
	struct bayes_vector v = { .slots = slots };
	size_t i, n = 0;
	uint32_t g;

	for (g = 0; g < BAYES_WEIGHED; g++) {
		v.each[g] = (uint32_t)f->each[g];
		for (i = 0; i < f->n; i++)
			if (f->all[i].group == g)
				slots[n++] = f->all[i].slot;
	}
	bayes_model_step(t, &v, spam);
}

static void
stack_step(struct bayes_head *h, const struct bayes_scores *s, bool spam)
{
	float in[INPUTS], off = sigmoid(s->odds) - (spam ? 1 : 0);
	int i;

	inputs(s, in);
	for (i = 0; i < INPUTS; i++)
		PUT(h->stack[i], GET(h->stack[i]) - stack_rate * off * in[i]);
}

/* So many rulings of one kind are as many as a slot can count. */
static void
halve(struct bayes_table *t)
{
	struct bayes_head *h = t->head;
	size_t i;

	for (i = 0; i < t->nslots; i++)
		bayes_slot_halve(&t->slots[i]);
	for (i = 0; i < 2; i++) {
		PUT(h->decisions[i], (GET(h->decisions[i]) + 1) / 2);
		PUT(h->tokens[i], (GET(h->tokens[i]) + 1) / 2);
	}
}

/* By +1 or -1, never below none. */
static void
count(struct bayes_table *t, const struct bayes_features *f, bool spam, int by)
{
	struct bayes_head *h = t->head;
	int64_t decisions, tokens;
	size_t i;

	if (by > 0 && GET(h->decisions[spam]) >= BAYES_COUNTED)
		halve(t);
	decisions = (int64_t)GET(h->decisions[spam]) + by;
	tokens = (int64_t)GET(h->tokens[spam]);
	for (i = 0; i < f->n; i++)
		if (bayes_slot_count(&t->slots[f->all[i].slot], spam, by) &&
		    !is_piece(&f->all[i]))
			tokens += by;
	PUT(h->decisions[spam], (uint32_t)(decisions > 0 ? decisions : 0));
	PUT(h->tokens[spam], (uint64_t)(tokens > 0 ? tokens : 0));
}

void
bayes_model_learn(struct bayes_table *t, const struct bayes_features *f,
    bool spam)
{
	struct bayes_scores s;
	int i;

	bayes_model_score(t, f, &s);
	stack_step(t->head, &s, spam);
	count(t, f, spam, 1);
	step_features(t, f, spam);
	for (i = 0; i < REPLAYS; i++)
		bayes_replay_one(t);
	bayes_replay_store(t, f, spam);
}

void
bayes_model_unlearn(struct bayes_table *t, const struct bayes_features *f,
    bool spam)
{
	count(t, f, spam, -1);
	step_features(t, f, !spam);
	bayes_replay_undo(t, f, spam);
}

void
bayes_model_again(struct bayes_table *t, const struct bayes_features *f,
    bool spam)
{
	step_features(t, f, spam);
}
