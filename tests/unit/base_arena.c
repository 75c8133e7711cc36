/* base_arena.c: memory comes zeroed and bounded; text grows in it. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/base.h"

static void
memory_is_zeroed_and_aligned(void **state)
{
	struct arena *a = arena_new(1 << 20);
	static const size_t sizes[] = { 1, 16, 17, 0, 1000, 70000, 3 };
	size_t i, k, round;

	(void)state;
	for (round = 0; round < 2; round++) {
		for (i = 0; i < COUNT(sizes); i++) {
			unsigned char *p = arena_alloc(a, sizes[i]);

			assert_int_equal((uintptr_t)p % 16, 0);
			for (k = 0; k < sizes[i]; k++)
				assert_int_equal(p[k], 0);
			memset(p, 0xff, sizes[i]);
		}
		arena_reset(a);
	}
	arena_free(a);
}

static void
reset_gives_the_whole_limit_back(void **state)
{
	struct arena *a = arena_new(200000);
	size_t i;

	(void)state;
	for (i = 0; i < 100; i++) {
		assert_int_equal(arena_used(a), 0);
		arena_alloc(a, 150000);
		assert_int_equal(arena_used(a), 150000);
		arena_reset(a);
	}
	arena_free(a);
	arena_free(NULL);
}

/* Text that is not zeroed first still ends where it should. */
static void
what_is_used_again_shows_nothing_of_before(void **state)
{
	struct arena *a = arena_new(1 << 24);
	size_t i, round;

	(void)state;
	for (round = 0; round < 3; round++) {
		for (i = 1; i < 40; i++) {
			const char *text = arena_cstr(a, STR("abc"));
			struct buf b = buf_new(a, i * 1000);

			assert_string_equal(text, "abc");
			assert_string_equal(buf_cstr(&b), "");
			buf_fmt(&b, "%0*d", (int)(i * 1500), 7);
			assert_int_equal(strlen(buf_cstr(&b)), i * 1500);
			assert_string_equal(arena_fmt(a, "%zu", i + 10).at +
			    2, "");
			memset(arena_bytes(a, i * 3000), 0xff, i * 3000);
		}
		arena_reset(a);
		assert_int_equal(arena_used(a), 0);
	}
	arena_free(a);
}

/* How a process ends that asks a limit of 1,000 bytes for `sizes`. */
static int
ends(size_t first, size_t second)
{
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		struct arena *a = arena_new(1000);

		if (close(STDERR_FILENO) != 0)
			_exit(1);
		signal(SIGABRT, SIG_DFL);
		arena_alloc(a, first);
		arena_alloc(a, second);
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
}

static void
passing_the_limit_ends_the_process(void **state)
{
	(void)state;
	assert_int_equal(ends(500, 400), 0);
	assert_int_equal(ends(500, 600), SIGABRT);
	assert_int_equal(ends(1, SIZE_MAX), SIGABRT);
	assert_int_equal(ends(16, SIZE_MAX - 8), SIGABRT);
}

static void
copies_end_in_a_nul(void **state)
{
	struct arena *a = arena_new(1 << 16);
	struct str s = STR("abc");
	const char *copy = arena_cstr(a, str_cut(s, 0, 2));

	(void)state;
	assert_string_equal(copy, "ab");
	assert_string_equal(arena_cstr(a, (struct str){ NULL, 0 }), "");
	assert_string_equal(arena_fmt(a, "%d-%s", 7, "x").at, "7-x");
	assert_int_equal(arena_fmt(a, "%d-%s", 7, "x").len, 3);
	assert_true(str_eq(arena_str(a, STR("a\0b")), STR("a\0b")));
	arena_free(a);
}

static void
text_grows_and_keeps_what_it_had(void **state)
{
	struct arena *a = arena_new(1 << 20);
	struct buf b = buf_new(a, 0);
	size_t i;

	(void)state;
	for (i = 0; i < 1000; i++) {
		buf_char(&b, 'x');
		buf_int(&b, (int64_t)i);
		buf_fmt(&b, "%c", 'y');
		buf_lit(&b, "z");
		buf_str(&b, (struct str){ NULL, 0 });
	}
	assert_int_equal(buf_view(&b).len, 3000 + 10 + 180 + 2700);
	assert_true(str_begins(buf_view(&b), "x0yzx1yz"));
	assert_true(str_ends(buf_view(&b), "x998yzx999yz"));
	assert_int_equal(strlen(buf_cstr(&b)), buf_view(&b).len);
	b = buf_new(a, 1);
	buf_int(&b, INT64_MIN);
	assert_string_equal(buf_cstr(&b), "-9223372036854775808");
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_is_zeroed_and_aligned),
		cmocka_unit_test(reset_gives_the_whole_limit_back),
		cmocka_unit_test(what_is_used_again_shows_nothing_of_before),
		cmocka_unit_test(passing_the_limit_ends_the_process),
		cmocka_unit_test(copies_end_in_a_nul),
		cmocka_unit_test(text_grows_and_keeps_what_it_had),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
