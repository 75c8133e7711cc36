/* notice.c: comments by their numbers, whichever node took them. */
#include "store/internal.h"

static void
take(struct store_row *row, struct store_heard *h)
{
	h->comment = store_row_int(row);
	h->draft.sent = store_row_int(row);
	h->draft.author = store_row_str(row);
	h->draft.email_hash = store_row_str(row);
	h->draft.sender = store_row_str(row);
	h->draft.body = store_row_str(row);
	h->slug = store_row_str(row);
	h->language = store_row_str(row);
}

enum err
store_notice_last(struct store *s, struct arena *a, int64_t *ret)
{
	struct store_flight f;
	struct store_row row;
	enum err e;

	store_flight_open(&f, s, a);
	store_flight_add(&f, SQL_NOTICE_LAST);
	if ((e = store_flight_run(&f)) == OK) {
		row = store_row_at(store_flight_result(&f, 0), 0, a);
		*ret = store_row_int(&row);
	}
	store_flight_close(&f);
	return e;
}

enum err
store_notice_walk(struct store *s, struct arena *a, int64_t after,
    struct store_heard **ret, size_t *n)
{
	struct store_flight f;
	const PGresult *rs;
	enum err e;
	size_t i;

	store_flight_open(&f, s, a);
	store_query_int(store_flight_site(&f, SQL_NOTICE_WALK), after);
	if ((e = store_flight_run(&f)) == OK) {
		rs = store_flight_result(&f, 0);
		*n = (size_t)PQntuples(rs);
		*ret = arena_alloc(a, (*n + 1) * sizeof(**ret));
		for (i = 0; i < *n; i++) {
			struct store_row row = store_row_at(rs, (int)i, a);

			take(&row, &(*ret)[i]);
		}
	}
	store_flight_close(&f);
	return e;
}
