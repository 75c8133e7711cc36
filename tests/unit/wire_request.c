/* wire_request.c: proves how CGI's variables become a request. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "wire/internal.h"

static struct arena *arena;
static struct request rq;
static struct response rs;

static const char *
param(const char *name, void *ctx)
{
	const char *const *pairs = ctx;

	for (; *pairs != NULL; pairs += 2)
		if (strcmp(*pairs, name) == 0)
			return pairs[1];
	return NULL;
}

static void
fill(const char **pairs)
{
	arena_reset(arena);
	memset(&rq, 0, sizeof(rq));
	rq.arena = arena;
	wire_request_fill(&rq, param, pairs);
}

static const struct {
	const char *variable, *value, *path;
	enum err err;
} paths[] = {
	{ "REQUEST_URI", "/", "/", OK },
	{ "REQUEST_URI", "/reviews/closeness?x=%zz", "/reviews/closeness",
	    OK },
	{ "REQUEST_URI", "/a%20b/", "/a b/", OK },
	{ "REQUEST_URI", "/%D0%9A", "/\xD0\x9A", OK },
	{ "REQUEST_URI", "/a%2562", "/a%62", OK },
	{ "REQUEST_URI", "/...", "/...", OK },
	{ "REQUEST_URI", "/a..b/.c", "/a..b/.c", OK },
	{ "REQUEST_URI", "/%00", NULL, ERR_SYNTAX },
	{ "REQUEST_URI", "/%0a", NULL, ERR_SYNTAX },
	{ "REQUEST_URI", "/%7f", NULL, ERR_SYNTAX },
	{ "REQUEST_URI", "/%", NULL, ERR_SYNTAX },
	{ "REQUEST_URI", "/%4", NULL, ERR_SYNTAX },
	{ "REQUEST_URI", "/%4g", NULL, ERR_SYNTAX },
	{ "REQUEST_URI", "/%FF", NULL, ERR_SYNTAX },
	{ "REQUEST_URI", "*", NULL, ERR_SYNTAX },
	{ "REQUEST_URI", "http://a/b", NULL, ERR_SYNTAX },
	{ "REQUEST_URI", "?x", NULL, ERR_SYNTAX },
	{ "REQUEST_URI", "", NULL, ERR_SYNTAX },
	{ "REQUEST_URI", "//", NULL, ERR_NOT_FOUND },
	{ "REQUEST_URI", "/a//b", NULL, ERR_NOT_FOUND },
	{ "REQUEST_URI", "/a%2Fb", NULL, ERR_NOT_FOUND },
	{ "REQUEST_URI", "/./a", NULL, ERR_NOT_FOUND },
	{ "REQUEST_URI", "/a/..", NULL, ERR_NOT_FOUND },
	{ "REQUEST_URI", "/%2e%2e/a", NULL, ERR_NOT_FOUND },
	{ "DOCUMENT_URI", "/a%20b", "/a%20b", OK },
	{ "DOCUMENT_URI", "/a b", "/a b", OK },
	{ "DOCUMENT_URI", "/a\nb", NULL, ERR_SYNTAX },
	{ "DOCUMENT_URI", "/../b", NULL, ERR_NOT_FOUND },
	{ "PATH_INFO", "/a b", "/a b", OK },
	{ "PATH_INFO", "", NULL, ERR_SYNTAX },
	{ "NOTHING", "", NULL, ERR_SYNTAX }
};

static void
a_path_is_decoded_once_or_refused(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(paths); i++) {
		const char *pairs[] = { paths[i].variable, paths[i].value,
		    "QUERY_STRING", "q", NULL };

		fill(pairs);
		if (rq.refused != paths[i].err)
			fail_msg("%s: %s", paths[i].value,
			    err_name(rq.refused));
		assert_true(str_is(rq.path, paths[i].err == OK ?
		    paths[i].path : ""));
		assert_true(str_is(rq.query, paths[i].err == OK ? "q" : ""));
	}
}

static void
a_subrequest_is_known_by_its_document_uri(void **state)
{
	const char *pairs[] = { "REQUEST_URI", "/reviews/page",
	    "DOCUMENT_URI", "/foyer/threads/a.html", NULL };

	(void)state;
	fill(pairs);
	assert_true(str_is(rq.path, "/foyer/threads/a.html"));
}

static const struct {
	const char *length, *body;
	enum err err;
} lengths[] = {
	{ "4", "body", OK }, { "", "body", OK }, { "0", "", OK },
	{ "5", "body", ERR_SYNTAX }, { "3", "body", ERR_SYNTAX },
	{ "-4", "body", ERR_SYNTAX }, { "four", "body", ERR_SYNTAX }
};

static void
a_body_that_is_not_as_long_as_announced_is_refused(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(lengths); i++) {
		const char *pairs[] = { "REQUEST_URI", "/",
		    "CONTENT_LENGTH", lengths[i].length, NULL };

		memset(&rq, 0, sizeof(rq));
		rq.arena = arena;
		rq.body = str_of(lengths[i].body);
		wire_request_fill(&rq, param, pairs);
		assert_int_equal(rq.refused, lengths[i].err);
	}
}

static const struct {
	const char *name, *value;
	bool https;
} schemes[] = {
	{ "HTTPS", "on", true }, { "HTTPS", "1", true },
	{ "HTTPS", "off", false }, { "HTTPS", "", false },
	{ "REQUEST_SCHEME", "https", true },
	{ "REQUEST_SCHEME", "http", false }, { "X", "", false }
};

static void
https_is_believed_from_the_server_only(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(schemes); i++) {
		const char *pairs[] = { schemes[i].name, schemes[i].value,
		    "HTTP_X_FORWARDED_PROTO", "https", NULL };

		fill(pairs);
		assert_int_equal(rq.https, schemes[i].https);
	}
}

static const struct {
	const char *type, *accept;
	enum wire_format wants;
} wants[] = {
	{ "", "", FORMAT_HTML }, { "", "*/*", FORMAT_HTML },
	{ "application/json", "", FORMAT_JSON },
	{ "Application/JSON; charset=utf-8", "text/html", FORMAT_JSON },
	{ "application/jsonp", "", FORMAT_HTML },
	{ "", "application/json", FORMAT_JSON },
	{ "", "application/problem+json", FORMAT_JSON },
	{ "", "text/html,application/xhtml+xml,*/*;q=0.8", FORMAT_HTML },
	{ "", "text/html, application/json", FORMAT_HTML },
	{ "", "application/json, text/plain, */*", FORMAT_JSON },
	{ "", "application/json;q=0.9, text/html", FORMAT_HTML },
	{ "", "application/json, text/html;q=0.9", FORMAT_JSON },
	{ "", "text/html;q=0.5, application/*;q=0.6", FORMAT_HTML },
	{ "", "text/*;q=0.5, application/json;q=0.51", FORMAT_JSON },
	{ "", "application/json;q=0", FORMAT_HTML },
	{ "", "application/json;q=2, text/html;q=1.000", FORMAT_HTML },
	{ "", "application/json;q=x", FORMAT_HTML },
	{ "", "application/json;level=1;q=0.7, text/*;q=0.3", FORMAT_JSON },
	{ "", ",;,/,*", FORMAT_HTML }
};

