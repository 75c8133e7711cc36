/* sso.c: people whom the journal itself vouches for. */
#include <string.h>

#include "store/internal.h"

enum err
store_sso_enter(struct store *s, struct arena *a, const struct store_sso *who,
    struct account *ret)
{
	struct store_flight f;
	struct store_query *q;
	struct store_row row;
	struct uuid fresh;
	enum err e;

	uuid_random(&fresh);
	store_flight_open(&f, s, a);
	f.once = true;
	q = store_flight_site(&f, SQL_SSO_ENTER);
	store_query_str(q, who->jti);
	store_query_int(q, who->ends);
	store_query_str(q, who->subject);
	store_query_str(q, who->name);
	store_query_str(q, str_of(model_role_name(who->role)));
	store_query_strs(q, who->reviews, who->nreviews);
	store_query_uuid(q, &fresh);
	e = store_flight_run(&f);
	if (e == OK && PQntuples(store_flight_result(&f, 0)) == 0)
		e = ERR_SSO_BAD;
	if (e == OK) {
		row = store_row_at(store_flight_result(&f, 0), 0, a);
		memset(ret, 0, sizeof(*ret));
		ret->id = store_row_uuid(&row);
		ret->name = store_row_str(&row);
		if (!model_role_parse(store_row_str(&row), &ret->role))
			ret->role = ROLE_READER;
		ret->epoch = store_row_int(&row);
		ret->suspended = store_row_bool(&row);
	}
	store_flight_close(&f);
	return e;
}

enum err
store_sso_retire(struct store *s)
{
	struct store_flight f;

	store_flight_open(&f, s, NULL);
	store_flight_add(&f, SQL_SSO_RETIRE);
	return store_flight_end(&f);
}
