/* deed.c: what moderators do beyond ruling: a value is set, the log told. */
#include "store/internal.h"

struct work {
	struct arena *arena;
	const struct deed *is;
	struct str value;		/* as it is kept */
	struct str before;
	struct log_row log;
};

/* The statement that finds what it is about; 0: it is about no thread. */
static size_t
add_locks(struct store_flight *f, const struct deed *is)
{
	struct store_query *q;

	if (is->kind == DEED_THREAD) {
		store_query_str(store_flight_site(f, SQL_THREAD_LOCK),
		    is->slug);
		return 1;
	}
	if (!model_deed_comment(is->kind))
		return 0;
	q = store_flight_site(f, SQL_COMMENT_TREE);
	store_query_str(q, is->slug);
	store_query_int(q, is->comment);
	q = store_flight_site(f, SQL_COMMENT_LOCK);
	store_query_str(q, is->slug);
	store_query_int(q, is->comment);
	return 2;
}

/* Locks the comment or thread, if it is about one, and the log's head. */
static enum err
lock(struct store *s, struct work *w, struct store_flight *f)
{
	struct store_row row;
	size_t about;
	enum err e;

	store_flight_open(f, s, w->arena);
	store_flight_add(f, SQL_BEGIN);
	about = add_locks(f, w->is);
	store_flight_site(f, SQL_LOG_LOCK);
	if ((e = store_flight_go(f)) != OK || about == 0)
		return e;
	if (PQntuples(store_flight_result(f, about)) == 0)
		return ERR_NOT_FOUND;
	row = store_row_at(store_flight_result(f, about), 0, w->arena);
	w->log.thread = store_row_int(&row);
	w->log.comment = w->is->comment;
	if (w->is->comment == 0)
		return OK;
	store_row_int(&row);
	return store_row_state(&row) == STATE_ERASED ? ERR_DEED : OK;
}

/* What stands now; a note is first written down and then known by number. */
static enum err
look(struct store *s, struct work *w)
{
	struct store_flight f;
	struct store_query *q;
	struct store_row row;
	struct uuid person;
	enum err e;

	w->value = w->is->value;
	store_flight_open(&f, s, w->arena);
	q = store_flight_site(&f, SQL_DEED_VALUE);
	store_query_str(q, model_deed_name(w->is->kind));
	store_query_int(q, w->log.thread);
	store_query_int(q, w->log.comment);
	store_query_str(q, w->is->target);
	if (w->is->kind == DEED_NOTE && w->is->value.len > 0 &&
	    uuid_parse(w->is->target, &person)) {
		q = store_flight_site(&f, SQL_PERSON_NOTE);
		store_query_uuid(q, &person);
		store_query_str(q, w->is->value);
		store_query_str(q, w->log.actor_name);
	}
	if ((e = store_flight_go(&f)) == OK) {
		row = store_row_at(store_flight_result(&f, 0), 0, w->arena);
		w->before = store_row_str(&row);
	}
	if (e == OK && f.n > 1) {
		row = store_row_at(store_flight_result(&f, 1), 0, w->arena);
		w->value = store_row_str(&row);
	}
	store_flight_close(&f);
	return e;
}

static void
put_edit(struct store_flight *f, const struct work *w)
{
	const struct draft *d = w->is->text;
	struct store_query *q = store_flight_add(f, SQL_DEED_EDIT);

	store_query_int(q, w->log.thread);
	store_query_int(q, w->log.comment);
	store_query_str(q, d->body);
	store_query_str(q, d->html);
	store_query_bool(q, d->spoiler);
	store_query_str(q, w->is->reason);
}

/* act_put takes an edit back, so its value is only asked for. */
static void
put_value(struct store_flight *f, const struct work *w)
{
	bool edit = w->is->kind == DEED_EDIT;
	struct store_query *q = store_flight_site(f, edit ? SQL_DEED_VALUE :
	    SQL_DEED_PUT);

	store_query_str(q, model_deed_name(w->is->kind));
	store_query_int(q, w->log.thread);
	store_query_int(q, w->log.comment);
	store_query_str(q, w->is->target);
	if (edit)
		return;
	store_query_str(q, w->value);
	store_query_str(q, w->is->reason);
	store_query_str(q, w->log.actor_name);
}

static enum err
put(struct store *s, struct work *w)
{
	struct store_flight f;
	struct store_row row;
	enum err e;

	store_flight_open(&f, s, w->arena);
	if (w->is->kind == DEED_EDIT)
		put_edit(&f, w);
	put_value(&f, w);
	e = store_flight_go(&f);
	if (e == OK) {
		row = store_row_at(store_flight_result(&f, f.n - 1), 0,
		    w->arena);
		if (store_row_null(&row))
			e = ERR_DEED;
		else if (w->is->kind != DEED_MOVE)
			w->value = store_row_str(&row);
	}
	store_flight_close(&f);
	return e;
}

