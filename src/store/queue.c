/* queue.c: held comments, and what a moderator rules. */
#include "store/internal.h"

void
store_queue_take(const PGresult *rs, int i, struct arena *a, struct held *h)
{
	struct store_row row = store_row_at(rs, i, a);

	store_row_comment(&row, &h->comment);
	h->why = store_row_str(&row);
	h->parent_author = store_row_str(&row);
	h->parent_body = store_row_str(&row);
	h->shown_before = store_row_int(&row);
	h->removed_before = store_row_int(&row);
}

static void
take_evidence(struct store_row *row, struct verdict *v)
{
	struct evidence *e = &v->each[v->n];

	if (v->n == MODEL_FILTERS_MAX)
		return;
	v->n++;
	e->filter = store_row_str(row);
	e->silent = store_row_bool(row);
	e->score = (int)store_row_int(row);
	e->reason = store_row_str(row);
	e->features = store_row_str(row);
	e->usec = store_row_int(row);
	v->silent |= e->silent;
}

/* Both results are in the order of comments. */
static void
take_verdicts(const PGresult *rs, struct arena *a, struct held *all, size_t n)
{
	int i, rows = PQntuples(rs);
	size_t at = 0;

	for (i = 0; i < rows; i++) {
		struct store_row row = store_row_at(rs, i, a);
		int64_t id = store_row_int(&row);

		while (at < n && all[at].comment.id < id)
			at++;
		if (at < n && all[at].comment.id == id)
			take_evidence(&row, &all[at].verdict);
	}
}

static void
take_queue(const struct store_flight *f, struct store_queue *ret)
{
	const PGresult *rs = store_flight_result(f, 0);
	struct store_row row;
	int i, rows = PQntuples(rs);
	struct held *all;

	all = arena_alloc(f->arena, ((size_t)rows + 1) * sizeof(*all));
	for (i = 0; i < rows; i++)
		store_queue_take(rs, i, f->arena, &all[i]);
	take_verdicts(store_flight_result(f, 1), f->arena, all, (size_t)rows);
	store_report_take(store_flight_result(f, 3), all, (size_t)rows,
	    f->arena);
	row = store_row_at(store_flight_result(f, 2), 0, f->arena);
	ret->total = store_row_int(&row);
	ret->rows = all;
	ret->n = (size_t)rows;
}

enum err
store_queue_list(struct store *s, struct arena *a, int64_t after,
    struct store_queue *ret)
{
	struct store_flight f;
	struct store_query *q;
	enum err e;

	store_flight_open(&f, s, a);
	store_query_int(store_flight_site(&f, SQL_QUEUE_LIST), after);
	store_query_int(store_flight_site(&f, SQL_QUEUE_VERDICTS), after);
	store_flight_site(&f, SQL_QUEUE_TOTAL);
	q = store_flight_site(&f, SQL_REPORT_REASONS);
	store_query_str(q, STR("held"));
	store_query_int(q, after);
	e = store_flight_run(&f);
	if (e == OK)
		take_queue(&f, ret);
	store_flight_close(&f);
	return e;
}

enum err
store_queue_total(struct store *s, int64_t *ret)
{
	struct store_flight f;
	struct store_row row;
	enum err e;

	store_flight_open(&f, s, NULL);
	store_flight_site(&f, SQL_QUEUE_TOTAL);
	e = store_flight_run(&f);
	if (e == OK) {
		row = store_row_at(store_flight_result(&f, 0), 0, NULL);
		*ret = store_row_int(&row);
	}
	store_flight_close(&f);
	return e;
}

struct ruling {
	struct arena *arena;
	const struct store_ruling *is;
	struct comment *ret;
};

struct ruled {
	int64_t root;
	struct log_row log;
};

/* Is it what the moderator saw? Nobody lets in one text and gets another. */
static bool
seen(struct store_row *row, const struct store_ruling *is)
{
	enum { EDITED = 7 };		/* column of comment_lock */

	if (store_row_state(row) != is->seen || is->seen == STATE_ERASED)
		return false;
	row->col = EDITED;
	return is->version < 0 || store_row_int(row) == is->version;
}

static enum err
lock(struct store *s, const struct ruling *r, struct ruled *ret)
{
	struct store_flight f;
	struct store_query *q;
	struct store_row row;
	enum err e;

	store_flight_open(&f, s, r->arena);
	store_flight_add(&f, SQL_BEGIN);
	q = store_flight_site(&f, SQL_COMMENT_TREE);
	store_query_str(q, r->is->slug);
	store_query_int(q, r->is->id);
	q = store_flight_site(&f, SQL_COMMENT_LOCK);
	store_query_str(q, r->is->slug);
	store_query_int(q, r->is->id);
	store_flight_site(&f, SQL_LOG_LOCK);
	e = store_flight_go(&f);
	if (e == OK && PQntuples(store_flight_result(&f, 2)) == 0)
		e = ERR_NOT_FOUND;
	if (e == OK) {
		row = store_row_at(store_flight_result(&f, 2), 0, r->arena);
		ret->log.thread = store_row_int(&row);
		ret->root = store_row_int(&row);
		if (!seen(&row, r->is))
			e = ERR_CONFLICT;
	}
	if (e == OK)
		e = store_log_link(s, store_flight_result(&f, 3), &ret->log);
	store_flight_close(&f);
	return e;
}

static void
put_ruling(struct store_flight *f, const struct ruling *r,
    const struct ruled *at)
{
	enum model_state state = model_act_state(r->is->act);
	struct store_query *q = store_flight_add(f, SQL_COMMENT_RULE);

	store_query_int(q, at->log.thread);
	store_query_int(q, r->is->id);
	store_query_str(q, str_of(model_state_name(state)));
	store_query_str(q, r->is->reason);
	store_query_str(q, str_of(r->is->why));
	q = store_flight_add(f, SQL_COMMENT_PLACE);
	store_query_int(q, at->log.thread);
	store_query_int(q, at->root);
	store_change_put(f, at->log.thread, r->is->id,
	    (state == STATE_SHOWN) - (r->is->seen == STATE_SHOWN));
	store_log_put(f, &at->log);
	q = store_flight_site(f, SQL_COMMENT_GET);
	store_query_str(q, r->is->slug);
	store_query_int(q, r->is->id);
	store_flight_add(f, SQL_COMMIT);
}

static enum err
rule_work(struct store *s, void *arg)
{
	const struct ruling *r = arg;
	struct ruled at = { .log = {
		.act = str_of(model_act_name(r->is->act)),
		.comment = r->is->id, .reason = r->is->reason,
		.before = str_of(model_state_name(r->is->seen)),
		.after = str_of(model_state_name(model_act_state(r->is->act)))
	} };
	struct store_flight f;
	struct store_row row;
	enum err e;

	store_log_actor(&at.log, r->is->actor);
	if ((e = lock(s, r, &at)) != OK)
		return e;
	store_flight_open(&f, s, r->arena);
	f.once = true;
	put_ruling(&f, r, &at);
	e = store_flight_go(&f);
	if (e == OK) {
		row = store_row_at(store_flight_result(&f, f.n - 2), 0,
		    r->arena);
		store_row_comment(&row, r->ret);
	}
	store_flight_close(&f);
	return e;
}

enum err
store_queue_rule(struct store *s, struct arena *a,
    const struct store_ruling *is, struct comment *ret)
{
	struct ruling r = { a, is, ret };

	return store_flight_work(s, rule_work, &r);
}
