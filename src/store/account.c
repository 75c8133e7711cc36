/* account.c: who may sign in. */
#include <string.h>

#include "store/internal.h"

static void
take_account(const PGresult *rs, int i, struct arena *a, struct account *ret)
{
	struct store_row row = store_row_at(rs, i, a);

	memset(ret, 0, sizeof(*ret));
	ret->id = store_row_uuid(&row);
	ret->name = store_row_str(&row);
	ret->password = store_row_str(&row);
	if (!model_role_parse(store_row_str(&row), &ret->role))
		ret->role = ROLE_GUEST;
	ret->epoch = store_row_int(&row);
	ret->suspended = store_row_bool(&row);
	ret->reviewer = store_row_str(&row);
	ret->totp = store_row_str(&row);
	ret->totp_step = store_row_int(&row);
	ret->feed = store_row_int(&row);
}

/* A flight that must have found or changed one account. */
static enum err
one(struct store_flight *f, struct account *ret)
{
	enum err e = store_flight_run(f);

	if (e == OK && PQntuples(store_flight_result(f, 0)) == 0)
		e = ERR_NOT_FOUND;
	if (e == OK && ret != NULL)
		take_account(store_flight_result(f, 0), 0, f->arena, ret);
	store_flight_close(f);
	return e;
}

void
store_account_put(struct store_flight *f, const struct account *account)
{
	struct store_query *q = store_flight_add(f, SQL_ACCOUNT_ADD);

	store_query_uuid(q, &account->id);
	store_query_str(q, account->name);
	store_query_str(q, account->password);
	store_query_str(q, str_of(model_role_name(account->role)));
	store_query_str(q, account->reviewer);
}

enum err
store_account_add(struct store *s, struct arena *a,
    const struct account *account)
{
	struct store_flight f;

	store_flight_open(&f, s, a);
	f.once = true;
	store_account_put(&f, account);
	return one(&f, NULL);
}

enum err
store_account_by_name(struct store *s, struct arena *a, struct str name,
    struct account *ret)
{
	struct store_flight f;

	store_flight_open(&f, s, a);
	store_query_str(store_flight_add(&f, SQL_ACCOUNT_BY_NAME), name);
	return one(&f, ret);
}

enum err
store_account_by_id(struct store *s, struct arena *a, const struct uuid *id,
    struct account *ret)
{
	struct store_flight f;

	store_flight_open(&f, s, a);
	store_query_uuid(store_flight_add(&f, SQL_ACCOUNT_BY_ID), id);
	return one(&f, ret);
}

enum err
store_account_by_session(struct store *s, struct arena *a,
    const struct uuid *id, const struct uuid *session, struct account *ret)
{
	struct store_flight f;
	struct store_query *q;
	enum err e;

	store_flight_open(&f, s, a);
	store_query_uuid(store_flight_add(&f, SQL_ACCOUNT_BY_ID), id);
	q = store_flight_add(&f, SQL_SESSION_CHECK);
	store_query_uuid(q, id);
	store_query_uuid(q, session);
	e = store_flight_run(&f);
	if (e == OK && PQntuples(store_flight_result(&f, 1)) == 0)
		e = ERR_NOT_FOUND;
	if (e == OK)
		take_account(store_flight_result(&f, 0), 0, a, ret);
	store_flight_close(&f);
	return e;
}

static enum err
take_list(struct store_flight *f, struct account **ret, size_t *n)
{
	enum err e = store_flight_run(f);
	size_t i;

	if (e == OK) {
		const PGresult *rs = store_flight_result(f, 0);

		*n = (size_t)PQntuples(rs);
		*ret = arena_alloc(f->arena, (*n + 1) * sizeof(**ret));
		for (i = 0; i < *n; i++)
			take_account(rs, (int)i, f->arena, &(*ret)[i]);
	}
	store_flight_close(f);
	return e;
}

static enum err
list(struct store *s, struct arena *a, enum store_sql sql,
    struct account **ret, size_t *n)
{
	struct store_flight f;

	store_flight_open(&f, s, a);
	store_flight_add(&f, sql);
	return take_list(&f, ret, n);
}

enum err
store_account_named(struct store *s, struct arena *a, struct str name,
    struct account **ret, size_t *n)
{
	struct store_flight f;

	store_flight_open(&f, s, a);
	store_query_str(store_flight_add(&f, SQL_ACCOUNT_NAMED), name);
	return take_list(&f, ret, n);
}

enum err
store_account_list(struct store *s, struct arena *a, struct account **ret,
    size_t *n)
{
	return list(s, a, SQL_ACCOUNT_LIST, ret, n);
}

enum err
store_account_staff(struct store *s, struct arena *a, struct account **ret,
    size_t *n)
{
	return list(s, a, SQL_ACCOUNT_STAFF, ret, n);
}

void
store_account_renew(struct store_flight *f, struct str name,
    struct str password)
{
	struct store_query *q = store_flight_add(f, SQL_ACCOUNT_PASSWORD);

	store_query_str(q, name);
	store_query_str(q, password);
}

/* Repeating these two only ends the sessions once more. */
enum err
store_account_password(struct store *s, struct arena *a, struct str name,
    struct str password)
{
	struct store_flight f;

	store_flight_open(&f, s, a);
	store_account_renew(&f, name, password);
	return one(&f, NULL);
}

enum err
store_account_revoke(struct store *s, struct arena *a, struct str name)
{
	struct store_flight f;

	store_flight_open(&f, s, a);
	store_query_str(store_flight_add(&f, SQL_ACCOUNT_REVOKE), name);
	return one(&f, NULL);
}

enum err
store_account_reviews(struct store *s, struct arena *a, const struct uuid *id,
    struct store_own_review **ret, size_t *n)
{
	struct store_flight f;
	enum err e;
	size_t i;

	store_flight_open(&f, s, a);
	store_query_uuid(store_flight_site(&f, SQL_ACCOUNT_REVIEWS), id);
	if ((e = store_flight_run(&f)) == OK) {
		const PGresult *rs = store_flight_result(&f, 0);

		*n = (size_t)PQntuples(rs);
		*ret = arena_alloc(a, (*n + 1) * sizeof(**ret));
		for (i = 0; i < *n; i++) {
			struct store_row row = store_row_at(rs, (int)i, a);

			(*ret)[i].slug = store_row_str(&row);
			(*ret)[i].heading = store_row_str(&row);
			(*ret)[i].held = store_row_int(&row);
		}
	}
	store_flight_close(&f);
	return e;
}

enum err
store_account_feed(struct store *s, struct account *account, bool on)
{
	struct store_flight f;
	struct store_query *q;
	struct store_row row;
	enum err e;

	store_flight_open(&f, s, NULL);
	q = store_flight_add(&f, SQL_ACCOUNT_FEED);
	store_query_uuid(q, &account->id);
	store_query_bool(q, on);
	if ((e = store_flight_row(&f, &row)) == OK)
		account->feed = store_row_int(&row);
	store_flight_close(&f);
	return e;
}

enum err
store_account_reviewed(struct store *s, const struct uuid *id,
    struct str slug)
{
	struct store_flight f;
	struct store_query *q;

	store_flight_open(&f, s, NULL);
	q = store_flight_site(&f, SQL_ACCOUNT_REVIEWED);
	store_query_uuid(q, id);
	store_query_str(q, slug);
	return one(&f, NULL);
}
