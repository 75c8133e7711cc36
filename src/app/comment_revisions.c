/* comment_revisions.c: what a comment was before, for everybody to see. */
#include "app/internal.h"

/* What is not shown has no past either. */
enum err
app_comment_revisions(struct app *app, struct request *rq,
    struct response *rs)
{
	struct page_revisions page = { .n = 0 };
	struct store_revision *rows;
	struct page_version *all;
	struct store_place at;
	struct comment c;
	size_t i, n;
	enum err e;

	if (!app_comment_place(app, rq, &at))
		return ERR_NOT_FOUND;
	e = store_comment_get(app->store, rq->arena, at.slug, at.id, &c);
	if (e == OK && c.state != STATE_SHOWN)
		e = ERR_NOT_FOUND;
	if (e == OK)
		e = store_revision_list(app->store, rq->arena, &at, &rows, &n);
	if (e != OK)
		return e;
	all = arena_alloc(rq->arena, (n + 1) * sizeof(*all));
	for (i = 0; i < n; i++)
		all[i] = (struct page_version){ rows[i].since, rows[i].body };
	all[n] = (struct page_version){ c.edited != 0 ? c.edited : c.posted,
	    c.body };
	page = (struct page_revisions){ &c, all, n + 1 };
	if (app_wants_json(rq)) {
		app_answer_json(rs);
		page_revisions_json(&rs->body, &page);
		return OK;
	}
	app_answer_html(rs);
	app_words_thread(app, rs, at.slug);
	page_revisions(&rs->body, &app->site, &page);
	return OK;
}
