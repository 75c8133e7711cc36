/* session.c: accounts' sessions, and tries to have one. */
#include "store/internal.h"

static enum err
run(struct store_flight *f)
{
	enum err e = store_flight_run(f);

	store_flight_close(f);
	return e;
}

/* The one number that the flight's statement says; ERR_NOT_FOUND: no row. */
static enum err
number(struct store_flight *f, int64_t *ret)
{
	enum err e = store_flight_run(f);
	struct store_row row;

	if (e == OK && PQntuples(store_flight_result(f, 0)) == 0)
		e = ERR_NOT_FOUND;
	if (e == OK) {
		row = store_row_at(store_flight_result(f, 0), 0, NULL);
		*ret = store_row_int(&row);
	}
	store_flight_close(f);
	return e;
}

static struct store_query *
about(struct store_flight *f, struct store *s, enum store_sql sql,
    const struct uuid *account, const struct uuid *id)
{
	struct store_query *q;

	store_flight_open(f, s, NULL);
	q = store_flight_add(f, sql);
	store_query_uuid(q, account);
	store_query_uuid(q, id);
	return q;
}

enum err
store_session_check(struct store *s, const struct uuid *account,
    const struct uuid *id, int64_t *epoch)
{
	struct store_flight f;

	about(&f, s, SQL_SESSION_CHECK, account, id);
	return number(&f, epoch);
}

enum err
store_session_add(struct store *s, const struct uuid *account,
    const struct store_session *session)
{
	struct store_flight f;
	struct store_query *q;

	q = about(&f, s, SQL_SESSION_ADD, account, &session->id);
	f.once = true;
	store_query_str(q, session->device);
	store_query_int(q, session->ends);
	return run(&f);
}

enum err
store_session_list(struct store *s, struct arena *a,
    const struct uuid *account, struct store_session **ret, size_t *n)
{
	struct store_flight f;
	const PGresult *rs;
	enum err e;
	size_t i;

	store_flight_open(&f, s, a);
	store_query_uuid(store_flight_add(&f, SQL_SESSION_LIST), account);
	if ((e = store_flight_run(&f)) == OK) {
		rs = store_flight_result(&f, 0);
		*n = (size_t)PQntuples(rs);
		*ret = arena_alloc(a, (*n + 1) * sizeof(**ret));
		for (i = 0; i < *n; i++) {
			struct store_row row = store_row_at(rs, (int)i, a);

			(*ret)[i].id = store_row_uuid(&row);
			(*ret)[i].device = store_row_str(&row);
			(*ret)[i].made = store_row_int(&row);
			(*ret)[i].seen = store_row_int(&row);
		}
	}
	store_flight_close(&f);
	return e;
}

enum err
store_session_end(struct store *s, const struct uuid *account,
    const struct uuid *id)
{
	struct store_flight f;
	enum err e;

	about(&f, s, SQL_SESSION_END, account, id);
	e = store_flight_run(&f);
	if (e == OK && PQntuples(store_flight_result(&f, 0)) == 0)
		e = ERR_NOT_FOUND;
	store_flight_close(&f);
	return e;
}

enum err
store_session_retire(struct store *s)
{
	struct store_flight f;

	store_flight_open(&f, s, NULL);
	store_flight_add(&f, SQL_SESSION_RETIRE);
	store_query_int(store_flight_add(&f, SQL_SESSION_TRY_RETIRE),
	    STORE_TRY_SECONDS);
	store_flight_site(&f, SQL_INVITE_RETIRE);
	return run(&f);
}

enum { KEY = 16 };			/* bytes of a hash */

enum err
store_session_try(struct store *s, const struct store_try *t, int64_t *wait)
{
	struct store_flight f;
	struct store_query *q;

	store_flight_open(&f, s, NULL);
	q = store_flight_add(&f, SQL_SESSION_TRY);
	store_query_bytes(q, t->network, KEY);
	store_query_bytes(q, t->name, KEY);
	store_query_int(q, t->most_network);
	store_query_int(q, t->most_name);
	store_query_int(q, STORE_TRY_SECONDS);
	return number(&f, wait);
}

enum err
store_session_tried(struct store *s, const struct store_try *t)
{
	struct store_flight f;
	struct store_query *q;

	store_flight_open(&f, s, NULL);
	q = store_flight_add(&f, SQL_SESSION_TRIED);
	store_query_bytes(q, t->network, KEY);
	store_query_bytes(q, t->name, KEY);
	return run(&f);
}
