/* origin.c: where a changing request comes from (Fetch Metadata, RFC 6454). */
#include "wire/internal.h"

static struct str
port_taken_off(struct str host, const char *port)
{
	return str_ends(host, port) ?
	    str_cut(host, 0, host.len - str_of(port).len) : host;
}

/* The origin of the page at which the request itself is aimed. */
static bool
own(const struct request *rq)
{
	const char *scheme = rq->https ? "https://" : "http://";
	struct str host = port_taken_off(rq->host, rq->https ? ":443" : ":80");
	struct str origin = rq->origin;

	if (host.len == 0 || !str_begins(origin, scheme))
		return false;
	origin = str_cut(origin, str_of(scheme).len, origin.len);
	return str_eq_nocase(origin, arena_cstr(rq->arena, host));
}

static bool
listed(struct str origin, const char *const *allowed, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (str_eq_nocase(origin, allowed[i]))
			return true;
	return false;
}

enum wire_origin
wire_origin(const struct request *rq, const char *site_origin,
    const char *const *allowed, size_t nallowed)
{
	enum wire_origin other = listed(rq->origin, allowed, nallowed) ?
	    ORIGIN_ALLOWED : ORIGIN_OTHER;

	/* "none": a person typed it or used a bookmark. */
	if (str_is(rq->fetch_site, "same-origin") ||
	    str_is(rq->fetch_site, "none"))
		return ORIGIN_SAME;
	if (rq->fetch_site.len > 0)
		return other;
	if (rq->origin.len == 0)
		return ORIGIN_UNKNOWN;
	return own(rq) || str_eq_nocase(rq->origin, site_origin) ?
	    ORIGIN_SAME : other;
}
