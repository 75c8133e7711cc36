/* join.c: a link that was given out: somebody joins, or sets a password. */
#include "app/internal.h"

static enum err
link_read(struct app *app, struct str token, struct store_invite *ret)
{
	struct seal_link link = { .purpose = "join" };
	enum err e;

	e = seal_link_read(app->keys, app->arena, app->settings->site, token,
	    &link);
	if (e == OK)
		e = store_invite_get(app->store, app->arena, &link.id, false,
		    ret);
	return e == ERR_TOKEN_BAD || e == ERR_NOT_FOUND ? ERR_LINK_OVER : e;
}

static enum err
show(struct app *app, struct response *rs, struct page_join *page)
{
	struct store_invite invite;
	enum err e = link_read(app, page->link, &invite);

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

/* Who the link is for: somebody new, or whose password it sets. */
static enum err
who_read(struct app *app, const struct request *rq,
    const struct store_invite *invite, struct account *account)
{
	if (!uuid_null(&invite->account))
		return store_account_by_id(app->store, rq->arena,
		    &invite->account, account);
	uuid_random(&account->id);
	account->role = invite->role;
	return name_read(app, rq, account);
}

static enum err
join(struct app *app, const struct request *rq, struct account *account)
{
	struct store_invite invite;
	enum err e;

	if ((e = link_read(app, wire_form_get(rq, "link"), &invite)) != OK ||
	    (e = who_read(app, rq, &invite, account)) != OK ||
	    (e = app_proof_fresh(app, rq, &account->password)) != OK)
		return e;
	e = store_invite_use(app->store, rq->arena, &invite, account);
	if (e == OK && !uuid_null(&invite.account))
		account->epoch++;
	return e == ERR_CONFLICT ? ERR_NAME_TAKEN :
	    e == ERR_NOT_FOUND ? ERR_LINK_OVER : e;
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
