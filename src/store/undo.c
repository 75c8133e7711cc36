/* undo.c: acts of the log are taken back. */
#include "store/internal.h"

static struct store_ruling
undoing(const struct log_row *row, struct str reason,
    const struct account *actor)
{
	struct store_ruling u = {
		.slug = row->slug, .id = row->comment, .reason = reason,
		.undone = row, .result = RULED
	};

	if (model_act_final(model_act_undo(row->act)))
		u.result = RULED_NEVER;
	else if (actor->role < model_act_role(row->act))
		u.result = RULED_RIGHT;
	return u;
}

enum err
store_undo_all(struct store *s, struct arena *a, struct store_undo *u,
    const struct account *actor)
{
	struct store_ruling *all, one;
	struct store_rows was;
	size_t i, may = 0, rest;
	enum err e;

	if ((e = store_log_get(s, a, u->rows, u->n, &was)) != OK)
		return e;
	all = arena_alloc(a, (was.n + 1) * sizeof(*all));
	rest = was.n;
	for (i = 0; i < was.n; i++) {
		one = undoing(&was.rows[i], u->reason, actor);
		all[one.result == RULED ? may++ : --rest] = one;
	}
	u->results = all;
	u->nresults = was.n;
	return store_rule_all(s, a, all, may, actor);
}
