/* session.c: signing in, in one step or two, and out. */
#include "app/internal.h"

enum { STEP_LIFE = 5 * 60 * 1000000 };	/* us between password and code */

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
		e = store_account_by_session(app->store, rq->arena,
		    &v->session.person, &v->session.id, &account);
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

/* Between the two steps nobody is signed in: a sealed field says whose
 * password was right. */
static enum err
step_make(struct app *app, const struct account *account, struct str *ret)
{
	struct seal_link step = {
		.purpose = "step", .id = account->id,
		.ends = clock_now() + STEP_LIFE,
		.text = arena_fmt(app->arena, "%lld",
		    (long long)account->epoch)
	};

	return seal_link_make(app->keys, app->arena, app->settings->site,
	    &step, ret);
}

static enum err
step_read(struct app *app, struct str token, struct account *account)
{
	struct seal_link step = { .purpose = "step" };
	int64_t epoch;
	enum err e;

	e = seal_link_read(app->keys, app->arena, app->settings->site, token,
	    &step);
	if (e == OK)
		e = store_account_by_id(app->store, app->arena, &step.id,
		    account);
	if (e == OK && (account->suspended || account->totp.len == 0 ||
	    !str_int64(step.text, &epoch) || epoch != account->epoch))
		e = ERR_SIGN_IN;
	return e == ERR_NOT_FOUND || e == ERR_TOKEN_BAD ? ERR_SIGN_IN : e;
}

static enum err
sign_in(struct app *app, const struct request *rq, struct response *rs,
    struct account *account)
{
	struct str step = wire_form_get(rq, "step");
	enum err e;

	if (step.len > 0)
		e = step_read(app, step, account);
	else
		e = app_proof_password(app, rq, rs, account);
	if (e != OK || account->totp.len == 0)
		return e;
	return app_proof_code(app, rq, rs, account);
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
	struct store_session row = {
		.device = model_device(rq->arena, rq->agent)
	};
	enum err e;

	s.ends = s.made +
	    (int64_t)app->settings->session_days * 86400 * 1000000;
	uuid_random(&s.id);
	row.id = s.id;
	row.ends = s.ends;
	e = store_session_add(app->store, &account->id, &row);
	if (e != OK)
		return e;
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

/* The form once more; after the password the one for the code. */
static enum err
start_again(struct app *app, struct response *rs,
    const struct account *account, struct page_sign_in *form)
{
	bool second = form->error == ERR_CODE || form->error == ERR_CODE_NEEDED;
	enum err e;

	if (second && (e = step_make(app, account, &form->step)) != OK)
		return e;
	form->token = app_visitor_form_token(app);
	app_answer_status(rs, form->error);
	app_answer_html(rs);
	page_sign_in(&rs->body, &app->site, form);
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

	e = sign_in(app, rq, rs, &account);
	if (e == OK)
		e = app_session_give(app, rq, rs, &account, form.next);
	if (e == OK || app_wants_json(rq))
		return e;
	form.error = e;
	return start_again(app, rs, &account, &form);
}

enum err
app_session_end(struct app *app, struct request *rq, struct response *rs)
{
	const struct session *s = &app->visitor.session;
	enum err e = OK;

	if (s->has_account)
		e = store_session_end(app->store, &s->person, &s->id);
	if (e != OK && e != ERR_NOT_FOUND)
		return e;
	wire_cookie_set(rq, rs, STR(""), 0);
	if (app_wants_json(rq)) {
		app_answer_json(rs);
		page_ok_json(&rs->body);
		return OK;
	}
	app_answer_see(rs, 303, str_of(app->settings->reviews));
	return OK;
}
