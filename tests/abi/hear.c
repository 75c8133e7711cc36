/* hear.c: what plugins hear of moderators, and what they remember of it. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <foyer/plugin.h>

#include "abi.h"

static char folder[] = "/tmp/foyer-hear-XXXXXX";

static int
make(void **state)
{
	(void)state;
	return mkdtemp(folder) == NULL;
}

static void
forget(void)
{
	char file[100];

	snprintf(file, sizeof(file), "%s/keeper.memory", folder);
	unlink(file);
}

static int
unmake(void **state)
{
	(void)state;
	forget();
	return rmdir(folder);
}

static enum err
tell(struct abi *abi, const char *body, int64_t id)
{
	struct draft d = { .body = str_of(body) };
	struct filter_question q = { .draft = &d };
	struct filter_ruling ruling = { id, FOYER_HAM, FOYER_SPAM, 0 };

	return filter_learn(abi->seats[1], abi->words, 0, &q, &ruling);
}

static void
knows(struct abi *abi, const char *what)
{
	struct verdict v;

	abi_ask(abi, "hello", &v);
	if (!str_is(v.each[0].reason, what))
		fail_msg("it knows \"" STR_FMT "\", not \"%s\"",
		    STR_ARG(v.each[0].reason), what);
}

static int64_t
learned(struct abi *abi)
{
	struct filter_learner is;

	filter_learn_status(abi->seats[1], 0, &is);
	assert_true(is.learns);
	return is.hearing != 0 ? -1 : is.learned;
}

static void
start(struct abi *abi)
{
	struct filter_plugin keeper = abi_plugin("keeper");

	abi_state = folder;
	abi_open(abi, &keeper, 1, 2000, 60);
}

static void
a_ruling_is_heard_with_what_it_takes_back(void **state)
{
	struct abi abi;

	(void)state;
	start(&abi);
	assert_int_equal(tell(&abi, "x", 5), OK);
	assert_int_equal(tell(&abi, "fail", 8), OK);
	knows(&abi, "5:2-1/0 8:2-1/0 ");
	assert_int_equal(learned(&abi), 8);
	assert_int_equal(abi_status(&abi, 0).faults, 1);
	abi_close(&abi);
}

static void
memory_outlives_the_runner_and_the_host(void **state)
{
	struct abi abi;

	(void)state;
	start(&abi);
	assert_int_equal(tell(&abi, "x", 5), OK);
	kill(abi.host, SIGKILL);
	waitpid(abi.host, NULL, 0);
	abi_start(&abi);
	knows(&abi, "5:2-1/0 ");
	assert_int_equal(learned(&abi), 5);
	abi_close(&abi);
}

static void
who_dies_of_a_ruling_goes_back_to_what_was_saved(void **state)
{
	static const char *const deadly[] = { "crash", "hang" };
	struct abi abi;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(deadly); i++) {
		start(&abi);
		assert_int_equal(tell(&abi, "x", 5), OK);
		assert_int_equal(filter_learn_save(abi.seats[1], abi.words,
		    0), OK);
		assert_int_equal(tell(&abi, "x", 6), OK);
		assert_int_equal(tell(&abi, deadly[i], 7), ERR_BROKEN);
		assert_int_equal(filter_learn_renew(abi.seats[1], abi.words,
		    0), OK);
		assert_int_equal(learned(&abi), 5);
		knows(&abi, "5:2-1/0 ");
		forget();
		assert_int_equal(filter_learn_renew(abi.seats[1], abi.words,
		    0), OK);
		assert_int_equal(learned(&abi), 0);
		knows(&abi, "");
		abi_close(&abi);
	}
}

static void
what_was_saved_is_there_after_a_restart(void **state)
{
	struct abi abi;
	int64_t stamp;

	(void)state;
	start(&abi);
	assert_int_equal(filter_learn_stamp(abi.seats[1], abi.words, 0), 0);
	assert_int_equal(tell(&abi, "x", 5), OK);
	assert_int_equal(filter_learn_save(abi.seats[1], abi.words, 0), OK);
	stamp = filter_learn_stamp(abi.seats[1], abi.words, 0);
	assert_int_not_equal(stamp, 0);
	assert_int_equal(tell(&abi, "x", 6), OK);
	abi_close(&abi);
	start(&abi);
	knows(&abi, "5:2-1/0 ");
	assert_int_equal(learned(&abi), 5);
	abi_close(&abi);
	forget();
}

/* Every byte of the head, some of the rest, and every length of the head. */
static void
a_torn_or_damaged_file_is_refused(void **state)
{
	static const char bytes[1000] = "what was learned";
	struct arena *arena = arena_new(4 * 1024 * 1024);
	struct filter_memory m = { "keeper", bytes, sizeof(bytes), 9 }, got;
	char file[100], whole[2000];
	size_t i, len;
	FILE *f;

	(void)state;
	snprintf(file, sizeof(file), "%s/keeper.memory", folder);
	assert_int_equal(filter_keep_write(arena, folder, &m), OK);
	assert_int_equal(filter_keep_read(arena, folder, "keeper", 1000, &got),
	    OK);
	assert_memory_equal(got.bytes, bytes, sizeof(bytes));
	assert_int_equal(got.learned, 9);
	assert_int_equal(filter_keep_read(arena, folder, "keeper", 999, &got),
	    ERR_SYNTAX);
	f = fopen(file, "r");
	assert_non_null(f);
	len = fread(whole, 1, sizeof(whole), f);
	fclose(f);
	for (i = 0; i < len; i += i < 80 ? 1 : 97) {
		whole[i] = (char)(whole[i] ^ 4);
		f = fopen(file, "w");
		fwrite(whole, 1, len, f);
		fclose(f);
		whole[i] = (char)(whole[i] ^ 4);
		assert_int_equal(filter_keep_read(arena, folder, "keeper",
		    1000, &got), ERR_SYNTAX);
		f = fopen(file, "w");
		fwrite(whole, 1, i, f);
		fclose(f);
		assert_int_equal(filter_keep_read(arena, folder, "keeper",
		    1000, &got), ERR_SYNTAX);
	}
	arena_free(arena);
}

