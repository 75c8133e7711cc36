/* invite.c: links that let somebody join, or set a new password. */
#include "store/internal.h"

enum err
store_invite_add(struct store *s, const struct store_invite *i)
{
	struct store_flight f;
	struct store_query *q;
	enum err e;

	store_flight_open(&f, s, NULL);
	f.once = true;
	q = store_flight_site(&f, SQL_INVITE_ADD);
	store_query_uuid(q, &i->id);
	store_query_str(q, str_of(model_role_name(i->role)));
	store_query_uuid(q, &i->account);
	store_query_str(q, i->note);
	store_query_str(q, i->maker);
	store_query_int(q, i->ends);
	e = store_flight_run(&f);
	store_flight_close(&f);
	return e;
}

static void
take(const PGresult *rs, int i, struct arena *a, struct store_invite *ret)
{
	struct store_row row = store_row_at(rs, i, a);

	ret->id = store_row_uuid(&row);
	if (!model_role_parse(store_row_str(&row), &ret->role))
		ret->role = ROLE_READER;
	ret->account = store_row_uuid(&row);
	ret->name = store_row_str(&row);
	ret->note = store_row_str(&row);
	ret->maker = store_row_str(&row);
	ret->ends = store_row_int(&row);
}

enum err
store_invite_list(struct store *s, struct arena *a,
    struct store_invite **ret, size_t *n)
{
	struct store_flight f;
	enum err e;
	size_t i;

	store_flight_open(&f, s, a);
	store_flight_site(&f, SQL_INVITE_LIST);
	if ((e = store_flight_run(&f)) == OK) {
		const PGresult *rs = store_flight_result(&f, 0);

		*n = (size_t)PQntuples(rs);
		*ret = arena_alloc(a, (*n + 1) * sizeof(**ret));
		for (i = 0; i < *n; i++)
			take(rs, (int)i, a, &(*ret)[i]);
	}
	store_flight_close(&f);
	return e;
}

enum err
store_invite_get(struct store *s, struct arena *a, const struct uuid *id,
    bool once, struct store_invite *ret)
{
	struct store_flight f;
	enum err e;

	store_flight_open(&f, s, a);
	f.once = once;
	store_query_uuid(store_flight_site(&f, once ? SQL_INVITE_TAKE :
	    SQL_INVITE_GET), id);
	e = store_flight_run(&f);
	if (e == OK && PQntuples(store_flight_result(&f, 0)) == 0)
		e = ERR_NOT_FOUND;
	if (e == OK)
		take(store_flight_result(&f, 0), 0, a, ret);
	store_flight_close(&f);
	return e;
}
