/* admin_accounts.c: the owner: who may do what; links to join. */
#include "app/internal.h"

enum { LINK_LIFE_DAYS = 7 };

/* link: of an invitation that was just made, else ""; name: looked for. */
static enum err
show(struct app *app, struct response *rs, struct str link, struct str name)
{
	struct page_moderator who = app_admin_who(app);
	struct page_accounts page = { .link = link, .name = name };
	struct store_choice choice;
	struct store_invite *rows;
	size_t i;
	enum err e;

	e = name.len > 0 ? store_account_named(app->store, app->arena, name,
	    &page.accounts, &page.n) : store_account_staff(app->store,
	    app->arena, &page.accounts, &page.n);
	if (e == OK)
		e = store_invite_list(app->store, app->arena, &rows,
		    &page.ninvites);
	if (e == OK)
		e = store_right_choice(app->store, &choice);
	if (e != OK)
		return e;
	page.reviewers = choice.reviewers;
	page.tally = choice.tally;
	page.invites = arena_alloc(app->arena,
	    (page.ninvites + 1) * sizeof(*page.invites));
	for (i = 0; i < page.ninvites; i++)
		page.invites[i] = (struct page_invite){ .id = rows[i].id,
		    .role = rows[i].role, .name = rows[i].name,
		    .note = rows[i].note, .maker = rows[i].maker,
		    .ends = rows[i].ends };
	app_answer_html(rs);
	page_accounts(&rs->body, &app->site, &who, &page);
	return OK;
}

enum err
app_admin_accounts(struct app *app, struct request *rq, struct response *rs)
{
	struct str name;
	enum err e = text_clean(rq->arena, wire_query_get(rq, "name"), false,
	    &name);

	return e == OK ? show(app, rs, STR(""), text_first(str_trim(name),
	    MODEL_AUTHOR_MAX)) : e;
}

static enum err
done(const struct request *rq, struct response *rs)
{
	if (app_wants_json(rq)) {
		app_answer_json(rs);
		page_ok_json(&rs->body);
		return OK;
	}
	app_answer_see(rs, 303, STR("/foyer/admin/accounts"));
	return OK;
}

enum err
app_admin_account_set(struct app *app, struct request *rq,
    struct response *rs)
{
	struct store_right right = {
		.suspended = str_is(wire_form_get(rq, "suspended"), "yes"),
		.actor = &app->visitor.account
	};
	enum err e;

	if (!uuid_parse(rq->params[0], &right.id))
		return ERR_NOT_FOUND;
	if (!model_role_parse(wire_form_get(rq, "role"), &right.role) ||
	    right.role == ROLE_GUEST)
		return ERR_ROLE_BAD;
	e = store_right_set(app->store, rq->arena, &right);
	return e == OK ? done(rq, rs) : e;
}

/* A link is shown once, to whoever made it. */
static enum err
give(struct app *app, const struct request *rq, struct response *rs,
    struct store_invite *invite)
{
	struct seal_link link = { .purpose = "join" };
	struct str token;
	enum err e;

	uuid_random(&invite->id);
	invite->maker = app->visitor.account.name;
	invite->ends = clock_now() +
	    (int64_t)LINK_LIFE_DAYS * 86400 * 1000000;
	link.id = invite->id;
	link.ends = invite->ends;
	e = seal_link_make(app->keys, rq->arena, app->settings->site, &link,
	    &token);
	if (e == OK)
		e = store_invite_add(app->store, rq->arena, invite,
		    &app->visitor.account);
	if (e != OK)
		return e;
	token = arena_fmt(rq->arena, "%s/foyer/join?link=" STR_FMT,
	    app->settings->origin, STR_ARG(token));
	if (!app_wants_json(rq))
		return show(app, rs, token, STR(""));
	app_answer_json(rs);
	page_link_json(&rs->body, token);
	return OK;
}

enum err
app_admin_account_reset(struct app *app, struct request *rq,
    struct response *rs)
{
	struct store_invite invite = { .note = STR("") };
	struct account account;
	struct uuid id;
	enum err e;

	if (!uuid_parse(rq->params[0], &id))
		return ERR_NOT_FOUND;
	e = store_account_by_id(app->store, rq->arena, &id, &account);
	if (e != OK)
		return e;
	invite.account = id;
	invite.name = account.name;
	invite.role = account.role;
	return give(app, rq, rs, &invite);
}

enum err
app_admin_invite(struct app *app, struct request *rq, struct response *rs)
{
	struct store_invite invite = { .ends = 0 };
	enum err e;

	if (!model_role_parse(wire_form_get(rq, "role"), &invite.role) ||
	    invite.role == ROLE_GUEST)
		return ERR_ROLE_BAD;
	e = text_clean(rq->arena, wire_form_get(rq, "note"), false,
	    &invite.note);
	if (e != OK)
		return e;
	if (text_length(invite.note) > MODEL_REASON_MAX)
		return ERR_REASON_LONG;
	return give(app, rq, rs, &invite);
}

enum err
app_admin_invite_end(struct app *app, struct request *rq, struct response *rs)
{
	struct store_invite gone;
	struct uuid id;
	enum err e;

	if (!uuid_parse(rq->params[0], &id))
		return ERR_NOT_FOUND;
	e = store_invite_get(app->store, rq->arena, &id, true, &gone);
	if (e == OK)
		e = store_right_log(app->store, rq->arena,
		    &app->visitor.account, LOGGED_INVITE_END,
		    gone.name.len > 0 ? gone.name : gone.note);
	return e == OK ? done(rq, rs) : e;
}

enum err
app_admin_choose(struct app *app, struct request *rq, struct response *rs)
{
	struct store_choice choice = {
		.reviewers = str_is(wire_form_get(rq, "reviewers"), "yes"),
		.tally = str_is(wire_form_get(rq, "tally"), "yes")
	};
	enum err e = store_right_choose(app->store, rq->arena, &choice,
	    &app->visitor.account);

	return e == OK ? done(rq, rs) : e;
}
