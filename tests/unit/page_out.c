/* page_out.c: nothing leaves the page room unescaped. */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "page/out.h"

#define TEXT(s)	{ s, sizeof(s) - 1 }

struct row {
	struct str in;
	const char *want;
};

static struct arena *arena;

static int
setup(void **state)
{
	(void)state;
	arena = arena_new(1 << 20);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static void
check(const struct row *rows, size_t n, void (*out)(struct buf *, struct str))
{
	size_t i;

	for (i = 0; i < n; i++) {
		struct buf b = buf_new(arena, 1);

		out(&b, rows[i].in);
		assert_string_equal(buf_cstr(&b), rows[i].want);
	}
}

static void
text_is_safe_in_html_attributes_and_xml(void **state)
{
	static const struct row rows[] = {
		{ TEXT(""), "" },
		{ { NULL, 0 }, "" },
		{ TEXT("plain"), "plain" },
		{ TEXT("<a href=\"x\" id='y'>&amp;"),
		    "&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;&amp;amp;" },
		{ TEXT("a\tb\nc"), "a\tb\nc" },
		{ TEXT("a\0b\1c\x1f" "d\x7f" "e\r"), "abcde" },
		{ TEXT("\xef\xbf\xbe" "a\xef\xbf\xbf" "b"), "ab" },
		{ TEXT("\xef\xbc\x81\xef\xbf\xbd"),
		    "\xef\xbc\x81\xef\xbf\xbd" },
		{ TEXT("\xef"), "\xef" },
		{ TEXT("\xd0\x9a\xd0\xb8\xd0\xbd\xd0\xbe"),
		    "\xd0\x9a\xd0\xb8\xd0\xbd\xd0\xbe" },
	};

	(void)state;
	check(rows, COUNT(rows), out_text);
	check(rows, COUNT(rows), out_attr);
}

static void
urls_keep_only_what_is_unreserved(void **state)
{
	static const struct row rows[] = {
		{ TEXT("closeness-2017"), "closeness-2017" },
		{ TEXT("a b/c?d=e&f#g"), "a%20b%2Fc%3Fd%3De%26f%23g" },
		{ TEXT("\xd0\x96\0~"), "%D0%96%00~" },
	};

	(void)state;
	check(rows, COUNT(rows), out_url);
}

static void
json_strings_are_escaped(void **state)
{
	static const struct row rows[] = {
		{ TEXT(""), "\"\"" },
		{ { NULL, 0 }, "\"\"" },
		{ TEXT("a\"b\\c\nd\te\rf\0g"),
		    "\"a\\\"b\\\\c\\nd\\te\\u000df\\u0000g\"" },
		{ TEXT("</script>&'"), "\"</script>&'\"" },
	};

	(void)state;
	check(rows, COUNT(rows), out_json);
}

/* Whole words are looked at together: each place in them counts, and bytes
 * that differ from a special one only in their highest bit do not. */
static void
json_escapes_wherever_it_stands(void **state)
{
	char plain[] = "\xa2\xdc\x9f !#[]\x7f\xff\x80\xe2\x80\xa8 plain text.";
	char text[sizeof(plain)];
	size_t i;

	(void)state;
	for (i = 0; i + 1 < sizeof(plain); i++) {
		struct buf b = buf_new(arena, 1), want = buf_new(arena, 1);

		memcpy(text, plain, sizeof(plain));
		text[i] = i % 2 == 0 ? '"' : '\\';
		buf_fmt(&want, "\"%.*s\\%s\"", (int)i, plain, text + i);
		out_json(&b, str_of(text));
		assert_string_equal(buf_cstr(&b), buf_cstr(&want));
	}
}

static void
json_in_a_script_cannot_end_it(void **state)
{
	static const struct row rows[] = {
		{ TEXT("</script><!--&"),
		    "\"\\u003c/script\\u003e\\u003c!--\\u0026\"" },
		{ TEXT("a\"b"), "\"a\\\"b\"" },
	};

	(void)state;
	check(rows, COUNT(rows), out_script);
}

static void
plain_text_has_no_tags_and_no_spoilers(void **state)
{
	static const struct row rows[] = {
		{ TEXT("<p>One <em>two</em></p>\n<p>three<br>\nfour</p>"),
		    "\"One two\\n\\nthree\\n\\nfour\\n\"" },
		{ TEXT("a&lt;b&gt;&amp;&quot;&#39;&x"),
		    "\"a\\u003cb\\u003e\\u0026\\\"'\\u0026x\"" },
		{ TEXT("He <span class=\"spoiler\" tabindex=\"0\">dies <span>at"
		    "</span> the <b>end</b></span> laughing"),
		    "\"He  laughing\"" },
		{ TEXT("cut <off"), "\"cut \"" },
	};

	(void)state;
	check(rows, COUNT(rows), page_out_plain);
}

static void
a_literal_is_markup_and_all_else_is_data(void **state)
{
	struct buf b = buf_new(arena, 1);
	const char *pointer = "<p>";
	struct str text = TEXT("<s>");
	bool yes = true;

	(void)state;
	OUT(&b, "<i>", pointer, text, 7, INT64_C(-8), (size_t)9);
	assert_string_equal(buf_cstr(&b), "<i>&lt;p&gt;&lt;s&gt;7-89");
	b.len = 0;
	JSON(&b, "[", pointer, ",", text, ",", yes, "]");
	assert_string_equal(buf_cstr(&b), "[\"<p>\",\"<s>\",true]");
	b.len = 0;
	SCRIPT(&b, "[", pointer, ",", text, "]");
	assert_string_equal(buf_cstr(&b),
	    "[\"\\u003cp\\u003e\",\"\\u003cs\\u003e\"]");
}

static void
room_is_made_once_and_keeps_what_was_written(void **state)
{
	struct buf b = buf_new(arena, 4);
	size_t used;

	(void)state;
	buf_lit(&b, "abcd");
	page_out_reserve(&b, 5000);
	used = arena_used(arena);
	while (b.len < 5004)
		buf_char(&b, 'x');
	assert_int_equal(arena_used(arena), used);
	assert_memory_equal(b.at, "abcdx", 5);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_safe_in_html_attributes_and_xml),
		cmocka_unit_test(urls_keep_only_what_is_unreserved),
		cmocka_unit_test(json_strings_are_escaped),
		cmocka_unit_test(json_escapes_wherever_it_stands),
		cmocka_unit_test(json_in_a_script_cannot_end_it),
		cmocka_unit_test(plain_text_has_no_tags_and_no_spoilers),
		cmocka_unit_test(a_literal_is_markup_and_all_else_is_data),
		cmocka_unit_test(room_is_made_once_and_keeps_what_was_written),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
