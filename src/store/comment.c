/* comment.c: what must be known before a comment, adding it, reading it. */
#include <string.h>

#include "store/internal.h"

static void
take_context(struct store_row *r, struct store_context *c)
{
	memset(c, 0, sizeof(*c));
	store_row_thread(r, &c->thread);
	store_row_bool(r);
	c->parent_author = store_row_str(r);
	c->parent_body = store_row_str(r);
	c->policy.thread = c->thread.policy;
	c->policy.closes_at = c->thread.closes_at;
	c->policy.banned = store_row_bool(r);
	c->policy.trusted = store_row_bool(r);
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
	enum { PARENT_FOUND = 9 };
	const PGresult *rs = store_flight_result(f, 0);
	struct store_row row = store_row_at(rs, 0, f->arena);

	if (PQntuples(rs) == 0)
		return ERR_NOT_FOUND;
	row.col = PARENT_FOUND;
	if (d->parent != 0 && !store_row_bool(&row))
		return ERR_PARENT_BAD;
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
	if (!d->stranger || d->parent != 0 ||
	    !store_guess_find(s, a, d->slug, &c->thread))
		return false;
	c->policy.thread = c->thread.policy;
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
	const struct draft *draft;
	struct store_added ret;
};

static void
put_draft(struct store_query *q, const struct draft *d,
    const struct store_judged *j)
{
	store_query_str(q, d->slug);
	store_query_int(q, d->parent);
	store_query_uuid(q, &d->person);
	store_query_str(q, d->author);
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

/* The columns that the draft does not tell. */
static void
take_added(struct store_row *r, struct add *add)
{
	const struct draft *d = add->draft;
	struct comment *c = &add->ret.comment;

	c->id = store_row_int(r);
	c->root = store_row_int(r);
	c->state = store_row_state(r);
	c->posted = store_row_int(r);
	c->badge = store_row_str(r);
	c->parent = d->parent;
	c->author = d->author;
	c->body = d->body;
	c->html = d->html;
	c->anchor = d->anchor;
	c->spoiler = d->spoiler;
	c->person = d->person;
	c->slug = d->slug;
}

/* The first answer given to a key stands, whatever has changed since.
 * ERR_NOT_FOUND: the key is not taken. */
static enum err
add_again(struct store *s, struct add *add)
{
	const struct draft *d = add->draft;
	struct store_flight f;
	struct store_query *q;
	struct store_row row;
	enum err e;

	store_flight_open(&f, s, add->flight.arena);
	q = store_flight_site(&f, SQL_COMMENT_AGAIN);
	store_query_str(q, d->slug);
	store_query_uuid(q, &d->key);
	store_query_uuid(q, &d->person);
	store_query_str(q, d->body);
	e = store_flight_go(&f);
	if (e == OK && PQntuples(store_flight_result(&f, 0)) == 0)
		e = ERR_NOT_FOUND;
	if (e == OK) {
		row = store_row_at(store_flight_result(&f, 0), 0,
		    add->flight.arena);
		if (!store_row_bool(&row))
			e = ERR_KEY_USED;
		take_added(&row, add);
		add->ret.again = true;
	}
	store_flight_close(&f);
	return e;
}

static enum err
add_work(struct store *s, void *arg)
{
	struct add *add = arg;
	struct store_row row;
	bool closed, parent, same;
	enum err e;

	if ((e = store_flight_go(&add->flight)) != OK)
		return e;
	if (PQntuples(store_flight_result(&add->flight, 0)) == 0)
		return ERR_NOT_FOUND;
	row = store_row_at(store_flight_result(&add->flight, 0), 0,
	    add->flight.arena);
	memset(&add->ret, 0, sizeof(add->ret));
	add->ret.comment.thread = store_row_int(&row);
	closed = store_row_bool(&row);
	parent = store_row_bool(&row);
	same = store_row_bool(&row);
	if (!store_row_null(&row)) {
		take_added(&row, add);
		return OK;
	}
	if ((e = add_again(s, add)) != ERR_NOT_FOUND)
		return e;
	if (closed || !parent)
		return closed ? ERR_THREAD_CLOSED : ERR_PARENT_BAD;
	if (!same) {
		store_guess_drop(s, add->draft->slug);
		return ERR_CONFLICT;
	}
	s->again = STORE_AGAIN_SERIAL;	/* gone while we looked */
	return ERR_CONFLICT;
}

enum err
store_comment_add(struct store *s, struct arena *a, const struct draft *d,
    const struct store_judged *j, struct store_added *ret)
{
	struct add add = { .draft = d };
	enum err e;

	store_flight_open(&add.flight, s, a);
	put_draft(store_flight_site(&add.flight, SQL_COMMENT_ADD), d, j);
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
	e = store_flight_run(&f);
	if (e == OK && PQntuples(store_flight_result(&f, 0)) == 0)
		e = ERR_NOT_FOUND;
	if (e == OK) {
		row = store_row_at(store_flight_result(&f, 0), 0, a);
		store_row_comment(&row, ret);
	}
	store_flight_close(&f);
	return e;
}

enum err
store_comment_find(struct store *s, struct arena *a, int64_t id,
    struct comment *ret)
{
	struct store_flight f;
	struct store_row row;
	enum err e;

	store_flight_open(&f, s, a);
	store_query_int(store_flight_site(&f, SQL_COMMENT_FIND), id);
	e = store_flight_run(&f);
	if (e == OK && PQntuples(store_flight_result(&f, 0)) == 0)
		e = ERR_NOT_FOUND;
	if (e == OK) {
		row = store_row_at(store_flight_result(&f, 0), 0, a);
		*ret = (struct comment){ .id = id };
		ret->thread = store_row_int(&row);
		ret->slug = store_row_str(&row);
	}
	store_flight_close(&f);
	return e;
}

enum err
store_comment_mine(struct store *s, struct arena *a, struct str slug,
    const struct uuid *person, struct store_comments *ret)
{
	struct store_flight f;
	struct store_query *q;
	enum err e;
	size_t i;

	store_flight_open(&f, s, a);
	q = store_flight_site(&f, SQL_COMMENT_MINE);
	store_query_str(q, slug);
	store_query_uuid(q, person);
	e = store_flight_run(&f);
	if (e == OK) {
		ret->n = (size_t)PQntuples(store_flight_result(&f, 0));
		ret->rows = arena_alloc(a, (ret->n + 1) * sizeof(*ret->rows));
		for (i = 0; i < ret->n; i++) {
			struct store_row row = store_row_at(
			    store_flight_result(&f, 0), (int)i, a);

			store_row_comment(&row, &ret->rows[i]);
		}
	}
	store_flight_close(&f);
	return e;
}
