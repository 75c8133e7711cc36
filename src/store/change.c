/* change.c: the feed that all nodes follow, and the sums made of it. */
#include <stdlib.h>
#include <string.h>

#include "store/internal.h"

enum {
	FOLLOW_MOST = 1000,		/* change_follow reads one more */
	RETIRE_BATCHES = 20		/* of 1000 rows, a call */
};

void
store_change_put(struct store_flight *f, int64_t thread, int64_t comment,
    int shown)
{
	struct store_query *q = store_flight_add(f, SQL_CHANGE_ADD);

	store_query_int(q, thread);
	store_query_int(q, comment);
	store_query_int(q, shown);
}

/* "xmin:xmax:xip,xip..." (PostgreSQL, pg_snapshot): what is below xmin, and
 * what is below xmax and not in the list, was over and has been seen. */
static void
move_to(struct store_cursor *c, struct str snapshot)
{
	size_t i;

	free(c->seen);
	c->seen = strndup(snapshot.at, snapshot.len);
	if (c->seen == NULL)
		abort();
	for (i = 0; i < snapshot.len && snapshot.at[i] != ':'; i++)
		;
	if (!str_int64(str_cut(snapshot, 0, i), &c->xid))
		c->xid = 0;
}

enum err
store_change_start(struct store *s, struct arena *a, struct store_cursor *c)
{
	struct store_flight f;
	struct store_row row;
	enum err e;

	*c = (struct store_cursor){ 0 };
	store_flight_open(&f, s, a);
	store_flight_add(&f, SQL_CHANGE_START);
	e = store_flight_run(&f);
	if (e == OK) {
		row = store_row_at(store_flight_result(&f, 0), 0, a);
		move_to(c, store_row_str(&row));
		c->database = store_row_int(&row);
	}
	store_flight_close(&f);
	return e;
}

void
store_change_end(struct store_cursor *c)
{
	free(c->seen);
	*c = (struct store_cursor){ 0 };
}

static enum err
take_followed(const struct store_flight *f, struct store_cursor *c,
    void (*act)(struct str slug, void *arg), void *arg)
{
	const PGresult *rs = store_flight_result(f, 0);
	struct store_row row = store_row_at(rs, 0, f->arena);
	struct store_cursor next = { 0 };
	int i;

	move_to(&next, store_row_str(&row));
	next.database = store_row_int(&row);
	if (next.database != c->database || next.xid < c->xid ||
	    PQntuples(rs) > FOLLOW_MOST) {
		store_change_end(&next);
		return ERR_CONFLICT;
	}
	for (i = 0; i < PQntuples(rs); i++) {
		row = store_row_at(rs, i, f->arena);
		row.col = 2;
		if (!store_row_null(&row))
			act(store_row_str(&row), arg);
	}
	store_change_end(c);
	*c = next;
	return OK;
}

enum err
store_change_follow(struct store *s, struct arena *a, struct store_cursor *c,
    void (*act)(struct str slug, void *arg), void *arg)
{
	struct store_flight f;
	enum err e;

	store_flight_open(&f, s, a);
	store_query_str(store_flight_add(&f, SQL_CHANGE_FOLLOW),
	    str_of(c->seen));
	e = store_flight_run(&f);
	if (e == OK)
		e = take_followed(&f, c, act, arg);
	store_flight_close(&f);
	return e;
}

int64_t
store_change_taken(const struct store_flight *f)
{
	struct store_row row = store_row_at(store_flight_result(f, 0), 0,
	    NULL);

	return store_row_int(&row);
}

enum err
store_change_version(struct store *s, int64_t *ret)
{
	struct store_flight f;
	enum err e;

	store_flight_open(&f, s, NULL);
	store_flight_add(&f, SQL_CHANGE_VERSION);
	if ((e = store_flight_run(&f)) == OK)
		*ret = store_change_taken(&f);
	store_flight_close(&f);
	return e;
}

/* The lock comes first: a fold's snapshot must see the fold before it. */
static enum err
fold_work(struct store *s, void *arg)
{
	int64_t *folded = arg;
	struct store_flight f;
	struct store_row row;
	enum err e;

	*folded = 0;
	store_flight_open(&f, s, NULL);
	store_flight_add(&f, SQL_BEGIN);
	store_flight_add(&f, SQL_CHANGE_LOCK);
	e = store_flight_go(&f);
	if (e == OK) {
		bool mine;

		row = store_row_at(store_flight_result(&f, 1), 0, NULL);
		mine = store_row_bool(&row);
		store_flight_close(&f);
		store_flight_open(&f, s, NULL);
		f.once = true;
		if (mine) {
			store_flight_add(&f, SQL_CHANGE_ADOPT);
			store_flight_add(&f, SQL_CHANGE_FOLD);
		}
		store_flight_add(&f, SQL_COMMIT);
		e = store_flight_go(&f);
		if (e == OK && mine) {
			row = store_row_at(store_flight_result(&f, 1), 0, NULL);
			*folded = store_row_int(&row);
		}
	}
	store_flight_close(&f);
	return e;
}

enum err
store_change_fold(struct store *s, int64_t *folded)
{
	return store_flight_work(s, fold_work, folded);
}

enum err
store_change_retire(struct store *s, int64_t keep, int64_t *gone)
{
	int64_t n = 1;
	enum err e = OK;
	int i;

	*gone = 0;
	for (i = 0; i < RETIRE_BATCHES && e == OK && n > 0; i++) {
		struct store_flight f;
		struct store_row row;

		store_flight_open(&f, s, NULL);
		store_query_int(store_flight_add(&f, SQL_CHANGE_RETIRE), keep);
		e = store_flight_run(&f);
		if (e == OK) {
			row = store_row_at(store_flight_result(&f, 0), 0, NULL);
			n = store_row_int(&row);
			*gone += n;
		}
		store_flight_close(&f);
	}
	return e;
}
