/* wire_form.c: proves how forms, queries and JSON become fields. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "wire/wire.h"

#define FORM	"application/x-www-form-urlencoded"
#define MULTI	"multipart/form-data; boundary=B"
#define JSON	"application/json"
#define PART	"--B\r\nContent-Disposition: form-data; "
#define END	"\r\n--B--\r\n"
#define BODY(s)	(s), sizeof(s) - 1

static struct arena *arena;
static struct request rq;

static const struct {
	const char *type, *body;
	size_t len;
	enum err err;
	const char *fields;		/* name=value; of each */
} rows[] = {
	{ FORM, BODY("a=1&b=2"), OK, "a=1;b=2;" },
	{ FORM "; charset=UTF-8", BODY("a=1"), OK, "a=1;" },
	{ "Application/X-WWW-Form-urlencoded", BODY("a=1"), OK, "a=1;" },
	{ FORM, BODY("a=x+y%20z&b=%2B"), OK, "a=x y z;b=+;" },
	{ FORM, BODY("&&a=1&"), OK, "a=1;" },
	{ FORM, BODY("a"), OK, "a=;" },
	{ FORM, BODY("a=b=c"), OK, "a=b=c;" },
	{ FORM, BODY("a=100%&b=%zz&c=%4"), OK, "a=100%;b=%zz;c=%4;" },
	{ FORM, BODY("a=%D0%9A"), OK, "a=\xD0\x9A;" },
	{ FORM, BODY("select=1&select=2"), OK, "select=1;select=2;" },
	{ FORM, BODY("a=1&a=2"), ERR_FIELD_TWICE, NULL },
	{ FORM, BODY("a=%FF"), ERR_UTF8, NULL },
	{ FORM, BODY("%C0%80=1"), ERR_UTF8, NULL },
	{ FORM, BODY("a=%00"), ERR_UTF8, NULL },
	{ FORM, BODY(""), OK, "" },
	{ "", BODY(""), OK, "" },
	{ "", BODY("a=1"), ERR_MEDIA_TYPE, NULL },
	{ "text/plain", BODY("a=1"), ERR_MEDIA_TYPE, NULL },
	{ "multipart/mixed; boundary=B", BODY("x"), ERR_MEDIA_TYPE, NULL },

	{ MULTI, BODY(PART "name=\"a\"\r\n\r\n1" END), OK, "a=1;" },
	{ MULTI, BODY(PART "name=\"a\"\r\n\r\n" END), OK, "a=;" },
	{ MULTI, BODY(PART "name=\"a\"\r\n\r\nx\r\ny\r\n" PART
	    "name=b\r\nContent-Type: text/plain\r\n\r\n2" END), OK,
	    "a=x\r\ny;b=2;" },
	{ "multipart/form-data; x=\"a;b\"; BOUNDARY=\"B\"",
	    BODY(PART "name=\"a\"\r\n\r\n1" END), OK, "a=1;" },
	{ MULTI, BODY(PART "name=\"a%22;b\"\r\n\r\n1" END), OK, "a\";b=1;" },
	{ MULTI, BODY("--B--\r\n"), OK, "" },
	{ MULTI, BODY(PART "name=\"a\"; filename=\"f\"\r\n\r\n1" END),
	    ERR_FIELD_TYPE, NULL },
	{ MULTI, BODY(PART "name=\"a\"; filename=\"\"\r\n\r\n" END),
	    ERR_FIELD_TYPE, NULL },
	{ MULTI, BODY(PART "name=\"a\"; filename*=UTF-8''f\r\n\r\n1" END),
	    ERR_FIELD_TYPE, NULL },
	{ MULTI, BODY(PART "name=\"filename\"\r\n\r\n1" END), OK,
	    "filename=1;" },
	{ MULTI, BODY(PART "name=\"a\"\r\n\r\n1\r\n" PART
	    "name=\"a\"\r\n\r\n2" END), ERR_FIELD_TWICE, NULL },
	{ MULTI, BODY(PART "name=\"a\"\r\n\r\n\xFF" END), ERR_UTF8, NULL },
	{ MULTI, BODY(PART "name=\"a\"\r\n\r\n\0" END), ERR_UTF8, NULL },
	{ MULTI, BODY(PART "name=\"a\"\r\n\r\n1"), ERR_SYNTAX, NULL },
	{ MULTI, BODY(PART "name=\"a\"\r\n\r\n1\r\n--B"), ERR_SYNTAX, NULL },
	{ MULTI, BODY(PART "name=\"a\""), ERR_SYNTAX, NULL },
	{ MULTI, BODY(PART "noname=\"a\"\r\n\r\n1" END), ERR_SYNTAX, NULL },
	{ MULTI, BODY("--B\r\n\r\n1" END), ERR_SYNTAX, NULL },
	{ MULTI, BODY("--B\r\nContent-Disposition: attachment; name=a\r\n"
	    "\r\n1" END), ERR_SYNTAX, NULL },
	{ MULTI, BODY(PART "name=a\r\nContent-Transfer-Encoding: base64\r\n"
	    "\r\nMQ==" END), ERR_SYNTAX, NULL },
	{ MULTI, BODY("--C" END), ERR_SYNTAX, NULL },
	{ "multipart/form-data", BODY("--B--"), ERR_SYNTAX, NULL },
	{ "multipart/form-data; boundary=", BODY("----"), ERR_SYNTAX, NULL },

	{ JSON, BODY("{\"a\":\"1\",\"b\":\"\\u041a\"}"), OK,
	    "a=1;b=\xD0\x9A;" },
	{ JSON "; charset=utf-8", BODY("{}"), OK, "" },
	{ JSON, BODY("{\"a\":7,\"b\":true,\"c\":false,\"d\":null}"), OK,
	    "a=7;b=true;c=false;" },
	{ JSON, BODY("{\"a\":-1.5}"), OK, "a=-1.5;" },
	{ JSON, BODY("{\"a\":{}}"), ERR_FIELD_TYPE, NULL },
	{ JSON, BODY("{\"a\":[\"1\"]}"), ERR_FIELD_TYPE, NULL },
	{ JSON, BODY("{\"a\":1,\"a\":2}"), ERR_FIELD_TWICE, NULL },
	{ JSON, BODY("{\"a\":\"\\u0000\"}"), ERR_UTF8, NULL },
	{ JSON, BODY("{\"a\\u0000\":\"1\"}"), ERR_UTF8, NULL },
	{ JSON, BODY("{\"a\":\"\xFF\"}"), ERR_UTF8, NULL },
	{ JSON, BODY("[]"), ERR_JSON, NULL },
	{ JSON, BODY("\"a\""), ERR_JSON, NULL },
	{ JSON, BODY("{\"a\":1}x"), ERR_JSON, NULL },
	{ JSON, BODY("{\"a\":"), ERR_JSON, NULL },
	{ JSON, BODY("{\"a\":\"\\ud800\"}"), ERR_JSON, NULL }
};

