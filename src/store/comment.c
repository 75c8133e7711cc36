/* comment.c: what must be known before a comment, adding it, reading it. */
#include <string.h>

#include "store/internal.h"

static void
take_context(struct store_row *r, struct store_context *c)
{
	struct str ban;

	memset(c, 0, sizeof(*c));
	store_row_thread(r, &c->thread);
	store_row_bool(r);
	c->parent_author = store_row_str(r);
	c->parent_body = store_row_str(r);
	c->policy.thread = c->thread.policy;
	c->policy.closes_at = c->thread.closes_at;
	store_row_bool(r);		/* whether it is locked */
	ban = store_row_str(r);
	c->refused = str_is(ban, "refuse");
	c->policy.quiet = str_is(ban, "hold");
	c->policy.banned = ban.len > 0 && !c->policy.quiet;
	c->policy.trusted = store_row_bool(r);
	c->badge = store_row_str(r);
}

static void
take_history(struct store_row *r, struct store_context *c)
{
	c->shown = store_row_int(r);
	c->removed = store_row_int(r);
	c->first_seen = store_row_int(r);
}

static enum err
take_answer(const struct store_flight *f, const struct draft *d,
    struct store_context *ret)
{
	enum { PARENT_FOUND = 9, PARENT_LOCKED = 12 };
	const PGresult *rs = store_flight_result(f, 0);
	struct store_row row = store_row_at(rs, 0, f->arena);

	if (PQntuples(rs) == 0)
		return ERR_NOT_FOUND;
	row.col = PARENT_FOUND;
	if (d->parent != 0 && !store_row_bool(&row))
		return ERR_PARENT_BAD;
	row.col = PARENT_LOCKED;
	if (store_row_bool(&row))
		return ERR_LOCKED;
	row.col = 0;
	take_context(&row, ret);
	if (!d->stranger) {
		row = store_row_at(store_flight_result(f, 1), 0, f->arena);
		take_history(&row, ret);
	}
	ret->policy.newcomer = ret->shown == 0;
	return OK;
}

static bool
guess(const struct store *s, struct arena *a, const struct draft *d,
    struct store_context *c)
{
	memset(c, 0, sizeof(*c));
	if (!d->stranger || d->parent != 0 || d->email.len > 0 ||
	    !store_guess_find(s, a, d->slug, &c->thread))
		return false;
	c->policy.thread = c->thread.policy;
	c->policy.closes_at = c->thread.closes_at;
	c->policy.newcomer = true;
	return true;
}

enum err
store_comment_context(struct store *s, struct arena *a, struct draft *d,
    struct store_context *ret)
{
	struct store_flight f;
	struct store_query *q;
	enum err e;

	if ((d->guessed = guess(s, a, d, ret)))
		return OK;
	store_flight_open(&f, s, a);
	q = store_flight_site(&f, SQL_COMMENT_CONTEXT);
	store_query_str(q, d->slug);
	store_query_int(q, d->parent);
	store_query_uuid(q, &d->person);
	store_query_str(q, d->sender);
	store_query_str(q, d->author);
	store_query_str(q, d->email_hash);
	store_query_str(q, model_draft_domain(a, d));
	if (!d->stranger)
		store_query_uuid(store_flight_add(&f, SQL_COMMENT_HISTORY),
		    &d->person);
	e = store_flight_run(&f);
	if (e == OK)
		e = take_answer(&f, d, ret);
	if (e == OK)
		store_guess_keep(s, &ret->thread);
	store_flight_close(&f);
	return e;
}

struct add {
	struct store_flight flight;
	size_t at;			/* of the comment's statement */
	const struct draft *draft;
	struct store_added ret;
};

