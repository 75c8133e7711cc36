/* log_seal.c: the log's head on some days, as it was signed. */
#include "store/internal.h"

enum err
store_log_seal_add(struct store *s, const struct store_seal *seal)
{
	struct store_flight f;
	struct store_query *q;

	store_flight_open(&f, s, NULL);
	q = store_flight_site(&f, SQL_LOG_SEAL_ADD);
	store_query_int(q, seal->id);
	store_query_int(q, seal->at);
	store_query_str(q, seal->seal);
	return store_flight_end(&f);
}

enum err
store_log_seal_last(struct store *s, int64_t *id, int64_t *at)
{
	struct store_flight f;
	struct store_row row;
	enum err e;

	*id = *at = 0;
	store_flight_open(&f, s, NULL);
	store_flight_site(&f, SQL_LOG_SEAL_LAST);
	e = store_flight_run(&f);
	if (e == OK && PQntuples(store_flight_result(&f, 0)) > 0) {
		row = store_row_at(store_flight_result(&f, 0), 0, NULL);
		*id = store_row_int(&row);
		*at = store_row_int(&row);
	}
	store_flight_close(&f);
	return e;
}

enum err
store_log_seal_list(struct store *s, struct arena *a, int64_t after,
    struct store_seal **ret, size_t *n)
{
	struct store_flight f;
	const PGresult *rs;
	enum err e;
	size_t i;

	store_flight_open(&f, s, a);
	store_query_int(store_flight_site(&f, SQL_LOG_SEAL_LIST), after);
	if ((e = store_flight_run(&f)) == OK) {
		rs = store_flight_result(&f, 0);
		*n = (size_t)PQntuples(rs);
		*ret = arena_alloc(a, (*n + 1) * sizeof(**ret));
		for (i = 0; i < *n; i++) {
			struct store_row row = store_row_at(rs, (int)i, a);

			(*ret)[i].id = store_row_int(&row);
			(*ret)[i].at = store_row_int(&row);
			(*ret)[i].seal = store_row_str(&row);
		}
	}
	store_flight_close(&f);
	return e;
}
