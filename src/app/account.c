/* account.c: one's own account: password, sessions, the feed's address. */
#include "app/internal.h"

static enum err
show(struct app *app, struct response *rs, enum err error)
{
	struct account *account = &app->visitor.account;
	struct page_own_account page = {
		.account = account, .token = app_visitor_form_token(app),
		.required = app_totp_required(app, account->role),
		.here = app->visitor.session.id, .error = error
	};
	struct store_session *rows;
	size_t i;
	enum err e;

	e = store_session_list(app->store, app->arena, &account->id, &rows,
	    &page.n);
	if (e != OK)
		return e;
	page.sessions = arena_alloc(app->arena,
	    (page.n + 1) * sizeof(*page.sessions));
	for (i = 0; i < page.n; i++)
		page.sessions[i] = (struct page_session){ rows[i].id,
		    rows[i].device, rows[i].made, rows[i].seen };
	if (account->feed != 0 && account->role >= ROLE_MODERATOR)
		page.feed = seal_feed_make(app->keys, app->arena,
		    app->settings->site, account);
	if (error != OK)
		app_answer_status(rs, error);
	app_answer_html(rs);
	page_own_account(&rs->body, &app->site, &page);
	return OK;
}

enum err
app_account_show(struct app *app, struct request *rq, struct response *rs)
{
	(void)rq;
	return show(app, rs, OK);
}

enum err
app_account_done(struct app *app, const struct request *rq,
    struct response *rs, enum err e)
{
	if (e != OK)
		return app_wants_json(rq) ? e : show(app, rs, e);
	if (app_wants_json(rq)) {
		app_answer_json(rs);
		page_ok_json(&rs->body);
		return OK;
	}
	app_answer_see(rs, 303, STR("/foyer/account"));
	return OK;
}

/* All other sessions end; this one goes on. */
static enum err
password_set(struct app *app, const struct request *rq, struct response *rs)
{
	struct account *account = &app->visitor.account;
	struct str hash;
	enum err e;

	if ((e = app_proof_old(app, rq, rs)) != OK ||
	    (e = app_proof_fresh(app, rq, &hash)) != OK)
		return e;
	e = store_account_password(app->store, rq->arena, account->name, hash);
	if (e == OK)
		e = store_right_log(app->store, rq->arena, account,
		    LOGGED_PASSWORD, account->name);
	if (e != OK)
		return e;
	account->epoch++;
	app->visitor.session.epoch++;
	return app_visitor_remember(app, rq, rs, &app->visitor.session);
}

enum err
app_account_password(struct app *app, struct request *rq, struct response *rs)
{
	return app_account_done(app, rq, rs, password_set(app, rq, rs));
}

enum err
app_account_session_end(struct app *app, struct request *rq,
    struct response *rs)
{
	struct uuid id;

	if (!uuid_parse(rq->params[0], &id))
		return ERR_NOT_FOUND;
	return app_account_done(app, rq, rs, store_session_end(app->store,
	    &app->visitor.account.id, &id));
}

enum err
app_account_leave(struct app *app, struct request *rq, struct response *rs)
{
	struct account *account = &app->visitor.account;
	enum err e;

	e = store_account_revoke(app->store, rq->arena, account->name);
	if (e == OK)
		e = store_right_log(app->store, rq->arena, account,
		    LOGGED_REVOKE, account->name);
	if (e != OK)
		return e;
	wire_cookie_set(rq, rs, STR(""), 0);
	if (app_wants_json(rq)) {
		app_answer_json(rs);
		page_ok_json(&rs->body);
		return OK;
	}
	app_answer_see(rs, 303, STR("/foyer/session"));
	return OK;
}

enum err
app_account_feed(struct app *app, struct request *rq, struct response *rs)
{
	struct account *account = &app->visitor.account;

	return app_account_done(app, rq, rs, store_account_feed(app->store,
	    account, !str_is(wire_form_get(rq, "feed"), "none")));
}