static void
put_draft(struct store_query *q, const struct draft *d,
    const struct store_judged *j)
{
	store_query_int(q, d->thread);
	store_query_int(q, d->parent);
	store_query_uuid(q, &d->person);
	store_query_str(q, d->author);
	store_query_str(q, d->badge);
	store_query_str(q, d->email_hash);
	store_query_str(q, d->sender);
	store_query_str(q, d->body);
	store_query_str(q, d->html);
	store_query_str(q, d->anchor);
	store_query_uuid(q, &d->key);
	store_query_str(q, str_of(model_state_name(j->state)));
	store_query_str(q, str_of(j->why));
	store_query_verdict(q, j->verdict);
	store_query_str(q, str_of(d->policy));
	store_query_bool(q, d->guessed);
	store_query_bool(q, d->spoiler);
}

static struct store_row
take_added(struct add *add, const PGresult *rs)
{
	struct store_row row = store_row_at(rs, 0, add->flight.arena);
	const struct draft *d = add->draft;

	memset(&add->ret, 0, sizeof(add->ret));
	add->ret.comment = (struct comment){
		.id = store_row_int(&row),
		.thread = d->thread, .parent = d->parent, .slug = d->slug,
		.person = d->person, .author = d->author, .badge = d->badge,
		.body = d->body, .html = d->html, .anchor = d->anchor,
		.spoiler = d->spoiler
	};
	add->ret.comment.root = store_row_int(&row);
	add->ret.comment.state = store_row_state(&row);
	add->ret.comment.posted = store_row_int(&row);
	return row;
}

static enum err
take_again(struct add *add, const PGresult *rs)
{
	struct store_row row = take_added(add, rs);

	add->ret.comment.badge = store_row_str(&row);
	add->ret.comment.thread = store_row_int(&row);
	add->ret.again = true;
	return store_row_bool(&row) ? OK : ERR_KEY_USED;
}

static enum err
take_refusal(struct add *add, const PGresult *rs)
{
	struct store_row row = store_row_at(rs, 0, NULL);
	struct store *s = add->flight.store;

	if (PQntuples(rs) == 0)
		return ERR_NOT_FOUND;
	if (store_row_bool(&row))
		return ERR_THREAD_CLOSED;
	if (!store_row_bool(&row))
		return ERR_PARENT_BAD;
	if (store_row_bool(&row))
		return ERR_LOCKED;
	store_guess_drop(s, add->draft->slug);
	return ERR_CONFLICT;
}

/* The first answer given to a key stands, whatever has changed since. */
static enum err
ask_why(struct add *add)
{
	const struct draft *d = add->draft;
	struct store_flight f;
	struct store_query *q;
	enum err e;

	store_flight_open(&f, add->flight.store, add->flight.arena);
	q = store_flight_site(&f, SQL_COMMENT_AGAIN);
	store_query_str(q, d->slug);
	store_query_uuid(q, &d->key);
	store_query_uuid(q, &d->person);
	store_query_str(q, d->body);
	q = store_flight_site(&f, SQL_COMMENT_REFUSED);
	store_query_str(q, d->slug);
	store_query_int(q, d->parent);
	store_query_uuid(q, &d->person);
	e = store_flight_go(&f);
	if (e == OK && PQntuples(store_flight_result(&f, 0)) > 0)
		e = take_again(add, store_flight_result(&f, 0));
	else if (e == OK)
		e = take_refusal(add, store_flight_result(&f, 1));
	store_flight_close(&f);
	return e;
}

static enum err
add_work(struct store *s, void *arg)
{
	struct add *add = arg;
	const PGresult *rs;
	enum err e;

	(void)s;
	e = store_flight_go(&add->flight);
	if (e == ERR_CONFLICT && store_mark_refused(&add->flight)) {
		e = ask_why(add);
		return e == ERR_CONFLICT ? ERR_USED : e;
	}
	if (e != OK)
		return e;
	rs = store_flight_result(&add->flight, add->at);
	if (PQntuples(rs) == 0)
		return ask_why(add);
	take_added(add, rs);
	return OK;
}

