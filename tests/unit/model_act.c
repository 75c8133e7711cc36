/* model_act.c: the log's acts are known by one table. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "model/model.h"

static void
every_act_has_a_name_of_its_own(void **state)
{
	unsigned i, k;

	(void)state;
	for (i = 0; i < LOGGED_COUNT; i++)
		for (k = 0; k < i; k++)
			assert_false(str_eq(model_act_logged(i),
			    model_act_logged(k)));
}

static void
what_is_ruled_and_done_is_undone(void **state)
{
	unsigned i;

	(void)state;
	for (i = ACT_APPROVE; i <= ACT_HOLD; i++)
		assert_int_equal(model_act_undo(str_of(model_act_name(i))),
		    UNDO_STATE);
	for (i = DEED_PIN; i <= DEED_REVIEWER; i++)
		assert_int_equal(model_act_undo(model_deed_name(i)),
		    UNDO_VALUE);
	assert_int_equal(model_act_undo(STR("account-add")), FINAL_ACCOUNT);
	assert_int_equal(model_act_undo(STR("of tomorrow")), FINAL_UNKNOWN);
	assert_false(model_act_final(UNDO_VALUE));
	assert_true(model_act_final(FINAL_UNDO));
	assert_int_equal(model_act_role(STR("account-set")), ROLE_OWNER);
	assert_int_equal(model_act_role(STR("pin")), ROLE_MODERATOR);
	assert_int_equal(model_act_role(STR("of tomorrow")), ROLE_OWNER);
}

static void
a_value_begins_behind_what_it_is_of(void **state)
{
	static const struct {
		const char *act, *told, *value;
	} rows[] = {
		{ "trust", "some-id trusted", "trusted" },
		{ "trust", "some-id", "" },
		{ "terms", "-1 first 30", "first 30" },
		{ "account-set", "Ann B.: reader, suspended",
		    "reader, suspended" },
		{ "account-reviewer", "ann: A: Critic", "A: Critic" },
		{ "letter", "On the score", "On the score" },
		{ "reasons", "Off topic\nInsults", "Off topic\nInsults" },
		{ "thread", "first until 2030", "first until 2030" }
	};
	size_t i, at;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct str told = str_of(rows[i].told);

		at = model_act_value(str_of(rows[i].act), told);
		assert_true(str_is(str_cut(told, at, told.len),
		    rows[i].value));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_act_has_a_name_of_its_own),
		cmocka_unit_test(what_is_ruled_and_done_is_undone),
		cmocka_unit_test(a_value_begins_behind_what_it_is_of)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
