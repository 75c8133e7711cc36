/* deferred.c: held comments that a filter is still to be asked about. */
#include "store/internal.h"

enum { FIELDS = 6 };			/* of each filter in a verdict */

static void
take_verdict(struct store_row *row, struct verdict *v)
{
	size_t i, n;
	struct str *fields = store_row_strs(row, &n);

	for (i = 0; i + FIELDS <= n && v->n < MODEL_FILTERS_MAX; i += FIELDS) {
		struct evidence *e = &v->each[v->n++];
		int64_t score = 0;

		e->filter = fields[i];
		e->silent = str_is(fields[i + 1], "t");
		if (str_int64(fields[i + 2], &score))
			e->score = (int)score;
		e->reason = fields[i + 3];
		e->features = fields[i + 4];
		if (!str_int64(fields[i + 5], &e->usec))
			e->usec = 0;
	}
}

static void
take(struct store_row *row, struct store_deferred *d)
{
	struct draft *draft = &d->heard.draft;

	d->heard.comment = store_row_int(row);
	d->heard.slug = draft->slug = store_row_str(row);
	d->heard.language = store_row_str(row);
	draft->parent = store_row_int(row);
	draft->person = store_row_uuid(row);
	draft->author = store_row_str(row);
	draft->email_hash = store_row_str(row);
	draft->sender = store_row_str(row);
	draft->body = store_row_str(row);
	draft->sent = store_row_int(row);
	d->edited = store_row_int(row);
	d->now = store_row_int(row);
	d->why = store_row_str(row);
	take_verdict(row, &d->verdict);
	d->heard.parent_body = store_row_str(row);
}

enum err
store_deferred_list(struct store *s, struct arena *a, int64_t after,
    struct store_deferred **ret, size_t *n)
{
	struct store_flight f;
	const PGresult *rs;
	enum err e;
	size_t i;

	store_flight_open(&f, s, a);
	store_query_int(store_flight_site(&f, SQL_DEFERRED_LIST), after);
	if ((e = store_flight_run(&f)) == OK) {
		rs = store_flight_result(&f, 0);
		*n = (size_t)PQntuples(rs);
		*ret = arena_alloc(a, (*n + 1) * sizeof(**ret));
		for (i = 0; i < *n; i++) {
			struct store_row row = store_row_at(rs, (int)i, a);

			take(&row, &(*ret)[i]);
		}
	}
	store_flight_close(&f);
	return e;
}

struct settling {
	struct arena *arena;
	const struct store_deferred *row;
	const struct store_judged *judged;
	int64_t thread, root;
};

static enum err
lock(struct store *s, struct settling *is)
{
	struct store_flight f;
	struct store_query *q;
	struct store_row row;
	enum err e;

	store_flight_open(&f, s, is->arena);
	store_flight_add(&f, SQL_BEGIN);
	q = store_flight_site(&f, SQL_COMMENT_TREE);
	store_query_str(q, is->row->heard.slug);
	store_query_int(q, is->row->heard.comment);
	q = store_flight_site(&f, SQL_DEFERRED_LOCK);
	store_query_str(q, is->row->heard.slug);
	store_query_int(q, is->row->heard.comment);
	e = store_flight_go(&f);
	if (e == OK && PQntuples(store_flight_result(&f, 2)) == 0)
		e = ERR_CONFLICT;
	if (e == OK) {
		row = store_row_at(store_flight_result(&f, 2), 0, is->arena);
		is->thread = store_row_int(&row);
		is->root = store_row_int(&row);
		if (store_row_int(&row) != is->row->edited)
			e = ERR_CONFLICT;
	}
	store_flight_close(&f);
	return e;
}

static enum err
settle_work(struct store *s, void *arg)
{
	struct settling *is = arg;
	struct store_flight f;
	struct store_query *q;
	enum err e;

	if ((e = lock(s, is)) != OK)
		return e;
	store_flight_open(&f, s, is->arena);
	q = store_flight_add(&f, SQL_DEFERRED_SETTLE);
	store_query_int(q, is->thread);
	store_query_int(q, is->row->heard.comment);
	store_query_str(q, str_of(model_state_name(is->judged->state)));
	store_query_str(q, str_of(is->judged->why));
	store_query_verdict(q, is->judged->verdict);
	q = store_flight_add(&f, SQL_COMMENT_PLACE);
	store_query_int(q, is->thread);
	store_query_int(q, is->root);
	if (is->judged->state == STATE_SHOWN)
		store_change_put(&f, is->thread, is->row->heard.comment, 1);
	store_flight_add(&f, SQL_COMMIT);
	e = store_flight_go(&f);
	store_flight_close(&f);
	return e;
}

enum err
store_deferred_settle(struct store *s, struct arena *a,
    const struct store_deferred *row, const struct store_judged *judged)
{
	struct settling is = { .arena = a, .row = row, .judged = judged };
	enum err e = store_flight_work(s, settle_work, &is);

	return e == ERR_CONFLICT ? OK : e;
}
