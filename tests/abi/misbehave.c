/* misbehave.c: whatever a plugin does, it costs one verdict of its own. */
#include <fcntl.h>
#include <linux/landlock.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "abi.h"

enum { MAD = 1 };			/* between two good ones */

static void
setup(struct abi *abi, int deadline_ms)
{
	const struct filter_plugin list[] = { abi_plugin("good-a"),
	    abi_plugin("mad"), abi_plugin("good-b") };

	abi_open(abi, list, COUNT(list), deadline_ms, 60);
}

static void
good_ones_spoke(const struct verdict *v)
{
	assert_int_equal(v->n, 3);
	assert_true(str_is(v->each[0].filter, "good-a"));
	assert_false(v->each[0].silent);
	assert_int_equal(v->each[0].score, 7);
	assert_false(v->each[2].silent);
	assert_int_equal(v->each[2].score, 7);
}

static void
mad_said(const struct verdict *v, const char *reason)
{
	if (!str_is(v->each[MAD].reason, reason))
		fail_msg("\"" STR_FMT "\" is not \"%s\"",
		    STR_ARG(v->each[MAD].reason), reason);
}

static const struct {
	const char *body, *reason;
} deadly[] = {
	{ "crash", "crashed" }, { "abort", "gave up (abort)" },
	{ "exit", "ended its process" }, { "quick exit", "ended its process" },
	{ "loop", "took too long" }, { "sleep", "took too long" },
	{ "deaf loop", "took too long" },
	{ "leak", "used up the memory it may have" },
	{ "overflow", "crashed" }, { "write comment", "crashed" },
	{ "write body", "crashed" }, { "write link", "crashed" },
	{ "past verdict", "crashed" }, { "wild reason", "crashed" },
	{ "wild features", "crashed" }, { "fail", "failed" },
};

static void
a_plugin_that_dies_or_hangs_costs_its_own_verdict(void **state)
{
	struct verdict v;
	struct abi abi;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(deadly); i++) {
		const char *why = deadly[i].reason;

		if (abi_sanitized && strcmp(deadly[i].body, "leak") == 0) {
			print_message("skipped: leak: memory can't be "
			    "limited under AddressSanitizer\n");
			continue;
		}
		if (strcmp(why, "crashed") == 0)
			why = abi_crashed;
		setup(&abi, 1000);
		abi_ask(&abi, deadly[i].body, &v);
		good_ones_spoke(&v);
		assert_true(v.each[MAD].silent);
		assert_true(v.silent);
		mad_said(&v, why);
		assert_int_equal(abi_status(&abi, MAD).faults, 1);
		assert_int_equal(abi_status(&abi, 0).faults, 0);
		abi_ask(&abi, "hello", &v);
		good_ones_spoke(&v);
		assert_false(v.silent);
		abi_close(&abi);
	}
}

static const struct {
	const char *body;
	int score;
	const char *reason, *features;
} lies[] = {
	{ "high", 100, "", "" }, { "low", -100, "", "" },
	{ "broken", 0, "bad \xef\xbf\xbd\xef\xbf\xbd( end", "" },
	{ "controls", 0, "a[31m b", "" }, { "bidi", 0, "ab", "" },
	{ "features", 0, "", "good=1 _ad_name_=-4 "
	    "a-name-that-goes-on-and-=9223372036854775807" },
};

static void
a_plugin_that_lies_is_clamped_cut_and_cleaned(void **state)
{
	struct verdict v;
	struct abi abi;
	size_t i;

	(void)state;
	setup(&abi, 2000);
	for (i = 0; i < COUNT(lies); i++) {
		abi_ask(&abi, lies[i].body, &v);
		good_ones_spoke(&v);
		assert_false(v.silent);
		assert_int_equal(v.each[MAD].score, lies[i].score);
		mad_said(&v, lies[i].reason);
		assert_true(str_is(v.each[MAD].features, lies[i].features));
	}
	abi_ask(&abi, "endless", &v);
	assert_int_equal(v.each[MAD].reason.len, 400);
	abi_ask(&abi, "odd", &v);
	assert_int_equal(v.each[MAD].reason.len, 399);
	assert_true(text_valid(v.each[MAD].reason));
	abi_ask(&abi, "many features", &v);
	assert_in_range(v.each[MAD].features.len, 300, 400);
	assert_true(str_ends(v.each[MAD].features, "=-9223372036854775808"));
	abi_close(&abi);
}

