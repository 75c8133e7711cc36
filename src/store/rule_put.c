/* rule_put.c: what rulings write, each column of them at once. */
#include "store/rule.h"

#define COLUMN(type, name, value)					\
	static type							\
	of_##name(const struct rule_item *it)				\
	{								\
		return value;						\
	}

COLUMN(int64_t, thread, it->thread)
COLUMN(int64_t, told, it->log.thread)
COLUMN(int64_t, id, it->log.comment)
COLUMN(int64_t, root, it->root)
COLUMN(int64_t, row, it->log.id)
COLUMN(int64_t, undone, it->log.ref)
COLUMN(int64_t, shown,
    (it->target == STATE_SHOWN) - (it->state == STATE_SHOWN))
COLUMN(struct str, act, it->log.act)
COLUMN(struct str, words, it->log.reason)
COLUMN(struct str, before, it->log.before)
COLUMN(struct str, after, it->log.after)
COLUMN(struct str, reason, it->reason)
COLUMN(struct str, visible, it->visible ? STR("t") : STR("f"))
COLUMN(struct str, why, str_of(it->is->why == NULL ? "" : it->is->why))

/* The log has them all; states have rulings. */
static size_t
rows_of(const struct store_query *q, const struct rule_work *w)
{
	return q->sql == SQL_RULE_LOG ? w->ndone : w->nrulings;
}

static void
put_ints(struct store_query *q, const struct rule_work *w,
    int64_t (*of)(const struct rule_item *))
{
	int64_t *all = arena_alloc(w->arena, w->ndone * sizeof(*all));
	size_t i, n = rows_of(q, w);

	for (i = 0; i < n; i++)
		all[i] = of(w->done[i]);
	store_query_ints(q, all, n);
}

static void
put_strs(struct store_query *q, const struct rule_work *w,
    struct str (*of)(const struct rule_item *))
{
	struct str *all = arena_alloc(w->arena, w->ndone * sizeof(*all));
	size_t i, n = rows_of(q, w);

	for (i = 0; i < n; i++)
		all[i] = of(w->done[i]);
	store_query_strs(q, all, n);
}

static void
put_hashes(struct store_query *q, const struct rule_work *w, bool prev)
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

void
store_rule_put_states(struct store_flight *f, const struct rule_work *w)
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

void
store_rule_put_rows(struct store_flight *f, const struct rule_work *w)
{
	const struct log_row *first = &w->done[0]->log;
	struct store_query *q = store_flight_site(f, SQL_RULE_LOG);

	store_query_int(q, first->id - 1);
	store_query_int(q, first->at);
	store_query_uuid(q, &first->actor);
	store_query_str(q, first->actor_name);
	put_ints(q, w, of_told);
	put_strs(q, w, of_act);
	put_ints(q, w, of_id);
	put_strs(q, w, of_words);
	put_strs(q, w, of_before);
	put_strs(q, w, of_after);
	put_ints(q, w, of_undone);
	put_hashes(q, w, true);
	put_hashes(q, w, false);
}
