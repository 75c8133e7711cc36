/* session.c: signing in and out. */
#include "app/internal.h"

enum { NAME_MAX_BYTES = 320, PASSWORD_MAX = 1024 };

enum err
app_session_show(struct app *app, struct request *rq, struct response *rs)
{
	const struct visitor *v = &app->visitor;
	struct page_sign_in form = {
		.token = app_visitor_form_token(app),
		.next = app_back_path(wire_query_get(rq, "next"))
	};
	struct account account;
	enum err e = ERR_NOT_FOUND;

	if (v->known && v->session.has_account)
		e = store_account_by_id(app->store, rq->arena,
		    &v->session.person, &account);
	if (e != OK && e != ERR_NOT_FOUND)
		return e;
	/* The journal's own people go by the name it gave them. */
	account.name = v->session.name;
	app_answer_html(rs);
	if (e == OK && account.epoch == v->session.epoch)
		page_account(&rs->body, &app->site, &account, form.token);
	else
		page_sign_in(&rs->body, &app->site, &form);
	return OK;
}

/* An unknown name costs the same time as a wrong password. */
static enum err
sign_in(struct app *app, const struct request *rq, struct account *account)
{
	struct str name = wire_form_get(rq, "name");
	struct str password = wire_form_get(rq, "password");
	enum err found, e;

	if (name.len > NAME_MAX_BYTES || password.len > PASSWORD_MAX)
		return ERR_PASSWORD;
	found = store_account_by_name(app->store, rq->arena, name, account);
	if (found != OK && found != ERR_NOT_FOUND)
		return found;
	e = seal_password_check(password,
	    found == OK ? account->password : STR(""));
	if (e != OK)
		return e;
	return found == OK && !account->suspended ? OK : ERR_PASSWORD;
}

static enum err
remember(struct app *app, const struct request *rq, struct response *rs,
    const struct account *account)
{
	struct session s = {
		.person = account->id, .has_account = true,
		.role = account->role, .name = account->name,
		.epoch = account->epoch, .made = clock_now()
	};

	s.ends = s.made +
	    (int64_t)app->settings->session_days * 86400 * 1000000;
	app->visitor.known = true;
	app->visitor.session = s;
	return app_visitor_remember(app, rq, rs, &s);
}

enum err
app_session_give(struct app *app, const struct request *rq,
    struct response *rs, const struct account *account, struct str next)
{
	struct page_me me = { .signed_in = true, .has_account = true };
	enum err e = remember(app, rq, rs, account);

	if (e != OK)
		return e;
	if (app_wants_json(rq)) {
		me.name = account->name;
		me.role = str_of(model_role_name(account->role));
		me.token = app_visitor_form_token(app);
		app_answer_json(rs);
		page_me_json(&rs->body, &app->site, &me);
		return OK;
	}
	if (next.len == 0)
		next = account->role >= ROLE_MODERATOR ?
		    STR("/foyer/admin/") : str_of(app->settings->reviews);
	app_answer_see(rs, 303, next);
	return OK;
}

enum err
app_session_start(struct app *app, struct request *rq, struct response *rs)
{
	struct page_sign_in form = {
		.name = wire_form_get(rq, "name"),
		.next = app_back_path(wire_form_get(rq, "next"))
	};
	struct account account;
	enum err e;

	e = sign_in(app, rq, &account);
	if (e == OK)
		e = app_session_give(app, rq, rs, &account, form.next);
	if (e != OK && !app_wants_json(rq)) {
		form.error = e;
		form.token = app_visitor_form_token(app);
		app_answer_status(rs, e);
		app_answer_html(rs);
		page_sign_in(&rs->body, &app->site, &form);
		return OK;
	}
	return e;
}

enum err
app_session_end(struct app *app, struct request *rq, struct response *rs)
{
	wire_cookie_set(rq, rs, STR(""), 0);
	if (app_wants_json(rq)) {
		app_answer_json(rs);
		page_ok_json(&rs->body);
		return OK;
	}
	app_answer_see(rs, 303, str_of(app->settings->reviews));
	return OK;
}
