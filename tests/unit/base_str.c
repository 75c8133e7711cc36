/* base_str.c: views of bytes are compared, cut, split and read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/base.h"

static void
assert_str(struct str got, const char *want)
{
	if (!str_is(got, want))
		fail_msg("got \"" STR_FMT "\", not \"%s\"", STR_ARG(got),
		    want);
}

static void
a_null_string_reads_as_empty(void **state)
{
	(void)state;
	assert_true(str_eq(str_of(NULL), STR("")));
	assert_true(str_eq((struct str){ NULL, 0 }, STR("")));
}

static void
equality_is_of_every_byte(void **state)
{
	(void)state;
	assert_true(str_eq(STR("a\0b"), STR("a\0b")));
	assert_false(str_eq(STR("a\0b"), STR("a\0c")));
	assert_false(str_eq(STR("a"), STR("ab")));
	assert_true(str_eq_nocase(STR("HTTP"), "http"));
	assert_false(str_eq_nocase(STR("http:"), "http"));
}

static void
beginnings_and_ends_are_found(void **state)
{
	(void)state;
	assert_true(str_begins(STR("foyer"), "foy"));
	assert_true(str_begins(STR("foyer"), ""));
	assert_false(str_begins(STR("fo"), "foy"));
	assert_true(str_ends(STR("a.html"), ".html"));
	assert_false(str_ends(STR("html"), ".html"));
}

static void
find_gives_the_first_place_or_none(void **state)
{
	(void)state;
	assert_int_equal(str_find(STR("a||b||"), STR("||")), 1);
	assert_int_equal(str_find(STR("abc"), STR("")), 0);
	assert_true(str_find(STR("abc"), STR("abcd")) == (size_t)-1);
	assert_true(str_find(STR(""), STR("a")) == (size_t)-1);
}

static void
trim_and_cut_stay_inside(void **state)
{
	(void)state;
	assert_str(str_trim(STR(" \t a b \r\n")), "a b");
	assert_str(str_trim(STR(" \n ")), "");
	assert_str(str_cut(STR("abcdef"), 2, 3), "cde");
	assert_str(str_cut(STR("abc"), 2, 100), "c");
	assert_str(str_cut(STR("abc"), 100, 1), "");
}

static void
split_gives_every_part_once(void **state)
{
	struct str rest = STR("a,,b,"), part;

	(void)state;
	assert_true(str_split(&rest, ',', &part));
	assert_str(part, "a");
	assert_true(str_split(&rest, ',', &part));
	assert_str(part, "");
	assert_true(str_split(&rest, ',', &part));
	assert_str(part, "b");
	assert_true(str_split(&rest, ',', &part));
	assert_str(part, "");
	assert_false(str_split(&rest, ',', &part));
	rest = STR("");
	assert_true(str_split(&rest, ',', &part));
	assert_false(str_split(&rest, ',', &part));
}

static const struct {
	const char *text;
	bool good;
	int64_t value;
} numbers[] = {
	{ "0", true, 0 }, { "42", true, 42 }, { "-7", true, -7 },
	{ "007", true, 7 },
	{ "9223372036854775807", true, INT64_MAX },
	{ "-9223372036854775808", true, INT64_MIN },
	{ "9223372036854775808", false, 0 },
	{ "-9223372036854775809", false, 0 },
	{ "99999999999999999999", false, 0 },
	{ "", false, 0 }, { "-", false, 0 }, { "+1", false, 0 },
	{ " 1", false, 0 }, { "1 ", false, 0 }, { "1e3", false, 0 },
	{ "0x10", false, 0 }, { "--1", false, 0 }
};

static void
numbers_are_whole_and_in_range(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(numbers); i++) {
		int64_t got = 12345;
		bool good = str_int64(str_of(numbers[i].text), &got);

		if (good != numbers[i].good ||
		    got != (good ? numbers[i].value : 12345))
			fail_msg("\"%s\"", numbers[i].text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_null_string_reads_as_empty),
		cmocka_unit_test(equality_is_of_every_byte),
		cmocka_unit_test(beginnings_and_ends_are_found),
		cmocka_unit_test(find_gives_the_first_place_or_none),
		cmocka_unit_test(trim_and_cut_stay_inside),
		cmocka_unit_test(split_gives_every_part_once),
		cmocka_unit_test(numbers_are_whole_and_in_range),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
