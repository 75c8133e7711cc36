/* challenge.c: what forms bring an answer to; plugins that can't tell. */
#include <string.h>

#include <foyer/plugin.h>

#include "abi.h"

/* What 1.4 brought follows what 1.3 had. */
#define FOLLOWS(what, before, after)					\
	_Static_assert(offsetof(struct what, after) ==			\
	    offsetof(struct what, before) +				\
	    sizeof(((struct what *)NULL)->before), "a member moved")

FOLLOWS(foyer_comment, person, answer);
FOLLOWS(foyer_verdict, odds, abstains);
FOLLOWS(foyer_host, memory, file);
FOLLOWS(foyer_plugin, hear, challenge);
/* And what 1.6 brought. */
FOLLOWS(foyer_verdict, reserved, once);
FOLLOWS(foyer_challenge, json, review);

static struct filter_plugin
porter(const struct filter_pair *says)
{
	struct filter_plugin p = abi_plugin("porter");

	p.challenge = true;
	p.pairs = says;
	p.npairs = says != NULL;
	return p;
}

static void
answer(struct abi *abi, const char *answer, struct verdict *v)
{
	struct draft d = { .body = STR("x"), .answer = str_of(answer) };
	struct filter_question q = { .draft = &d };

	arena_reset(abi->words);
	filter_ask(abi->seats[0], abi->words, &q, v);
}

static void
a_challenge_is_the_plugins_and_so_is_its_answer(void **state)
{
	struct filter_plugin two[] = { abi_plugin("good-a"), porter(NULL) };
	struct str said;
	struct verdict v;
	struct abi abi;

	(void)state;
	abi_open(&abi, two, 2, 2000, 60);
	assert_int_equal(filter_challenge(abi.seats[0], abi.words,
	    STR("a-film"), &said), OK);
	assert_true(str_is(said, "{\"who\":\"is there\",\"at\":\"a-film\"}"));
	answer(&abi, "a friend", &v);
	assert_false(v.each[1].silent);
	assert_int_equal(v.each[1].score, -100);
	assert_true(str_is(v.each[1].reason, "a friend"));
	abi_close(&abi);
}

static void
who_abstains_holds_the_comment_and_is_at_no_fault(void **state)
{
	struct filter_plugin p = porter(NULL);
	struct policy policy = { .thread = POLICY_OPEN, .hold_at = 101,
	    .spam_at = 101 };
	const char *why;
	struct verdict v;
	struct abi abi;
	int i;

	(void)state;
	abi_open(&abi, &p, 1, 2000, 60);
	for (i = 0; i < 9; i++) {
		answer(&abi, i % 2 ? "a fiend" : "", &v);
		assert_true(v.silent && v.each[0].silent);
		assert_int_equal(v.total, 0);
		assert_true(str_is(v.each[0].reason, "did not say who"));
		assert_int_equal(model_policy_state(&v, &policy, &why),
		    STATE_HELD);
		assert_string_equal(why, "silent filter");
	}
	assert_int_equal(abi_status(&abi, 0).faults, 0);
	assert_false(abi_status(&abi, 0).out);
	abi_close(&abi);
}

static void
a_long_answer_is_cut(void **state)
{
	struct filter_plugin p = porter(NULL);
	static char much[100000];
	struct verdict v;
	struct abi abi;

	(void)state;
	memset(much, 'x', sizeof(much) - 1);
	abi_open(&abi, &p, 1, 2000, 60);
	answer(&abi, much, &v);
	assert_true(str_is(v.each[0].reason, "did not say who"));
	abi_close(&abi);
}

static void
where_no_challenge_is_made_there_is_none(void **state)
{
	static const struct filter_pair says[] = { { "say", "nothing" },
	    { "say", "fail" }, { "say", "crash" } };
	struct filter_plugin p = abi_plugin("good-a");
	struct str said;
	struct abi abi;
	size_t i;

	(void)state;
	abi_open(&abi, &p, 1, 2000, 60);
	assert_int_equal(filter_challenge(abi.seats[0], abi.words,
	    STR("a-film"), &said), ERR_NOT_FOUND);
	abi_close(&abi);
	for (i = 0; i < COUNT(says); i++) {
		p = porter(&says[i]);
		abi_open(&abi, &p, 1, 2000, 60);
		assert_int_equal(filter_challenge(abi.seats[0], abi.words,
		    STR("a-film"), &said), ERR_TIMEOUT);
		assert_int_equal(abi_status(&abi, 0).faults, i > 0);
		abi_close(&abi);
	}
}

