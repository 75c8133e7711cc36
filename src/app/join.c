/* join.c: a link that was given out: somebody joins, or sets a password. */
#include "app/internal.h"

static enum err
link_read(struct app *app, struct str token, bool take,
    struct store_invite *ret)
{
	struct seal_link link = { .purpose = "join" };
	enum err e;

	e = seal_link_read(app->keys, app->arena, app->settings->site, token,
	    &link);
	if (e == OK)
		e = store_invite_get(app->store, app->arena, &link.id, take,
		    ret);
	return e == ERR_TOKEN_BAD || e == ERR_NOT_FOUND ? ERR_LINK_OVER : e;
}

static enum err
show(struct app *app, struct response *rs, struct page_join *page)
{
	struct store_invite invite;
	enum err e = link_read(app, page->link, false, &invite);

	if (e != OK)
		return e;
	page->role = invite.role;
	if (!uuid_null(&invite.account))
		page->known = invite.name;
	page->token = app_visitor_form_token(app);
	if (page->error != OK)
		app_answer_status(rs, page->error);
	app_answer_html(rs);
	page_join(&rs->body, &app->site, page);
	return OK;
}

enum err
app_join_show(struct app *app, struct request *rq, struct response *rs)
{
	struct page_join page = { .link = wire_query_get(rq, "link") };

	return show(app, rs, &page);
}

/* The new account, once everything is known to be right. */
static enum err
add(struct app *app, const struct store_invite *invite,
    struct account *account)
{
	enum err e;

	uuid_random(&account->id);
	account->role = invite->role;
	e = store_account_add(app->store, app->arena, account);
	if (e == OK)
		e = store_right_log(app->store, app->arena, account,
		    LOGGED_JOIN, arena_fmt(app->arena, STR_FMT ": %s",
		    STR_ARG(account->name), model_role_name(account->role)));
	return e;
}

static enum err
renew(struct app *app, const struct store_invite *invite,
    struct account *account)
{
	struct str hash = account->password;
	enum err e;

	e = store_account_password(app->store, app->arena, invite->name, hash);
	if (e == OK)
		e = store_account_by_id(app->store, app->arena,
		    &invite->account, account);
	if (e == OK)
		e = store_right_log(app->store, app->arena, account,
		    LOGGED_PASSWORD, account->name);
	return e;
}

/* Whether the name is free is asked before the link is used up. */
static enum err
name_read(struct app *app, const struct request *rq, struct account *account)
{
	struct draft named = {
		.author = wire_form_get(rq, "name"), .body = { "-", 1 }
	};
	struct account other;
	enum err e = model_draft_check(rq->arena, &named);

	if (e != OK)
		return e;
	account->name = named.author;
	e = store_account_by_name(app->store, rq->arena, named.author, &other);
	if (e == OK)
		return ERR_NAME_TAKEN;
	return e == ERR_NOT_FOUND ? OK : e;
}

static enum err
join(struct app *app, const struct request *rq, struct account *account)
{
	struct str link = wire_form_get(rq, "link");
	struct store_invite invite;
	enum err e;

	if ((e = link_read(app, link, false, &invite)) != OK)
		return e;
	if (uuid_null(&invite.account) &&
	    (e = name_read(app, rq, account)) != OK)
		return e;
	if ((e = app_proof_fresh(app, rq, &account->password)) != OK ||
	    (e = link_read(app, link, true, &invite)) != OK)
		return e;
	e = uuid_null(&invite.account) ? add(app, &invite, account) :
	    renew(app, &invite, account);
	return e == ERR_CONFLICT ? ERR_NAME_TAKEN : e;
}

/* Who has a second factor signs in with it; a link is no way around. */
enum err
app_join(struct app *app, struct request *rq, struct response *rs)
{
	struct page_join page = {
		.link = wire_form_get(rq, "link"),
		.name = wire_form_get(rq, "name")
	};
	struct account account = { .epoch = 0 };
	enum err e = join(app, rq, &account);

	if (e == OK && !account.suspended && account.totp.len == 0)
		return app_session_give(app, rq, rs, &account, STR(""));
	if (e == OK) {
		app_answer_see(rs, 303, STR("/foyer/session"));
		return OK;
	}
	page.error = e;
	return app_wants_json(rq) || e == ERR_LINK_OVER ? e :
	    show(app, rs, &page);
}
