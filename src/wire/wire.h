/*
 * wire.h: a request as it comes, a response as it goes (libfcgi; RFC 3875).
 *
 * Rules for libfcgi: DESIGN section 8; wire is its only user.
 */
#ifndef WIRE_WIRE_H
#define WIRE_WIRE_H

#include "base/base.h"

enum {
	WIRE_PARAMS_MAX = 32 * 1024,	/* bytes of all parameters */
	WIRE_NPARAMS_MAX = 200,
	WIRE_BODY_MAX = 128 * 1024,	/* bytes; a route may say less */
	WIRE_FIELDS_MAX = 64		/* of one form */
};

enum wire_method {
	METHOD_OTHER, METHOD_GET, METHOD_HEAD, METHOD_POST, METHOD_OPTIONS
};
enum wire_format { FORMAT_HTML, FORMAT_JSON };	/* what the client speaks */

struct wire_field {
	struct str name, value;
};

struct request {
	struct arena *arena;
	enum wire_method method;
	struct str method_text;
	struct str path;		/* decoded, no query */
	struct str query;		/* raw */
	struct str content_type, body;
	struct str cookie;		/* the whole header */
	struct str host, origin, fetch_site, accept, referer, language;
	struct str agent;		/* User-Agent */
	struct str address;		/* REMOTE_ADDR */
	struct str forwarded, forwarded_for;	/* by proxies; unproved */
	bool https;
	bool across;			/* of a page on another site */
	enum wire_format wants;		/* JSON if the body or Accept is JSON */
	int64_t began;			/* clock_mono */
	/* OK, or why wire can't take this request: to be answered as such. It
	 * then has no path, query or body, so that no route can match. */
	enum err refused;
	struct str params[4];		/* of the route's pattern */
	struct wire_field fields[WIRE_FIELDS_MAX];	/* of the body */
	size_t nfields;
	struct wire_field args[WIRE_FIELDS_MAX];	/* of the query */
	size_t nargs;
};

struct response {
	struct arena *arena;
	int status;
	const char *type;		/* Content-Type */
	struct wire_field headers[16];	/* beyond type and length */
	size_t nheaders;
	struct buf body;
};

/* ---- wants.c ---- */

/* Takes the next range, "ru-RU", and its weight, 0 to 1000, off the rest of an
 * Accept-Language header (RFC 9110 12.5.4); false at the end. */
bool wire_language(struct str *header, struct str *tag, int *weight);

/* ---- form.c: urlencoded (WHATWG URL), multipart (RFC 7578), JSON. ---- */

/* Fills fields from the body; JSON: one object of strings (numbers and
 * booleans are taken as their text, null as absent). A name may come once,
 * but for "select"; no files. In JSON `anchor` may be an object. */
enum err wire_form_read(struct request *) MUST_CHECK;
/* The fields of one JSON object, those of an object in it as "outer.inner"; at
 * most `most`. Anything but strings and integers is an error. */
enum err wire_json_fields(struct arena *, struct str text,
    struct wire_field *ret, size_t most, size_t *n) MUST_CHECK;
/* "" where absent. */
struct str wire_form_get(const struct request *, const char *name);
bool wire_form_has(const struct request *, const char *name);
/* The nth of a repeated name; false past the last. */
bool wire_form_nth(const struct request *, const char *name, size_t nth,
    struct str *ret);
enum err wire_query_read(struct request *) MUST_CHECK;
struct str wire_query_get(const struct request *, const char *name);
bool wire_query_nth(const struct request *, const char *name, size_t nth,
    struct str *ret);

/* ---- cookie.c: RFC 6265. ---- */

struct str wire_cookie_get(const struct request *, const char *name);
/* __Host- and Secure unless the request came by plain http to a loopback
 * name; Partitioned (CHIPS) if it came across. life: seconds, 0 deletes. */
const char *wire_cookie_name(const struct request *);	/* session's */
void wire_cookie_set(const struct request *, struct response *,
    struct str value, int64_t life);

/* ---- response.c ---- */

void wire_response_init(struct response *, struct arena *);
/* A value with a control character turns the whole response into a bare 500
 * when it is sent: no input can add a header. */
void wire_header(struct response *, const char *name, struct str value);

/* ---- origin.c: where a changing request comes from (CSRF). ---- */

enum wire_origin { ORIGIN_SAME, ORIGIN_ALLOWED, ORIGIN_OTHER, ORIGIN_UNKNOWN };
/* Sec-Fetch-Site, then Origin; UNKNOWN when it carries neither. */
enum wire_origin wire_origin(const struct request *, const char *site_origin,
    const char *const *allowed, size_t nallowed);

/* ---- serve.c: one FastCGI connection, one request. ---- */

/* Once in each process that serves, before any request. */
void wire_init(void);
struct wire_limits {
	int timeout_ms;			/* to read, and again to write */
	size_t body;			/* bytes, up to WIRE_BODY_MAX */
};
/* Answers one request on an accepted connection and closes it. The handler
 * fills the response. false: no request could be read (dropped). */
typedef void wire_handler_fn(void *arg, struct request *, struct response *);
bool wire_serve(int fd, struct arena *, const struct wire_limits *,
    wire_handler_fn *, void *arg);
/* accept4; out of descriptors or memory it waits, at most 250 ms. -1: nothing
 * now. */
int wire_accept(int listener);

/* ---- cgi.c: plain CGI (RFC 3875): environment, fd 0, fd 1. ---- */

bool wire_is_cgi(void);
bool wire_serve_cgi(struct arena *, const struct wire_limits *,
    wire_handler_fn *, void *arg);

#endif
