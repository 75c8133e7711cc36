/* comment_report.c: a reader tells the moderators what is wrong. */
#include "app/internal.h"

enum err
app_comment_report_show(struct app *app, struct request *rq,
    struct response *rs)
{
	struct page_report page = { .error = OK };
	struct store_place at;
	struct comment c;
	enum err e;

	if (!app_comment_place(app, rq, &at))
		return ERR_NOT_FOUND;
	app_answer_html(rs);
	app_words_thread(app, rs, at.slug);
	if (wire_query_get(rq, "done").len > 0) {
		page_reported(&rs->body, &app->site, at.slug,
		    app_back(app, rq));
		return OK;
	}
	e = store_comment_get(app->store, rq->arena, at.slug, at.id, &c);
	if (e != OK || c.state != STATE_SHOWN)
		return e != OK ? e : ERR_NOT_FOUND;
	page.slug = at.slug;
	page.id = at.id;
	page.token = app_visitor_form_token(app);
	page.from = app_back(app, rq);
	page.comment = &c;
	page_report(&rs->body, &app->site, &page);
	return OK;
}

/* A reason of the list, words of one's own, or both. */
static enum err
report_read(const struct request *rq, struct store_report *r)
{
	struct str reason = wire_form_get(rq, "reason");
	enum err e;

	e = text_clean(rq->arena, wire_form_get(rq, "words"), true, &r->words);
	if (e != OK)
		return e;
	r->words = text_trim(r->words);
	if (text_length(r->words) > MODEL_REASON_MAX)
		return ERR_COMPLAINT_LONG;
	if (reason.len == 0 && !text_blank(r->words))
		reason = STR("other");
	if (!model_complaint_parse(reason, &r->reason))
		return ERR_COMPLAINT_BAD;
	if (r->reason == COMPLAINT_OTHER && text_blank(r->words))
		return ERR_COMPLAINT_EMPTY;
	return OK;
}

enum err
app_comment_report(struct app *app, struct request *rq, struct response *rs)
{
	struct store_report report = { .hold = app->settings->report_hold };
	bool held;
	enum err e;

	if (!app_comment_place(app, rq, &report.at))
		return ERR_NOT_FOUND;
	if ((e = report_read(rq, &report)) != OK)
		return e;
	e = store_report_add(app->store, rq->arena, &report, &held);
	if (e != OK)
		return e;
	if (held)
		app_shared_drop(app->snapshots, report.at.slug);
	if (app_wants_json(rq)) {
		app_answer_json(rs);
		page_ok_json(&rs->body);
		return OK;
	}
	app_answer_see(rs, 303, app_back_with(app, app_comment_path(app,
	    &report.at, "report?done=1"), app_back(app, rq)));
	return OK;
}

/* The words are given back even where there is no database to ask. */
enum err
app_comment_report_again(struct app *app, const struct request *rq,
    struct response *rs, enum err e)
{
	struct page_report page = {
		.reason = wire_form_get(rq, "reason"),
		.words = wire_form_get(rq, "words"),
		.token = app_visitor_form_token(app),
		.from = app_back(app, rq), .error = e
	};
	struct store_place at;
	struct comment c;

	if (app_wants_json(rq) || e == ERR_NOT_FOUND || e == ERR_CROSS_SITE ||
	    !app_comment_place(app, rq, &at))
		return e;
	page.slug = at.slug;
	page.id = at.id;
	if (err_status(e) < 500 && store_comment_get(app->store, rq->arena,
	    at.slug, at.id, &c) == OK && c.state == STATE_SHOWN)
		page.comment = &c;
	rs->body.len = 0;
	app_answer_status(rs, e);
	app_answer_html(rs);
	if (err_status(e) < 500)
		app_words_thread(app, rs, at.slug);
	page_report(&rs->body, &app->site, &page);
	return OK;
}
