/* visitor.c: who is asking, and whether the request is really theirs. */
#include <string.h>

#include "app/internal.h"

enum { EPOCHS = 256, EPOCH_LIFE = 5 * 1000000 };

/* Sessions that this worker has asked for lately: one that was ended is seen
 * within 5 s without a round trip for each request. */
static struct {
	struct uuid id;
	int64_t epoch, asked;		/* asked: clock_mono */
} epochs[EPOCHS];

static enum err
epoch_of(struct app *app, const struct session *s, int64_t *ret)
{
	size_t at = s->id.bytes[15];
	int64_t now = clock_mono();
	enum err e;

	if (uuid_eq(&epochs[at].id, &s->id) &&
	    epochs[at].epoch == s->epoch &&
	    now - epochs[at].asked < EPOCH_LIFE) {
		*ret = epochs[at].epoch;
		return OK;
	}
	e = store_session_check(app->store, &s->person, &s->id, ret);
	if (e != OK)
		return e;
	epochs[at].id = s->id;
	epochs[at].epoch = *ret;
	epochs[at].asked = now;
	return OK;
}

/* Is an account's session still good? */
static enum err
session_check(struct app *app, const struct session *s, bool *good)
{
	int64_t epoch;
	enum err e;

	*good = true;
	if (!s->has_account)
		return OK;
	e = epoch_of(app, s, &epoch);
	if (e == ERR_NOT_FOUND) {
		*good = false;
		return OK;
	}
	if (e == OK)
		*good = epoch == s->epoch;
	return e;
}

/* Where the owner lets them, reviewers have a moderator's rights under what
 * they wrote: the review that the path names first, or the query. Where none
 * is named the action has to ask (app_visitor_reviewed). */
static enum err
reviewer_role(struct app *app, const struct request *rq,
    enum model_role *role)
{
	struct str slug = rq->params[0].len > 0 ? rq->params[0] :
	    wire_query_get(rq, "review");
	struct store_choice choice;
	enum err e = store_right_choice(app->store, &choice);

	if (e != OK || !choice.reviewers)
		return e;
	if (slug.len == 0) {
		*role = ROLE_MODERATOR;
		return OK;
	}
	e = store_account_reviewed(app->store, &app->visitor.account.id, slug);
	if (e == OK)
		*role = ROLE_MODERATOR;
	return e == ERR_NOT_FOUND ? OK : e;
}

/* Does the role of the account, as the database has it, carry this right? */
static enum err
right_check(struct app *app, const struct request *rq, enum app_who who)
{
	const struct account *account = &app->visitor.account;
	enum model_role role = account->role;
	enum err e;

	if (who == ACCOUNT)
		return OK;
	if (who == REVIEWER && role == ROLE_REVIEWER &&
	    (e = reviewer_role(app, rq, &role)) != OK)
		return e;
	if (role < (who == OWNER ? ROLE_OWNER : ROLE_MODERATOR))
		return ERR_FORBIDDEN;
	return app_totp_required(app, account->role) &&
	    account->totp.len == 0 ? ERR_TOTP_NEEDED : OK;
}

bool
app_visitor_narrow(const struct app *app)
{
	return app->visitor.account.role < ROLE_MODERATOR;
}

enum err
app_visitor_reviewed(struct app *app, struct str slug)
{
	enum err e;

	if (!app_visitor_narrow(app))
		return OK;
	e = store_account_reviewed(app->store, &app->visitor.account.id, slug);
	return e == ERR_NOT_FOUND ? ERR_FORBIDDEN : e;
}

/* Rights are never taken from the token alone. */
static enum err
account_check(struct app *app, const struct request *rq, enum app_who who)
{
	struct visitor *v = &app->visitor;
	enum err e;

	if (!v->known)
		return ERR_SIGN_IN;
	if (!v->session.has_account)
		return ERR_FORBIDDEN;
	e = store_account_by_session(app->store, app->arena,
	    &v->session.person, &v->session.id, &v->account);
	if (e == ERR_NOT_FOUND)
		return ERR_SIGN_IN;
	if (e != OK)
		return e;
	if (v->account.epoch != v->session.epoch || v->account.suspended)
		return ERR_SIGN_IN;
	return right_check(app, rq, who);
}

/* Loopback of a request that came through a proxy is the proxy's. */
static enum err
watcher_check(const struct app *app, const struct request *rq)
{
	struct str ranges = str_of(app->settings->watchers), range;

	if (address_loopback(rq->address) &&
	    (rq->forwarded.len > 0 || rq->forwarded_for.len > 0))
		return ERR_FORBIDDEN;
	while (str_split(&ranges, ' ', &range))
		if (address_within(rq->address, range))
			return OK;
	return ERR_FORBIDDEN;
}

enum err
app_visitor(struct app *app, const struct request *rq,
    const struct route *route)
{
	struct visitor *v = &app->visitor;
	struct str token = wire_cookie_get(rq, wire_cookie_name(rq));
	enum err e;

	if (token.len > 0 && seal_session_read(app->keys, app->arena,
	    app->settings->site, token, &v->session) == OK)
		v->known = true;
	if (route->who >= ACCOUNT)
		return account_check(app, rq, route->who);
	if (route->who == WATCHER)
		return watcher_check(app, rq);
	/* A shared page costs nobody a round trip for their cookie. */
	if (v->known && !route->shared) {
		if ((e = session_check(app, &v->session, &v->known)) != OK)
			return e;
	}
	if (route->who == SESSION && !v->known)
		return ERR_STRANGER;
	return OK;
}

enum err
app_visitor_token(struct app *app, const struct request *rq)
{
	struct visitor *v = &app->visitor;
	struct str token = wire_form_get(rq, "token");
	enum err e = ERR_TOKEN_BAD;

	if (token.len > 0)
		e = seal_form_check(app->keys, app->settings->site,
		    &v->session.person, token, &v->form_made);
	return v->from != ORIGIN_SAME && v->known && e != OK ?
	    ERR_TOKEN_BAD : OK;
}

struct str
app_visitor_form_token(struct app *app)
{
	return seal_form_make(app->keys, app->arena, app->settings->site,
	    &app->visitor.session.person, clock_now());
}

enum err
app_visitor_remember(struct app *app, const struct request *rq,
    struct response *rs, const struct session *s)
{
	struct str token;
	enum err e;

	e = seal_session_make(app->keys, app->arena, app->settings->site, s,
	    &token);
	if (e != OK)
		return e;
	wire_cookie_set(rq, rs, token,
	    (int64_t)app->settings->session_days * 24 * 3600);
	return OK;
}
