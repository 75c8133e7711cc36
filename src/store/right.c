/* right.c: what the owner decides about accounts and the site. */
#include "store/internal.h"

struct set {
	struct arena *arena;
	const struct store_right *right;
	struct log_row log;
};

static struct str
standing(struct arena *a, struct str name, struct str role, bool suspended)
{
	return arena_fmt(a, STR_FMT ": " STR_FMT "%s", STR_ARG(name),
	    STR_ARG(role), suspended ? ", suspended" : "");
}

/* Owners are locked before the one account is, by all who come here. */
static enum err
look(struct store *s, struct set *set)
{
	const struct store_right *r = set->right;
	struct store_flight f;
	struct store_row row;
	struct str name, role;
	bool suspended, last;
	enum err e;

	store_flight_open(&f, s, set->arena);
	store_flight_add(&f, SQL_BEGIN);
	store_flight_add(&f, SQL_ACCOUNT_OWNERS);
	store_query_uuid(store_flight_add(&f, SQL_ACCOUNT_LOCK), &r->id);
	store_flight_site(&f, SQL_LOG_LOCK);
	if ((e = store_flight_go(&f)) != OK) {
		store_flight_close(&f);
		return e;
	}
	if (PQntuples(store_flight_result(&f, 2)) == 0) {
		store_flight_close(&f);
		return ERR_NOT_FOUND;
	}
	row = store_row_at(store_flight_result(&f, 2), 0, set->arena);
	name = store_row_str(&row);
	role = store_row_str(&row);
	suspended = store_row_bool(&row);
	last = PQntuples(store_flight_result(&f, 1)) < 2 &&
	    str_is(role, "owner") && !suspended;
	set->log.before = standing(set->arena, name, role, suspended);
	set->log.after = standing(set->arena, name,
	    str_of(model_role_name(r->role)), r->suspended);
	if (last && (r->role != ROLE_OWNER || r->suspended))
		e = ERR_LAST_OWNER;
	else
		e = store_log_link(s, store_flight_result(&f, 3), &set->log);
	store_flight_close(&f);
	return e;
}

static enum err
set_work(struct store *s, void *arg)
{
	struct set *set = arg;
	const struct store_right *r = set->right;
	struct store_flight f;
	struct store_query *q;
	enum err e;

	set->log = (struct log_row){ .act = model_act_logged(LOGGED_RIGHT) };
	store_log_actor(&set->log, r->actor);
	if ((e = look(s, set)) != OK)
		return e;
	store_flight_open(&f, s, set->arena);
	f.once = true;
	q = store_flight_add(&f, SQL_ACCOUNT_SET);
	store_query_uuid(q, &r->id);
	store_query_str(q, str_of(model_role_name(r->role)));
	store_query_bool(q, r->suspended);
	store_log_put(&f, &set->log);
	store_flight_add(&f, SQL_COMMIT);
	e = store_flight_go(&f);
	store_flight_close(&f);
	return e;
}

enum err
store_right_set(struct store *s, struct arena *a, const struct store_right *r)
{
	struct set set = { a, r, { .id = 0 } };

	return store_flight_work(s, set_work, &set);
}

enum err
store_right_choice(struct store *s, struct store_choice *ret)
{
	struct store_flight f;
	struct store_row row;
	enum err e;

	*ret = (struct store_choice){ false, false };
	store_flight_open(&f, s, NULL);
	store_flight_site(&f, SQL_ACCOUNT_CHOICE);
	e = store_flight_run(&f);
	if (e == OK && PQntuples(store_flight_result(&f, 0)) > 0) {
		row = store_row_at(store_flight_result(&f, 0), 0, NULL);
		ret->reviewers = store_row_bool(&row);
		ret->tally = store_row_bool(&row);
	}
	store_flight_close(&f);
	return e;
}

enum err
store_right_choose(struct store *s, struct arena *a,
    const struct store_choice *c, const struct account *actor)
{
	struct deed d = { .kind = DEED_CHOICE, .actor = actor };
	struct str before;

	d.value = arena_fmt(a, "reviewers rule: %s, tally: %s",
	    c->reviewers ? "yes" : "no", c->tally ? "yes" : "no");
	return store_deed_put(s, a, &d, &before);
}

enum err
store_right_log(struct store *s, struct arena *a, const struct account *actor,
    enum model_logged act, struct str after)
{
	struct log_row row = { .act = model_act_logged(act), .after = after };

	store_log_actor(&row, actor);
	return store_log_add(s, a, &row);
}
