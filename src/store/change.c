/* change.c: the feed that all nodes follow, and the sums made of it. */
#include <stdlib.h>

#include "store/internal.h"

enum {
	FEED_ROWS = 1000,		/* change_follow's LIMIT */
	RETIRE_BATCHES = 20		/* of 1000 rows, a call */
};

void
store_change_put(struct store_flight *f, int64_t thread, int shown)
{
	struct store_query *q = store_flight_add(f, SQL_CHANGE_ADD);

	store_query_int(q, thread);
	store_query_int(q, shown);
}

enum err
store_change_start(struct store *s, struct arena *a, struct store_cursor *c)
{
	struct store_flight f;
	struct store_row row;
	enum err e;

	store_flight_open(&f, s, a);
	store_flight_add(&f, SQL_CHANGE_START);
	e = store_flight_run(&f);
	if (e == OK) {
		row = store_row_at(store_flight_result(&f, 0), 0, a);
		*c = (struct store_cursor){
			.xid = (uint64_t)store_row_int(&row)
		};
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

static void
remember(struct store_cursor *c, int64_t id, uint64_t xid)
{
	if (c->nseen == c->cap) {
		size_t cap = c->cap ? 2 * c->cap : 64;
		void *more = realloc(c->seen, cap * sizeof(*c->seen));

		if (more == NULL)
			abort();
		c->seen = more;
		c->cap = cap;
	}
	c->seen[c->nseen++] = (struct store_seen){ id, xid };
}

/* Below `xid` nothing more can come, so nothing there need be remembered. */
static void
move_to(struct store_cursor *c, uint64_t xid)
{
	size_t i, n = 0;

	for (i = 0; i < c->nseen; i++)
		if (c->seen[i].xid >= xid)
			c->seen[n++] = c->seen[i];
	c->nseen = n;
	c->xid = xid;
}

static void
ask(struct store_flight *f, const struct store_cursor *c)
{
	struct store_query *q = store_flight_add(f, SQL_CHANGE_FOLLOW);
	int64_t *ids = arena_alloc(f->arena, (c->nseen + 1) * sizeof(*ids));
	size_t i;

	for (i = 0; i < c->nseen; i++)
		ids[i] = c->seen[i].id;
	store_query_str(q, arena_fmt(f->arena, "%llu",
	    (unsigned long long)c->xid));
	store_query_ints(q, ids, c->nseen);
}

/* One batch. Moves the cursor only when it was the last: a full one may have
 * left rows behind that are below the horizon. */
static enum err
batch(struct store_flight *f, struct store_cursor *c,
    void (*act)(struct str slug, void *arg), void *arg, bool *over)
{
	const PGresult *rs;
	uint64_t horizon = c->xid;
	int i, rows;
	enum err e;

	ask(f, c);
	if ((e = store_flight_run(f)) != OK)
		return e;
	rs = store_flight_result(f, 0);
	rows = PQntuples(rs);
	for (i = 0; i < rows; i++) {
		struct store_row row = store_row_at(rs, i, f->arena);
		uint64_t xid;
		int64_t id;

		horizon = (uint64_t)store_row_int(&row);
		if (store_row_int(&row) != c->database || horizon < c->xid)
			return ERR_CONFLICT;
		xid = (uint64_t)store_row_int(&row);
		if ((id = store_row_int(&row)) == 0)
			continue;
		act(store_row_str(&row), arg);
		remember(c, id, xid);
	}
	*over = rows < FEED_ROWS;
	if (*over)
		move_to(c, horizon);
	return OK;
}

enum err
store_change_follow(struct store *s, struct arena *a, struct store_cursor *c,
    void (*act)(struct str slug, void *arg), void *arg)
{
	bool over = false;
	enum err e = OK;

	while (e == OK && !over) {
		struct store_flight f;

		store_flight_open(&f, s, a);
		e = batch(&f, c, act, arg, &over);
		store_flight_close(&f);
	}
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
		if (mine)
			store_flight_add(&f, SQL_CHANGE_FOLD);
		store_flight_add(&f, SQL_COMMIT);
		e = store_flight_go(&f);
		if (e == OK && mine) {
			row = store_row_at(store_flight_result(&f, 0), 0, NULL);
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
