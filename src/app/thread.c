/* thread.c: a thread as a fragment, as data, as a feed; counts. */
#include "app/internal.h"

enum { COUNTS_MAX = 50 };		/* reviews in one counts.json */

/* "newest", "best", "oldest", "after-ID", "newest-after-ID" … */
enum err
app_thread_view(struct str view, enum model_sort *sort, int64_t *after)
{
	static const struct {
		const char *name;
		enum model_sort sort;
	} sorts[] = {
		{ "oldest", SORT_OLDEST }, { "newest", SORT_NEWEST },
		{ "best", SORT_BEST },
	};
	size_t i;

	for (i = 0; i < COUNT(sorts); i++) {
		if (!str_begins(view, sorts[i].name))
			continue;
		*sort = sorts[i].sort;
		view = str_cut(view, str_of(sorts[i].name).len, view.len);
		if (view.len > 0 && view.at[0] == '-')
			view = str_cut(view, 1, view.len);
		else if (view.len > 0)
			return ERR_NOT_FOUND;
		break;
	}
	if (view.len == 0)
		return OK;
	if (!str_begins(view, "after-") ||
	    !str_int64(str_cut(view, 6, view.len), after) || *after < 1)
		return ERR_NOT_FOUND;
	return OK;
}

static enum err
thread_read(struct app *app, struct request *rq, struct thread_page *page)
{
	struct store_view view = { .slug = rq->params[0] };
	enum err e;

	if (!model_slug_ok(view.slug))
		return ERR_NOT_FOUND;
	e = app_thread_view(rq->params[1], &view.sort, &view.after);
	if (e != OK)
		return e;
	return store_thread_page(app->store, rq->arena, &view, page);
}

enum err
app_thread_html(struct app *app, struct request *rq, struct response *rs)
{
	struct thread_page page;
	enum err e;

	if ((e = thread_read(app, rq, &page)) != OK)
		return e;
	app_answer_html(rs);
	page_thread_html(&rs->body, &app->site, &page);
	return OK;
}

enum err
app_thread_json(struct app *app, struct request *rq, struct response *rs)
{
	struct thread_page page;
	enum err e;

	if ((e = thread_read(app, rq, &page)) != OK)
		return e;
	app_answer_json(rs);
	page_thread_json(&rs->body, &app->site, &page);
	return OK;
}

enum err
app_thread_atom(struct app *app, struct request *rq, struct response *rs)
{
	struct store_view view = { rq->params[0], SORT_NEWEST, 0 };
	struct thread_page page;
	enum err e;

	if (!model_slug_ok(view.slug))
		return ERR_NOT_FOUND;
	e = store_thread_page(app->store, rq->arena, &view, &page);
	if (e != OK)
		return e;
	rs->type = "application/atom+xml; charset=utf-8";
	page_thread_atom(&rs->body, &app->site, &page);
	return OK;
}

enum err
app_thread_counts(struct app *app, struct request *rq, struct response *rs)
{
	struct str slugs[COUNTS_MAX];
	int64_t counts[COUNTS_MAX];
	size_t n = 0;
	enum err e;

	while (n < COUNTS_MAX && wire_query_nth(rq, "review", n, &slugs[n])) {
		if (!model_slug_ok(slugs[n]))
			return ERR_SYNTAX;
		n++;
	}
	e = store_thread_counts(app->store, rq->arena, slugs, n, counts);
	if (e != OK)
		return e;
	app_answer_json(rs);
	page_counts_json(&rs->body, slugs, counts, n);
	return OK;
}
