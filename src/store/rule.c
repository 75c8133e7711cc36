/* rule.c: rulings on many comments at once, and what takes them back. */
#include <string.h>

#include "store/rule.h"

static void
take_lock(const PGresult *rs, struct rule_work *w)
{
	int i;

	for (i = 0; i < PQntuples(rs); i++) {
		struct store_row row = store_row_at(rs, i, w->arena);
		struct rule_item *it = &w->items[store_row_int(&row) - 1];

		it->found = true;
		it->thread = store_row_int(&row);
		it->root = store_row_int(&row);
		it->state = store_row_state(&row);
		it->edited = store_row_int(&row);
		it->visible = store_row_bool(&row);
		it->reason = store_row_str(&row);
		it->is->person = store_row_uuid(&row);
	}
}

static void
take_stands(const PGresult *rs, struct rule_work *w)
{
	int i;

	for (i = 0; i < PQntuples(rs); i++) {
		struct store_row row = store_row_at(rs, i, w->arena);
		struct rule_item *it = &w->items[store_row_int(&row) - 1];

		it->stands.id = store_row_int(&row);
		it->stands.at = store_row_int(&row);
		it->stands.actor_name = store_row_str(&row);
		it->stands.act = store_row_str(&row);
		it->stands.before = store_row_str(&row);
		it->stands.after = store_row_str(&row);
		it->undone_by = store_row_str(&row);
		it->ruled = store_row_str(&row);
		it->ruled_why = store_row_str(&row);
		it->ruled_over = store_row_str(&row);
	}
}

/* Is it what the moderator saw? Nobody lets in one text and gets another. */
static enum store_ruled
may_rule(struct rule_item *it)
{
	const struct store_ruling *is = it->is;

	if (is->seen == STATE_ERASED)
		return RULED_CHANGED;
	if (it->state != is->seen)
		return str_is(it->stands.after, model_state_name(it->state)) ?
		    RULED_BEFORE : RULED_CHANGED;
	if (is->version >= 0 && it->edited != is->version)
		return RULED_CHANGED;
	it->target = model_act_state(is->act);
	it->visible = it->target == STATE_SHOWN ||
	    (it->target == STATE_REMOVED && it->visible);
	it->reason = is->reason;
	return RULED;
}

/* Only the newest act on a comment can be undone, and as long as its author
 * has not touched it. A tombstone comes back with its reason. */
static enum store_ruled
may_undo(struct rule_item *it)
{
	const struct log_row *was = it->is->undone;

	if (it->undone_by.len > 0) {
		it->stands.actor_name = it->undone_by;
		it->stands.act = STR("undo");
		return RULED_BEFORE;
	}
	if (it->stands.id != was->id)
		return RULED_BEFORE;
	if (!str_is(was->after, model_state_name(it->state)) ||
	    it->edited > was->at ||
	    !model_state_parse(was->before, &it->target))
		return RULED_CHANGED;
	it->reason = str_eq(it->ruled, was->before) ? it->ruled_why : STR("");
	it->visible = it->target == STATE_SHOWN ||
	    (it->target == STATE_REMOVED &&
	    (it->visible || str_is(it->ruled_over, "shown")));
	return RULED;
}

bool
store_rule_values(const struct store_ruling *is)
{
	return is->undone != NULL &&
	    model_act_undo(is->undone->act) == UNDO_VALUE;
}

/* An undoing is told of where that was which it undoes. */
static void
put_log(struct rule_item *it, const struct account *actor)
{
	const struct store_ruling *is = it->is;
	struct log_row *log = &it->log;

	log->act = is->undone != NULL ? model_act_logged(LOGGED_UNDO) :
	    str_of(model_act_name(is->act));
	log->ref = is->undone != NULL ? is->undone->id : 0;
	log->thread = is->undone != NULL ? is->undone->thread : it->thread;
	log->comment = is->id;
	log->reason = is->reason;
	log->before = str_of(model_state_name(it->state));
	log->after = str_of(model_state_name(it->target));
	store_log_actor(log, actor);
}

static void
judge_all(struct rule_work *w)
{
	size_t i;

	for (i = 0; i < w->n; i++) {
		struct rule_item *it = &w->items[i];

		if (store_rule_values(it->is))
			continue;
		it->is->result = !it->found || it->state == STATE_ERASED ?
		    RULED_GONE : it->is->undone != NULL ? may_undo(it) :
		    may_rule(it);
		it->is->by = it->stands;
		if (it->is->result != RULED)
			continue;
		put_log(it, w->actor);
		w->done[w->ndone++] = it;
	}
	w->nrulings = w->ndone;
}

