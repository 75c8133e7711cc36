/* rule_act.c: what is done together with rulings: what is no ruling is taken
 * back; authors are trusted or banned. */
#include "store/rule.h"

/* What act_undo says. */
static enum store_ruled
result_of(struct str s)
{
	static const struct {
		const char *name;
		enum store_ruled result;
	} all[] = {
		{ "done", RULED }, { "before", RULED_BEFORE },
		{ "changed", RULED_CHANGED }, { "gone", RULED_GONE }
	};
	size_t i;

	for (i = 0; i < COUNT(all); i++)
		if (str_is(s, all[i].name))
			return all[i].result;
	return RULED_KEPT;
}

static void
told_undo(struct rule_work *w, struct rule_item *it)
{
	const struct log_row *was = it->is->undone;

	it->log = (struct log_row){
		.act = model_act_logged(LOGGED_UNDO), .ref = was->id,
		.thread = was->thread, .comment = was->comment,
		.reason = it->is->reason, .before = was->after,
		.after = was->before
	};
	store_log_actor(&it->log, w->actor);
	w->done[w->ndone++] = it;
}

static void
take_undo(const PGresult *rs, struct rule_work *w,
    struct rule_item *const *asked)
{
	int i;

	for (i = 0; i < PQntuples(rs); i++) {
		struct store_row row = store_row_at(rs, i, w->arena);
		struct rule_item *it = asked[store_row_int(&row) - 1];

		it->is->result = result_of(store_row_str(&row));
		store_row_int(&row);		/* where it is now */
		it->is->by.at = store_row_int(&row);
		it->is->by.actor_name = store_row_str(&row);
		it->is->by.act = store_row_str(&row);
		if (it->is->result == RULED)
			told_undo(w, it);
	}
}

enum err
store_rule_act_undo(struct store *s, struct rule_work *w)
{
	struct rule_item **asked = arena_alloc(w->arena,
	    w->n * sizeof(struct rule_item *));
	int64_t *refs = arena_alloc(w->arena, w->n * sizeof(*refs));
	struct log_row who = { .id = 0 };
	struct store_flight f;
	struct store_query *q;
	size_t i, n = 0;
	enum err e;

	for (i = 0; i < w->n; i++)
		if (store_rule_values(&w->all[i])) {
			asked[n] = &w->items[i];
			refs[n++] = w->all[i].undone->id;
		}
	if (n == 0)
		return OK;
	store_log_actor(&who, w->actor);
	store_flight_open(&f, s, w->arena);
	q = store_flight_site(&f, SQL_RULE_UNDO);
	store_query_ints(q, refs, n);
	store_query_str(q, asked[0]->is->reason);
	store_query_str(q, who.actor_name);
	if ((e = store_flight_go(&f)) == OK)
		take_undo(store_flight_result(&f, 0), w, asked);
	store_flight_close(&f);
	return e;
}

/* ---- authors ---- */

struct also {				/* columns */
	struct str *acts, *targets, *values;
	size_t *of;			/* which ruling each is of */
	size_t n;
};

/* One person once, whatever else of theirs was ruled on. */
static void
also_add(const struct rule_work *w, struct also *all, size_t nth)
{
	const struct store_ruling *is = &w->all[nth];
	char *id = arena_alloc(w->arena, UUID_TEXT);
	size_t i;

	uuid_text(&is->person, id);
	for (i = 0; i < all->n; i++)
		if (str_is(all->targets[i], id))
			return;
	all->acts[all->n] = model_deed_name(is->also->kind);
	all->targets[all->n] = str_of(id);
	all->values[all->n] = is->also->value;
	all->of[all->n++] = nth;
}

static void
take_also(const PGresult *rs, struct rule_work *w, const struct also *all)
{
	int i;

	for (i = 0; i < PQntuples(rs); i++) {
		struct store_row row = store_row_at(rs, i, w->arena);
		size_t nth = (size_t)store_row_int(&row) - 1;
		const struct store_ruling *is = &w->all[all->of[nth]];
		struct rule_item *it = &w->items[w->n + all->of[nth]];
		struct deed d = *is->also;

		d.target = all->targets[nth];
		it->log = (struct log_row){
			.act = all->acts[nth], .reason = is->reason,
			.before = model_deed_told(w->arena, &d, STR("")),
			.after = model_deed_told(w->arena, &d,
			    store_row_str(&row))
		};
		store_log_actor(&it->log, w->actor);
		w->done[w->ndone++] = it;
	}
}

static struct also
also_of(const struct rule_work *w)
{
	struct also all = {
		.acts = arena_alloc(w->arena, w->n * sizeof(struct str)),
		.targets = arena_alloc(w->arena, w->n * sizeof(struct str)),
		.values = arena_alloc(w->arena, w->n * sizeof(struct str)),
		.of = arena_alloc(w->arena, w->n * sizeof(size_t))
	};
	size_t i;

	for (i = 0; i < w->n; i++)
		if (w->all[i].also != NULL && w->all[i].result == RULED)
			also_add(w, &all, i);
	return all;
}

enum err
store_rule_act_also(struct store *s, struct rule_work *w)
{
	struct also all = also_of(w);
	struct log_row who = { .id = 0 };
	struct store_flight f;
	struct store_query *q;
	enum err e;

	if (all.n == 0)
		return OK;
	store_log_actor(&who, w->actor);
	store_flight_open(&f, s, w->arena);
	q = store_flight_site(&f, SQL_RULE_ALSO);
	store_query_strs(q, all.acts, all.n);
	store_query_strs(q, all.targets, all.n);
	store_query_strs(q, all.values, all.n);
	store_query_str(q, w->all[all.of[0]].reason);
	store_query_str(q, who.actor_name);
	if ((e = store_flight_go(&f)) == OK)
		take_also(store_flight_result(&f, 0), w, &all);
	store_flight_close(&f);
	return e;
}
