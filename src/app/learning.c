/*
 * learning.c: filters hear what moderators ruled, in order, on every node.
 *
 * Each learner has its place in the moderation log, and what it has learned is
 * saved with it. Nothing is lost by a crash: the log is told again from there.
 */
#include <string.h>

#include "app/internal.h"

enum {
	SAVE_USEC = 2000000,		/* from a ruling to the disk, at most */
	REST_USEC = 1000000,		/* for a learner that does not listen */
	BATCHES = 10,			/* of rulings, a round */
	ARENA = 32 * 1024 * 1024
};

/* As in <foyer/plugin.h>. */
static int
ruled(struct str state)
{
	static const char *const states[] = { "held", "shown", "spam",
	    "removed" };
	size_t i;

	for (i = 1; i < COUNT(states); i++)
		if (str_is(state, states[i]))
			return (int)i;
	return 0;
}

void
app_learning_question(struct arena *arena, const struct store_heard *h,
    struct filter_question *q, struct filter_ruling *ruling)
{
	static const struct markup_about about;
	struct markup m = { .nlinks = 0 };
	struct str *links;
	size_t i;

	if (markup_render(arena, h->draft.body, &about, &m) != OK)
		m.nlinks = 0;
	links = arena_alloc(arena, (m.nlinks + 1) * sizeof(*links));
	for (i = 0; i < m.nlinks; i++)
		links[i] = m.links[i].url;
	*q = (struct filter_question){ .draft = &h->draft,
	    .review_slug = h->slug, .review_language = h->language,
	    .parent_body = h->parent_body, .links = links,
	    .nlinks = m.nlinks };
	*ruling = (struct filter_ruling){ .id = h->id, .now = ruled(h->now),
	    .before = ruled(h->before) };
}

/* It died in the middle of this ruling: back to what was saved, and past it
 * when it comes again. */
static void
renew(struct app_learning *l, struct app_learner *one, size_t k,
    int64_t killer)
{
	if (killer > 0)
		one->skip[one->nskip++ % COUNT(one->skip)] = killer;
	if (filter_learn_renew(l->seat, l->arena, k) == OK)
		log_line(LOG_NOTE, "filter %s learns again from what it had "
		    "saved", one->is.name);
	else
		one->rest = clock_mono() + REST_USEC;
}

static bool
skipped(const struct app_learner *one, int64_t id)
{
	size_t i;

	for (i = 0; i < COUNT(one->skip); i++)
		if (one->skip[i] == id)
			return true;
	return false;
}

static enum err
tell(struct app_learning *l, size_t k, const struct store_heard *h)
{
	struct filter_question q;
	struct filter_ruling ruling;

	app_learning_question(l->arena, h, &q, &ruling);
	return filter_learn(l->seat, l->arena, k, &q, &ruling);
}

/* The rulings after *at; how far it has got. */
static enum err
batch(struct app_learning *l, struct app_learner *one, size_t k, int64_t *at)
{
	struct store_heard *rows;
	size_t i, n;
	enum err e = store_ruling_walk(l->store, l->arena, *at, &rows, &n);

	for (i = 0; e == OK && i < n; i++) {
		if (!skipped(one, rows[i].id)) {
			if (one->dirty == 0)
				one->dirty = clock_mono();
			if (tell(l, k, &rows[i]) != OK) {
				one->rest = clock_mono() + REST_USEC;
				break;
			}
		}
		*at = rows[i].id;
	}
	if (e == OK && n == 0)
		one->behind = false;
	return e;
}

/* Towards the end of the log, as long as the learner listens. */
static enum err
catch_up(struct app_learning *l, struct app_learner *one, size_t k)
{
	int64_t at = one->is.learned;
	enum err e = OK;
	int i;

	one->behind = true;
	one->rest = 0;
	for (i = 0; i < BATCHES && e == OK && one->behind && one->rest == 0;
	    i++) {
		e = batch(l, one, k, &at);
		arena_reset(l->arena);
	}
	return e;
}

static void
save(struct app_learning *l, struct app_learner *one, size_t k)
{
	one->dirty = 0;
	if (filter_learn_save(l->seat, l->arena, k) != OK) {
		if (!one->unsaved)
			log_line(LOG_WARN, "what filter %s has learned can't "
			    "be saved in %s", one->is.name,
			    l->settings->state);
		one->unsaved = true;
		return;
	}
	one->unsaved = false;
	one->stamp = filter_learn_stamp(l->seat, l->arena, k);
}

/* Somebody has rebuilt what it learns from. */
static bool
replaced(struct app_learning *l, struct app_learner *one, size_t k)
{
	int64_t stamp = filter_learn_stamp(l->seat, l->arena, k);
	bool new = one->known && stamp != 0 && stamp != one->stamp;

	one->stamp = stamp;
	one->known = true;
	return new;
}

static enum err
learner_round(struct app_learning *l, size_t k)
{
	struct app_learner *one = &l->each[k];
	int64_t now = clock_mono();
	enum err e = OK;

	filter_learn_status(l->seat, k, &one->is);
	if (!one->is.learns || now < one->rest)
		return OK;
	if (one->is.hearing != 0 || replaced(l, one, k)) {
		renew(l, one, k, one->is.hearing);
		one->behind = true;
		one->dirty = 0;
		return OK;
	}
	if (one->behind || one->is.learned < one->last)
		e = catch_up(l, one, k);
	filter_learn_status(l->seat, k, &one->is);
	one->last = one->is.learned;
	if (one->is.hearing == 0 && one->dirty != 0 &&
	    now - one->dirty >= SAVE_USEC)
		save(l, one, k);
	return e;
}

enum err
app_learning_round(struct app_learning *l, bool changed)
{
	size_t k;
	enum err e = OK;

	for (k = 0; k < l->n && e == OK; k++) {
		l->each[k].behind |= changed;
		e = learner_round(l, k);
	}
	if (e == OK)
		e = app_noticing_round(l);
	arena_reset(l->arena);
	return e;
}

bool
app_learning_open(struct app_learning *l, struct arena *life, struct run *run,
    struct store *store, bool deferred)
{
	struct filter_plan plan;
	size_t k;

	app_filter_plan_part(life, &run->settings, deferred, &plan);
	l->n = plan.nplugins;
	l->each = arena_alloc(life, (l->n + 1) * sizeof(*l->each));
	for (k = 0; k < l->n; k++)
		l->each[k].behind = true;
	l->arena = arena_new(ARENA);
	l->settings = &run->settings;
	l->store = store;
	return filter_seat_open(life, deferred ? run->slow : run->hub,
	    deferred ? 1 : (size_t)run->settings.workers, &l->seat) == OK;
}

void
app_learning_close(struct app_learning *l)
{
	size_t k;

	for (k = 0; k < l->n; k++)
		if (l->each[k].dirty != 0)
			save(l, &l->each[k], k);
	arena_free(l->arena);
}