static enum err
finish(struct store *s, const struct work *w)
{
	struct store_flight f;
	enum err e;

	store_flight_open(&f, s, w->arena);
	f.once = true;
	if (w->log.thread != 0)
		store_change_put(&f, w->log.thread, w->log.comment, 0);
	store_log_put(&f, &w->log);
	store_flight_add(&f, SQL_COMMIT);
	e = store_flight_go(&f);
	store_flight_close(&f);
	return e;
}

/* It was so already: nothing was done. */
static enum err
leave(struct store *s, const struct work *w)
{
	struct store_flight f;
	enum err e;

	store_flight_open(&f, s, w->arena);
	store_flight_add(&f, SQL_ROLLBACK);
	e = store_flight_go(&f);
	store_flight_close(&f);
	return e;
}

static enum err
deed_work(struct store *s, void *arg)
{
	struct work *w = arg;
	struct store_flight locked;
	enum err e = lock(s, w, &locked);

	if (e == OK)
		e = look(s, w);
	if (e == OK && w->is->kind != DEED_EDIT &&
	    str_eq(w->before, w->value)) {
		store_flight_close(&locked);
		return leave(s, w);
	}
	if (e == OK && (e = put(s, w)) == OK) {
		w->log.before = model_deed_told(w->arena, w->is, w->before);
		w->log.after = model_deed_told(w->arena, w->is, w->value);
		e = store_log_link(s, store_flight_result(&locked,
		    locked.n - 1), &w->log);
	}
	store_flight_close(&locked);
	return e == OK ? finish(s, w) : e;
}

enum err
store_deed_put(struct store *s, struct arena *a, const struct deed *is,
    struct str *before)
{
	struct work w = { .arena = a, .is = is };
	enum err e;

	w.log.act = model_deed_name(is->kind);
	w.log.reason = is->reason;
	store_log_actor(&w.log, is->actor);
	if ((e = store_flight_work(s, deed_work, &w)) == OK)
		*before = w.before;
	return e;
}

static void
take_deeds(const struct store_flight *f, struct store_deeds *ret)
{
	struct store_row row = store_row_at(store_flight_result(f, 0), 0,
	    f->arena);

	store_row_comment(&row, &ret->comment);
	row = store_row_at(store_flight_result(f, 1), 0, f->arena);
	row.col = 5;			/* the rest is known */
	ret->pinned = store_row_bool(&row);
	ret->comment.marks = store_row_bool(&row) ? MARK_FEATURED : 0;
	ret->locked = store_row_int(&row);
	ret->comment.note = store_row_str(&row);
	ret->letter = store_row_str(&row);
	store_row_int(&row);
	ret->home = store_row_str(&row);
}

enum err
store_deed_at(struct store *s, struct arena *a, struct str slug, int64_t id,
    struct store_deeds *ret)
{
	static const enum store_sql asked[] = {
		SQL_COMMENT_GET, SQL_DEED_AT
	};
	struct store_flight f;
	struct store_query *q;
	enum err e;
	size_t i;

	store_flight_open(&f, s, a);
	for (i = 0; i < COUNT(asked); i++) {
		q = store_flight_site(&f, asked[i]);
		store_query_str(q, slug);
		store_query_int(q, id);
	}
	e = store_flight_run(&f);
	if (e == OK && (PQntuples(store_flight_result(&f, 0)) == 0 ||
	    PQntuples(store_flight_result(&f, 1)) == 0))
		e = ERR_NOT_FOUND;
	if (e == OK)
		take_deeds(&f, ret);
	store_flight_close(&f);
	return e;
}

enum err
store_deed_reasons(struct store *s, struct arena *a, struct str **ret,
    size_t *n)
{
	struct store_flight f;
	enum err e;
	size_t i;

	store_flight_open(&f, s, a);
	store_flight_site(&f, SQL_REASON_LIST);
	if ((e = store_flight_run(&f)) == OK) {
		*n = (size_t)PQntuples(store_flight_result(&f, 0));
		*ret = arena_alloc(a, (*n + 1) * sizeof(**ret));
		for (i = 0; i < *n; i++) {
			struct store_row row = store_row_at(
			    store_flight_result(&f, 0), (int)i, a);

			(*ret)[i] = store_row_str(&row);
		}
	}
	store_flight_close(&f);
	return e;
}
