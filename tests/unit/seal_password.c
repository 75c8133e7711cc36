/* seal_password.c: passwords are dear to check, and only two at once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "seal/internal.h"

enum { CHILDREN = 16 };

static struct arena *arena;

static void
the_right_password_and_no_other_opens(void **state)
{
	struct str hash, again;

	(void)state;
	assert_int_equal(seal_password_hash(arena, STR("correct horse"), &hash),
	    OK);
	assert_true(str_begins(hash, "$argon2id$v=19$m=19456,t=2,p=1$"));
	assert_int_equal(seal_password_hash(arena, STR("correct horse"),
	    &again), OK);
	assert_false(str_eq(hash, again));
	assert_int_equal(seal_password_check(STR("correct horse"), hash), OK);
	assert_int_equal(seal_password_check(STR("correct hors"), hash),
	    ERR_PASSWORD);
	assert_int_equal(seal_password_check(STR("correct horse "), hash),
	    ERR_PASSWORD);
	assert_int_equal(seal_password_check(STR(""), hash), ERR_PASSWORD);
}

static void
no_password_fits_no_hash_or_a_broken_one(void **state)
{
	static const char *const rows[] = {
		"", "x", "$argon2id$", "$2b$12$abcdefghijklmnopqrstuv"
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++)
		assert_int_equal(seal_password_check(STR("x"),
		    str_of(rows[i])), ERR_PASSWORD);
}

static int64_t
cpu_time(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
	return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

/* The least of five, in microseconds of the processor's time. */
static int64_t
cost(struct str hash)
{
	int64_t best = INT64_MAX;
	int i;

	for (i = 0; i < 5; i++) {
		int64_t began = cpu_time(), spent;

		assert_int_equal(seal_password_check(STR("wrong"), hash),
		    ERR_PASSWORD);
		spent = cpu_time() - began;
		best = spent < best ? spent : best;
	}
	return best;
}

static void
an_unknown_name_costs_as_much(void **state)
{
	struct str hash;
	int64_t known, unknown;

	(void)state;
	assert_int_equal(seal_password_hash(arena, STR("right"), &hash), OK);
	known = cost(hash);
	unknown = cost(STR(""));
	assert_true(unknown > known / 2 && unknown < known * 2);
}

static void
the_length_of_a_password_is_bounded(void **state)
{
	char *big = arena_alloc(arena, 2048);
	struct str hash;

	(void)state;
	memset(big, 'x', 2048);
	assert_int_equal(seal_password_hash(arena, STR(""), &hash),
	    ERR_PASSWORD);
	assert_int_equal(seal_password_hash(arena, (struct str){ big, 1025 },
	    &hash), ERR_TOO_LARGE);
	assert_int_equal(seal_password_hash(arena, (struct str){ big, 1024 },
	    &hash), OK);
	assert_int_equal(seal_password_check((struct str){ big, 1024 }, hash),
	    OK);
	assert_int_equal(seal_password_check((struct str){ big, 1025 }, hash),
	    ERR_PASSWORD);
}

static void
a_password_to_hand_out_has_20_clear_letters(void **state)
{
	struct str one = seal_password_make(arena);

	(void)state;
	assert_int_equal(one.len, 20);
	assert_int_equal(strlen(one.at), 20);
	assert_null(strpbrk(one.at, "0O1lIo \"\\$"));
	assert_false(str_eq(one, seal_password_make(arena)));
}

/* Each child hashes once when the pipe closes; its exit status says how that
 * went: 0 fine, 1 too many, 2 anything else. */
static pid_t
child(const int start[2])
{
	pid_t pid = fork();
	struct str hash;
	char c;

	assert_true(pid >= 0);
	if (pid > 0)
		return pid;
	close(start[1]);
	if (read(start[0], &c, 1) != 0)
		_exit(2);
	switch (seal_password_hash(arena, STR("x"), &hash)) {
	case OK:
		_exit(0);
	case ERR_TOO_MANY:
		_exit(1);
	default:
		_exit(2);
	}
}

static void
start_together(pid_t *pids, int n)
{
	int start[2], i;

	assert_int_equal(pipe(start), 0);
	for (i = 0; i < n; i++)
		pids[i] = child(start);
	close(start[0]);
	close(start[1]);
}

static void
a_rush_is_served_as_far_as_the_queue_goes(void **state)
{
	pid_t pids[CHILDREN];
	int ends[3] = { 0 }, status, i;

	(void)state;
	assert_int_equal(seal_password_share(), OK);
	start_together(pids, CHILDREN);
	for (i = 0; i < CHILDREN; i++) {
		assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
		assert_true(WIFEXITED(status));
		ends[WEXITSTATUS(status)]++;
	}
	assert_int_equal(ends[2], 0);
	assert_true(ends[0] >= 2);
	assert_int_equal(ends[0] + ends[1], CHILDREN);
}

/* A child that sits down, says so and stays. */
static pid_t
sitter(void)
{
	int said[2], seat = -1;
	pid_t pid;

	assert_int_equal(pipe(said), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		if (seal_seat_get(&seat) != OK || write(said[1], &seat,
		    sizeof(seat)) != sizeof(seat))
			_exit(1);
		for (;;)
			pause();
	}
	assert_int_equal(read(said[0], &seat, sizeof(seat)), sizeof(seat));
	assert_in_range(seat, 0, 1);
	close(said[0]);
	close(said[1]);
	return pid;
}

static void
who_is_killed_gives_his_seat_back(void **state)
{
	struct str hash;
	pid_t left, right;

	(void)state;
	assert_int_equal(seal_password_share(), OK);
	left = sitter();
	right = sitter();
	assert_int_equal(seal_password_hash(arena, STR("x"), &hash),
	    ERR_TOO_MANY);
	assert_int_equal(seal_password_check(STR("x"), STR("")), ERR_TOO_MANY);
	assert_int_equal(kill(left, SIGKILL), 0);
	assert_int_equal(waitpid(left, NULL, 0), left);
	assert_int_equal(seal_password_hash(arena, STR("x"), &hash), OK);
	assert_int_equal(kill(right, SIGKILL), 0);
	assert_int_equal(waitpid(right, NULL, 0), right);
}

static int
set_up(void **state)
{
	(void)state;
	arena = arena_new(1 << 20);
	return seal_init() == OK ? 0 : -1;
}

static int
tear_down(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_right_password_and_no_other_opens),
		cmocka_unit_test(no_password_fits_no_hash_or_a_broken_one),
		cmocka_unit_test(an_unknown_name_costs_as_much),
		cmocka_unit_test(the_length_of_a_password_is_bounded),
		cmocka_unit_test(a_password_to_hand_out_has_20_clear_letters),
		cmocka_unit_test(a_rush_is_served_as_far_as_the_queue_goes),
		cmocka_unit_test(who_is_killed_gives_his_seat_back),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
