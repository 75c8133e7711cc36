/* totp.c: one's own second factor: set up, and given up. */
#include "app/internal.h"

enum { SETUP_LIFE = 15 * 60 * 1000000 };
/* A secret has no end; RFC 3339 ends with the year 9999. */
#define NEVER	(INT64_C(253370764800) * 1000000)

bool
app_totp_required(const struct app *app, enum model_role role)
{
	enum model_role from;

	return model_role_parse(str_of(app->settings->totp_required), &from) &&
	    role >= from;
}

static enum err
show(struct app *app, struct response *rs, struct str secret, enum err error)
{
	const struct account *account = &app->visitor.account;
	struct page_totp page = {
		.account = account, .token = app_visitor_form_token(app),
		.required = app_totp_required(app, account->role),
		.secret = secret, .error = error
	};
	struct seal_link setup = {
		.purpose = "totp-new", .id = account->id, .text = secret,
		.ends = clock_now() + SETUP_LIFE
	};
	enum err e = OK;

	if (account->totp.len == 0)
		e = seal_link_make(app->keys, app->arena, app->settings->site,
		    &setup, &page.sealed);
	else
		e = store_totp_left(app->store, &account->id, &page.left);
	if (e != OK)
		return e;
	if (error != OK)
		app_answer_status(rs, error);
	app_answer_html(rs);
	page_totp(&rs->body, &app->site, &page);
	return OK;
}

enum err
app_totp_show(struct app *app, struct request *rq, struct response *rs)
{
	return show(app, rs, seal_totp_secret(rq->arena), OK);
}

/* Keeps the secret, sealed for this account, and makes its recovery codes. */
static enum err
keep(struct app *app, struct account *account, struct str secret,
    struct str codes[SEAL_TOTP_RECOVERY])
{
	struct seal_link kept = {
		.purpose = "totp", .id = account->id, .text = secret,
		.ends = NEVER
	};
	struct str hashes[SEAL_TOTP_RECOVERY];
	size_t i;
	enum err e;

	for (i = 0; i < SEAL_TOTP_RECOVERY; i++) {
		codes[i] = seal_totp_recovery(app->arena);
		hashes[i] = seal_totp_hash(app->arena, &account->id, codes[i]);
	}
	e = seal_link_make(app->keys, app->arena, app->settings->site, &kept,
	    &account->totp);
	if (e == OK)
		e = store_totp_set(app->store, app->arena, account, hashes,
		    SEAL_TOTP_RECOVERY);
	if (e == OK)
		e = store_right_log(app->store, app->arena, account,
		    LOGGED_TOTP_SET, account->name);
	return e;
}

enum err
app_totp_set(struct app *app, struct request *rq, struct response *rs)
{
	struct account *account = &app->visitor.account;
	struct seal_link setup = { .purpose = "totp-new" };
	struct str codes[SEAL_TOTP_RECOVERY];
	struct page_codes page = { .codes = codes, .n = SEAL_TOTP_RECOVERY };
	enum err e;

	if (account->totp.len > 0)
		return ERR_CONFLICT;
	e = seal_link_read(app->keys, rq->arena, app->settings->site,
	    wire_form_get(rq, "secret"), &setup);
	if (e != OK || !uuid_eq(&setup.id, &account->id))
		return ERR_TOKEN_BAD;
	account->totp_step = seal_totp_check(setup.text,
	    wire_form_get(rq, "code"), clock_now());
	if (account->totp_step == 0)
		return app_wants_json(rq) ? ERR_CODE :
		    show(app, rs, setup.text, ERR_CODE);
	if ((e = keep(app, account, setup.text, codes)) != OK)
		return e;
	if (app_wants_json(rq)) {
		app_answer_json(rs);
		page_codes_json(&rs->body, &page);
		return OK;
	}
	app_answer_html(rs);
	page_codes(&rs->body, &app->site, &page);
	return OK;
}

enum err
app_totp_end(struct app *app, struct request *rq, struct response *rs)
{
	struct account *account = &app->visitor.account;
	enum err e;

	if (account->totp.len == 0)
		return ERR_CONFLICT;
	if (app_totp_required(app, account->role))
		return ERR_TOTP_NEEDED;
	e = app_proof_code(app, rq, rs, account);
	if (e != OK)
		return app_wants_json(rq) ? e : show(app, rs, STR(""), e);
	account->totp = STR("");
	account->totp_step = 0;
	e = store_totp_set(app->store, rq->arena, account, NULL, 0);
	if (e == OK)
		e = store_right_log(app->store, rq->arena, account,
		    LOGGED_TOTP_END, account->name);
	return e == OK ? app_account_done(app, rq, rs, OK) : e;
}
