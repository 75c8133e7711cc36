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
	struct store_review_row *rows;
	struct page_review_row *list;
	struct str next = { "", 0 };
	int issue = 0;
	int64_t id = 0;
	size_t i, n;
	enum err e;

	if (!after_read(wire_query_get(rq, "after"), &issue, &id))
		return ERR_NOT_FOUND;
	e = store_review_list(app->store, rq->arena, issue, id, &rows, &n);
	if (e != OK)
		return e;
	list = arena_alloc(rq->arena, (n + 1) * sizeof(*list));
	for (i = 0; i < n; i++)
		list[i] = (struct page_review_row){ rows[i].slug,
		    rows[i].heading, rows[i].reviewer, rows[i].issue,
		    rows[i].year, rows[i].count };
	if (n == 100)
		next = arena_fmt(rq->arena, "%s?after=%d-%lld",
		    app->settings->reviews, rows[n - 1].issue,
		    (long long)rows[n - 1].id);
	app_answer_html(rs);
	page_index(&rs->body, &app->site, list, n, next);
	return OK;
}

enum err
app_review_show(struct app *app, struct request *rq, struct response *rs)
{
	struct review review;
	struct thread_page page;
	struct str slug = rq->params[0];
	enum model_sort sort = SORT_OLDEST;
	int64_t after = 0;
	enum err e;

	if (!model_slug_ok(slug))
		return ERR_NOT_FOUND;
	if ((e = app_thread_view(rq->params[1], &sort, &after)) != OK)
		return e;
	e = store_review_page(app->store, rq->arena, slug, &review, &page);
	if (e == OK && (sort != SORT_OLDEST || after != 0))
		e = store_thread_page(app->store, rq->arena, slug, sort, after,
		    &page);
	if (e != OK)
		return e;
	app_answer_html(rs);
	page_review(&rs->body, &app->site, &review, &page);
	return OK;
}
