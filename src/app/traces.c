/* traces.c: all of one's own: to see, to take along, to have erased. */
#include "app/internal.h"

/* "THREAD-COMMENT", as `next` gives it; "" is the beginning. */
static bool
traces_after(const struct request *rq, int64_t *thread, int64_t *id)
{
	struct str rest = wire_query_get(rq, "after"), first;

	*thread = *id = 0;
	if (rest.len == 0)
		return true;
	return str_split(&rest, '-', &first) && str_int64(first, thread) &&
	    str_int64(rest, id) && *thread > 0 && *id > 0;
}

static struct app_follow_data
traces_kept(const struct app *app)
{
	return (struct app_follow_data){ app->store, app->keys,
	    app->settings->site };
}

static enum err
traces_mail(struct app *app, struct page_traces *list)
{
	const struct app_follow_data from = traces_kept(app);
	struct page_followed *rows;
	enum err e;

	list->nmail = PAGE_TRACES_MAIL;
	e = app_follow_of(&from, app->arena, &app->visitor.session.person,
	    &rows, &list->nmail);
	list->mail = rows;
	return e;
}

static enum err
traces_show(struct app *app, struct request *rq, struct response *rs,
    enum err e)
{
	struct store_own_page found = {
		.person = app->visitor.session.person
	};
	struct page_traces list = {
		.token = app_visitor_form_token(app), .error = e,
		.moderator = app->visitor.session.role >= ROLE_MODERATOR
	};

	if (!traces_after(rq, &found.thread, &found.id))
		return ERR_NOT_FOUND;
	list.first = found.id == 0;
	if ((list.first && (e = traces_mail(app, &list)) != OK) ||
	    (e = store_forget_comments(app->store, rq->arena, &found)) != OK)
		return e;
	for (size_t i = 0; i < found.n; i++)
		app_comment_for_author(app, &found.rows[i]);
	list.rows = found.rows;
	list.n = found.n;
	if (found.more)
		list.next = arena_fmt(rq->arena, "%lld-%lld",
		    (long long)found.rows[found.n - 1].thread,
		    (long long)found.rows[found.n - 1].id);
	if (list.error != OK)
		app_answer_status(rs, list.error);
	app_answer_html(rs);
	page_traces(&rs->body, &app->site, &list);
	return OK;
}

enum err
app_traces(struct app *app, struct request *rq, struct response *rs)
{
	return traces_show(app, rq, rs, OK);
}

/* A line of JSON each; the last one leads on where there is more. */
enum err
app_traces_data(struct app *app, struct request *rq, struct response *rs)
{
	struct store_trace t = { .person = app->visitor.session.person };
	const struct app_follow_data mail = traces_kept(app);
	enum err e = OK;

	if (!traces_after(rq, &t.thread, &t.id))
		return ERR_NOT_FOUND;
	if (t.id == 0)
		e = app_follow_data(&mail, &t.person, &rs->body);
	if (e != OK || (e = store_forget_data(app->store, rq->arena, &t)) !=
	    OK)
		return e;
	rs->type = "application/x-ndjson; charset=utf-8";
	wire_header(rs, "Content-Disposition",
	    STR("attachment; filename=\"comments.jsonl\""));
	for (size_t i = 0; i < t.n; i++) {
		buf_str(&rs->body, t.lines[i]);
		buf_char(&rs->body, '\n');
	}
	if (t.n > 0 && t.id > 0)
		buf_fmt(&rs->body, "{\"next\":\"/foyer/me.jsonl?after="
		    "%lld-%lld\"}\n", (long long)t.thread, (long long)t.id);
	return OK;
}

/* The background process does it; the session is over now. */
enum err
app_traces_erase(struct app *app, struct request *rq, struct response *rs)
{
	enum err e = ERR_UNSURE;

	if (str_is(wire_form_get(rq, "sure"), "yes"))
		e = store_forget_ask(app->store,
		    &app->visitor.session.person);
	if (e != OK && !app_wants_json(rq) &&
	    (e == ERR_UNSURE || e == ERR_FORBIDDEN))
		return traces_show(app, rq, rs, e);
	if (e != OK)
		return e;
	wire_cookie_set(rq, rs, STR(""), 0);
	if (app_wants_json(rq)) {
		app_answer_json(rs);
		page_ok_json(&rs->body);
		return OK;
	}
	app_answer_html(rs);
	page_traces_erased(&rs->body, &app->site);
	return OK;
}
