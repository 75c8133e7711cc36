/* breaker.c: five faults take a plugin out for a while; learning. */
#include <string.h>
#include <unistd.h>

#include <foyer/plugin.h>

#include "abi.h"

enum { FAULTS = 5, MAD = 0 };

static void
five_faults_take_a_plugin_out_until_the_pause_is_over(void **state)
{
	const struct filter_plugin list[] = { abi_plugin("mad"),
	    abi_plugin("good-a") };
	static const char *const bad[FAULTS] = { "crash", "fail", "abort",
	    "exit", "crash" };
	int64_t began;
	struct verdict v;
	struct abi abi;
	int i;

	(void)state;
	abi_open(&abi, list, 2, 2000, 2);
	for (i = 0; i < FAULTS; i++) {
		assert_false(abi_status(&abi, MAD).out);
		abi_ask(&abi, bad[i], &v);
		assert_true(v.each[MAD].silent);
	}
	began = clock_mono();
	assert_true(abi_status(&abi, MAD).out);
	assert_int_equal(abi_status(&abi, MAD).faults, FAULTS);
	abi_ask(&abi, "hello", &v);
	assert_true(v.silent);
	assert_true(str_is(v.each[MAD].reason, "is out after too many faults"));
	assert_int_equal(v.each[1].score, 7);
	assert_int_equal(abi_status(&abi, MAD).asked, FAULTS);
	do {
		assert_true(clock_mono() - began < 20000000);
		abi_ask(&abi, "hello", &v);
	} while (v.silent);
	assert_true(clock_mono() - began > 1000000);
	assert_false(abi_status(&abi, MAD).out);
	assert_true(abi_status(&abi, 1).asked > FAULTS);
	assert_int_equal(abi_status(&abi, 1).faults, 0);
	abi_close(&abi);
}

/* That it learns well says nothing of how it judges. */
static void
only_a_judgement_brings_a_plugin_back(void **state)
{
	const struct filter_plugin list[] = { abi_plugin("mad") };
	struct draft d = { .body = STR("hello") };
	struct filter_question q = { .draft = &d };
	struct filter_ruling ruling = { .id = 1, .now = 2 };
	struct verdict v;
	struct abi abi;
	int i;

	(void)state;
	abi_open(&abi, list, 1, 2000, 1);
	for (i = 0; i < FAULTS; i++)
		abi_ask(&abi, "fail", &v);
	assert_true(abi_status(&abi, MAD).out);
	while (abi_status(&abi, MAD).out)
		usleep(10000);
	assert_int_equal(filter_learn(abi.seats[0], abi.arena, MAD, &q,
	    &ruling), OK);
	abi_ask(&abi, "fail", &v);
	assert_true(abi_status(&abi, MAD).out);
	abi_close(&abi);
}

static void
a_silent_plugin_without_weight_does_not_count(void **state)
{
	struct filter_plugin list[] = { abi_plugin("mad"),
	    abi_plugin("good-a"), abi_plugin("good-b") };
	struct verdict v;
	struct abi abi;

	(void)state;
	list[0].weight = 0;
	list[1].weight = 250;
	list[2].weight = 50;
	abi_open(&abi, list, 3, 2000, 60);
	abi_ask(&abi, "crash", &v);
	assert_true(v.each[0].silent);
	assert_false(v.silent);
	assert_int_equal(v.total, 21);		/* 7 * (250 + 50) / 100 */
	list[0].weight = 1000;
	abi_close(&abi);
	abi_open(&abi, list, 3, 2000, 60);
	abi_ask(&abi, "low", &v);
	assert_int_equal(v.total, -100);
	abi_close(&abi);
}

static void
a_plan_without_plugins_has_nothing_to_say(void **state)
{
	struct verdict v;
	struct abi abi;

	(void)state;
	abi_open(&abi, NULL, 0, 2000, 60);
	abi_ask(&abi, "hello", &v);
	assert_int_equal(v.n, 0);
	assert_false(v.silent);
	assert_int_equal(v.total, 0);
	abi_close(&abi);
}

static void
two_seats_do_not_hear_each_other(void **state)
{
	const struct filter_plugin list[] = { abi_plugin("good-a") };
	struct draft d = { .body = STR("four") };
	struct filter_question q = { .draft = &d };
	struct verdict v, other;
	struct abi abi;
	int i;

	(void)state;
	abi_open(&abi, list, 1, 2000, 60);
	for (i = 0; i < 50; i++) {
		abi_ask(&abi, "hello", &v);
		filter_ask(abi.seats[1], abi.arena, &q, &other);
		assert_true(str_is(v.each[0].reason, "0 learned, 5 bytes"));
		assert_true(str_is(other.each[0].reason,
		    "0 learned, 4 bytes"));
	}
	abi_close(&abi);
}

static void
the_largest_question_arrives_whole(void **state)
{
	const struct filter_plugin list[] = { abi_plugin("good-a") };
	static char body[4 * MODEL_BODY_MAX], url[3000];
	struct str links[200];
	struct draft d = { .body = { body, sizeof(body) },
	    .honeypot = { url, sizeof(url) } };
	struct filter_question q = { .draft = &d, .links = links,
	    .nlinks = COUNT(links), .parent_body = { body, sizeof(body) } };
	struct verdict v;
	struct abi abi;
	size_t i;

	(void)state;
	memset(body, 'a', sizeof(body));
	memset(url, 'b', sizeof(url));
	for (i = 0; i < COUNT(links); i++)
		links[i] = (struct str){ url, sizeof(url) };
	abi_open(&abi, list, 1, 2000, 60);
	filter_ask(abi.seats[0], abi.arena, &q, &v);
	assert_false(v.silent);
	assert_true(str_is(v.each[0].reason, "0 learned, 40000 bytes"));
	abi_close(&abi);
}

static void
a_plugin_of_1_0_hears_of_spam_and_ham_only(void **state)
{
	const struct filter_ruling rulings[] = {
		{ 1, FOYER_SPAM, FOYER_OPEN, 0 },
		{ 2, FOYER_HAM, FOYER_SPAM, 0 },
		{ 3, FOYER_REMOVED, FOYER_OPEN, 0 },
		{ 4, FOYER_OPEN, FOYER_HAM, 0 }
	};
	const struct filter_plugin list[] = { abi_plugin("good-a"),
	    abi_plugin("mad"), abi_plugin("good-b") };
	struct draft d = { .body = STR("crash") };
	struct filter_question q = { .draft = &d };
	struct verdict v;
	struct abi abi;
	size_t i, k;

	(void)state;
	abi_open(&abi, list, 3, 2000, 60);
	for (k = 0; k < 3; k += 2)
		for (i = 0; i < COUNT(rulings); i++)
			assert_int_equal(filter_learn(abi.seats[i % 2],
			    abi.arena, k, &q, &rulings[i]), OK);
	abi_ask(&abi, "hello", &v);
	assert_true(str_is(v.each[0].reason, "11 learned, 5 bytes"));
	assert_true(str_is(v.each[2].reason, "11 learned, 5 bytes"));
	abi_close(&abi);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    five_faults_take_a_plugin_out_until_the_pause_is_over),
		cmocka_unit_test(only_a_judgement_brings_a_plugin_back),
		cmocka_unit_test(
		    a_silent_plugin_without_weight_does_not_count),
		cmocka_unit_test(a_plan_without_plugins_has_nothing_to_say),
		cmocka_unit_test(two_seats_do_not_hear_each_other),
		cmocka_unit_test(the_largest_question_arrives_whole),
		cmocka_unit_test(a_plugin_of_1_0_hears_of_spam_and_ham_only),
	};

	abi_main(argc, argv);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
