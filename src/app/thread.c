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
	    str_begins(view, "after-0") ||
	    !str_int64(str_cut(view, 6, view.len), after) || *after < 1)
		return ERR_NOT_FOUND;
	return OK;
}

struct str
app_thread_file(struct app *app, const char *what, struct str view,
    const char *ending)
{
	return arena_fmt(app->arena, "%s" STR_FMT ".%s", what, STR_ARG(view),
	    ending);
}

/* A page past the end or behind no comment is nobody's next one, and not worth
 * a file: there are as many of those as numbers. */
void
app_thread_keep(struct app *app, const struct thread_page *page)
{
	if (page->after == 0 || (page->ncomments > 0 && !page->stray))
		app_shared_keep(app, page->thread.id, page->thread.version);
}

typedef void thread_writer(struct buf *, const struct page_site *,
    const struct thread_page *);

static enum err
thread_answer(struct app *app, struct request *rq, struct response *rs,
    const char *ending, thread_writer *write)
{
	struct store_view view = { .slug = rq->params[0] };
	struct thread_page page;
	enum err e;

	if (!model_slug_ok(view.slug))
		return ERR_NOT_FOUND;
	e = app_thread_view(rq->params[1], &view.sort, &view.after);
	if (e != OK)
		return e;
	if (app_shared_begin(app, rs, view.slug, app_thread_file(app,
	    "thread.", rq->params[1], ending)))
		return OK;
	if (str_is(str_of(ending), "atom"))
		view.sort = SORT_FEED;
	e = store_page_thread(app->store, rq->arena, &view, &page);
	if (e != OK)
		return e;
	if (!str_is(str_of(ending), "json"))
		app_anchor_show(rq->arena, page.comments, page.ncomments);
	app_thread_keep(app, &page);
	write(&rs->body, &app->site, &page);
	return OK;
}

enum err
app_thread_html(struct app *app, struct request *rq, struct response *rs)
{
	app_answer_html(rs);
	return thread_answer(app, rq, rs, "html", page_thread_html);
}

enum err
app_thread_json(struct app *app, struct request *rq, struct response *rs)
{
	app_answer_json(rs);
	return thread_answer(app, rq, rs, "json", page_thread_json);
}

enum err
app_thread_atom(struct app *app, struct request *rq, struct response *rs)
{
	rs->type = APP_ATOM;
	return thread_answer(app, rq, rs, "atom", page_thread_atom);
}

enum err
app_thread_counts(struct app *app, struct request *rq, struct response *rs)
{
	struct str slugs[COUNTS_MAX], slug;
	int64_t counts[COUNTS_MAX];
	size_t n = 0;
	enum err e;

	for (; wire_query_nth(rq, "review", n, &slug); n++) {
		if (n == COUNTS_MAX)
			return ERR_FIELDS_MANY;
		if (!model_slug_ok(slug))
			return ERR_SYNTAX;
		slugs[n] = slug;
	}
	e = store_thread_counts(app->store, rq->arena, slugs, n, counts);
	if (e != OK)
		return e;
	app_answer_json(rs);
	page_counts_json(&rs->body, slugs, counts, n);
	return OK;
}
