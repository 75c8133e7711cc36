/* session_sso.c: the journal's own people come in with a token that it signed.
 */
#include "app/internal.h"

enum {
	LIFE = 5 * 60 * 1000000,	/* us, of a token */
	SKEW = 60 * 1000000,		/* us the journal's clock may be off */
	SUBJECT_MAX = 200,		/* bytes */
	REVIEWS_MAX = 50
};

/* The claims are one flat JSON object, as a form's fields are. */
static enum err
claims_open(struct app *app, struct str token, struct request **ret)
{
	struct request *claims = arena_alloc(app->arena, sizeof(*claims));
	enum err e;

	claims->arena = app->arena;
	claims->content_type = STR("application/json");
	e = seal_sso_verify(app->sso, app->arena, token, &claims->body);
	if (e == OK && wire_form_read(claims) != OK)
		e = ERR_SSO_BAD;
	*ret = claims;
	return e;
}

/* Made just now, and for this place. */
static bool
claims_fresh(const struct app *app, const struct request *claims,
    int64_t *ends)
{
	struct str from = wire_form_get(claims, "nbf");
	int64_t now = clock_now(), made, after = 0;

	return str_is(wire_form_get(claims, "aud"), app->settings->origin) &&
	    clock_parse(wire_form_get(claims, "iat"), &made) &&
	    clock_parse(wire_form_get(claims, "exp"), ends) &&
	    (from.len == 0 || clock_parse(from, &after)) &&
	    now < *ends && *ends - made <= LIFE && *ends > made &&
	    made <= now + SKEW && after <= now + SKEW;
}

static bool
text_good(struct app *app, struct str s, size_t least)
{
	struct str same;

	return s.len >= least && s.len <= SUBJECT_MAX &&
	    text_clean(app->arena, s, false, &same) == OK && str_eq(s, same);
}

static bool
claims_reviews(struct app *app, struct str all, struct store_sso *who)
{
	struct str *slugs = arena_alloc(app->arena,
	    REVIEWS_MAX * sizeof(*slugs)), slug;

	who->reviews = slugs;
	while (all.len > 0 && str_split(&all, ' ', &slug)) {
		if (who->nreviews == REVIEWS_MAX || !model_slug_ok(slug))
			return false;
		slugs[who->nreviews++] = slug;
	}
	return true;
}

static enum err
claims_read(struct app *app, struct str token, struct store_sso *who)
{
	struct draft named = { .body = { "-", 1 } };
	struct str role;
	struct request *claims;
	enum err e;

	*who = (struct store_sso){ .role = ROLE_READER };
	if ((e = claims_open(app, token, &claims)) != OK)
		return e;
	named.author = wire_form_get(claims, "name");
	role = wire_form_get(claims, "role");
	who->subject = wire_form_get(claims, "sub");
	who->jti = wire_form_get(claims, "jti");
	if (str_is(role, "reviewer"))
		who->role = ROLE_REVIEWER;
	else if (role.len > 0 && !str_is(role, "reader"))
		return ERR_SSO_BAD;
	if (!claims_fresh(app, claims, &who->ends) ||
	    !text_good(app, who->subject, 1) ||
	    !text_good(app, who->jti, 8) ||
	    model_draft_check(app->arena, &named) != OK ||
	    !claims_reviews(app, wire_form_get(claims, "reviewer_of"), who))
		return ERR_SSO_BAD;
	who->name = named.author;
	return OK;
}

/* A link on another site could sign somebody in as somebody else: who did not
 * come from the journal's own pages is asked first. */
static bool
asks(const struct request *rq)
{
	return rq->method != METHOD_POST &&
	    !str_is(rq->fetch_site, "same-origin") &&
	    !str_is(rq->fetch_site, "same-site") &&
	    !(app_wants_json(rq) && rq->fetch_site.len == 0);
}

static enum err
ask(struct app *app, const struct request *rq, struct response *rs,
    const struct page_sso *page)
{
	if (app_wants_json(rq))
		return ERR_CROSS_SITE;
	app_answer_html(rs);
	page_sso(&rs->body, &app->site, page);
	return OK;
}

/* Our own page's field, or what the journal's page sent. */
static struct str
token_read(const struct request *rq)
{
	struct str token = wire_form_get(rq, "sso");

	if (token.len == 0)
		token = wire_form_get(rq, "token");
	return token.len > 0 ? token : wire_query_get(rq, "token");
}

static struct str
next_read(const struct request *rq)
{
	struct str next = wire_form_get(rq, "next");

	return app_back_path(next.len > 0 ? next : wire_query_get(rq, "next"));
}

enum err
app_session_sso(struct app *app, struct request *rq, struct response *rs)
{
	struct page_sso page = {
		.sso = token_read(rq), .next = next_read(rq),
		.token = app_visitor_form_token(app)
	};
	struct store_sso who;
	struct account account;
	enum err e;

	if (app->sso == NULL)
		return ERR_NOT_FOUND;
	if ((e = claims_read(app, page.sso, &who)) != OK)
		return e;
	page.name = who.name;
	if (asks(rq))
		return ask(app, rq, rs, &page);
	if ((e = store_sso_enter(app->store, rq->arena, &who, &account)) != OK)
		return e;
	if (account.suspended)
		return ERR_FORBIDDEN;
	return app_session_give(app, rq, rs, &account, page.next);
}
