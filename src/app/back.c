/* back.c: the way back: to the page that a form was on, if it is a friend's. */
#include "app/internal.h"

enum { URL_MOST = 500 };		/* bytes */

struct str
app_back_path(struct str path)
{
	size_t i;

	if (path.len < 1 || path.len > URL_MOST || path.at[0] != '/' ||
	    (path.len > 1 && (path.at[1] == '/' || path.at[1] == '\\')))
		return STR("");
	for (i = 0; i < path.len; i++) {
		if ((unsigned char)path.at[i] <= ' ' || path.at[i] == 0x7f ||
		    path.at[i] == '\\')
			return STR("");
	}
	return path;
}

/* What follows this origin in a URL of it, from the slash on; else "". */
static struct str
path_at(struct str url, const char *origin)
{
	struct str rest;

	if (!str_begins(url, origin))
		return STR("");
	rest = str_cut(url, str_of(origin).len, url.len);
	return app_back_path(rest);
}

/* A page of another origin mostly tells its origin alone: that is no way. */
static struct str
path_elsewhere(const struct settings *set, struct str url)
{
	for (size_t i = 0; i < set->norigins; i++)
		if (path_at(url, set->origins[i]).len > 1)
			return url;
	return STR("");
}

static struct str
path_here(const struct app *app, const struct request *rq, struct str url)
{
	const char *host = arena_fmt(app->arena, "%s://" STR_FMT,
	    rq->https ? "https" : "http", STR_ARG(rq->host)).at;
	struct str path = path_at(url, app->settings->origin);

	if (path.len == 0)
		path = path_at(url, host);
	return path.len > 0 ? path : app_back_path(url);
}

struct str
app_back(const struct app *app, const struct request *rq)
{
	struct str url = wire_form_get(rq, "from"), path;

	if (url.len == 0)
		url = wire_query_get(rq, "from");
	if (url.len == 0)
		url = rq->referer;
	url = str_cut(url, 0, str_find(url, STR("#")));
	path = path_here(app, rq, url);
	/* Our own pages know their way. */
	if (str_begins(path, "/foyer/") ||
	    str_begins(path, app->settings->reviews))
		return STR("");
	return path.len > 0 ? path : path_elsewhere(app->settings, url);
}

struct str
app_back_with(const struct app *app, struct str path, struct str from)
{
	struct buf b = buf_new(app->arena, path.len + 3 * from.len + 8);

	buf_str(&b, path);
	if (from.len > 0)
		buf_lit(&b, str_find(path, STR("?")) == (size_t)-1 ?
		    "?from=" : "&from=");
	buf_percent(&b, from, "/");
	return buf_view(&b);
}
