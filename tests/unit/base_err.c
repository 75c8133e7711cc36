/* base_err.c: every error can be told: name, status, sentence. */
#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/base.h"

static void
every_error_has_a_name_of_its_own(void **state)
{
	int i, k;

	(void)state;
	for (i = 0; i < ERR_COUNT; i++) {
		const char *name = err_name((enum err)i);

		assert_int_equal(strspn(name, "abcdefghijklmnopqrstuvwxyz-"
		    "0123456789"), strlen(name));
		for (k = 0; k < i; k++)
			assert_string_not_equal(name, err_name((enum err)k));
	}
}

static void
every_error_has_a_status_and_a_sentence(void **state)
{
	int i;

	(void)state;
	assert_int_equal(err_status(OK), 200);
	for (i = OK + 1; i < ERR_COUNT; i++) {
		const char *said = err_sentence((enum err)i);

		assert_in_range(err_status((enum err)i), 400, 599);
		assert_true(isupper((unsigned char)said[0]));
		assert_int_equal(said[strlen(said) - 1], '.');
	}
}

static void
only_a_reader_is_shown_a_field(void **state)
{
	int i;

	(void)state;
	assert_string_equal(err_field(ERR_BODY_LONG), "body");
	assert_null(err_field(ERR_DATABASE));
	for (i = 0; i < ERR_COUNT; i++)
		if (err_field((enum err)i) != NULL)
			assert_in_range(err_status((enum err)i), 400, 499);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_error_has_a_name_of_its_own),
		cmocka_unit_test(every_error_has_a_status_and_a_sentence),
		cmocka_unit_test(only_a_reader_is_shown_a_field),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
