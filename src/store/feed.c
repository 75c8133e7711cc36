/* feed.c: the newest comments of many threads. */
#include "store/internal.h"

static void
take_rows(const PGresult *rs, struct arena *a, struct store_feed *ret)
{
	size_t i, n = (size_t)PQntuples(rs);

	ret->rows = arena_alloc(a, (n + 1) * sizeof(*ret->rows));
	ret->n = n;
	for (i = 0; i < n; i++) {
		struct store_row row = store_row_at(rs, (int)i, a);
		struct thread t = { .id = store_row_int(&row) };

		t.slug = store_row_str(&row);
		t.title = store_row_str(&row);
		store_thread_comment(&row, &t, &ret->rows[i]);
		ret->rows[i].after = -1;
	}
}

/* The version goes first: it must not be newer than what it stands for. */
enum err
store_feed_site(struct store *s, struct arena *a, struct store_feed *ret)
{
	struct store_flight f;
	enum err e;

	store_flight_open(&f, s, a);
	store_flight_add(&f, SQL_CHANGE_VERSION);
	store_flight_site(&f, SQL_FEED_SITE);
	if ((e = store_flight_run(&f)) == OK) {
		take_rows(store_flight_result(&f, 1), a, ret);
		ret->version = store_change_taken(&f);
	}
	store_flight_close(&f);
	return e;
}

enum err
store_feed_reviewer(struct store *s, struct arena *a, struct str reviewer,
    struct store_feed *ret)
{
	struct store_flight f;
	enum err e;

	store_flight_open(&f, s, a);
	store_flight_add(&f, SQL_CHANGE_VERSION);
	store_query_str(store_flight_site(&f, SQL_FEED_KNOWN), reviewer);
	store_query_str(store_flight_site(&f, SQL_FEED_REVIEWER), reviewer);
	e = store_flight_run(&f);
	if (e == OK && PQntuples(store_flight_result(&f, 1)) == 0)
		e = ERR_NOT_FOUND;
	if (e == OK) {
		take_rows(store_flight_result(&f, 2), a, ret);
		ret->version = store_change_taken(&f);
	}
	store_flight_close(&f);
	return e;
}

/* The newest of what waits, whatever the thread; excerpts without spoilers. */
enum err
store_feed_queue(struct store *s, struct arena *a, struct held **ret,
    size_t *n)
{
	struct store_flight f;
	const PGresult *rs;
	enum err e;
	size_t i;

	store_flight_open(&f, s, a);
	store_flight_site(&f, SQL_FEED_QUEUE);
	if ((e = store_flight_run(&f)) == OK) {
		rs = store_flight_result(&f, 0);
		*n = (size_t)PQntuples(rs);
		*ret = arena_alloc(a, (*n + 1) * sizeof(**ret));
		for (i = 0; i < *n; i++) {
			struct store_row row = store_row_at(rs, (int)i, a);
			struct comment *c = &(*ret)[i].comment;

			c->id = store_row_int(&row);
			c->slug = store_row_str(&row);
			c->title = store_row_str(&row);
			c->author = store_row_str(&row);
			c->posted = store_row_int(&row);
			(*ret)[i].why = store_row_str(&row);
			c->body = store_row_str(&row);
		}
	}
	store_flight_close(&f);
	return e;
}
