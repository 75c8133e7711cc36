/* request.c: CGI's variables into a request, strictly. */
#include <string.h>

#include "wire/internal.h"

int
wire_hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* An escaped slash would be another path: there is no such page. */
static enum err
path_decode(struct arena *arena, struct str raw, struct str *ret)
{
	char *at = arena_alloc(arena, raw.len + 1);
	size_t i, n = 0;
	int high, low;

	for (i = 0; i < raw.len; i++) {
		if (raw.at[i] != '%') {
			at[n++] = raw.at[i];
			continue;
		}
		if (raw.len - i < 3 || (high = wire_hex(raw.at[i + 1])) < 0 ||
		    (low = wire_hex(raw.at[i + 2])) < 0)
			return ERR_SYNTAX;
		at[n++] = (char)(high << 4 | low);
		if (at[n - 1] == '/')
			return ERR_NOT_FOUND;
		i += 2;
	}
	*ret = (struct str){ at, n };
	return OK;
}

static bool
segment_plain(struct str s)
{
	return s.len > 0 && !str_is(s, ".") && !str_is(s, "..");
}

/* "/a/b" or "/a/": one slash between names, no dot segments. */
static enum err
path_check(struct str path)
{
	struct str rest = path, segment;
	size_t i;

	for (i = 0; i < path.len; i++)
		if ((unsigned char)path.at[i] < ' ' || path.at[i] == 0x7f)
			return ERR_SYNTAX;
	if (!text_valid(path) || !str_begins(path, "/"))
		return ERR_SYNTAX;
	str_split(&rest, '/', &segment);
	while (str_split(&rest, '/', &segment))
		if (!segment_plain(segment) &&
		    (rest.at != NULL || segment.len > 0))
			return ERR_NOT_FOUND;
	return OK;
}

/*
 * nginx's DOCUMENT_URI is decoded already, and in a subrequest (SSI) is the
 * only one that names it; REQUEST_URI is as it was sent; PATH_INFO is what
 * RFC 3875 has, decoded.
 */
static enum err
request_path(struct request *rq, wire_param_fn *get, void *ctx)
{
	const char *document = get("DOCUMENT_URI", ctx);
	const char *uri = get("REQUEST_URI", ctx);
	struct str raw = str_of(uri), path;
	enum err e = OK;

	if (document != NULL && *document != '\0')
		rq->path = arena_str(rq->arena, str_of(document));
	else if (str_split(&raw, '?', &path) && path.len > 0)
		e = path_decode(rq->arena, path, &rq->path);
	else
		rq->path = arena_str(rq->arena, str_of(get("PATH_INFO", ctx)));
	return e == OK ? path_check(rq->path) : e;
}

static enum wire_method
request_method(struct str s)
{
	if (str_is(s, "GET"))
		return METHOD_GET;
	if (str_is(s, "HEAD"))
		return METHOD_HEAD;
	if (str_is(s, "OPTIONS"))
		return METHOD_OPTIONS;
	return str_is(s, "POST") ? METHOD_POST : METHOD_OTHER;
}

static bool
request_https(wire_param_fn *get, void *ctx)
{
	struct str https = str_of(get("HTTPS", ctx));

	if (https.len > 0)
		return !str_eq_nocase(https, "off");
	return str_eq_nocase(str_of(get("REQUEST_SCHEME", ctx)), "https");
}

/* What was announced must have come. */
static enum err
request_length(const struct request *rq, struct str announced)
{
	int64_t n;

	if (announced.len == 0)
		return OK;
	return str_int64(announced, &n) && n >= 0 &&
	    (uint64_t)n == rq->body.len ? OK : ERR_SYNTAX;
}

void
wire_request_refuse(struct request *rq, enum err e)
{
	rq->refused = e;
	rq->path = rq->query = rq->body = (struct str){ "", 0 };
}

static const struct {
	const char *name;
	size_t to;
} texts[] = {
	{ "REQUEST_METHOD", offsetof(struct request, method_text) },
	{ "QUERY_STRING", offsetof(struct request, query) },
	{ "CONTENT_TYPE", offsetof(struct request, content_type) },
	{ "HTTP_COOKIE", offsetof(struct request, cookie) },
	{ "HTTP_HOST", offsetof(struct request, host) },
	{ "HTTP_ORIGIN", offsetof(struct request, origin) },
	{ "HTTP_SEC_FETCH_SITE", offsetof(struct request, fetch_site) },
	{ "HTTP_ACCEPT", offsetof(struct request, accept) },
	{ "HTTP_REFERER", offsetof(struct request, referer) },
	{ "HTTP_ACCEPT_LANGUAGE", offsetof(struct request, language) },
	{ "HTTP_USER_AGENT", offsetof(struct request, agent) },
	{ "REMOTE_ADDR", offsetof(struct request, address) },
	{ "HTTP_FORWARDED", offsetof(struct request, forwarded) },
	{ "HTTP_X_FORWARDED_FOR",
	    offsetof(struct request, forwarded_for) }
};

void
wire_request_fill(struct request *rq, wire_param_fn *get, void *ctx)
{
	enum err e = rq->refused;
	size_t i;

	for (i = 0; i < COUNT(texts); i++) {
		struct str *to = (struct str *)(void *)((char *)rq +
		    texts[i].to);

		*to = arena_str(rq->arena, str_of(get(texts[i].name, ctx)));
	}
	rq->method = request_method(rq->method_text);
	rq->https = request_https(get, ctx);
	rq->wants = wire_wants(rq->content_type, rq->accept);
	if (e == OK)
		e = request_path(rq, get, ctx);
	if (e == OK)
		e = request_length(rq, str_of(get("CONTENT_LENGTH", ctx)));
	if (e != OK)
		wire_request_refuse(rq, e);
}
