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

/* Room for one more; the old one is left to the arena. */
static void *
grow(struct arena *arena, void *all, size_t n, size_t *cap, size_t size)
{
	void *more;

	if (n < *cap)
		return all;
	*cap = n > 0 ? 2 * n : 1024;
	more = arena_bytes(arena, *cap * size);
	if (n > 0)
		memcpy(more, all, n * size);
	return more;
}

static void
note_time(struct ctl_trial *t, struct ctl_times *to, int64_t nsec)
{
	to->all = grow(t->arena, to->all, to->n, &to->cap, sizeof(*to->all));
	to->all[to->n++] = (float)nsec / 1000;
}

static void
note_outcome(struct ctl_trial *t, struct ctl_outcome one)
{
	struct ctl_outcomes *to = &t->outcomes;

	to->all = grow(t->arena, to->all, to->n, &to->cap, sizeof(*to->all));
	to->all[to->n++] = one;
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
		note_time(t, &t->learned, nsec);
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

/* All of them, in order. */
static const struct ctl_sample **
keep_all(struct ctl_source *s, struct arena *arena, size_t *n)
{
	const struct ctl_sample **ret = NULL, *one;
	size_t cap = 0;

	for (*n = 0; (one = ctl_samples_next(s, arena)) != NULL; (*n)++) {
		ret = grow(arena, ret, *n, &cap, sizeof(*ret));
		ret[*n] = one;
	}
	return ret;
}

bool
ctl_eval_run_train(struct ctl_trial *t, struct ctl_source *s)
{
	struct arena *arena = arena_new(CTL_EVAL_ROOM);
	size_t i, n;
	const struct ctl_sample **order = keep_all(s, arena, &n);
	bool good = !s->failed;
	int pass;

	for (pass = 0; good && pass < t->passes; pass++) {
		if (pass > 0)
			shuffle(t, order, n);
		for (i = 0; good && i < n; i++)
			good = tell(t, order[i], (unsigned)pass);
	}
	arena_free(arena);
	return good;
}

static bool
judge(struct ctl_trial *t, const struct ctl_sample *s)
{
	struct draft d;
	struct filter_question q = { .draft = &d };
	struct filter_said said;
	struct ctl_outcome one = { .spam = s->spam };

	draft_of(s, &d);
	filter_direct_judge(t->filter, &q, &said);
	if (said.evidence.silent) {
		ctl_say_failed("the filter failed to judge " STR_FMT,
		    STR_ARG(s->id));
		return false;
	}
	one.score = said.evidence.score;
	one.rank = said.odds != 0 ? (double)said.odds / 1e6 : one.score;
	one.caught = one.score >= t->threshold;
	note_outcome(t, one);
	note_time(t, &t->judged, said.nsec);
	if (t->scores != NULL)
		fprintf(t->scores, STR_FMT "\t%s\t%.6f\t%s\n",
		    STR_ARG(s->id), s->spam ? "spam" : "ham", one.rank,
		    one.caught ? "spam" : "ham");
	return true;
}

/* Judges them; each is told when `delay` more were judged, from the first of
 * those that wait. Of two arenas, one is filled while the other's wait. */
static bool
run_through(struct ctl_trial *t, struct ctl_source *s, bool learning,
    struct arena **rooms)
{
	size_t n, turn = t->delay + 1;
	struct ctl_sample *first = NULL, *last = NULL, *one;

	for (n = 0;; n++) {
		if (n % turn == 0)
			arena_reset(rooms[n / turn % 2]);
		one = ctl_samples_next(s, rooms[n / turn % 2]);
		if (one == NULL)
			return !s->failed;
		if (!judge(t, one))
			return false;
		if (first == NULL)
			first = one;
		else
			last->next = one;
		last = one;
		if (n < t->delay)
			continue;
		if (learning && !tell(t, first, 0))
			return false;
		first = first->next;
	}
}

bool
ctl_eval_run_test(struct ctl_trial *t, struct ctl_source *s, bool learning)
{
	struct arena *rooms[2] = { arena_new(CTL_EVAL_ROOM),
	    arena_new(CTL_EVAL_ROOM) };
	bool good = run_through(t, s, learning, rooms);

	arena_free(rooms[0]);
	arena_free(rooms[1]);
	return good;
}
