/* filter_breaker.c: when a plugin is taken out, and when it comes back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "filter/internal.h"

enum { PAUSE = 60 };

/* What happens when, and whether the plugin is out after it. */
static const struct {
	const char *what;
	int64_t faults[12];		/* times, 0 ends */
	int64_t good;			/* 0: none */
	int64_t at;
	bool out;
} rows[] = {
	{ "four faults", { 1, 2, 3, 4 }, 0, 5, false },
	{ "five faults", { 1, 2, 3, 4, 5 }, 0, 6, true },
	{ "just before the pause is over", { 1, 2, 3, 4, 5 }, 0, 64, true },
	{ "the pause is over", { 1, 2, 3, 4, 5 }, 0, 65, false },
	{ "five faults in more than a pause", { 1, 2, 3, 4, 62 }, 0, 63,
	    false },
	{ "five faults in just a pause", { 1, 2, 3, 4, 61 }, 0, 62, true },
	{ "the window begins anew", { 1, 70, 71, 72, 73 }, 0, 74, false },
	{ "one fault on trial", { 1, 2, 3, 4, 5, 70 }, 0, 71, true },
	{ "and its pause", { 1, 2, 3, 4, 5, 70 }, 0, 130, false },
	{ "good on trial", { 1, 2, 3, 4, 5 }, 70, 71, false },
};

static void
five_faults_within_a_pause_open_it(void **state)
{
	size_t i, k;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct filter_record r = { 0 };

		for (k = 0; rows[i].faults[k] != 0; k++)
			filter_breaker_fault(&r, rows[i].faults[k], PAUSE);
		assert_int_equal(r.faults, k);
		if (rows[i].good)
			assert_true(filter_breaker_good(&r));
		if (filter_breaker_out(&r, rows[i].at) != rows[i].out)
			fail_msg("%s: should be %s", rows[i].what,
			    rows[i].out ? "out" : "in");
	}
}

static void
without_a_pause_it_never_opens(void **state)
{
	struct filter_record r = { 0 };
	int i;

	(void)state;
	for (i = 1; i < 4 * FILTER_FAULTS; i++) {
		assert_false(filter_breaker_fault(&r, i, 0));
		assert_false(filter_breaker_out(&r, i));
		assert_int_equal(r.faults, i);
	}
}

static void
only_the_fault_that_opens_it_says_so(void **state)
{
	struct filter_record r = { 0 };
	int i;

	(void)state;
	for (i = 1; i < FILTER_FAULTS; i++)
		assert_false(filter_breaker_fault(&r, i, PAUSE));
	assert_true(filter_breaker_fault(&r, i, PAUSE));
	assert_true(filter_breaker_fault(&r, 100, PAUSE));	/* on trial */
}

static void
after_a_good_answer_it_takes_five_again(void **state)
{
	struct filter_record r = { 0 };
	int i;

	(void)state;
	for (i = 1; i <= FILTER_FAULTS; i++)
		filter_breaker_fault(&r, i, PAUSE);
	assert_true(filter_breaker_good(&r));
	assert_false(filter_breaker_good(&r));	/* was closed */
	for (i = 1; i < FILTER_FAULTS; i++)
		assert_false(filter_breaker_fault(&r, 100 + i, PAUSE));
	assert_false(filter_breaker_out(&r, 110));
	assert_true(filter_breaker_fault(&r, 111, PAUSE));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(five_faults_within_a_pause_open_it),
		cmocka_unit_test(without_a_pause_it_never_opens),
		cmocka_unit_test(only_the_fault_that_opens_it_says_so),
		cmocka_unit_test(after_a_good_answer_it_takes_five_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
