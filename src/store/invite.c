/* invite.c: links that let somebody join, or set a new password. */
#include "store/internal.h"

struct add {
	struct arena *arena;
	const struct store_invite *is;
	struct log_row log;
};

static void
put(struct store_flight *f, const struct store_invite *i)
{
	struct store_query *q = store_flight_site(f, SQL_INVITE_ADD);

	store_query_uuid(q, &i->id);
	store_query_str(q, str_of(model_role_name(i->role)));
	store_query_uuid(q, &i->account);
	store_query_str(q, i->note);
	store_query_str(q, i->maker);
	store_query_int(q, i->ends);
}

static enum err
add_work(struct store *s, void *arg)
{
	struct add *add = arg;
	struct store_flight f;
	enum err e;

	store_flight_open(&f, s, add->arena);
	store_flight_add(&f, SQL_BEGIN);
	put(&f, add->is);
	store_flight_site(&f, SQL_LOG_LOCK);
	if ((e = store_flight_go(&f)) == OK)
		e = store_log_link(s, store_flight_result(&f, 2), &add->log);
	store_flight_close(&f);
	return e == OK ? store_log_end(s, add->arena, &add->log) : e;
}

/* The log knows which it is, so that it can be taken back. */
enum err
store_invite_add(struct store *s, struct arena *a,
    const struct store_invite *i, const struct account *actor)
{
	bool reset = i->name.len > 0;
	struct add add = { .arena = a, .is = i };
	char id[UUID_TEXT];

	uuid_text(&i->id, id);
	add.log.act = model_act_logged(reset ? LOGGED_RESET : LOGGED_INVITE);
	add.log.before = str_of(id);
	add.log.after = arena_fmt(a, "%s " STR_FMT, id, STR_ARG(reset ?
	    i->name : str_of(model_role_name(i->role))));
	store_log_actor(&add.log, actor);
	return store_flight_work(s, add_work, &add);
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

struct use {
	struct arena *arena;
	const struct store_invite *is;
	const struct account *who;
	struct log_row log;
};

static enum err
use_work(struct store *s, void *arg)
{
	struct use *use = arg;
	struct store_flight f;
	enum err e;

	store_flight_open(&f, s, use->arena);
	store_flight_add(&f, SQL_BEGIN);
	store_query_uuid(store_flight_site(&f, SQL_INVITE_TAKE), &use->is->id);
	if (uuid_null(&use->is->account))
		store_account_put(&f, use->who);
	else
		store_account_renew(&f, use->who->name, use->who->password);
	store_flight_site(&f, SQL_LOG_LOCK);
	e = store_flight_go(&f);
	if (e == OK && (PQntuples(store_flight_result(&f, 1)) == 0 ||
	    PQntuples(store_flight_result(&f, 2)) == 0))
		e = ERR_NOT_FOUND;
	if (e == OK)
		e = store_log_link(s, store_flight_result(&f, 3), &use->log);
	store_flight_close(&f);
	return e == OK ? store_log_end(s, use->arena, &use->log) : e;
}

enum err
store_invite_use(struct store *s, struct arena *a,
    const struct store_invite *i, const struct account *who)
{
	bool reset = !uuid_null(&i->account);
	struct use use = { .arena = a, .is = i, .who = who };

	use.log.act = model_act_logged(reset ? LOGGED_PASSWORD : LOGGED_JOIN);
	use.log.after = reset ? who->name : arena_fmt(a, STR_FMT ": %s",
	    STR_ARG(who->name), model_role_name(who->role));
	store_log_actor(&use.log, who);
	return store_flight_work(s, use_work, &use);
}
