/* eval_run.c: puts labelled comments to a filter, as the daemon would. */
#include <string.h>

#include "ctl/eval.h"

enum { HAM = 1, SPAM = 2 };		/* as in <foyer/plugin.h> */

/* splitmix64: the same for the same seed. */
static uint64_t
draw(struct ctl_trial *t)
{
	uint64_t z = t->random += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return z ^ z >> 31;
}

static void
draft_of(const struct ctl_sample *s, struct draft *d)
{
	*d = (struct draft){ .author = s->author, .body = s->body,
	    .sent = s->at * 1000000 };
}

/* The comment's ruling for the `again`th time. */
static bool
tell(struct ctl_trial *t, const struct ctl_sample *s, unsigned again)
{
	struct draft d;
	struct filter_question q = { .draft = &d };
	struct filter_ruling ruling = { .id = ++t->rulings, .again = again };
	bool spam = s->spam;
	int64_t nsec;

	if (again == 0 && draw(t) % 100 < (uint64_t)t->wrong)
		spam = !spam;
	ruling.now = spam ? SPAM : HAM;
	draft_of(s, &d);
	if ((nsec = filter_direct_hear(t->filter, &q, &ruling)) < 0) {
		ctl_say_failed("the filter failed to learn " STR_FMT,
		    STR_ARG(s->id));
		return false;
	}
	if (again == 0)
		t->learned[t->nlearned++] = (double)nsec / 1000;
	return true;
}

static void
shuffle(struct ctl_trial *t, const struct ctl_sample **s, size_t n)
{
	size_t i;

	for (i = n; i > 1; i--) {
		size_t k = (size_t)(draw(t) % i);
		const struct ctl_sample *one = s[i - 1];

		s[i - 1] = s[k];
		s[k] = one;
	}
}

/* Once in the files' order, then shuffled. */
bool
ctl_eval_run_train(struct ctl_trial *t, struct ctl_samples *s)
{
	struct arena *arena = arena_new(s->n * sizeof(void *) + 1048576);
	const struct ctl_sample **order = arena_alloc(arena,
	    (s->n + 1) * sizeof(*order));
	bool good = true;
	size_t i;
	int pass;

	for (i = 0; i < s->n; i++)
		order[i] = &s->all[i];
	for (pass = 0; good && pass < t->passes; pass++) {
		if (pass > 0)
			shuffle(t, order, s->n);
		for (i = 0; good && i < s->n; i++)
			good = tell(t, order[i], (unsigned)pass);
	}
	arena_free(arena);
	return good;
}

static bool
judge(struct ctl_trial *t, struct ctl_sample *s)
{
	struct draft d;
	struct filter_question q = { .draft = &d };
	struct filter_said said;

	draft_of(s, &d);
	filter_direct_judge(t->filter, &q, &said);
	if (said.evidence.silent) {
		ctl_say_failed("the filter failed to judge " STR_FMT,
		    STR_ARG(s->id));
		return false;
	}
	s->score = said.evidence.score;
	s->rank = said.odds != 0 ? (double)said.odds / 1e6 : s->score;
	s->caught = s->score >= t->threshold;
	t->judged[t->njudged++] = (double)said.nsec / 1000;
	return true;
}

bool
ctl_eval_run_test(struct ctl_trial *t, struct ctl_samples *s, bool learning)
{
	size_t i;

	for (i = 0; i < s->n; i++) {
		if (!judge(t, &s->all[i]))
			return false;
		if (learning && i >= t->delay &&
		    !tell(t, &s->all[i - t->delay], 0))
			return false;
	}
	return true;
}
