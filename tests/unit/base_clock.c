/* base_clock.c: times are read and written as RFC 3339 says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/base.h"

#define SECOND	INT64_C(1000000)

static const struct {
	const char *text;
	int64_t seconds;
} good[] = {
	{ "1970-01-01T00:00:00Z", 0 },
	{ "1970-01-01", 0 },
	{ "1969-12-31T23:59:59Z", -1 },
	{ "2018-04-01T12:00:00Z", 1522584000 },
	{ "2018-04-01t12:00:00z", 1522584000 },
	{ "2018-04-01 12:00:00Z", 1522584000 },
	{ "2018-04-01T12:00:00.999Z", 1522584000 },
	{ "2018-04-01T15:00:00+03:00", 1522584000 },
	{ "2018-04-01T06:30:00-05:30", 1522584000 },
	{ "2024-02-29", 1709164800 },
	{ "9999-12-31T23:59:59Z", 253402300799 }
};

static void
every_way_to_write_a_time_is_read(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(good); i++) {
		int64_t got = 1;

		if (!clock_parse(str_of(good[i].text), &got) ||
		    got != good[i].seconds * SECOND)
			fail_msg("%s: %lld", good[i].text, (long long)got);
	}
}

static void
what_is_no_time_is_refused(void **state)
{
	const struct str bad[] = {
		STR(""), STR("2018"), STR("2018-04"), STR("2018-4-1"),
		STR("2018-13-01"), STR("2018-00-01"), STR("2018-02-30"),
		STR("2023-02-29"), STR("2018/04/01"), STR("2018-04-01T"),
		STR("2018-04-01T12:00Z"), STR("2018-04-01T12:00:00"),
		STR("2018-04-01T12:00:00.Z"), STR("2018-04-01T24:00:00Z"),
		STR("2018-04-01T12:60:00Z"), STR("2018-04-01T12:00:61Z"),
		STR("2018-04-01T12:00:00+3"), STR("2018-04-01T12:00:00+03"),
		STR("2018-04-01T12:00:00+24:00"),
		STR("2018-04-01T12:00:00Z "), STR("2018-04-01\00012:00:00Z"),
		STR("-018-04-01T12:00:00Z"), STR("2018-04-01T12:00:00.5")
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(bad); i++) {
		int64_t got = 1;

		if (clock_parse(bad[i], &got) || got != 1)
			fail_msg("\"" STR_FMT "\"", STR_ARG(bad[i]));
	}
}

static void
a_time_is_written_in_whole_seconds_of_utc(void **state)
{
	char text[CLOCK_TEXT];

	(void)state;
	clock_rfc3339(1522584000 * SECOND + 999999, text);
	assert_string_equal(text, "2018-04-01T12:00:00Z");
	clock_rfc3339(-1, text);
	assert_string_equal(text, "1969-12-31T23:59:59Z");
	clock_rfc3339(0, text);
	assert_string_equal(text, "1970-01-01T00:00:00Z");
}

static void
clocks_run(void **state)
{
	int64_t before = clock_mono();

	(void)state;
	assert_true(clock_now() > 1700000000 * SECOND);
	assert_true(clock_mono() >= before);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_way_to_write_a_time_is_read),
		cmocka_unit_test(what_is_no_time_is_refused),
		cmocka_unit_test(a_time_is_written_in_whole_seconds_of_utc),
		cmocka_unit_test(clocks_run),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
