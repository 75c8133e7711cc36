/* answer.c: every request comes in here, and is logged once on its way out. */
#include <string.h>

#include "app/internal.h"

#define TELL_AGAIN	(INT64_C(60) * 1000000)	/* us */

#define CSP								\
	"default-src 'none'; style-src 'self'; script-src 'self'; "	\
	"img-src 'self' data:; connect-src 'self'; form-action 'self'; " \
	"base-uri 'none'; frame-ancestors 'self'; "			\
	"require-trusted-types-for 'script'"

bool
app_wants_json(const struct request *rq)
{
	return rq->wants == FORMAT_JSON || str_ends(rq->path, ".json");
}

void
app_answer_html(struct response *rs)
{
	rs->type = "text/html; charset=utf-8";
}

void
app_answer_json(struct response *rs)
{
	rs->type = "application/json";
}

void
app_answer_see(struct response *rs, int status, struct str url)
{
	rs->status = status;
	rs->type = "text/plain; charset=utf-8";
	wire_header(rs, "Location", url);
}

void
app_answer_status(struct response *rs, enum err e)
{
	rs->status = err_status(e);
	/* The right time to sign in again app_proof_password has said. */
	if ((rs->status == 503 || rs->status == 429) && e != ERR_SIGN_INS_MANY)
		wire_header(rs, "Retry-After", STR("2"));
}

/* The review whose thread was asked, if there is one. */
static struct str
answer_about(const struct app *app, const struct request *rq, enum err e)
{
	const struct route *r = app->route;

	if (r == NULL || err_status(e) == 404 || strncmp(r->pattern,
	    "/foyer/threads/{}", 17) != 0 || !model_slug_ok(rq->params[0]))
		return STR("");
	return rq->params[0];
}

/* And from there on to what was asked for. */
static void
answer_sign_in(const struct request *rq, struct response *rs)
{
	struct buf url = buf_new(rq->arena, 128);

	buf_lit(&url, "/foyer/session?next=");
	buf_percent(&url, rq->path, "/");
	buf_lit(&url, rq->query.len > 0 ? "%3F" : "");
	buf_percent(&url, rq->query, "/");
	app_answer_see(rs, 303, buf_view(&url));
}

/* A page or a problem for what went wrong; whatever was written is dropped. */
static void
answer_error(struct app *app, const struct request *rq, struct response *rs,
    enum err e)
{
	rs->body.len = 0;
	app_answer_status(rs, e);
	if (app_wants_json(rq)) {
		rs->type = "application/problem+json";
		page_problem_json(&rs->body, e, arena_cstr(rq->arena,
		    rq->path));
		return;
	}
	if (e == ERR_TOTP_NEEDED && rq->method == METHOD_GET) {
		app_answer_see(rs, 303, STR("/foyer/account/totp"));
		return;
	}
	if (e == ERR_SIGN_IN && rq->method == METHOD_GET) {
		answer_sign_in(rq, rs);
		return;
	}
	app_answer_html(rs);
	page_error(&rs->body, &app->site, e, answer_about(app, rq, e));
}

/* What holds for every answer. */
static void
answer_headers(struct response *rs, bool personal)
{
	wire_header(rs, "X-Content-Type-Options", STR("nosniff"));
	wire_header(rs, "Referrer-Policy", STR("same-origin"));
	wire_header(rs, "Cache-Control", personal ? STR("no-store") :
	    STR("no-cache"));
	if (strncmp(rs->type, "text/html", 9) == 0)
		wire_header(rs, "Content-Security-Policy", STR(CSP));
}

static enum err
answer_checked(struct app *app, struct request *rq, struct response *rs,
    const struct route *route)
{
	enum err e;

	if ((e = app_across_check(app, rq, route)) != OK)
		return e;
	if ((e = app_visitor(app, rq, route)) != OK)
		return e;
	if (route->token && (e = app_visitor_token(app, rq)) != OK)
		return e;
	return route->action(app, rq, rs);
}

/* A reader's text is given back whatever went wrong. */
static enum err
answer_again(struct app *app, const struct request *rq, struct response *rs,
    app_action *action, enum err e)
{
	static const struct {
		app_action *action;
		app_again *again;
	} all[] = {
		{ app_comment_post, app_form_again },
		{ app_comment_preview, app_form_again },
		{ app_comment_edit, app_form_edit_again },
		{ app_comment_vote, app_comment_vote_again },
		{ app_comment_report, app_comment_report_again },
	};
	size_t i;

	for (i = 0; i < COUNT(all); i++)
		if (all[i].action == action)
			return all[i].again(app, rq, rs, e);
	return e;
}

