/* insight.c: sums of the past, and how they are kept. */
#include <math.h>

#include "store/internal.h"

enum { BLOCKS = 1 };			/* of 1,024 comments, in one step */

enum err
store_insight_follow(struct store *s, bool *more)
{
	struct store_flight f;
	struct store_row row;
	enum err e;

	store_flight_open(&f, s, NULL);
	store_query_int(store_flight_site(&f, SQL_INSIGHT_FOLLOW), BLOCKS);
	if ((e = store_flight_run(&f)) == OK) {
		row = store_row_at(store_flight_result(&f, 0), 0, NULL);
		*more = store_row_bool(&row);
	}
	store_flight_close(&f);
	return e;
}

enum err
store_insight_reset(struct store *s)
{
	struct store_flight f;

	store_flight_open(&f, s, NULL);
	store_flight_site(&f, SQL_INSIGHT_RESET);
	return store_flight_end(&f);
}

/* ---- statistics ---- */

static struct store_query *
add_days(struct store_flight *f, enum store_sql sql, const struct span *span)
{
	struct store_query *q = store_flight_site(f, sql);

	store_query_int(q, span->first);
	store_query_int(q, span->after);
	return q;
}

static void
take_days(const PGresult *rs, struct arena *a, struct insight *is)
{
	static const enum model_state states[] = {
		STATE_SHOWN, STATE_HELD, STATE_SPAM, STATE_REMOVED, STATE_ERASED
	};
	size_t i, k;

	is->ndays = (size_t)PQntuples(rs);
	is->days = arena_alloc(a, (is->ndays + 1) * sizeof(*is->days));
	for (i = 0; i < is->ndays; i++) {
		struct store_row row = store_row_at(rs, (int)i, a);

		is->days[i].first = store_row_int(&row);
		for (k = 0; k < COUNT(states); k++)
			is->days[i].posted[states[k]] = store_row_int(&row);
	}
}

/* The middle of a step, in seconds. */
static int64_t
seconds(int64_t step)
{
	return (int64_t)lround(exp2(((double)step + 0.5) / 8));
}

/* The row without a day, the last one, is of them all. */
static void
take_waits(const PGresult *rs, struct arena *a, struct insight *is)
{
	size_t i, rows = (size_t)PQntuples(rs);

	is->waits = arena_alloc(a, (rows + 1) * sizeof(*is->waits));
	is->waited = (struct insight_wait){ .n = 0 };
	is->nwaits = 0;
	for (i = 0; i < rows; i++) {
		struct store_row row = store_row_at(rs, (int)i, a);
		struct insight_wait *w = store_row_null(&row) ? &is->waited :
		    &is->waits[is->nwaits++];

		w->first = store_row_int(&row);
		w->n = store_row_int(&row);
		w->half = seconds(store_row_int(&row));
		w->most = seconds(store_row_int(&row));
	}
}

static struct insight_quality *
take_qualities(const PGresult *rs, struct arena *a, size_t *n)
{
	struct insight_quality *ret;
	size_t i;

	*n = (size_t)PQntuples(rs);
	ret = arena_alloc(a, (*n + 1) * sizeof(*ret));
	for (i = 0; i < *n; i++) {
		struct store_row row = store_row_at(rs, (int)i, a);

		ret[i].week = store_row_int(&row);
		ret[i].filter = store_row_str(&row);
		ret[i].caught = store_row_int(&row);
		ret[i].wrong = store_row_int(&row);
		ret[i].missed = store_row_int(&row);
		ret[i].passed = store_row_int(&row);
		ret[i].silent = store_row_int(&row);
	}
	return ret;
}

static void
take_busiest(const PGresult *rs, struct arena *a, struct insight *is)
{
	size_t i;

	is->nbusiest = (size_t)PQntuples(rs);
	is->busiest = arena_alloc(a, (is->nbusiest + 1) * sizeof(*is->busiest));
	for (i = 0; i < is->nbusiest; i++) {
		struct store_row row = store_row_at(rs, (int)i, a);

		is->busiest[i].slug = store_row_str(&row);
		is->busiest[i].heading = store_row_str(&row);
		is->busiest[i].shown = store_row_int(&row);
	}
}

enum err
store_insight_read(struct store *s, struct arena *a, struct insight *is)
{
	const struct span *span = &is->span;
	struct str unit = str_of(span->is == SPAN_YEAR ? "month" : "day");
	struct store_flight f;
	struct store_query *q;
	enum err e;

	store_flight_open(&f, s, a);
	store_query_str(add_days(&f, SQL_INSIGHT_DAYS, span), unit);
	store_query_str(add_days(&f, SQL_INSIGHT_WAITS, span), unit);
	add_days(&f, SQL_INSIGHT_QUALITIES, span);
	q = store_flight_site(&f, SQL_INSIGHT_BUSIEST);
	store_query_str(q, str_of(model_span_name(span->is)));
	store_query_int(q, span->first);
	if ((e = store_flight_run(&f)) == OK) {
		take_days(store_flight_result(&f, 0), a, is);
		take_waits(store_flight_result(&f, 1), a, is);
		is->qualities = take_qualities(store_flight_result(&f, 2), a,
		    &is->nqualities);
		take_busiest(store_flight_result(&f, 3), a, is);
	}
	store_flight_close(&f);
	return e;
}

/* ---- filters ---- */