static void
json_goes_to_those_who_would_rather_have_it(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(wants); i++)
		if (wire_wants(str_of(wants[i].type),
		    str_of(wants[i].accept)) != wants[i].wants)
			fail_msg("%s %s", wants[i].type, wants[i].accept);
}

static struct str
printed(void)
{
	struct buf b = buf_new(arena, 64);
	struct str parts[2];

	wire_response_parts(&rq, &rs, parts);
	buf_str(&b, parts[0]);
	buf_str(&b, parts[1]);
	return buf_view(&b);
}

static void
a_header_with_a_line_break_makes_the_answer_a_bare_500(void **state)
{
	static const char *const values[] = { "a\r\nSet-Cookie: b", "a\nb",
	    "a\rb", "\x01", "\x7f" };
	struct str text;
	size_t i;

	(void)state;
	memset(&rq, 0, sizeof(rq));
	for (i = 0; i < COUNT(values); i++) {
		wire_response_init(&rs, arena);
		buf_lit(&rs.body, "secret");
		wire_header(&rs, "Location", str_of(values[i]));
		text = printed();
		assert_true(str_is(text, "Status: 500 Internal Server Error"
		    "\r\nContent-Type: text/plain; charset=utf-8\r\n"
		    "Content-Length: 0\r\n\r\n"));
	}
}

static void
an_answer_is_printed_as_cgi_has_it(void **state)
{
	(void)state;
	memset(&rq, 0, sizeof(rq));
	wire_response_init(&rs, arena);
	rs.status = 303;
	wire_header(&rs, "Location", STR("/a"));
	buf_lit(&rs.body, "x");
	assert_true(str_is(printed(),
	    "Status: 303 See Other\r\nLocation: /a\r\n"
	    "Content-Type: text/plain; charset=utf-8\r\n"
	    "Content-Length: 1\r\n\r\nx"));
	rs.status = 304;
	assert_true(str_is(printed(),
	    "Status: 304 Not Modified\r\nLocation: /a\r\n\r\n"));
}

static int
set_up(void **state)
{
	(void)state;
	arena = arena_new(16 << 20);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_path_is_decoded_once_or_refused),
		cmocka_unit_test(a_subrequest_is_known_by_its_document_uri),
		cmocka_unit_test(
		    a_body_that_is_not_as_long_as_announced_is_refused),
		cmocka_unit_test(https_is_believed_from_the_server_only),
		cmocka_unit_test(json_goes_to_those_who_would_rather_have_it),
		cmocka_unit_test(
		    a_header_with_a_line_break_makes_the_answer_a_bare_500),
		cmocka_unit_test(an_answer_is_printed_as_cgi_has_it)
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