enum err
store_comment_add(struct store *s, struct arena *a, const struct draft *d,
    const struct store_judged *j, struct store_added *ret)
{
	struct add add = { .draft = d };
	struct store_query *q;
	enum err e;

	store_flight_open(&add.flight, s, a);
	if (d->parent != 0) {
		q = store_flight_add(&add.flight, SQL_COMMENT_UP);
		store_query_int(q, d->thread);
		store_query_int(q, d->parent);
	}
	store_mark_put(&add.flight, d, j->verdict);
	add.at = add.flight.n;
	put_draft(store_flight_site(&add.flight, SQL_COMMENT_ADD), d, j);
	if (d->follow.len > 0)
		store_follow_ask(&add.flight, d);
	e = store_flight_work(s, add_work, &add);
	store_flight_close(&add.flight);
	if (e == OK)
		*ret = add.ret;
	return e;
}

enum err
store_comment_get(struct store *s, struct arena *a, struct str slug,
    int64_t id, struct comment *ret)
{
	struct store_flight f;
	struct store_query *q;
	struct store_row row;
	enum err e;

	store_flight_open(&f, s, a);
	q = store_flight_site(&f, SQL_COMMENT_GET);
	store_query_str(q, slug);
	store_query_int(q, id);
	if ((e = store_flight_row(&f, &row)) == OK)
		store_row_comment(&row, ret);
	store_flight_close(&f);
	return e;
}

static enum err
find(struct store *s, struct arena *a, enum store_sql sql, struct comment *ret)
{
	struct store_flight f;
	struct store_query *q;
	struct store_row row;
	enum err e;

	store_flight_open(&f, s, a);
	q = store_flight_site(&f, sql);
	store_query_int(q, ret->id);
	if (sql == SQL_COMMENT_WHERE)
		store_query_str(q, ret->slug);
	if ((e = store_flight_row(&f, &row)) == OK) {
		ret->thread = store_row_int(&row);
		ret->slug = store_row_str(&row);
	}
	store_flight_close(&f);
	return e;
}

enum err
store_comment_find(struct store *s, struct arena *a, int64_t id,
    struct comment *ret)
{
	*ret = (struct comment){ .id = id };
	return find(s, a, SQL_COMMENT_FIND, ret);
}

enum err
store_comment_where(struct store *s, struct arena *a, int64_t id,
    struct str was, struct comment *ret)
{
	*ret = (struct comment){ .id = id, .slug = was };
	return find(s, a, SQL_COMMENT_WHERE, ret);
}

static void
take_mine(const struct store_flight *f, struct store_mine *ret)
{
	const PGresult *rs = store_flight_result(f, 0);
	const PGresult *votes = store_flight_result(f, 1);
	struct store_row row;
	size_t i;

	ret->n = (size_t)PQntuples(rs);
	ret->rows = arena_alloc(f->arena, (ret->n + 1) * sizeof(*ret->rows));
	for (i = 0; i < ret->n; i++) {
		row = store_row_at(rs, (int)i, f->arena);
		store_row_comment(&row, &ret->rows[i]);
	}
	ret->nvotes = (size_t)PQntuples(votes);
	ret->votes = arena_alloc(f->arena,
	    (ret->nvotes + 1) * sizeof(*ret->votes));
	for (i = 0; i < ret->nvotes; i++) {
		row = store_row_at(votes, (int)i, f->arena);
		ret->votes[i] = store_row_int(&row);
	}
}

enum err
store_comment_mine(struct store *s, struct arena *a, struct str slug,
    const struct uuid *person, struct store_mine *ret)
{
	static const enum store_sql asked[] = {
		SQL_COMMENT_MINE, SQL_VOTE_MINE
	};
	struct store_flight f;
	struct store_query *q;
	enum err e;
	size_t i;

	store_flight_open(&f, s, a);
	for (i = 0; i < COUNT(asked); i++) {
		q = store_flight_site(&f, asked[i]);
		store_query_str(q, slug);
		store_query_uuid(q, person);
	}
	e = store_flight_run(&f);
	if (e == OK)
		take_mine(&f, ret);
	store_flight_close(&f);
	return e;
}
