/* base_uuid.c: UUIDs are read strictly, written in lower case, and random. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/base.h"

static void
what_is_written_is_read_back(void **state)
{
	struct uuid u, back;
	char text[UUID_TEXT];

	(void)state;
	assert_true(uuid_parse(STR("F81D4FAE-7dec-11d0-A765-00a0c91e6bf6"),
	    &u));
	uuid_text(&u, text);
	assert_string_equal(text, "f81d4fae-7dec-11d0-a765-00a0c91e6bf6");
	assert_true(uuid_parse(str_of(text), &back));
	assert_true(uuid_eq(&u, &back));
	assert_false(uuid_null(&u));
	assert_true(uuid_null(&(struct uuid){ { 0 } }));
}

static void
anything_else_is_refused(void **state)
{
	static const char *const bad[] = {
		"", "f81d4fae7dec11d0a76500a0c91e6bf6",
		"{f81d4fae-7dec-11d0-a765-00a0c91e6bf6}",
		"f81d4fae-7dec-11d0-a765-00a0c91e6bf",
		"f81d4fae-7dec-11d0-a765-00a0c91e6bf6 ",
		"g81d4fae-7dec-11d0-a765-00a0c91e6bf6",
		"f81d4fae-7dec-11d0-a76-500a0c91e6bf6",
		"f81d4fae--dec-11d0-a765-00a0c91e6bf6",
		"f81d4fae 7dec 11d0 a765 00a0c91e6bf6"
	};
	struct uuid u = { { 7 } }, same = u;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(bad); i++)
		if (uuid_parse(str_of(bad[i]), &u) || !uuid_eq(&u, &same))
			fail_msg("\"%s\"", bad[i]);
}

static void
random_ones_are_version_4_and_differ(void **state)
{
	struct uuid u, last = { { 0 } };
	size_t i;

	(void)state;
	for (i = 0; i < 1000; i++, last = u) {
		uuid_random(&u);
		assert_int_equal(u.bytes[6] >> 4, 4);
		assert_int_equal(u.bytes[8] >> 6, 2);
		assert_false(uuid_eq(&u, &last));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_is_read_back),
		cmocka_unit_test(anything_else_is_refused),
		cmocka_unit_test(random_ones_are_version_4_and_differ),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
