/* undo.c: acts of the log are taken back. */
#include "store/internal.h"

static struct store_ruling
undoing(const struct log_row *row, struct str reason)
{
	return (struct store_ruling){
		.slug = row->slug, .id = row->comment, .reason = reason,
		.undone = row, .result = RULED_GONE
	};
}

enum err
store_undo_all(struct store *s, struct arena *a, struct store_undo *u,
    const struct account *actor)
{
	struct store_ruling *all;
	struct store_rows was;
	size_t i, states = 0;
	enum err e;

	if ((e = store_log_get(s, a, u->rows, u->n, &was)) != OK)
		return e;
	all = arena_alloc(a, (was.n + 1) * sizeof(*all));
	for (i = 0; i < was.n; i++)
		if (model_act_undo(was.rows[i].act) == UNDO_STATE)
			all[states++] = undoing(&was.rows[i], u->reason);
	e = store_rule_all(s, a, all, states, actor);
	u->results = all;
	u->nresults = states;
	for (i = 0; i < was.n; i++) {
		if (model_act_undo(was.rows[i].act) == UNDO_STATE)
			continue;
		all[u->nresults] = undoing(&was.rows[i], u->reason);
		all[u->nresults++].result = RULED_NEVER;
	}
	return e;
}
