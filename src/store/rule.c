/* rule.c: rulings on many comments at once, and what takes them back. */
#include <string.h>

#include "store/internal.h"

struct item {				/* one ruling under way */
	struct store_ruling *is;
	int64_t root, edited;
	enum model_state state, target;	/* as it is; as it shall be */
	bool found, visible;
	struct str reason;		/* that the comment has then */
	struct log_row stands;		/* the newest act on it; id 0: none */
	struct str undone_by;
	struct str ruled, ruled_why, ruled_over;	/* before the undone */
	struct log_row log;
};

struct work {
	struct arena *arena;
	struct store_ruling *all;
	size_t n;
	const struct account *actor;
	struct item *items, **done;	/* done: those that are to be */
	size_t ndone;
};

static void
take_lock(const PGresult *rs, struct work *w)
{
	int i;

	for (i = 0; i < PQntuples(rs); i++) {
		struct store_row row = store_row_at(rs, i, w->arena);
		struct item *it = &w->items[store_row_int(&row) - 1];

		it->found = true;
		it->log.thread = store_row_int(&row);
		it->root = store_row_int(&row);
		it->state = store_row_state(&row);
		it->edited = store_row_int(&row);
		it->visible = store_row_bool(&row);
		it->reason = store_row_str(&row);
		it->is->person = store_row_uuid(&row);
	}
}

