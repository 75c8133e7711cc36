/* across.c: pages of other origins that the site allows (Fetch, CORS). */
#include "app/internal.h"

void
app_across(struct app *app, struct request *rq)
{
	const struct settings *set = app->settings;
	struct visitor *v = &app->visitor;

	v->from = wire_origin(rq, set->origin, set->origins, set->norigins);
	/* A page of the same site, on another host, has Lax cookies. */
	rq->across = v->from == ORIGIN_ALLOWED &&
	    !str_is(rq->fetch_site, "same-site");
}

enum err
app_across_check(struct app *app, const struct request *rq,
    const struct route *route)
{
	struct visitor *v = &app->visitor;

	v->inside = route->who >= REVIEWER;
	if (v->from == ORIGIN_ALLOWED && v->inside)
		return ERR_CROSS_SITE;
	/* Without an Origin a GET is a link that somebody followed. */
	if (v->from == ORIGIN_OTHER && (rq->origin.len > 0 || route->token))
		return ERR_CROSS_SITE;
	return OK;
}

void
app_across_headers(const struct app *app, const struct request *rq,
    struct response *rs, enum err e)
{
	bool allowed = app->visitor.from == ORIGIN_ALLOWED &&
	    !app->visitor.inside;

	wire_header(rs, "Vary", STR("Origin"));
	if (rq->origin.len == 0 || (!allowed && e != ERR_CROSS_SITE))
		return;
	wire_header(rs, "Access-Control-Allow-Origin", rq->origin);
	if (allowed)
		wire_header(rs, "Access-Control-Allow-Credentials",
		    STR("true"));
}

enum err
app_across_ask(struct app *app, const struct request *rq, struct response *rs,
    const struct route *route)
{
	enum err e = app_across_check(app, rq, route);

	if (e != OK)
		return e;
	rs->status = 204;
	wire_header(rs, "Access-Control-Allow-Methods",
	    STR("GET, HEAD, POST"));
	wire_header(rs, "Access-Control-Allow-Headers",
	    STR("Accept, Content-Type"));
	wire_header(rs, "Access-Control-Max-Age", STR("600"));
	return OK;
}
