/* thread.c: threads: their counts, policy and closing time. */
#include <string.h>

#include "store/internal.h"

enum { CLOSING_MOST = 1000 };		/* thread_closing reads one more */

void
store_thread_comment(struct store_row *r, const struct thread *t,
    struct comment *c)
{
	c->thread = t->id;
	c->slug = t->slug;
	c->title = t->title;
	c->id = store_row_int(r);
	c->parent = store_row_int(r);
	c->root = store_row_int(r);
	c->state = store_row_state(r);
	c->author = store_row_str(r);
	c->badge = store_row_str(r);
	c->html = store_row_str(r);
	c->anchor = store_row_str(r);
	c->reason = store_row_str(r);
	c->posted = store_row_int(r);
	c->edited = store_row_int(r);
	c->votes = (int)store_row_int(r);
	c->spoiler = store_row_bool(r);
	c->who = store_row_int(r);
	c->body = STR("");
}

enum err
store_thread_closing(struct store *s, struct arena *a,
    struct store_closing *c)
{
	struct store_flight f;
	struct store_query *q;
	enum err e;
	size_t i;

	store_flight_open(&f, s, a);
	q = store_flight_add(&f, SQL_THREAD_CLOSING);
	store_query_int(q, c->after);
	store_query_int(q, c->until);
	if ((e = store_flight_run(&f)) == OK) {
		const PGresult *rs = store_flight_result(&f, 0);

		c->n = (size_t)PQntuples(rs);
		c->more = c->n > CLOSING_MOST;
		c->n -= c->more;
		c->slugs = arena_alloc(a, (c->n + 1) * sizeof(*c->slugs));
		for (i = 0; i < c->n; i++) {
			struct store_row row = store_row_at(rs, (int)i, a);

			c->slugs[i] = store_row_str(&row);
		}
	}
	store_flight_close(&f);
	return e;
}

enum err
store_thread_language(struct store *s, struct arena *a, struct str slug,
    struct str *ret)
{
	struct store_flight f;
	struct store_row row;
	enum err e;

	store_flight_open(&f, s, a);
	store_query_str(store_flight_site(&f, SQL_THREAD_LANGUAGE), slug);
	if ((e = store_flight_row(&f, &row)) == OK)
		*ret = store_row_str(&row);
	store_flight_close(&f);
	return e;
}

enum err
store_thread_version(struct store *s, int64_t thread, int64_t *ret)
{
	struct store_flight f;
	struct store_row row;
	enum err e;

	store_flight_open(&f, s, NULL);
	store_query_int(store_flight_add(&f, SQL_THREAD_VERSION), thread);
	if ((e = store_flight_row(&f, &row)) == OK)
		*ret = store_row_int(&row);
	store_flight_close(&f);
	return e;
}

enum err
store_thread_counts(struct store *s, struct arena *a, const struct str *slugs,
    size_t n, int64_t *counts)
{
	struct store_flight f;
	enum err e;
	size_t i;

	store_flight_open(&f, s, a);
	store_query_strs(store_flight_site(&f, SQL_THREAD_COUNTS), slugs, n);
	e = store_flight_run(&f);
	for (i = 0; e == OK && i < n; i++) {
		struct store_row row = store_row_at(store_flight_result(&f, 0),
		    (int)i, a);

		counts[i] = store_row_int(&row);
	}
	store_flight_close(&f);
	return e;
}
