/* revision.c: what a comment was before its author changed it. */
#include "store/internal.h"

enum err
store_revision_list(struct store *s, struct arena *a,
    const struct store_place *at, struct store_revision **ret, size_t *n)
{
	struct store_flight f;
	struct store_query *q;
	enum err e;
	size_t i;

	store_flight_open(&f, s, a);
	q = store_flight_site(&f, SQL_REVISION_LIST);
	store_query_str(q, at->slug);
	store_query_int(q, at->id);
	e = store_flight_run(&f);
	if (e == OK) {
		const PGresult *rs = store_flight_result(&f, 0);

		*n = (size_t)PQntuples(rs);
		*ret = arena_alloc(a, (*n + 1) * sizeof(**ret));
		for (i = 0; i < *n; i++) {
			struct store_row row = store_row_at(rs, (int)i, a);

			(*ret)[i].since = store_row_int(&row);
			(*ret)[i].body = store_row_str(&row);
		}
	}
	store_flight_close(&f);
	return e;
}
