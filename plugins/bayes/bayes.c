/* bayes.c: a filter that learns from what moderators rule. */
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bayes.h"

enum { BITS = 18, BITS_LEAST = 10, BITS_MOST = 21, SPAM = 1 };

struct bayes {
	struct bayes_table table;
	struct bayes_text text;
	struct bayes_features features;
	struct bayes_why why;
	void *memory;
	uint32_t bits;
	uint64_t seed;
	float alpha;
};

/* A whole number within bounds. */
static bool
number(const char *s, long least, long most, long *ret)
{
	char *end;

	*ret = strtol(s, &end, 10);
	return end != s && *end == '\0' && *ret >= least && *ret <= most;
}

static const char *
bayes_set(struct bayes *b, const struct foyer_setting *set)
{
	long n;

	if (strcmp(set->key, "table_bits") == 0) {
		if (!number(set->value, BITS_LEAST, BITS_MOST, &n))
			return "table_bits is a number from 10 to 21";
		b->bits = (uint32_t)n;
	} else if (strcmp(set->key, "refused_per_mille") == 0) {
		if (!number(set->value, 1, 100, &n))
			return "refused_per_mille is a number from 1 to 100";
		b->alpha = (float)n / 1000;
	} else if (strcmp(set->key, "seed") == 0) {
		if (!number(set->value, 1, LONG_MAX, &n))
			return "seed is a number from 1 on";
		b->seed = (uint64_t)n;
	} else {
		return "the settings are table_bits, refused_per_mille, seed";
	}
	return NULL;
}

static int
bayes_open(const struct foyer_host *host, const struct foyer_setting *set,
    uint64_t n, void **state)
{
	struct bayes *b = calloc(1, sizeof(*b));
	const char *why = NULL;
	uint64_t i;

	if (b == NULL)
		return 1;
	*state = b;
	b->bits = BITS;
	b->alpha = 0.01f;
	for (i = 0; i < n && why == NULL; i++)
		why = bayes_set(b, &set[i]);
	if (why == NULL) {
		b->memory = host->memory(host, bayes_table_size(b->bits));
		if (b->memory == NULL)
			why = "there is no memory for so large a table: see "
			    "filter_memory";
	}
	if (why == NULL && !bayes_alike_open())
		why = "ICU does not tell which letters look alike";
	if (why != NULL)
		host->log(host, why);
	return why != NULL;
}

static void
bayes_read(struct bayes *b, const struct foyer_comment *c)
{
	b->features.seed = b->table.head->seed;
	b->features.slots = b->table.nslots;
	bayes_text_fold(&b->text, c->body, c->body_len);
	bayes_features_cut(&b->features, &b->text);
}

static int
bayes_judge(void *state, const struct foyer_comment *c,
    struct foyer_verdict *v)
{
	struct bayes *b = state;
	struct bayes_scores s;

	/* The memory may have been exchanged since the last call. */
	if (!bayes_table_lay(&b->table, b->memory, b->bits) ||
	    atomic_load(&b->table.head->decisions[SPAM]) == 0)
		return 0;		/* knows no spam: no opinion */
	bayes_read(b, c);
	bayes_model_score(&b->table, &b->features, &s);
	bayes_explain(&b->table, &b->features, &b->text, &s, &b->why);
	v->score = bayes_cutoff_score(&b->table, s.odds);
	v->odds = llrintf(s.odds * 1e6f);
	v->reason = b->why.reason;
	v->features = b->why.features;
	v->nfeatures = b->why.n;
	return 0;
}

static bool
label(int32_t what)
{
	return what == FOYER_HAM || what == FOYER_SPAM;
}

static int
bayes_hear(void *state, const struct foyer_comment *c,
    const struct foyer_ruling *r)
{
	struct bayes *b = state;
	struct bayes_scores s;

	if ((r->now == r->before && r->again == 0) ||
	    (!label(r->now) && !label(r->before)))
		return 0;
	if (!bayes_table_open(&b->table, b->memory, b->bits, b->seed))
		return 1;
	bayes_read(b, c);
	if (r->again > 0) {
		if (label(r->now))
			bayes_model_again(&b->table, &b->features,
			    r->now == FOYER_SPAM);
		return 0;
	}
	if (label(r->before))
		bayes_model_unlearn(&b->table, &b->features,
		    r->before == FOYER_SPAM);
	if (r->now == FOYER_HAM) {
		bayes_model_score(&b->table, &b->features, &s);
		bayes_cutoff_note(&b->table, s.odds, b->alpha);
	}
	if (label(r->now))
		bayes_model_learn(&b->table, &b->features,
		    r->now == FOYER_SPAM);
	return 0;
}

static void
bayes_close(void *state)
{
	free(state);
}

FOYER_PLUGIN(.name = "bayes", .version = "1.0", .open = bayes_open,
    .judge = bayes_judge, .hear = bayes_hear, .close = bayes_close);
