/* totp.c: the second factor of an account. */
#include "store/internal.h"

enum err
store_totp_set(struct store *s, struct arena *a,
    const struct account *account, const struct str *hashes, size_t n)
{
	struct store_flight f;
	struct store_query *q;
	enum err e;

	store_flight_open(&f, s, a);
	q = store_flight_add(&f, SQL_TOTP_SET);
	store_query_uuid(q, &account->id);
	store_query_str(q, account->totp);
	store_query_int(q, account->totp_step);
	store_query_uuid(store_flight_add(&f, SQL_TOTP_CODES_DROP),
	    &account->id);
	q = store_flight_add(&f, SQL_TOTP_CODES_ADD);
	store_query_uuid(q, &account->id);
	store_query_strs(q, hashes, n);
	e = store_flight_run(&f);
	if (e == OK && PQntuples(store_flight_result(&f, 0)) == 0)
		e = ERR_NOT_FOUND;
	store_flight_close(&f);
	return e;
}

static enum err
found(struct store_flight *f)
{
	enum err e = store_flight_run(f);

	if (e == OK && PQntuples(store_flight_result(f, 0)) == 0)
		e = ERR_NOT_FOUND;
	store_flight_close(f);
	return e;
}

enum err
store_totp_step(struct store *s, const struct uuid *account, int64_t step)
{
	struct store_flight f;
	struct store_query *q;

	store_flight_open(&f, s, NULL);
	f.once = true;
	q = store_flight_add(&f, SQL_TOTP_STEP);
	store_query_uuid(q, account);
	store_query_int(q, step);
	return found(&f);
}

enum err
store_totp_recover(struct store *s, const struct uuid *account,
    struct str hash)
{
	struct store_flight f;
	struct store_query *q;

	store_flight_open(&f, s, NULL);
	f.once = true;
	q = store_flight_add(&f, SQL_TOTP_CODE_USE);
	store_query_uuid(q, account);
	store_query_str(q, hash);
	return found(&f);
}

enum err
store_totp_left(struct store *s, const struct uuid *account, int64_t *codes)
{
	struct store_flight f;
	struct store_row row;
	enum err e;

	store_flight_open(&f, s, NULL);
	store_query_uuid(store_flight_add(&f, SQL_TOTP_CODES_LEFT), account);
	if ((e = store_flight_run(&f)) == OK) {
		row = store_row_at(store_flight_result(&f, 0), 0, NULL);
		*codes = store_row_int(&row);
	}
	store_flight_close(&f);
	return e;
}

enum err
store_totp_list(struct store *s, struct arena *a, const struct uuid *after,
    struct store_sealed **ret, size_t *n)
{
	struct store_flight f;
	struct store_row row;
	enum err e;
	size_t i;

	store_flight_open(&f, s, a);
	store_query_uuid(store_flight_add(&f, SQL_TOTP_LIST), after);
	e = store_flight_run(&f);
	*n = e == OK ? (size_t)PQntuples(store_flight_result(&f, 0)) : 0;
	*ret = arena_alloc(a, (*n + 1) * sizeof(**ret));
	for (i = 0; i < *n; i++) {
		row = store_row_at(store_flight_result(&f, 0), (int)i, a);
		(*ret)[i].account = store_row_uuid(&row);
		(*ret)[i].secret = store_row_str(&row);
	}
	store_flight_close(&f);
	return e;
}

enum err
store_totp_reseal(struct store *s, const struct store_sealed *old,
    struct str secret)
{
	struct store_flight f;
	struct store_query *q;

	store_flight_open(&f, s, NULL);
	q = store_flight_add(&f, SQL_TOTP_RESEAL);
	store_query_uuid(q, &old->account);
	store_query_str(q, old->secret);
	store_query_str(q, secret);
	return found(&f);
}
