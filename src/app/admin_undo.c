/* admin_undo.c: a moderator takes acts back, as long as the log has them. */
#include "app/internal.h"

enum { ROWS = 2 * STORE_RULINGS };	/* each may have done two things */

/* "12", or "12-17": these and all between. */
static bool
read_rows(struct str text, int64_t *rows, size_t *n)
{
	struct str first;
	int64_t from, to;

	str_split(&text, '-', &first);
	if (!str_int64(first, &from) || from < 1)
		return false;
	if (text.len == 0)
		to = from;
	else if (!str_int64(text, &to) || to < from ||
	    to - from >= ROWS)
		return false;
	for (; from <= to; from++) {
		if (*n == ROWS)
			return false;
		rows[(*n)++] = from;
	}
	return true;
}

static enum err
undo(struct app *app, struct request *rq, struct response *rs,
    struct store_undo *u)
{
	enum err e;

	e = text_clean(rq->arena, wire_form_get(rq, "reason"), false,
	    &u->reason);
	if (e != OK)
		return e;
	u->reason = str_trim(u->reason);
	if (text_length(u->reason) > MODEL_REASON_MAX)
		return ERR_REASON_LONG;
	e = store_undo_all(app->store, rq->arena, u, &app->visitor.account);
	if (e != OK)
		return e;
	if (u->nresults == 0)
		return ERR_NOT_FOUND;
	return app_admin_ruled(app, rq, rs, u->results, u->nresults);
}

enum err
app_admin_undo(struct app *app, struct request *rq, struct response *rs)
{
	int64_t row;
	struct store_undo u = { .rows = &row, .n = 1 };

	return str_int64(rq->params[0], &row) ? undo(app, rq, rs, &u) :
	    ERR_NOT_FOUND;
}

enum err
app_admin_undo_many(struct app *app, struct request *rq, struct response *rs)
{
	int64_t *rows = arena_alloc(rq->arena, ROWS * sizeof(*rows));
	struct store_undo u = { .rows = rows };
	struct str one;
	size_t i;

	for (i = 0; app_admin_selected(rq, i, &one); i++)
		if (!read_rows(one, rows, &u.n))
			return ERR_SELECT_BAD;
	return u.n == 0 ? ERR_SELECT_EMPTY : undo(app, rq, rs, &u);
}
