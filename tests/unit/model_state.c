/* model_state.c: names are those of the SQL enums, both ways. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "model/model.h"

static void
every_name_reads_back(void **state)
{
	unsigned i;

	(void)state;
	for (i = STATE_SHOWN; i <= STATE_ERASED; i++) {
		enum model_state got = STATE_ERASED - i;

		assert_true(model_state_parse(str_of(model_state_name(i)),
		    &got));
		assert_int_equal(got, i);
	}
	for (i = POLICY_OPEN; i <= POLICY_CLOSED; i++) {
		enum model_policy got = POLICY_CLOSED - i;

		assert_true(model_policy_parse(str_of(model_policy_name(i)),
		    &got));
		assert_int_equal(got, i);
	}
	for (i = ROLE_GUEST; i <= ROLE_OWNER; i++) {
		enum model_role got = ROLE_OWNER - i;

		assert_true(model_role_parse(str_of(model_role_name(i)),
		    &got));
		assert_int_equal(got, i);
	}
	for (i = ACT_APPROVE; i <= ACT_REMOVE; i++) {
		enum model_act got = ACT_REMOVE - i;

		assert_true(model_act_parse(str_of(model_act_name(i)), &got));
		assert_int_equal(got, i);
	}
}

static void
names_are_those_of_the_schema(void **state)
{
	(void)state;
	assert_string_equal(model_state_name(STATE_HELD), "held");
	assert_string_equal(model_policy_name(POLICY_FIRST), "first");
	assert_string_equal(model_role_name(ROLE_MODERATOR), "moderator");
	assert_string_equal(model_act_name(ACT_REMOVE), "remove");
}

static void
other_words_are_refused(void **state)
{
	static const char *const words[] = { "", "Shown", "shown ", "show",
	    "opens", "1", "approved" };
	enum model_state s;
	enum model_policy p;
	enum model_role r;
	enum model_act a;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(words); i++) {
		assert_false(model_state_parse(str_of(words[i]), &s));
		assert_false(model_policy_parse(str_of(words[i]), &p));
		assert_false(model_role_parse(str_of(words[i]), &r));
		assert_false(model_act_parse(str_of(words[i]), &a));
	}
}

static void
an_act_leaves_its_state(void **state)
{
	(void)state;
	assert_int_equal(model_act_state(ACT_APPROVE), STATE_SHOWN);
	assert_int_equal(model_act_state(ACT_SPAM), STATE_SPAM);
	assert_int_equal(model_act_state(ACT_REMOVE), STATE_REMOVED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_name_reads_back),
		cmocka_unit_test(names_are_those_of_the_schema),
		cmocka_unit_test(other_words_are_refused),
		cmocka_unit_test(an_act_leaves_its_state),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