/* The rows of the log, one after the other, behind its head. */
static enum err
link_all(struct store *s, struct rule_work *w, const PGresult *head)
{
	size_t i;
	enum err e;

	for (i = 0; i < w->ndone; i++) {
		struct log_row *log = &w->done[i]->log;

		if (i > 0)
			store_log_follow(&w->done[i - 1]->log, log);
		else if ((e = store_log_link(s, head, log)) != OK)
			return e;
		if (w->done[i]->is != NULL)
			w->done[i]->is->log = log->id;
	}
	return OK;
}

static void
put_list(struct store_query *q, const struct rule_work *w)
{
	struct str *slugs = arena_alloc(w->arena, w->n * sizeof(*slugs));
	int64_t *ids = arena_alloc(w->arena, w->n * sizeof(*ids));
	size_t i;

	for (i = 0; i < w->n; i++) {
		slugs[i] = w->all[i].slug;
		ids[i] = w->all[i].id;
	}
	store_query_strs(q, slugs, w->n);
	store_query_ints(q, ids, w->n);
}

enum { HEAD = 3 };			/* the log's, of lock */

static enum err
lock(struct store *s, struct rule_work *w, struct store_flight *f)
{
	int64_t *undone = arena_alloc(w->arena, w->n * sizeof(*undone));
	int64_t *there = arena_alloc(w->arena, w->n * sizeof(*there));
	struct store_query *q;
	enum err e;
	size_t i;

	for (i = 0; i < w->n; i++) {
		const struct log_row *was = w->all[i].undone;

		undone[i] = was == NULL ? 0 : was->id;
		there[i] = was == NULL ? 0 : was->thread;
	}
	store_flight_open(f, s, w->arena);
	store_flight_add(f, SQL_BEGIN);
	put_list(store_flight_site(f, SQL_RULE_TREES), w);
	put_list(store_flight_site(f, SQL_RULE_LOCK), w);
	store_flight_site(f, SQL_LOG_LOCK);
	q = store_flight_site(f, SQL_RULE_STANDS);
	put_list(q, w);
	store_query_ints(q, undone, w->n);
	store_query_ints(q, there, w->n);
	e = store_flight_go(f);
	if (e == OK) {
		take_lock(store_flight_result(f, 2), w);
		take_stands(store_flight_result(f, 4), w);
		judge_all(w);
	}
	return e;
}

static enum err
finish(struct store *s, const struct rule_work *w)
{
	struct store_flight f;
	enum err e;

	store_flight_open(&f, s, w->arena);
	f.once = w->ndone > 0;
	if (w->nrulings > 0)
		store_rule_put_states(&f, w);
	if (w->ndone > 0)
		store_rule_put_rows(&f, w);
	store_flight_add(&f, SQL_COMMIT);
	e = store_flight_go(&f);
	store_flight_close(&f);
	return e;
}

static enum err
rule_work(struct store *s, void *arg)
{
	struct rule_work *w = arg;
	struct store_flight locked;
	enum err e;
	size_t i;

	memset(w->items, 0, 2 * w->n * sizeof(*w->items));
	w->ndone = 0;
	for (i = 0; i < w->n; i++)
		w->items[i].is = &w->all[i];
	e = lock(s, w, &locked);
	if (e == OK)
		e = store_rule_act_undo(s, w);
	if (e == OK)
		e = store_rule_act_also(s, w);
	if (e == OK)
		e = link_all(s, w, store_flight_result(&locked, HEAD));
	if (e == OK)
		for (i = 0; i < w->n; i++)
			w->all[i].also_log = w->items[w->n + i].log.id;
	store_flight_close(&locked);
	return e == OK ? finish(s, w) : e;
}

enum err
store_rule_all(struct store *s, struct arena *a, struct store_ruling *all,
    size_t n, const struct account *actor)
{
	struct rule_work w = {
		.arena = a, .all = all, .n = n, .actor = actor
	};

	if (n == 0)
		return OK;
	w.items = arena_alloc(a, 2 * n * sizeof(*w.items));
	w.done = arena_alloc(a, 2 * n * sizeof(*w.done));
	return store_flight_work(s, rule_work, &w);
}

enum err
store_rule_result(const struct store_ruling *is)
{
	switch (is->result) {
	case RULED: return OK;
	case RULED_GONE: return ERR_NOT_FOUND;
	case RULED_RIGHT: return ERR_FORBIDDEN;
	case RULED_BEFORE: case RULED_CHANGED: case RULED_KEPT:
	case RULED_NEVER: break;
	}
	return ERR_CONFLICT;
}
