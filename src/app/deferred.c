/*
 * deferred.c: a process that asks slow filters about comments that wait.
 *
 * What they say is weighed with what the others said; it may release a comment
 * that waits for filters only, and condemn any. Who gives no answer is asked
 * again until the comment has waited long enough: then a person rules.
 */
#include <poll.h>
#include <string.h>

#include "app/internal.h"

enum {
	ROUND_MS = 100,
	REST_USEC = 2000000,		/* after one that gave no answer */
	TELL_EVERY = 10,		/* rounds: of new rulings */
	PAGE = 20			/* comments of one list */
};

struct deferred {
	struct arena *arena, *life;
	struct run *run;
	struct store *store;
	struct filter_seat *seat;
	struct filter_plan all;
	struct app_learning learning;
	int64_t after, rest, round;
	bool waiting;			/* somebody gave no answer */
};

bool
app_deferred_any(const struct settings *set)
{
	size_t i;

	for (i = 0; i < set->nfilters; i++)
		if (set->filters[i].enabled && set->filters[i].deferred)
			return true;
	return false;
}

void
app_deferred_policy(const struct settings *set, struct policy *p)
{
	size_t i;

	p->defer_at = set->defer_at;
	for (i = 0; i < set->nfilters; i++)
		if (set->filters[i].enabled && set->filters[i].deferred &&
		    set->filters[i].weight != 0)
			p->deferred = true;
}

static const struct evidence *
find(const struct verdict *v, struct str filter)
{
	size_t i;

	for (i = 0; i < v->n; i++)
		if (str_eq(v->each[i].filter, filter))
			return &v->each[i];
	return NULL;
}

void
app_deferred_mark(const struct settings *set, struct verdict *v)
{
	size_t i;

	for (i = 0; i < set->nfilters && v->n < MODEL_FILTERS_MAX; i++)
		if (set->filters[i].enabled && set->filters[i].deferred &&
		    find(v, str_of(set->filters[i].name)) == NULL)
			v->each[v->n++] = (struct evidence){
			    .filter = str_of(set->filters[i].name),
			    .silent = true, .reason = STR(FILTER_LATER),
			    .features = STR("") };
}

void
app_deferred_status(const struct app *app, struct arena *arena,
    struct filter_status **ret, size_t *n)
{
	struct filter_status *now, *later;
	size_t nlater = 0;

	filter_hub_status(app->hub, arena, &now, n);
	*ret = arena_alloc(arena, (MODEL_FILTERS_MAX + 1) * sizeof(**ret));
	memcpy(*ret, now, *n * sizeof(**ret));
	if (app->slow != NULL)
		filter_hub_status(app->slow, arena, &later, &nlater);
	if (nlater > 0)
		memcpy(*ret + *n, later, nlater * sizeof(**ret));
	*n += nlater;
}

/* Answers in the places that were kept for them. False: one is missing, and
 * there is time to ask again. */
static bool
merge(struct verdict *v, const struct verdict *late, bool over)
{
	size_t i;

	for (i = 0; i < v->n; i++) {
		const struct evidence *e;

		if (!str_is(v->each[i].reason, FILTER_LATER))
			continue;
		e = find(late, v->each[i].filter);
		if (e == NULL)		/* not a filter any more */
			v->each[i].reason = STR("is not asked any more");
		else if (e->silent && !over)
			return false;
		else
			v->each[i] = *e;
	}
	return true;
}

bool
app_deferred_ruled(struct str why)
{
	return !str_is(why, "deferred") && !str_is(why, "filters") &&
	    !str_is(why, "silent filter");
}

static enum err
settle(struct deferred *d, struct store_deferred *row,
    struct store_context *context)
{
	const struct settings *set = &d->run->settings;
	struct store_judged judged = { .verdict = &row->verdict };
	enum err e;

	filter_ask_weigh(&d->all, &row->verdict);
	context->policy.hold_at = set->hold_at;
	context->policy.spam_at = set->spam_at;
	judged.state = model_policy_state(&row->verdict, &context->policy,
	    &judged.why);
	if (judged.state != STATE_SPAM && app_deferred_ruled(row->why)) {
		judged.state = STATE_HELD;
		judged.why = arena_cstr(d->arena, row->why);
	}
	e = store_deferred_settle(d->store, d->arena, row, &judged);
	if (e == OK && judged.state == STATE_SHOWN)
		app_shared_drop(d->run->snapshots, row->heard.slug);
	return e;
}

static enum err
one(struct deferred *d, struct store_deferred *row)
{
	int64_t wait = d->run->settings.deferred_wait * INT64_C(1000000);
	struct filter_question q;
	struct filter_ruling none;
	struct store_context context;
	struct verdict late;
	enum err e;

	e = store_comment_context(d->store, d->arena, &row->heard.draft,
	    &context);
	if (e == ERR_PARENT_BAD || e == ERR_LOCKED || e == ERR_NOT_FOUND) {
		memset(&context, 0, sizeof(context));
		context.policy.thread = POLICY_ALL;	/* no way to show it */
	} else if (e != OK) {
		return e;
	}
	app_learning_question(d->arena, &row->heard, &q, &none);
	q.shown = context.shown;
	q.removed = context.removed;
	q.first_seen = context.first_seen;
	filter_ask(d->seat, d->arena, &q, &late);
	if (!merge(&row->verdict, &late,
	    row->now - row->heard.draft.sent >= wait)) {
		d->waiting = true;
		return OK;
	}
	return settle(d, row, &context);
}

static enum err
round_one(struct deferred *d, int stop)
{
	struct pollfd end = { .fd = stop, .events = POLLIN };
	struct store_deferred *rows;
	size_t i, n;
	enum err e;

	e = store_deferred_list(d->store, d->arena, d->after, &rows, &n);
	for (i = 0; e == OK && i < n && poll(&end, 1, 0) == 0; i++) {
		d->after = rows[i].heard.comment;
		e = one(d, &rows[i]);
	}
	if (e != OK || n == PAGE)
		return e;
	if (d->waiting)
		d->rest = clock_mono() + REST_USEC;
	d->waiting = false;
	d->after = 0;
	return OK;
}

static void
rounds(struct deferred *d, int stop)
{
	struct pollfd end = { .fd = stop, .events = POLLIN };
	enum err e = OK, last = OK;

	while (poll(&end, 1, e == OK && d->after > 0 ? 0 : ROUND_MS) <= 0) {
		e = clock_mono() < d->rest ? OK : round_one(d, stop);
		if (e == OK)
			e = app_learning_round(&d->learning,
			    d->round++ % TELL_EVERY == 0);
		app_trouble_tell(d->store, e, &last);
		arena_reset(d->arena);
	}
}

int
app_deferred(const struct proc_seat *seat, void *arg)
{
	struct run *run = arg;
	struct deferred d = {
		.run = run, .life = arena_new(4 * 1024 * 1024),
		.arena = arena_new(64 * 1024 * 1024)
	};

	log_open("deferred", run->settings.log, run->settings.log_format);
	app_filter_plan(d.life, &run->settings, &d.all);
	if (store_open(d.life, run->settings.database, run->settings.site,
	    &d.store) != OK ||
	    filter_seat_open(d.life, run->slow, 0, &d.seat) != OK ||
	    !app_learning_open(&d.learning, d.life, run, d.store, true))
		return PROC_EXIT_FATAL;
	rounds(&d, seat->stop);
	app_learning_close(&d.learning);
	store_close(d.store);
	arena_free(d.arena);
	arena_free(d.life);
	return 0;
}
