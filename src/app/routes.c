/* routes.c: every route, and all that is asked of whoever takes it. */
#include <string.h>

#include "app/internal.h"

#define THREAD	"/foyer/threads/{}"
#define COMMENT	THREAD "/comments/{}"
#define ADMIN	"/foyer/admin"

enum {
	NONE = 0,
	SMALL = 4 * 1024,		/* a password, a ruling */
	TEXT = WIRE_BODY_MAX		/* a comment, percent-encoded */
};

/* A pattern that begins with ~ goes on after the reviews' prefix. */
static const struct route routes[] = {
	{ METHOD_GET, "~", WHO_ANYONE, NONE, false, app_review_index },
	{ METHOD_GET, "~{}", WHO_ANYONE, NONE, false, app_review_show },
	{ METHOD_GET, "~{}/{}", WHO_ANYONE, NONE, false, app_review_show },
	{ METHOD_GET, THREAD ".html", WHO_ANYONE, NONE, false,
	    app_thread_html },
	{ METHOD_GET, THREAD "/{}.html", WHO_ANYONE, NONE, false,
	    app_thread_html },
	{ METHOD_GET, THREAD ".json", WHO_ANYONE, NONE, false,
	    app_thread_json },
	{ METHOD_GET, THREAD "/{}.json", WHO_ANYONE, NONE, false,
	    app_thread_json },
	{ METHOD_GET, THREAD ".atom", WHO_ANYONE, NONE, false,
	    app_thread_atom },
	{ METHOD_GET, "/foyer/counts.json", WHO_ANYONE, NONE, false,
	    app_thread_counts },
	{ METHOD_GET, THREAD "/reply", WHO_ANYONE, NONE, false,
	    app_comment_reply },
	{ METHOD_POST, THREAD "/comments", WHO_ANYONE, TEXT, true,
	    app_comment_post },
	{ METHOD_GET, COMMENT, WHO_ANYONE, NONE, false, app_comment_mine },
	{ METHOD_POST, COMMENT "/edit", WHO_SESSION, TEXT, true,
	    app_comment_edit },
	{ METHOD_POST, COMMENT "/delete", WHO_SESSION, SMALL, true,
	    app_comment_delete },
	{ METHOD_GET, "/foyer/comments/{}", WHO_ANYONE, NONE, false,
	    app_comment_find },
	{ METHOD_GET, "/foyer/me.json", WHO_ANYONE, NONE, false, app_me },
	{ METHOD_GET, "/foyer/session", WHO_ANYONE, NONE, false,
	    app_session_show },
	{ METHOD_POST, "/foyer/session", WHO_ANYONE, SMALL, true,
	    app_session_start },
	{ METHOD_POST, "/foyer/session/end", WHO_SESSION, SMALL, true,
	    app_session_end },
	{ METHOD_GET, ADMIN "/", WHO_MODERATOR, NONE, false, app_admin_queue },
	{ METHOD_GET, ADMIN "/queue.json", WHO_MODERATOR, NONE, false,
	    app_admin_queue },
	{ METHOD_POST, ADMIN "/threads/{}/comments/{}/rule", WHO_MODERATOR,
	    SMALL, true, app_admin_rule },
	{ METHOD_GET, ADMIN "/threads/{}", WHO_MODERATOR, NONE, false,
	    app_admin_thread },
	{ METHOD_POST, ADMIN "/threads/{}", WHO_MODERATOR, SMALL, true,
	    app_admin_thread_set },
	{ METHOD_GET, ADMIN "/log", WHO_MODERATOR, NONE, false,
	    app_admin_log },
	{ METHOD_GET, "/foyer/health", WHO_ANYONE, NONE, false, app_health },
};

/* Matches path against pattern, filling params for its {}s. */
static bool
matches(const char *pattern, struct str path, struct str params[4])
{
	size_t i = 0, n = 0;

	for (; *pattern != '\0'; pattern++) {
		size_t from = i;

		if (pattern[0] != '{') {
			if (i == path.len || path.at[i] != *pattern)
				return false;
			i++;
			continue;
		}
		pattern++;	/* the } */
		while (i < path.len && path.at[i] != '/' && path.at[i] != '.')
			i++;
		if (i == from)
			return false;
		params[n++] = str_cut(path, from, i - from);
	}
	return i == path.len;
}

static bool
route_fits(const struct app *app, const struct route *r, struct request *rq)
{
	const char *pattern = r->pattern;
	struct str path = rq->path;

	if (*pattern == '~') {
		if (!str_begins(path, app->settings->reviews))
			return false;
		path = str_cut(path, strlen(app->settings->reviews), path.len);
		pattern++;
	}
	return matches(pattern, path, rq->params);
}

enum err
app_route(const struct app *app, struct request *rq, struct response *rs,
    const struct route **ret)
{
	bool may_get = false, may_post = false;
	enum wire_method method = rq->method;
	size_t i;

	if (method == METHOD_HEAD)
		method = METHOD_GET;
	for (i = 0; i < COUNT(routes); i++) {
		if (!route_fits(app, &routes[i], rq))
			continue;
		if (routes[i].method == method) {
			*ret = &routes[i];
			return OK;
		}
		may_get |= routes[i].method == METHOD_GET;
		may_post |= routes[i].method == METHOD_POST;
	}
	if (!may_get && !may_post)
		return ERR_NOT_FOUND;
	wire_header(rs, "Allow", str_of(!may_post ? "GET, HEAD" :
	    may_get ? "GET, HEAD, POST" : "POST"));
	return ERR_METHOD;
}
