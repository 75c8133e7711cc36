/* base_address.c: addresses and ranges: what is within, what is none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "base/base.h"

static void
an_address_is_within_a_range_by_its_first_bits(void **state)
{
	static const struct {
		const char *address, *range;
		bool within;
	} rows[] = {
		{ "10.1.2.3", "10.0.0.0/8", true },
		{ "11.1.2.3", "10.0.0.0/8", false },
		{ "10.1.2.3", "10.1.2.3", true },
		{ "10.1.2.4", "10.1.2.3", false },
		{ "10.1.2.3", "10.1.2.2/31", true },
		{ "10.1.2.4", "10.1.2.2/31", false },
		{ "192.0.2.1", "0.0.0.0/0", true },
		{ "::1", "0.0.0.0/0", false },
		{ "::ffff:10.1.2.3", "10.0.0.0/8", true },
		{ "2001:db8::7", "2001:db8::/32", true },
		{ "2001:db9::7", "2001:db8::/32", false },
		{ "", "0.0.0.0/0", false },
		{ "unix:", "::/0", false },
		{ "10.1.2.3", "nonsense", false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_int_equal(address_within(str_of(rows[i].address),
		    str_of(rows[i].range)), rows[i].within);
}

static void
a_range_that_is_none_is_refused(void **state)
{
	static const char *const bad[] = {
		"", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "::/129",
		"10.0.0/8", "host", "10.0.0.0/8/8", "10.0.0.0/8x",
		"1111:2222:3333:4444:5555:6666:7777:8888:9999:aaaa:bbbb"
	};

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_false(address_range_good(str_of(bad[i])));
	assert_true(address_range_good(STR("::/0")));
	assert_true(address_range_good(STR("127.0.0.0/8")));
}

static void
loopback_is_known_in_both_families(void **state)
{
	(void)state;
	assert_true(address_loopback(STR("127.0.0.1")));
	assert_true(address_loopback(STR("::1")));
	assert_true(address_loopback(STR("::ffff:127.9.9.9")));
	assert_false(address_loopback(STR("128.0.0.1")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    an_address_is_within_a_range_by_its_first_bits),
		cmocka_unit_test(a_range_that_is_none_is_refused),
		cmocka_unit_test(loopback_is_known_in_both_families),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
