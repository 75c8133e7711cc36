/* review.c: the journal's index, and a review with its thread. */
#include "app/internal.h"

/* Where the next page of the index begins: "?after=ISSUE-ID". */
static bool
after_read(struct str after, int *issue, int64_t *id)
{
	struct str part;
	int64_t n;

	if (after.len == 0)
		return true;
	if (!str_split(&after, '-', &part) || !str_int64(part, &n) || n < 0 ||
	    n > INT32_MAX || !str_int64(after, id) || *id < 1)
		return false;
	*issue = (int)n;
	return true;
}

enum err
app_review_index(struct app *app, struct request *rq, struct response *rs)
{
	struct store_reviews reviews;
	const struct store_review_row *row;
	struct page_review_row *list;
	struct str next = { "", 0 };
	int issue = 0;
	int64_t id = 0;
	size_t i;
	enum err e;

	if (app_search_asked(rq))
		return app_search_html(app, rq, rs);
	if (!after_read(wire_query_get(rq, "after"), &issue, &id))
		return ERR_NOT_FOUND;
	app_answer_html(rs);
	if (id == 0 && app_shared_begin(app, rs, STR(""), STR("index.html")))
		return OK;
	e = store_review_list(app->store, rq->arena, issue, id, &reviews);
	if (e != OK)
		return e;
	row = reviews.rows;
	list = arena_alloc(rq->arena, (reviews.n + 1) * sizeof(*list));
	for (i = 0; i < reviews.n; i++, row++)
		list[i] = (struct page_review_row){ row->slug, row->heading,
		    row->reviewer, row->issue, row->year, row->count,
		    row->language };
	if (reviews.n == 100)
		next = arena_fmt(rq->arena, "%s?after=%d-%lld",
		    app->settings->reviews, row[-1].issue,
		    (long long)row[-1].id);
	if (id == 0)
		app_shared_keep(app, 0, reviews.version);
	page_index(&rs->body, &app->site, list, reviews.n, next);
	return OK;
}

enum err
app_review_show(struct app *app, struct request *rq, struct response *rs)
{
	struct review review;
	struct thread_page page;
	struct store_view view = { .slug = rq->params[0] };
	enum err e;

	if (!model_slug_ok(view.slug))
		return ERR_NOT_FOUND;
	e = app_thread_view(rq->params[1], &view.sort, &view.after);
	if (e != OK)
		return e;
	app_answer_html(rs);
	if (app_shared_begin(app, rs, view.slug, app_thread_file(app,
	    "review.", rq->params[1], "html")))
		return OK;
	e = store_page_review(app->store, rq->arena, &view, &review, &page);
	if (e != OK)
		return e;
	app_anchor_show(rq->arena, page.comments, page.ncomments);
	app_thread_keep(app, &page);
	page_review(&rs->body, &app->site, &review, &page);
	return OK;
}

enum err
app_review_sitemap(struct app *app, struct request *rq, struct response *rs)
{
	struct store_reviews got;
	struct page_place *places;
	size_t i;
	enum err e;

	rs->type = "application/xml";
	if (app_shared_begin(app, rs, STR(""), STR("sitemap.xml")))
		return OK;
	if ((e = store_review_places(app->store, rq->arena, &got)) != OK)
		return e;
	places = arena_alloc(rq->arena, (got.n + 1) * sizeof(*places));
	for (i = 0; i < got.n; i++)
		places[i] = (struct page_place){ got.rows[i].slug,
		    got.rows[i].last };
	app_shared_keep(app, 0, got.version);
	page_sitemap(&rs->body, &app->site, places, got.n);
	return OK;
}
