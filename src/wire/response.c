/* response.c: a response, and how CGI prints it (RFC 3875, section 6). */
#include <assert.h>
#include <string.h>

#include "wire/internal.h"

enum { ROOM_MOST = 256 * 1024 };

static const struct {
	int status;
	const char *reason;
} reasons[] = {
	{ 200, "OK" }, { 201, "Created" }, { 202, "Accepted" },
	{ 204, "No Content" }, { 301, "Moved Permanently" },
	{ 302, "Found" }, { 303, "See Other" }, { 304, "Not Modified" },
	{ 400, "Bad Request" }, { 401, "Unauthorized" },
	{ 403, "Forbidden" }, { 404, "Not Found" },
	{ 405, "Method Not Allowed" }, { 409, "Conflict" },
	{ 410, "Gone" }, { 413, "Content Too Large" },
	{ 415, "Unsupported Media Type" }, { 422, "Unprocessable Content" },
	{ 429, "Too Many Requests" }, { 500, "Internal Server Error" },
	{ 503, "Service Unavailable" }
};

static const char *
reason(int status)
{
	size_t i;

	for (i = 0; i < COUNT(reasons); i++)
		if (reasons[i].status == status)
			return reasons[i].reason;
	return "Status";
}

/* As much as a body has needed, up to a limit: a long page is written once,
 * without being moved as it grows. */
static size_t room = 16 * 1024;

void
wire_response_init(struct response *rs, struct arena *arena)
{
	memset(rs, 0, sizeof(*rs));
	rs->arena = arena;
	rs->status = 200;
	rs->type = "text/plain; charset=utf-8";
	rs->body = buf_new(arena, room);
}

void
wire_header(struct response *rs, const char *name, struct str value)
{
	assert(rs->nheaders < COUNT(rs->headers));
	rs->headers[rs->nheaders++] = (struct wire_field){
		str_of(name), value
	};
}

static bool
value_sound(struct str s)
{
	size_t i;

	for (i = 0; i < s.len; i++)
		if (((unsigned char)s.at[i] < ' ' && s.at[i] != '\t') ||
		    s.at[i] == 0x7f)
			return false;
	return true;
}

static bool
headers_sound(const struct response *rs)
{
	size_t i;

	for (i = 0; i < rs->nheaders; i++)
		if (!value_sound(rs->headers[i].name) ||
		    !value_sound(rs->headers[i].value))
			return false;
	return value_sound(str_of(rs->type));
}

static bool
has_body(int status)
{
	return status >= 200 && status != 204 && status != 304;
}

void
wire_response_parts(const struct request *rq, struct response *rs,
    struct str ret[2])
{
	struct buf b = buf_new(rs->arena, 2048);
	size_t i;

	if (rs->body.cap > room && rs->body.cap <= ROOM_MOST)
		room = rs->body.cap;
	if (!headers_sound(rs)) {
		wire_response_init(rs, rs->arena);
		rs->status = 500;
	}
	buf_fmt(&b, "Status: %d %s\r\n", rs->status, reason(rs->status));
	for (i = 0; i < rs->nheaders; i++) {
		buf_str(&b, rs->headers[i].name);
		buf_lit(&b, ": ");
		buf_str(&b, rs->headers[i].value);
		buf_lit(&b, "\r\n");
	}
	if (has_body(rs->status))
		buf_fmt(&b, "Content-Type: %s\r\nContent-Length: %zu\r\n",
		    rs->type, rs->body.len);
	buf_lit(&b, "\r\n");
	ret[0] = buf_view(&b);
	ret[1] = STR("");
	if (has_body(rs->status) && rq->method != METHOD_HEAD)
		ret[1] = buf_view(&rs->body);
}