static void
take_stands(const PGresult *rs, struct work *w)
{
	int i;

	for (i = 0; i < PQntuples(rs); i++) {
		struct store_row row = store_row_at(rs, i, w->arena);
		struct item *it = &w->items[store_row_int(&row) - 1];

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
may_rule(struct item *it)
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
may_undo(struct item *it)
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

static void
put_log(struct item *it, const struct account *actor)
{
	const struct store_ruling *is = it->is;
	struct log_row *log = &it->log;

	log->act = is->undone != NULL ? STR("undo") :
	    str_of(model_act_name(is->act));
	log->ref = is->undone != NULL ? is->undone->id : 0;
	log->comment = is->id;
	log->reason = is->reason;
	log->before = str_of(model_state_name(it->state));
	log->after = str_of(model_state_name(it->target));
	store_log_actor(log, actor);
}

static enum err
judge_all(struct store *s, struct work *w, const PGresult *head)
{
	size_t i;
	enum err e = OK;

	w->ndone = 0;
	for (i = 0; i < w->n && e == OK; i++) {
		struct item *it = &w->items[i];

		it->is->result = !it->found || it->state == STATE_ERASED ?
		    RULED_GONE : it->is->undone != NULL ? may_undo(it) :
		    may_rule(it);
		it->is->by = it->stands;
		if (it->is->result != RULED)
			continue;
		put_log(it, w->actor);
		if (w->ndone == 0)
			e = store_log_link(s, head, &it->log);
		else
			store_log_follow(&w->done[w->ndone - 1]->log,
			    &it->log);
		it->is->log = it->log.id;
		w->done[w->ndone++] = it;
	}
	return e;
}

static void
put_list(struct store_query *q, const struct work *w)
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

static enum err
lock(struct store *s, struct work *w)
{
	int64_t *undone = arena_alloc(w->arena, w->n * sizeof(*undone));
	struct store_flight f;
	struct store_query *q;
	enum err e;
	size_t i;

	for (i = 0; i < w->n; i++)
		undone[i] = w->all[i].undone == NULL ? 0 :
		    w->all[i].undone->id;
	store_flight_open(&f, s, w->arena);
	store_flight_add(&f, SQL_BEGIN);
	put_list(store_flight_site(&f, SQL_RULE_TREES), w);
	put_list(store_flight_site(&f, SQL_RULE_LOCK), w);
	store_flight_site(&f, SQL_LOG_LOCK);
	q = store_flight_site(&f, SQL_RULE_STANDS);
	put_list(q, w);
	store_query_ints(q, undone, w->n);
	e = store_flight_go(&f);
	if (e == OK) {
		take_lock(store_flight_result(&f, 2), w);
		take_stands(store_flight_result(&f, 4), w);
		e = judge_all(s, w, store_flight_result(&f, 3));
	}
	store_flight_close(&f);
	return e;
}

/* ---- columns of what is to be done ---- */

static int64_t of_thread(const struct item *it) { return it->log.thread; }
static int64_t of_id(const struct item *it) { return it->is->id; }
static int64_t of_root(const struct item *it) { return it->root; }
static int64_t of_row(const struct item *it) { return it->log.id; }
static int64_t of_undone(const struct item *it) { return it->log.ref; }

static int64_t
of_shown(const struct item *it)
{
	return (it->target == STATE_SHOWN) - (it->state == STATE_SHOWN);
}

static struct str of_act(const struct item *it) { return it->log.act; }
static struct str of_words(const struct item *it) { return it->log.reason; }
static struct str of_before(const struct item *it) { return it->log.before; }
static struct str of_after(const struct item *it) { return it->log.after; }
static struct str of_reason(const struct item *it) { return it->reason; }

static struct str
of_visible(const struct item *it)
{
	return it->visible ? STR("t") : STR("f");
}

static struct str
of_why(const struct item *it)
{
	return str_of(it->is->why == NULL ? "" : it->is->why);
}

static void
put_ints(struct store_query *q, const struct work *w,
    int64_t (*of)(const struct item *))
{
	int64_t *all = arena_alloc(w->arena, w->ndone * sizeof(*all));
	size_t i;

	for (i = 0; i < w->ndone; i++)
		all[i] = of(w->done[i]);
	store_query_ints(q, all, w->ndone);
}

static void
put_strs(struct store_query *q, const struct work *w,
    struct str (*of)(const struct item *))
{
	struct str *all = arena_alloc(w->arena, w->ndone * sizeof(*all));
	size_t i;

	for (i = 0; i < w->ndone; i++)
		all[i] = of(w->done[i]);
	store_query_strs(q, all, w->ndone);
}

static void
put_hashes(struct store_query *q, const struct work *w, bool prev)
{
	struct str *all = arena_alloc(w->arena, w->ndone * sizeof(*all));
	size_t i, k;

	for (i = 0; i < w->ndone; i++) {
		const struct log_row *log = &w->done[i]->log;
		struct buf b = buf_new(w->arena, 64);

		for (k = 0; k < sizeof(log->hash); k++)
			buf_fmt(&b, "%02x", prev ? log->prev[k] :
			    log->hash[k]);
		all[i] = buf_view(&b);
	}
	store_query_strs(q, all, w->ndone);
}

static void
put_states(struct store_flight *f, const struct work *w)
{
	struct store_query *q = store_flight_add(f, SQL_RULE_REPORTS);

	put_ints(q, w, of_thread);
	put_ints(q, w, of_id);
	put_strs(q, w, of_after);
	put_ints(q, w, of_row);
	put_ints(q, w, of_undone);
	q = store_flight_add(f, SQL_RULE_PUT);
	put_ints(q, w, of_thread);
	put_ints(q, w, of_id);
	put_strs(q, w, of_after);
	put_strs(q, w, of_visible);
	put_strs(q, w, of_reason);
	put_strs(q, w, of_why);
	q = store_flight_add(f, SQL_RULE_PLACE);
	put_ints(q, w, of_thread);
	put_ints(q, w, of_root);
	q = store_flight_add(f, SQL_RULE_CHANGES);
	put_ints(q, w, of_thread);
	put_ints(q, w, of_id);
	put_ints(q, w, of_shown);
}

static void
put_rows(struct store_flight *f, const struct work *w)
{
	const struct log_row *first = &w->done[0]->log;
	struct store_query *q = store_flight_site(f, SQL_RULE_LOG);

	store_query_int(q, first->id - 1);
	store_query_int(q, first->at);
	store_query_uuid(q, &first->actor);
	store_query_str(q, first->actor_name);
	put_ints(q, w, of_thread);
	put_strs(q, w, of_act);
	put_ints(q, w, of_id);
	put_strs(q, w, of_words);
	put_strs(q, w, of_before);
	put_strs(q, w, of_after);
	put_ints(q, w, of_undone);
	put_hashes(q, w, true);
	put_hashes(q, w, false);
}

static enum err
rule_work(struct store *s, void *arg)
{
	struct work *w = arg;
	struct store_flight f;
	enum err e;
	size_t i;

	memset(w->items, 0, w->n * sizeof(*w->items));
	for (i = 0; i < w->n; i++)
		w->items[i].is = &w->all[i];
	if ((e = lock(s, w)) != OK)
		return e;
	store_flight_open(&f, s, w->arena);
	f.once = w->ndone > 0;
	if (w->ndone > 0) {
		put_states(&f, w);
		put_rows(&f, w);
	}
	store_flight_add(&f, SQL_COMMIT);
	e = store_flight_go(&f);
	store_flight_close(&f);
	return e;
}

enum err
store_rule_all(struct store *s, struct arena *a, struct store_ruling *all,
    size_t n, const struct account *actor)
{
	struct work w = { .arena = a, .all = all, .n = n, .actor = actor };

	if (n == 0)
		return OK;
	w.items = arena_alloc(a, n * sizeof(*w.items));
	w.done = arena_alloc(a, n * sizeof(*w.done));
	return store_flight_work(s, rule_work, &w);
}

enum err
store_rule_result(const struct store_ruling *is)
{
	switch (is->result) {
	case RULED: return OK;
	case RULED_GONE: return ERR_NOT_FOUND;
	case RULED_BEFORE: case RULED_CHANGED: case RULED_NEVER: break;
	}
	return ERR_CONFLICT;
}