static struct str
listing(const struct wire_field *fields, size_t n)
{
	struct buf b = buf_new(arena, 64);
	size_t i;

	for (i = 0; i < n; i++) {
		buf_str(&b, fields[i].name);
		buf_char(&b, '=');
		buf_str(&b, fields[i].value);
		buf_char(&b, ';');
	}
	return buf_view(&b);
}

/* In memory of its own size, so that a sanitizer sees a read past it. */
static struct str
exactly(const char *at, size_t len)
{
	static char *copy;

	test_free(copy);
	copy = NULL;
	if (at == NULL)
		return (struct str){ "", 0 };
	copy = test_malloc(len ? len : 1);
	memcpy(copy, at, len);
	return (struct str){ copy, len };
}

static enum err
read_form(const char *type, const char *body, size_t len)
{
	arena_reset(arena);
	memset(&rq, 0, sizeof(rq));
	rq.arena = arena;
	rq.content_type = str_of(type);
	rq.body = exactly(body, len);
	return wire_form_read(&rq);
}

static void
every_body_becomes_its_fields_or_its_error(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		enum err e = read_form(rows[i].type, rows[i].body,
		    rows[i].len);

		if (e != rows[i].err)
			fail_msg("%s: %s", rows[i].body, err_name(e));
		if (e == OK && !str_is(listing(rq.fields, rq.nfields),
		    rows[i].fields))
			fail_msg("%s: other fields", rows[i].body);
	}
	exactly(NULL, 0);
}

static void
a_body_cut_anywhere_is_no_trouble(void **state)
{
	size_t i, cut;

	(void)state;
	for (i = 0; i < COUNT(rows); i++)
		for (cut = 0; cut < rows[i].len; cut++) {
			enum err e = read_form(rows[i].type, rows[i].body,
			    cut);

			assert_true(e >= OK && e < ERR_COUNT);
		}
	exactly(NULL, 0);
}

static void
deep_nesting_is_refused(void **state)
{
	static char deep[WIRE_BODY_MAX];

	(void)state;
	memset(deep, '[', sizeof(deep));
	memcpy(deep, "{\"a\":", 5);
	assert_int_equal(read_form(JSON, deep, sizeof(deep)), ERR_JSON);
	exactly(NULL, 0);
}

static void
more_fields_than_fit_are_refused(void **state)
{
	struct buf b = buf_new(arena, 1024);
	char body[2048];
	int i;

	(void)state;
	for (i = 0; i <= WIRE_FIELDS_MAX; i++)
		buf_fmt(&b, "f%d=&", i);
	memcpy(body, b.at, b.len);
	assert_int_equal(read_form(FORM, body, b.len), ERR_FIELDS_MANY);
	assert_int_equal(read_form(FORM, body, b.len - 6), OK);
	assert_int_equal(rq.nfields, WIRE_FIELDS_MAX);
	exactly(NULL, 0);
}

static void
fields_are_found_by_name(void **state)
{
	(void)state;
	assert_int_equal(read_form(FORM, BODY("a=1&empty=")), OK);
	assert_true(str_is(wire_form_get(&rq, "a"), "1"));
	assert_true(str_is(wire_form_get(&rq, "b"), ""));
	assert_true(wire_form_has(&rq, "empty"));
	assert_false(wire_form_has(&rq, "b"));
	exactly(NULL, 0);
}

static void
a_query_may_repeat_a_name(void **state)
{
	struct str value;

	(void)state;
	memset(&rq, 0, sizeof(rq));
	rq.arena = arena;
	rq.query = STR("review=a&x=%20&review=b");
	assert_int_equal(wire_query_read(&rq), OK);
	assert_true(str_is(wire_query_get(&rq, "x"), " "));
	assert_true(str_is(wire_query_get(&rq, "review"), "a"));
	assert_true(wire_query_nth(&rq, "review", 1, &value));
	assert_true(str_is(value, "b"));
	assert_false(wire_query_nth(&rq, "review", 2, &value));
	rq.query = STR("x=%FF");
	assert_int_equal(wire_query_read(&rq), ERR_UTF8);
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
		cmocka_unit_test(every_body_becomes_its_fields_or_its_error),
		cmocka_unit_test(a_body_cut_anywhere_is_no_trouble),
		cmocka_unit_test(deep_nesting_is_refused),
		cmocka_unit_test(more_fields_than_fit_are_refused),
		cmocka_unit_test(fields_are_found_by_name),
		cmocka_unit_test(a_query_may_repeat_a_name)
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