static bool
kernel_has_landlock(void)
{
	return syscall(SYS_landlock_create_ruleset, NULL, 0,
	    LANDLOCK_CREATE_RULESET_VERSION) > 0;
}

static void
a_plugin_may_not_leave_its_process(void **state)
{
	static const char *const tries[] = { "fork", "thread", "exec", "kill",
	    "trace", "read", "write", "close", "connect", "environment",
	    "descriptor", "peek" };
	int null = open("/dev/null", O_RDONLY);
	struct verdict v;
	struct abi abi;
	size_t i;

	(void)state;
	assert_int_equal(setenv("FOYER_ABI_SECRET", "1", 1), 0);
	assert_int_equal(dup2(null, 200), 200);
	setup(&abi, 2000);
	for (i = 0; i < COUNT(tries); i++) {
		if (strcmp(tries[i], "peek") == 0 && !kernel_has_landlock()) {
			print_message("skipped: peek: no Landlock here\n");
			continue;
		}
		abi_ask(&abi, tries[i], &v);
		good_ones_spoke(&v);
		assert_false(v.silent);
		mad_said(&v, "denied");
	}
	abi_close(&abi);
	close(200);
	close(null);
}

static void
one_that_disarms_the_timer_is_killed_from_outside(void **state)
{
	int64_t began = clock_mono();
	struct verdict v;
	struct abi abi;

	(void)state;
	setup(&abi, 200);
	abi_ask(&abi, "disarmed loop", &v);
	assert_false(v.each[0].silent);	/* had spoken before */
	assert_true(v.each[MAD].silent);
	assert_true(v.each[2].silent);
	mad_said(&v, "gave no answer in time");
	do {
		assert_true(clock_mono() - began < 20000000);
		abi_ask(&abi, "hello", &v);
	} while (v.silent);
	good_ones_spoke(&v);
	assert_int_equal(abi_status(&abi, MAD).faults, 1);
	abi_close(&abi);
}

static void
a_worker_waits_no_longer_than_the_deadline(void **state)
{
	struct verdict v;
	struct abi abi;
	int64_t began;
	int i;

	(void)state;
	setup(&abi, 50);
	assert_int_equal(kill(-abi.host, SIGSTOP), 0);
	for (i = 0; i < 3; i++) {
		began = clock_mono();
		abi_ask(&abi, "hello", &v);
		assert_in_range(clock_mono() - began, 50000, 250000);
		assert_true(v.silent && v.each[0].silent && v.each[2].silent);
		assert_int_equal(v.total, 0);
	}
	assert_int_equal(kill(-abi.host, SIGCONT), 0);
	do				/* what is stale is dropped */
		abi_ask(&abi, "hello", &v);
	while (v.silent);
	good_ones_spoke(&v);
	abi_close(&abi);
}

static void
a_new_host_serves_the_same_seats(void **state)
{
	struct verdict v;
	struct abi abi;

	(void)state;
	setup(&abi, 2000);
	assert_int_equal(kill(abi.host, SIGKILL), 0);
	assert_int_equal(waitpid(abi.host, NULL, 0), abi.host);
	abi_start(&abi);
	abi_ask(&abi, "hello", &v);
	good_ones_spoke(&v);
	assert_false(v.silent);
	abi_close(&abi);
}

static void
the_host_ends_with_its_last_seat(void **state)
{
	struct abi abi;
	int status;

	(void)state;
	setup(&abi, 2000);
	filter_hub_close(abi.hub);
	assert_int_equal(waitpid(abi.host, &status, 0), abi.host);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	arena_free(abi.words);
	arena_free(abi.arena);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_plugin_that_dies_or_hangs_costs_its_own_verdict),
		cmocka_unit_test(
		    a_plugin_that_lies_is_clamped_cut_and_cleaned),
		cmocka_unit_test(a_plugin_may_not_leave_its_process),
		cmocka_unit_test(
		    one_that_disarms_the_timer_is_killed_from_outside),
		cmocka_unit_test(a_worker_waits_no_longer_than_the_deadline),
		cmocka_unit_test(a_new_host_serves_the_same_seats),
		cmocka_unit_test(the_host_ends_with_its_last_seat),
	};

	abi_main(argc, argv);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