static void
take_times(const PGresult *rs, struct arena *a, struct store_filters *ret)
{
	size_t i;

	ret->ntimes = (size_t)PQntuples(rs);
	ret->times = arena_alloc(a, (ret->ntimes + 1) * sizeof(*ret->times));
	for (i = 0; i < ret->ntimes; i++) {
		struct store_row row = store_row_at(rs, (int)i, a);

		ret->times[i].filter = store_row_str(&row);
		ret->times[i].n = store_row_int(&row);
		ret->times[i].half = store_row_int(&row);
		ret->times[i].most = store_row_int(&row);
	}
}

static void
take_verdict(struct store_row *row, struct verdict *v)
{
	size_t i, n;
	struct str *texts = store_row_strs(row, &n);

	*v = (struct verdict){ .n = 0 };
	for (i = 0; i + 2 < n && v->n < MODEL_FILTERS_MAX; i += 3) {
		struct evidence *ev = &v->each[v->n++];
		int64_t score;

		ev->filter = texts[i];
		ev->silent = str_begins(texts[i + 1], "t");
		if (str_int64(texts[i + 2], &score))
			ev->score = (int)score;
	}
}

static void
take_rulings(const PGresult *rs, struct arena *a, struct store_filters *ret)
{
	size_t i;

	ret->nrulings = (size_t)PQntuples(rs);
	ret->rulings = arena_alloc(a,
	    (ret->nrulings + 1) * sizeof(*ret->rulings));
	for (i = 0; i < ret->nrulings; i++) {
		struct store_row row = store_row_at(rs, (int)i, a);

		ret->rulings[i].spam = store_row_bool(&row);
		ret->rulings[i].why = store_row_str(&row);
		take_verdict(&row, &ret->rulings[i].verdict);
	}
}

static void
take_wishes(const PGresult *rs, struct arena *a, struct store_filters *ret)
{
	size_t i;

	ret->nwishes = (size_t)PQntuples(rs);
	ret->wishes = arena_alloc(a, (ret->nwishes + 1) * sizeof(*ret->wishes));
	for (i = 0; i < ret->nwishes; i++) {
		struct store_row row = store_row_at(rs, (int)i, a);

		ret->wishes[i].filter = store_row_str(&row);
		ret->wishes[i].asked = store_row_int(&row);
		ret->wishes[i].done = store_row_int(&row);
	}
}

enum err
store_insight_filters(struct store *s, struct arena *a,
    const struct span *span, struct store_filters *ret)
{
	struct store_flight f;
	enum err e;

	store_flight_open(&f, s, a);
	store_flight_site(&f, SQL_INSIGHT_TIMES);
	store_flight_site(&f, SQL_INSIGHT_RULINGS);
	store_flight_site(&f, SQL_INSIGHT_ASKED);
	add_days(&f, SQL_INSIGHT_QUALITIES, span);
	if ((e = store_flight_run(&f)) == OK) {
		take_times(store_flight_result(&f, 0), a, ret);
		take_rulings(store_flight_result(&f, 1), a, ret);
		take_wishes(store_flight_result(&f, 2), a, ret);
		ret->qualities = take_qualities(store_flight_result(&f, 3), a,
		    &ret->nqualities);
	}
	store_flight_close(&f);
	return e;
}

enum err
store_insight_wishes(struct store *s, struct arena *a,
    struct store_filters *ret)
{
	struct store_flight f;
	enum err e;

	store_flight_open(&f, s, a);
	store_flight_site(&f, SQL_INSIGHT_ASKED);
	if ((e = store_flight_run(&f)) == OK)
		take_wishes(store_flight_result(&f, 0), a, ret);
	store_flight_close(&f);
	return e;
}

struct wish {
	struct arena *arena;
	struct str filter;
	const struct account *actor;
};

/* The log's head first: it is what everybody waits for in turn. */
static enum err
wish_work(struct store *s, void *arg)
{
	const struct wish *wish = arg;
	struct log_row log = { .reason = wish->filter };
	struct store_flight f;
	enum err e;

	store_flight_open(&f, s, wish->arena);
	store_flight_add(&f, SQL_BEGIN);
	store_flight_site(&f, SQL_LOG_LOCK);
	log.act = model_act_logged(LOGGED_RETRAIN);
	store_log_actor(&log, wish->actor);
	if ((e = store_flight_go(&f)) == OK)
		e = store_log_link(s, store_flight_result(&f, 1), &log);
	store_flight_close(&f);
	if (e != OK)
		return e;
	store_flight_open(&f, s, wish->arena);
	f.once = true;
	store_query_str(store_flight_site(&f, SQL_INSIGHT_ASK), wish->filter);
	store_log_put(&f, &log);
	store_flight_add(&f, SQL_COMMIT);
	e = store_flight_go(&f);
	store_flight_close(&f);
	return e;
}

enum err
store_insight_wish(struct store *s, struct arena *a, struct str filter,
    const struct account *actor)
{
	struct wish wish = { a, filter, actor };

	return store_flight_work(s, wish_work, &wish);
}

enum err
store_insight_granted(struct store *s, const struct store_wish *wish)
{
	struct store_flight f;
	struct store_query *q;

	store_flight_open(&f, s, NULL);
	q = store_flight_site(&f, SQL_INSIGHT_ANSWER);
	store_query_str(q, wish->filter);
	store_query_int(q, wish->asked);
	return store_flight_end(&f);
}
