/* bayes_table.c: what the learner keeps, and from where on it refuses. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>

#include "bayes/bayes.h"

enum { BITS = 10 };

static void
lay(struct bayes_table *t)
{
	void *memory = calloc(1, bayes_table_size(BITS));

	assert_non_null(memory);
	assert_false(bayes_table_lay(t, memory, BITS));
	assert_true(bayes_table_open(t, memory, BITS, 5));
	assert_true(bayes_table_lay(t, memory, BITS));
}

static void
a_table_of_another_version_is_none(void **state)
{
	struct bayes_table t;

	(void)state;
	lay(&t);
	t.head->magic--;
	assert_false(bayes_table_lay(&t, t.head, BITS));
	assert_true(bayes_table_size(18) <= 8 << 20);
	free(t.head);
}

/* Each is less than what two bytes can tell apart. */
static void
small_steps_lead_as_far_as_they_should(void **state)
{
	struct bayes_slot s = { 0 };
	uint32_t chance = 1;
	float exact = 0, squares = 0;
	int i;

	(void)state;
	for (i = 0; i < 20000; i++) {
		squares += 0.0025f;
		exact -= bayes_model_stride(0.05f, squares);
		bayes_slot_descend(&s, 0.05f, &chance);
	}
	assert_true(exact < -10);
	assert_true(fabsf(bayes_slot_weight(&s) / exact - 1) < 0.05f);
}

static void
nothing_is_refused_before_a_hundred_are_approved(void **state)
{
	struct bayes_table t;
	float at;
	int i;

	(void)state;
	lay(&t);
	for (i = 0; i < BAYES_TRAINED - 1; i++)
		bayes_cutoff_note(&t, -2 + (float)(i % 10) / 10, 0.01f);
	assert_false(bayes_cutoff_set(&t, &at));
	assert_in_range(bayes_cutoff_score(&t, 50), 30, 89);
	bayes_cutoff_note(&t, 3, 0.01f);
	assert_true(bayes_cutoff_set(&t, &at));
	assert_true(at >= 3);
	assert_int_equal(bayes_cutoff_score(&t, 2.9f), 88);
	assert_in_range(bayes_cutoff_score(&t, 3.1f), 90, 100);
	assert_int_equal(bayes_cutoff_score(&t, 0), 30);
	assert_in_range(bayes_cutoff_score(&t, -0.01f) + 100, 70, 129);
	assert_int_equal(bayes_cutoff_score(&t, -50), -25);
	free(t.head);
}

/* Of the last two thousand, whatever came before. */
static void
the_cut_off_follows_the_last_approved(void **state)
{
	struct bayes_table t;
	float at;
	int i;

	(void)state;
	lay(&t);
	for (i = 0; i < 3000; i++)
		bayes_cutoff_note(&t, 9, 0.01f);
	for (i = 0; i < BAYES_APPROVED; i++)
		bayes_cutoff_note(&t, (float)(i * 7919 % 2000) / 1000,
		    0.01f);
	assert_true(bayes_cutoff_set(&t, &at));
	assert_float_equal(at, 1.98, 0.001);
	for (i = 1; i < BAYES_APPROVED; i++)
		assert_true(t.head->sorted[i - 1] <=
		    t.head->sorted[i]);
	free(t.head);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_table_of_another_version_is_none),
		cmocka_unit_test(small_steps_lead_as_far_as_they_should),
		cmocka_unit_test(
		    nothing_is_refused_before_a_hundred_are_approved),
		cmocka_unit_test(the_cut_off_follows_the_last_approved),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
