/* feed.c: feeds of many threads: the site's, a reviewer's. */
#include "app/internal.h"

static void
answer(struct app *app, struct response *rs, const struct store_feed *got,
    struct str reviewer)
{
	struct page_feed feed = {
		.reviewer = reviewer, .comments = got->rows, .n = got->n
	};

	page_feed_atom(&rs->body, &app->site, &feed);
}

enum err
app_feed_site(struct app *app, struct request *rq, struct response *rs)
{
	struct store_feed got;
	enum err e;

	rs->type = APP_ATOM;
	if (app_shared_begin(app, rs, STR(""), STR("site.atom")))
		return OK;
	if ((e = store_feed_site(app->store, rq->arena, &got)) != OK)
		return e;
	app_shared_keep(app, 0, got.version);
	answer(app, rs, &got, STR(""));
	return OK;
}

/* As nginx finds it: by the name as our own links write it. */
static struct str
file_of(const struct app *app, struct str reviewer)
{
	struct buf b = buf_new(app->arena, 3 * reviewer.len + 16);

	buf_lit(&b, "reviewer.");
	buf_percent(&b, reviewer, "");
	buf_lit(&b, ".atom");
	return buf_view(&b);
}

enum err
app_feed_reviewer(struct app *app, struct request *rq, struct response *rs)
{
	struct str name = wire_query_get(rq, "name");
	struct store_feed got;
	enum err e;

	if (name.len == 0)
		return ERR_NOT_FOUND;
	rs->type = APP_ATOM;
	if (app_shared_begin(app, rs, STR(""), file_of(app, name)))
		return OK;
	e = store_feed_reviewer(app->store, rq->arena, name, &got);
	if (e != OK)
		return e;
	app_shared_keep(app, 0, got.version);
	answer(app, rs, &got, name);
	return OK;
}
