/* admin.c: moderators: the queue, rulings, the log, a thread's policy. */
#include "app/internal.h"

static bool
after_read(const struct request *rq, const char *name, int64_t *ret)
{
	struct str s = wire_query_get(rq, name);

	*ret = 0;
	return s.len == 0 || (str_int64(s, ret) && *ret >= 0);
}

static struct page_moderator
moderator(struct app *app)
{
	return (struct page_moderator){
		.account = &app->visitor.account,
		.token = app_visitor_form_token(app)
	};
}

enum err
app_admin_queue(struct app *app, struct request *rq, struct response *rs)
{
	struct page_moderator who = moderator(app);
	struct page_queue queue = { 0 };
	struct store_reported reported = { NULL, 0 };
	struct store_queue held;
	int64_t after;
	size_t i;
	enum err e;

	if (!after_read(rq, "after", &after))
		return ERR_NOT_FOUND;
	e = store_queue_list(app->store, rq->arena, after, &held);
	if (e == OK && after == 0)
		e = store_report_list(app->store, rq->arena, 0, &reported);
	if (e != OK)
		return e;
	queue.reported = reported.rows;
	queue.nreported = reported.n;
	for (i = 0; i < held.n; i++)
		app_anchor_show(rq->arena, &held.rows[i].comment, 1);
	for (i = 0; i < reported.n; i++)
		app_anchor_show(rq->arena, &reported.rows[i].comment, 1);
	queue.held = held.rows;
	queue.n = held.n;
	queue.total = held.total;
	if (queue.n == 100)
		queue.next = held.rows[queue.n - 1].comment.id;
	if (app_wants_json(rq)) {
		app_answer_json(rs);
		page_queue_json(&rs->body, &queue);
		return OK;
	}
	app_answer_html(rs);
	page_queue(&rs->body, &app->site, &who, &queue);
	return OK;
}

enum err
app_admin_rule(struct app *app, struct request *rq, struct response *rs)
{
	struct store_ruling ruling = {
		.slug = rq->params[0], .seen = STATE_HELD, .version = -1,
		.actor = &app->visitor.account
	};
	struct str from;
	struct comment c;
	enum err e;

	if (!model_slug_ok(rq->params[0]) ||
	    !str_int64(rq->params[1], &ruling.id))
		return ERR_NOT_FOUND;
	if (!model_act_parse(wire_form_get(rq, "act"), &ruling.act))
		return ERR_ACT_BAD;
	from = wire_form_get(rq, "seen");
	if (from.len > 0 && !model_state_parse(from, &ruling.seen))
		return ERR_ACT_BAD;
	from = wire_form_get(rq, "version");
	if (from.len > 0 && !str_int64(from, &ruling.version))
		return ERR_ACT_BAD;
	e = text_clean(rq->arena, wire_form_get(rq, "reason"), false,
	    &ruling.reason);
	if (e != OK)
		return e;
	ruling.reason = str_trim(ruling.reason);
	if (text_length(ruling.reason) > MODEL_REASON_MAX)
		return ERR_REASON_LONG;
	e = store_queue_rule(app->store, rq->arena, &ruling, &c);
	if (e != OK)
		return e;
	app_shared_drop(app->snapshots, ruling.slug);
	if (app_wants_json(rq)) {
		c.slug = rq->params[0];
		app_answer_json(rs);
		page_posted_json(&rs->body, &app->site, &c);
		return OK;
	}
	if (str_is(wire_form_get(rq, "back"), "thread"))
		app_answer_see(rs, 303, arena_fmt(rq->arena,
		    "/foyer/admin/threads/" STR_FMT, STR_ARG(rq->params[0])));
	else
		app_answer_see(rs, 303, STR("/foyer/admin/"));
	return OK;
}

enum err
app_admin_log(struct app *app, struct request *rq, struct response *rs)
{
	struct page_moderator who = moderator(app);
	struct page_log log = { 0 };
	struct log_row *rows;
	int64_t before;
	enum err e;

	if (!after_read(rq, "before", &before))
		return ERR_NOT_FOUND;
	e = store_log_list(app->store, rq->arena, before, &rows, &log.n);
	if (e != OK)
		return e;
	log.rows = rows;
	if (log.n == 100)
		log.next = rows[log.n - 1].id;
	app_answer_html(rs);
	page_log(&rs->body, &app->site, &who, &log);
	return OK;
}

enum err
app_admin_thread(struct app *app, struct request *rq, struct response *rs)
{
	struct page_moderator who = moderator(app);
	struct store_view view = { .slug = rq->params[0] };
	struct thread_page page;
	enum err e;

	if (!model_slug_ok(view.slug) || !after_read(rq, "after", &view.after))
		return ERR_NOT_FOUND;
	e = store_thread_page(app->store, rq->arena, &view, &page);
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
	if (!model_policy_parse(wire_form_get(rq, "policy"), &terms.policy))
		return ERR_POLICY_BAD;
	if (closes.len > 0 && !clock_parse(closes, &terms.closes_at))
		return ERR_TIME_BAD;
	e = store_thread_set(app->store, rq->arena, rq->params[0], &terms,
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