static void
a_damaged_file_is_as_good_as_none(void **state)
{
	struct abi abi;
	struct stat st;
	char file[100];

	a_torn_or_damaged_file_is_refused(state);
	snprintf(file, sizeof(file), "%s/keeper.memory", folder);
	assert_int_equal(stat(file, &st), 0);
	start(&abi);
	knows(&abi, "");
	assert_int_equal(learned(&abi), 0);
	abi_close(&abi);
	forget();
}

static void
another_size_begins_anew_and_too_much_is_refused(void **state)
{
	const struct filter_pair sizes[] = { { "size", "200000" },
	    { "size", "99999999999" } };
	struct filter_plugin keeper = abi_plugin("keeper");
	struct abi abi;

	(void)state;
	start(&abi);
	assert_int_equal(tell(&abi, "x", 5), OK);
	assert_int_equal(filter_learn_save(abi.seats[1], abi.words, 0), OK);
	abi_close(&abi);
	keeper.npairs = 1;
	keeper.pairs = &sizes[0];
	abi_open(&abi, &keeper, 1, 2000, 60);
	knows(&abi, "");
	assert_int_equal(learned(&abi), 0);
	abi_close(&abi);
	keeper.pairs = &sizes[1];
	abi_open(&abi, &keeper, 1, 2000, 60);
	assert_false(abi_status(&abi, 0).loaded);
	abi_close(&abi);
	forget();
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_ruling_is_heard_with_what_it_takes_back),
		cmocka_unit_test(memory_outlives_the_runner_and_the_host),
		cmocka_unit_test(
		    who_dies_of_a_ruling_goes_back_to_what_was_saved),
		cmocka_unit_test(what_was_saved_is_there_after_a_restart),
		cmocka_unit_test(a_damaged_file_is_as_good_as_none),
		cmocka_unit_test(
		    another_size_begins_anew_and_too_much_is_refused),
	};

	abi_main(argc, argv);
	return cmocka_run_group_tests(tests, make, unmake);
}
