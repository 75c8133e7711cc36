/* wire_cookie.c: proves whose cookie is read and whose change is believed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "wire/wire.h"

static struct arena *arena;
static struct request rq;

static const struct {
	const char *header, *value;
} cookies[] = {
	{ "s=1", "1" }, { "a=0; s=1; b=2", "1" }, { "a=0;s=1", "1" },
	{ "s=1; s=2", "1" }, { "s=a=b", "a=b" }, { "s=", "" }, { "", "" },
	{ "xs=1", "" }, { "sx=1", "" }, { "S=1", "" }, { "s", "" },
	{ "a=s=1", "" }, { ";;;s=1", "1" }
};

static void
a_cookie_is_found_by_its_whole_name(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cookies); i++) {
		rq.cookie = str_of(cookies[i].header);
		if (!str_is(wire_cookie_get(&rq, "s"), cookies[i].value))
			fail_msg("%s", cookies[i].header);
	}
}

static const struct {
	bool https;
	const char *host;
	bool plain;
} hosts[] = {
	{ false, "localhost", true }, { false, "localhost:8080", true },
	{ false, "LOCALHOST", true }, { false, "a.localhost:1", true },
	{ false, "127.0.0.1:8080", true }, { false, "127.9.9.9", true },
	{ false, "[::1]", true }, { false, "[::1]:80", true },
	{ true, "localhost", false }, { false, "journal.example", false },
	{ false, "127.0.0.1.example", false }, { false, "127.0.0", false },
	{ false, "127.0.0.x", false }, { false, "notlocalhost", false },
	{ false, "", false }, { false, "localhost.example", false }
};

static void
only_plain_http_on_a_loopback_name_has_the_plain_cookie(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(hosts); i++) {
		rq.https = hosts[i].https;
		rq.host = str_of(hosts[i].host);
		if ((strcmp(wire_cookie_name(&rq), "foyer_session") == 0) !=
		    hosts[i].plain)
			fail_msg("%s", hosts[i].host);
	}
}

static void
the_session_cookie_is_closed_to_all_others(void **state)
{
	struct response rs;

	(void)state;
	wire_response_init(&rs, arena);
	rq.https = true;
	rq.host = STR("journal.example");
	wire_cookie_set(&rq, &rs, STR("token"), 60);
	rq.https = false;
	rq.host = STR("localhost");
	wire_cookie_set(&rq, &rs, STR(""), 0);
	assert_int_equal(rs.nheaders, 4);
	assert_true(str_is(rs.headers[0].name, "Set-Cookie"));
	assert_true(str_is(rs.headers[0].value, "__Host-foyer_session=token; "
	    "Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure"));
	assert_true(str_is(rs.headers[1].value, "foyer_here=1; "
	    "Path=/; Max-Age=60; SameSite=Lax; Secure"));
	assert_true(str_is(rs.headers[2].value, "foyer_session=; "
	    "Path=/; Max-Age=0; HttpOnly; SameSite=Lax"));
}

static const struct {
	const char *fetch_site, *origin, *host;
	bool https;
	enum wire_origin from;
} origins[] = {
	{ "same-origin", "https://evil.example", "h", true, ORIGIN_SAME },
	{ "none", "", "h", true, ORIGIN_SAME },
	{ "same-site", "", "h", true, ORIGIN_OTHER },
	{ "cross-site", "", "h", true, ORIGIN_OTHER },
	{ "cross-site", "https://evil.example", "h", true, ORIGIN_OTHER },
	{ "cross-site", "https://friend.example", "h", true,
	    ORIGIN_ALLOWED },
	{ "same-site", "https://friend.example", "h", true, ORIGIN_ALLOWED },
	{ "cross-site", "https://journal.example", "journal.example", true,
	    ORIGIN_OTHER },
	{ "whatever", "", "h", true, ORIGIN_OTHER },
	{ "", "", "h", true, ORIGIN_UNKNOWN },
	{ "", "https://journal.example", "h", true, ORIGIN_SAME },
	{ "", "https://h", "h", true, ORIGIN_SAME },
	{ "", "https://h", "h:443", true, ORIGIN_SAME },
	{ "", "http://h", "h:80", false, ORIGIN_SAME },
	{ "", "https://h:8443", "h:8443", true, ORIGIN_SAME },
	{ "", "https://h:8443", "h", true, ORIGIN_OTHER },
	{ "", "http://h", "h", true, ORIGIN_OTHER },
	{ "", "https://h", "h", false, ORIGIN_OTHER },
	{ "", "https://h.evil.example", "h", true, ORIGIN_OTHER },
	{ "", "https://friend.example", "h", true, ORIGIN_ALLOWED },
	{ "", "null", "h", true, ORIGIN_OTHER },
	{ "", "https://", "", true, ORIGIN_OTHER }
};

static void
where_a_change_comes_from_is_settled(void **state)
{
	static const char *const allowed[] = { "https://friend.example" };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(origins); i++) {
		rq.fetch_site = str_of(origins[i].fetch_site);
		rq.origin = str_of(origins[i].origin);
		rq.host = str_of(origins[i].host);
		rq.https = origins[i].https;
		if (wire_origin(&rq, "https://journal.example", allowed, 1) !=
		    origins[i].from)
			fail_msg("row %zu: %s %s", i, origins[i].fetch_site,
			    origins[i].origin);
	}
}

static int
set_up(void **state)
{
	(void)state;
	arena = arena_new(16 << 20);
	rq.arena = arena;
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
		cmocka_unit_test(a_cookie_is_found_by_its_whole_name),
		cmocka_unit_test(
		    only_plain_http_on_a_loopback_name_has_the_plain_cookie),
		cmocka_unit_test(the_session_cookie_is_closed_to_all_others),
		cmocka_unit_test(where_a_change_comes_from_is_settled)
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