static enum err
answer_route(struct app *app, struct request *rq, struct response *rs,
    bool *personal)
{
	const struct route *route;
	enum err e;

	if (rq->refused != OK)
		return rq->refused;
	if ((e = app_route(app, rq, rs, &route)) != OK)
		return e;
	app->route = route;
	*personal = !route->shared;
	if (rq->method == METHOD_OPTIONS)
		return app_across_ask(app, rq, rs, route);
	app_words_choose(app, rq, rs, route->shared);
	if (rq->body.len > route->body)
		return ERR_TOO_LARGE;
	if ((e = wire_query_read(rq)) != OK)
		return e;
	if (route->method == METHOD_POST && (e = wire_form_read(rq)) != OK)
		return e;
	e = answer_checked(app, rq, rs, route);
	if (e == ERR_NOT_FOUND)
		e = app_moved(app, rq, rs);
	return e == OK ? OK : answer_again(app, rq, rs, route->action, e);
}

/* nginx gave a reader's form back because foyerd was away; here it is sent
 * again, in one field, and is what it was. */
enum err
app_answer_again(struct app *app, struct request *rq, struct response *rs)
{
	struct str path = wire_form_get(rq, "path");
	bool personal;

	if (!str_begins(path, "/foyer/threads/"))
		return ERR_NOT_FOUND;
	rq->body = wire_form_get(rq, "form");
	rq->path = path;
	rq->nfields = 0;
	return answer_route(app, rq, rs, &personal);
}

/* What a client sent, as a log may hold it: letters, digits, / - _ and the dot,
 * or nothing of it. */
static struct str
loggable(struct str s)
{
	size_t i;

	for (i = 0; i < s.len; i++)
		if (strchr("/-_.", s.at[i]) == NULL &&
		    (s.at[i] < '0' || s.at[i] > '9') &&
		    ((s.at[i] | 0x20) < 'a' || (s.at[i] | 0x20) > 'z'))
			return STR("?");
	return str_cut(s, 0, 300);
}

/* What is one person's is told by its route alone: its address may be a secret
 * or name somebody. What no route takes may be anything. */
static struct str
where(const struct app *app, const struct request *rq)
{
	struct str pattern;

	if (app->route == NULL)
		return STR("?");
	if (app->route->shared || app->route->token)
		return loggable(rq->path);
	app_route_at(app, app_route_number(app->route), &pattern);
	return pattern;
}

static void
answer_log(const struct app *app, const struct request *rq,
    const struct response *rs, enum err e, int64_t trips)
{
	static const struct str none = { NULL, 0 };
	int64_t usec = clock_mono() - rq->began;
	const struct log_field fields[] = {
		{ "method", loggable(rq->method_text), 0 },
		{ "path", where(app, rq), 0 },
		{ "status", none, rs->status },
		{ "usec", none, usec },
		{ "bytes", none, (int64_t)rs->body.len },
		{ "trips", none, trips },
		{ "error", str_of(e == OK ? "" : err_name(e)), 0 }
	};

	app_metrics_request(app->metrics, app->route, rs->status, usec);
	app_metrics_add(&app->metrics->trips, trips);
	log_event(rs->status >= 500 ? LOG_WARN : LOG_NOTE, "request", fields,
	    COUNT(fields) - (e == OK));
}

/* A database that is away is the background process's to tell; but a full disk
 * fails who writes, and nobody else. */
static void
answer_trouble(struct app *app, enum err e)
{
	int64_t now = clock_mono();

	if (e != ERR_DATABASE || !store_connected(app->store) ||
	    (app->told != 0 && now - app->told < TELL_AGAIN))
		return;
	app->told = now;
	log_line(LOG_ERROR, "database: %s", store_trouble_log(app->store));
}

void
app_answer(void *arg, struct request *rq, struct response *rs)
{
	struct app *app = arg;
	int64_t trips = store_trips(app->store);
	int64_t waited = store_waited(app->store);
	bool personal = false;
	enum err e;

	app->arena = rq->arena;
	/* What is left is for saying that it took too long. */
	store_until(app->store, rq->began +
	    (int64_t)app->settings->request_timeout * 900);
	memset(&app->visitor, 0, sizeof(app->visitor));
	app->route = NULL;
	memset(&app->shared, 0, sizeof(app->shared));
	app_across(app, rq);
	app_words_choose(app, rq, rs, true);
	e = answer_route(app, rq, rs, &personal);
	if (e != OK)
		answer_error(app, rq, rs, e);
	app->shared.kept &= e == OK;
	app->shared.page.bytes = buf_view(&rs->body);
	answer_headers(rs, personal);
	app_across_headers(app, rq, rs, e);
	app_metrics_add(&app->metrics->waited,
	    store_waited(app->store) - waited);
	answer_trouble(app, e);
	answer_log(app, rq, rs, e, store_trips(app->store) - trips);
}
