/* edit.c: a comment's author changes or deletes it, within the window. */
#include "store/internal.h"

/* One change by its author: who asks, and what is to become of it. */
struct change {
	struct arena *arena;
	const struct store_own *own;
	const struct store_edit *edit;	/* NULL: erase it */
	enum model_state state;
	struct comment *ret;		/* NULL: not wanted */
};

struct found {
	int64_t thread, root;
	enum model_state state;
	bool same;			/* it is that already */
};

/* What may not be told apart from what is not there is ERR_NOT_FOUND. */
static enum err
take_found(const PGresult *rs, const struct change *c, struct found *ret)
{
	struct store_row row = store_row_at(rs, 0, c->arena);
	struct uuid person;
	struct str body;
	int64_t posted, now, edits;
	bool spoiler;

	if (PQntuples(rs) == 0)
		return ERR_NOT_FOUND;
	ret->thread = store_row_int(&row);
	ret->root = store_row_int(&row);
	ret->state = store_row_state(&row);
	person = store_row_uuid(&row);
	posted = store_row_int(&row);
	now = store_row_int(&row);
	body = store_row_str(&row);
	store_row_int(&row);		/* when it was edited */
	spoiler = store_row_bool(&row);
	ret->same = c->edit != NULL && ret->state == c->state &&
	    str_eq(body, c->edit->draft->body) &&
	    spoiler == c->edit->draft->spoiler;
	edits = store_row_int(&row);
	if (!uuid_eq(&person, &c->own->person))
		return ERR_NOT_FOUND;
	if (now >= posted + c->own->window)
		return ERR_WINDOW_OVER;
	if (ret->state == STATE_REMOVED)
		return ERR_CONFLICT;
	if (c->edit != NULL && (ret->state == STATE_ERASED ||
	    ret->state != c->edit->seen))
		return ERR_CONFLICT;
	if (c->edit != NULL && !ret->same && edits >= MODEL_EDITS_MAX)
		return ERR_EDITS_MANY;
	return OK;
}

static enum err
lock(struct store *s, const struct change *c, struct found *ret)
{
	struct store_flight f;
	struct store_query *q;
	enum err e;

	store_flight_open(&f, s, c->arena);
	store_flight_add(&f, SQL_BEGIN);
	q = store_flight_site(&f, SQL_COMMENT_TREE);
	store_query_str(q, c->own->slug);
	store_query_int(q, c->own->id);
	q = store_flight_site(&f, SQL_COMMENT_LOCK);
	store_query_str(q, c->own->slug);
	store_query_int(q, c->own->id);
	e = store_flight_go(&f);
	if (e == OK)
		e = take_found(store_flight_result(&f, 2), c, ret);
	store_flight_close(&f);
	return e;
}

static void
put_edit(struct store_flight *f, const struct change *c,
    const struct found *at)
{
	struct store_query *q;

	store_mark_put(f, c->edit->draft, c->edit->judged.verdict);
	q = store_flight_add(f, SQL_COMMENT_EDIT);
	store_query_int(q, at->thread);
	store_query_int(q, c->own->id);
	store_query_str(q, c->edit->draft->body);
	store_query_str(q, c->edit->draft->html);
	store_query_str(q, str_of(model_state_name(c->state)));
	store_query_str(q, str_of(c->edit->judged.why));
	store_query_verdict(q, c->edit->judged.verdict);
	store_query_bool(q, c->edit->draft->spoiler);
}

static void
put_erase(struct store_flight *f, const struct change *c,
    const struct found *at)
{
	struct store_query *q = store_flight_add(f, SQL_COMMENT_ERASE);

	store_query_int(q, at->thread);
	store_query_int(q, c->own->id);
}

/* What became of it: places in its tree, the thread's sums, the row. */
static void
put_rest(struct store_flight *f, const struct change *c,
    const struct found *at)
{
	int shown = (c->state == STATE_SHOWN) - (at->state == STATE_SHOWN);
	struct store_query *q;

	if (c->state != at->state) {
		q = store_flight_add(f, SQL_COMMENT_PLACE);
		store_query_int(q, at->thread);
		store_query_int(q, at->root);
	}
	if (c->state == STATE_SHOWN || at->state == STATE_SHOWN)
		store_change_put(f, at->thread, c->own->id, shown);
	q = store_flight_site(f, SQL_COMMENT_GET);
	store_query_str(q, c->own->slug);
	store_query_int(q, c->own->id);
	store_flight_add(f, SQL_COMMIT);
}

static enum err
change_work(struct store *s, void *arg)
{
	const struct change *c = arg;
	struct store_flight f;
	struct store_row row;
	struct found at;
	enum err e;

	if ((e = lock(s, c, &at)) != OK)
		return e;
	store_flight_open(&f, s, c->arena);
	f.once = true;
	if (c->edit == NULL && at.state != STATE_ERASED)
		put_erase(&f, c, &at);
	else if (c->edit != NULL && !at.same)
		put_edit(&f, c, &at);
	put_rest(&f, c, &at);
	e = store_flight_go(&f);
	if (e == ERR_CONFLICT && store_mark_refused(&f))
		e = ERR_USED;
	if (e == OK && c->ret != NULL) {
		row = store_row_at(store_flight_result(&f, f.n - 2), 0,
		    c->arena);
		store_row_comment(&row, c->ret);
	}
	store_flight_close(&f);
	return e;
}

enum err
store_edit_save(struct store *s, struct arena *a, const struct store_edit *e,
    struct comment *ret)
{
	struct change c = {
		.arena = a, .own = &e->own, .edit = e,
		.state = e->judged.state, .ret = ret
	};

	return store_flight_work(s, change_work, &c);
}

enum err
store_edit_erase(struct store *s, struct arena *a, const struct store_own *own)
{
	struct change c = {
		.arena = a, .own = own, .state = STATE_ERASED
	};

	return store_flight_work(s, change_work, &c);
}
