/* moved.c: a comment is asked for where it was before it moved. */
#include <string.h>

#include "app/internal.h"

/* What is asked about one comment has its thread in the path, then its id. */
static bool
about_comment(const struct route *r)
{
	static const char *const patterns[] = {
		"/foyer/threads/{}/comments/{}",
		"/foyer/admin/threads/{}/comments/{}"
	};
	size_t i;

	for (i = 0; i < COUNT(patterns); i++)
		if (strncmp(r->pattern, patterns[i], strlen(patterns[i])) == 0)
			return true;
	return false;
}

/* The way there may change again: a move can be undone. */
enum err
app_moved(struct app *app, const struct request *rq, struct response *rs)
{
	const struct str old = rq->params[0];
	struct comment c;
	size_t at;
	int64_t id;

	if (!about_comment(app->route) || !model_slug_ok(old) ||
	    !str_int64(rq->params[1], &id) ||
	    store_comment_where(app->store, rq->arena, id, old, &c) != OK)
		return ERR_NOT_FOUND;
	at = (size_t)(old.at - rq->path.at);
	app_answer_see(rs, rq->method == METHOD_POST ? 307 : 302,
	    arena_fmt(rq->arena, STR_FMT STR_FMT STR_FMT "%s" STR_FMT,
	    STR_ARG(str_cut(rq->path, 0, at)), STR_ARG(c.slug),
	    STR_ARG(str_cut(rq->path, at + old.len, rq->path.len)),
	    rq->query.len > 0 ? "?" : "", STR_ARG(rq->query)));
	return OK;
}
