/*
 * noticing.c: filters notice what comes in on whichever node, as what floods a
 * site does not come in on one.
 *
 * Nobody waits for it, and what is not heard is not told again: a filter that
 * is away misses some.
 */
#include "app/internal.h"

enum { EVERY_USEC = 500000, MOST_USEC = 100000, BEFORE = 1000 };

static bool
wanted(const struct app_learning *l, size_t k)
{
	struct filter_learner is;

	filter_learn_status(l->seat, k, &is);
	return is.notices;
}

static bool
anybody(const struct app_learning *l)
{
	size_t k;

	for (k = 0; k < l->n; k++)
		if (wanted(l, k))
			return true;
	return false;
}

static void
tell(struct app_learning *l, const struct store_heard *h)
{
	struct filter_question q;
	struct filter_ruling none;
	size_t k;

	app_learning_question(l->arena, h, &q, &none);
	for (k = 0; k < l->n; k++)
		if (wanted(l, k))
			filter_notice(l->seat, l->arena, k, &q);
}

/* A process that begins hears of the latest that were there before. */
enum err
app_noticing_round(struct app_learning *l)
{
	struct store_heard *rows;
	int64_t until;
	size_t i, n;
	enum err e;

	if (clock_mono() < l->notice_at || !anybody(l))
		return OK;
	l->notice_at = clock_mono() + EVERY_USEC;
	if (!l->noticing) {
		e = store_notice_last(l->store, l->arena, &l->noticed);
		l->noticing = e == OK;
		l->noticed -= BEFORE;
		return e;
	}
	e = store_notice_walk(l->store, l->arena, l->noticed, &rows, &n);
	until = clock_mono() + MOST_USEC;
	for (i = 0; e == OK && i < n && clock_mono() < until; i++) {
		if (rows[i].slug.len > 0)
			tell(l, &rows[i]);
		l->noticed = rows[i].comment;
	}
	return e;
}