static void
a_mark_that_was_used_makes_its_filter_abstain(void **state)
{
	struct filter_plugin two[] = { abi_plugin("good-a"), porter(NULL) };
	struct verdict v;
	struct abi abi;
	int total;

	(void)state;
	abi_open(&abi, two, 2, 2000, 60);
	answer(&abi, "a friend", &v);
	assert_true(str_is(v.each[1].mark, "friend"));
	assert_int_equal(v.each[1].mark_ends, 1000000000);
	assert_false(v.silent);
	total = v.total;
	filter_ask_used(abi.seats[0], &v);
	assert_true(v.silent && v.each[1].silent && !v.each[0].silent);
	assert_int_equal(v.each[1].score, 0);
	assert_true(v.total > total);
	assert_true(str_is(v.each[1].reason, "was let in before"));
	assert_int_equal(v.each[1].mark.len, 0);
	abi_close(&abi);
}

static void
marks_are_bounded_and_cleaned(void **state)
{
	const int64_t years = clock_now() + INT64_C(1000000) * 86400 * 800;
	struct filter_plugin p = porter(NULL);
	struct verdict v;
	struct abi abi;

	(void)state;
	abi_open(&abi, &p, 1, 2000, 60);
	answer(&abi, "a bore", &v);
	assert_int_equal(v.each[0].mark.len, 64);
	assert_int_equal(v.each[0].mark_used.len, 100);
	assert_in_range(v.each[0].mark_ends, clock_now(), years);
	answer(&abi, "a mess", &v);
	assert_true(str_is(v.each[0].mark, "a\xef\xbf\xbd b"));
	assert_int_equal(v.each[0].mark_ends, 0);
	answer(&abi, "a ghost", &v);
	assert_true(v.each[0].silent);
	assert_int_equal(v.each[0].mark.len, 0);
	abi_close(&abi);
}

static void
no_mark_of_who_abstains_or_gives_no_challenge(void **state)
{
	struct filter_plugin two[] = { abi_plugin("mad"), porter(NULL) };
	struct verdict v;
	struct abi abi;

	(void)state;
	abi_open(&abi, two, 2, 2000, 60);
	answer(&abi, "a foe", &v);
	assert_true(v.each[1].silent);
	assert_int_equal(v.each[1].mark.len, 0);
	abi_ask(&abi, "mark", &v);
	assert_false(v.each[0].silent);
	assert_int_equal(v.each[0].mark.len, 0);
	abi_close(&abi);
}

static void
a_section_says_who_gives_challenges(void **state)
{
	struct filter_plugin unsaid = abi_plugin("porter");
	struct filter_plugin wrong = abi_plugin("good-a");
	struct abi abi;

	(void)state;
	abi_open(&abi, &unsaid, 1, 2000, 60);
	assert_true(str_find(abi_status(&abi, 0).trouble, STR("it gives "
	    "challenges: its section must say so (challenge = true)")) !=
	    (size_t)-1);
	abi_close(&abi);
	wrong.challenge = true;
	abi_open(&abi, &wrong, 1, 2000, 60);
	assert_true(str_find(abi_status(&abi, 0).trouble,
	    STR("it gives no challenges")) != (size_t)-1);
	abi_close(&abi);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_challenge_is_the_plugins_and_so_is_its_answer),
		cmocka_unit_test(
		    who_abstains_holds_the_comment_and_is_at_no_fault),
		cmocka_unit_test(a_long_answer_is_cut),
		cmocka_unit_test(where_no_challenge_is_made_there_is_none),
		cmocka_unit_test(
		    a_mark_that_was_used_makes_its_filter_abstain),
		cmocka_unit_test(marks_are_bounded_and_cleaned),
		cmocka_unit_test(
		    no_mark_of_who_abstains_or_gives_no_challenge),
		cmocka_unit_test(a_section_says_who_gives_challenges),
	};

	abi_main(argc, argv);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
