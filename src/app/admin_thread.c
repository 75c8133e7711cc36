/* admin_thread.c: moderators: one thread, and who may write in it. */
#include "app/internal.h"

enum err
app_admin_thread(struct app *app, struct request *rq, struct response *rs)
{
	struct page_moderator who = app_admin_who(app);
	struct store_view view = { .slug = rq->params[0] };
	struct thread_page page;
	enum err e;

	if (!model_slug_ok(view.slug) ||
	    !app_admin_after(rq, "after", &view.after))
		return ERR_NOT_FOUND;
	e = store_page_thread(app->store, rq->arena, &view, &page);
	if (e != OK)
		return e;
	app_answer_html(rs);
	page_thread_admin(&rs->body, &app->site, &who, &page);
	return OK;
}

enum err
app_admin_thread_set(struct app *app, struct request *rq, struct response *rs)
{
	struct str closes = str_trim(wire_form_get(rq, "closes_at"));
	struct store_terms terms = { .closes_at = 0 };
	enum err e;

	if (!model_slug_ok(rq->params[0]))
		return ERR_NOT_FOUND;
	terms.inherit = str_is(wire_form_get(rq, "policy"), "inherit");
	if (!terms.inherit && !model_policy_parse(wire_form_get(rq, "policy"),
	    &terms.policy))
		return ERR_POLICY_BAD;
	if (closes.len > 0 && !clock_parse(closes, &terms.closes_at))
		return ERR_TIME_BAD;
	e = store_terms_set(app->store, rq->arena, rq->params[0], &terms,
	    &app->visitor.account);
	if (e != OK)
		return e;
	app_shared_drop(app->snapshots, rq->params[0]);
	if (app_wants_json(rq)) {
		app_answer_json(rs);
		page_ok_json(&rs->body);
		return OK;
	}
	app_answer_see(rs, 303, arena_fmt(rq->arena,
	    "/foyer/admin/threads/" STR_FMT, STR_ARG(rq->params[0])));
	return OK;
}
