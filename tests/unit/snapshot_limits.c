/* snapshot_limits.c: neither many pages, a full disk nor a kill hurts. */
#include "snapshot_house.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

enum { PAGE = 1000 };

static void
narrow(int64_t bytes, int64_t files)
{
	const struct snapshot_limits limits = { bytes, files };

	snapshot_close(cache);
	open_cache(&limits);
}

/* Puts a page of each of so many threads; how many were taken. */
static int
fill(int threads, const char *text)
{
	int i, taken = 0;

	for (i = 0; i < threads; i++)
		taken += put_text(arena_fmt(arena, "thread-%d", i).at,
		    "x.html", text);
	return taken;
}

static void
no_more_files_than_allowed_are_on_the_disk(void **state)
{
	(void)state;
	narrow(1 << 30, 101);
	assert_int_equal(fill(200, "1"), 50);
	assert_int_equal(measure(""), 100);
	assert_int_equal(measure("tmp"), 0);
}

static void
no_more_bytes_than_allowed_are_on_the_disk(void **state)
{
	int taken;

	(void)state;
	narrow(20 * PAGE, 1 << 20);
	taken = fill(200, noise(PAGE));
	assert_in_range(taken, 8, 10);
	measure("");
	assert_true(disk_bytes <= 20 * PAGE);
}

/* Eight processes at once, and their limit is one. */
static void
workers_together_keep_within_the_limits(void **state)
{
	int64_t most;
	int i, k;

	(void)state;
	narrow(1 << 30, 60);
	for (i = 0; i < 8; i++) {
		if (fork() != 0)
			continue;
		for (k = 0; k < 200; k++)
			put_text(arena_fmt(arena, "t%d-%d", i, k).at, "x",
			    "1");
		_exit(0);
	}
	for (most = 0; waitpid(-1, NULL, WNOHANG) >= 0; )
		if (measure("t") > most)
			most = disk_files;
	assert_int_equal(measure("t"), 60);
	assert_true(most <= 60);
}

static void
what_is_deleted_makes_room_again(void **state)
{
	int i;

	(void)state;
	narrow(1 << 30, 100);
	for (i = 0; i < 300; i++) {
		assert_true(put_text("a", "x.html", "1"));
		snapshot_drop(cache, STR("a"));
		empty_trash();
	}
	assert_int_equal(fill(60, "1"), 50);
	snapshot_drop(cache, STR("thread-7"));
	/* It is still on the disk. */
	assert_false(put_text("b", "x.html", "1"));
	empty_trash();
	assert_true(put_text("b", "x.html", "1"));
	assert_int_equal(measure(""), 100);
}

/* mtime in seconds, of the folder. */
static void
age(const char *thread, int seconds)
{
	struct timespec times[2] = { { seconds, 0 }, { seconds, 0 } };

	assert_int_equal(utimensat(AT_FDCWD, arena_fmt(arena, "%s/t/%s",
	    folder, thread).at, times, 0), 0);
}

static void
a_sweep_drops_the_oldest_until_a_quarter_is_free(void **state)
{
	int i;

	(void)state;
	narrow(1 << 30, 100);
	assert_int_equal(fill(60, "1"), 50);
	for (i = 0; i < 50; i++)	/* 0 is the newest */
		age(arena_fmt(arena, "thread-%d", i).at, 1000000 - i);
	sweep();
	sweep();
	assert_in_range(measure(""), 70, 76);
	for (i = 0; i < 50; i++)
		assert_int_equal(get_text(arena_fmt(arena, "thread-%d", i).at,
		    "x.html") != NULL, i < disk_files / 2);
	assert_in_range(fill(100, "1"), 12, 15);
	assert_true(measure("") <= 100);
}

static void
a_sweep_leaves_what_is_within_the_limits(void **state)
{
	(void)state;
	narrow(1 << 30, 100);
	assert_int_equal(fill(45, "1"), 45);
	sweep();
	assert_int_equal(measure(""), 90);
	assert_int_equal(fill(60, "1"), 5);
}

/* What was there before the counting began: another's, or a restart's. */
static void
a_sweep_counts_what_nobody_put(void **state)
{
	(void)state;
	assert_int_equal(fill(45, "1"), 45);
	narrow(1 << 30, 100);
	sweep();
	assert_int_equal(fill(100, "1"), 5);
	assert_int_equal(measure(""), 100);
}

static void
many_threads_are_all_counted(void **state)
{
	(void)state;
	assert_int_equal(fill(3000, "1"), 3000);
	narrow(1 << 30, 4000);
	sweep();
	sweep();
	/* Those of one tick of the clock go together. */
	assert_in_range(measure(""), 2000, 3000);
}

/* ---- a full disk ---- */

/* No file may grow past so many bytes. In a child: the limit stays. */
static void
full_disk(rlim_t most, void (*then)(void))
{
	struct rlimit limit = { most, most };
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		signal(SIGXFSZ, SIG_IGN);
		_exit(setrlimit(RLIMIT_FSIZE, &limit) == 0 ? (then(), 0) : 9);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

static void
try_and_drop(void)
{
	if (put_text("b", "x.html", noise(PAGE)) ||
	    measure("t/b") != 0 || measure("tmp") != 0)
		_exit(1);
	if (get_text("a", "x.html") == NULL)
		_exit(2);
	snapshot_drop(cache, STR("a"));
	if (get_text("a", "x.html") != NULL)
		_exit(3);
	sweep();
	if (measure("") != 0)
		_exit(4);
}

static void
a_full_disk_publishes_nothing_and_drops_all_the_same(void **state)
{
	rlim_t most;

	(void)state;
	for (most = 0; most < PAGE; most += PAGE / 3) {
		assert_true(put_text("a", "x.html", "there before"));
		full_disk(most, try_and_drop);
	}
	assert_true(put_text("b", "x.html", noise(PAGE)));
}

/* The page fits, its twin (which noise makes longer) does not. */
static void
a_page_whose_twin_finds_no_room_is_none(void **state)
{
	(void)state;
	assert_true(put_text("a", "x.html", "there before"));
	full_disk(PAGE, try_and_drop);
}

static void
try_often(void)
{
	int i;

	for (i = 0; i < 100; i++)
		if (put_text("b", "x.html", noise(PAGE)))
			_exit(1);
}

static void
what_could_not_be_written_takes_no_room(void **state)
{
	(void)state;
	narrow(3 * PAGE, 2);
	full_disk(10, try_often);
	assert_true(put_text("b", "x.html", noise(PAGE)));
}

/* Nothing can be moved to the trash: there is none. */
static void
a_drop_that_moves_nothing_deletes(void **state)
{
	(void)state;
	assert_true(put_text("a", "x.html", "1"));
	assert_true(put_text("b", "x.html", "1"));
	assert_int_equal(rmdir(path_of("trash")), 0);
	snapshot_drop(cache, STR("a"));
	assert_null(get_text("a", "x.html"));
	assert_string_equal(get_text("b", "x.html"), "1");
	snapshot_drop_all(cache);
	assert_int_equal(measure(""), 0);
	assert_true(put_text("a", "x.html", "2"));
}

/* ---- what a killed worker leaves ---- */

static void
a_start_clears_tmp(void **state)
{
	(void)state;
	write_file("tmp/77-0", "half a pa");
	narrow(1 << 30, 100);
	assert_int_equal(measure("tmp"), 0);
}

static void
a_name_in_tmp_that_is_taken_costs_one_page(void **state)
{
	int i, taken = 0;

	(void)state;
	write_file(arena_fmt(arena, "tmp/%d-0", (int)getpid()).at, "half");
	for (i = 0; i < 5; i++)
		taken += put_text("a", arena_fmt(arena, "%d.html", i).at, "1");
	assert_int_equal(taken, 4);
}

static int
remove_file(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
	(void)st, (void)ftw;
	return kind == FTW_F ? unlink(path) : 0;
}

/* One is killed after it has reserved its room: a sweep finds out. */
static void
what_killed_workers_had_reserved_is_free_again(void **state)
{
	struct rlimit limit = { 100, 100 };
	int i, status;

	(void)state;
	narrow(1 << 30, 20);
	for (i = 0; i < 10; i++) {
		pid_t pid = fork();

		if (pid == 0) {		/* SIGXFSZ kills, as its default is */
			setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
			if (setrlimit(RLIMIT_FSIZE, &limit) == 0)
				put_text(arena_fmt(arena, "t%d", i).at, "x",
				    noise(PAGE));
			_exit(0);
		}
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_true(WIFSIGNALED(status));
	}
	assert_int_equal(measure("tmp"), 10);
	assert_false(put_text("a", "x.html", "1"));
	assert_int_equal(nftw(path_of("tmp"), remove_file, 16, FTW_PHYS), 0);
	sweep();
	assert_int_equal(fill(20, "1"), 10);
}

static void
the_trash_is_emptied_whatever_is_in_it(void **state)
{
	(void)state;
	assert_true(put_text("a", "x.html", "1"));
	snapshot_drop(cache, STR("a"));
	assert_true(put_text("a", "x.html", "1"));
	snapshot_drop_all(cache);
	write_file("trash/file", "1");
	assert_int_equal(symlink("/", path_of("trash/link")), 0);
	assert_int_equal(measure("trash"), 6);
	empty_trash();
	assert_int_equal(measure("trash"), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(no_more_files_than_allowed_are_on_the_disk),
		TEST(no_more_bytes_than_allowed_are_on_the_disk),
		TEST(workers_together_keep_within_the_limits),
		TEST(what_is_deleted_makes_room_again),
		TEST(a_sweep_drops_the_oldest_until_a_quarter_is_free),
		TEST(a_sweep_leaves_what_is_within_the_limits),
		TEST(a_sweep_counts_what_nobody_put),
		TEST(many_threads_are_all_counted),
		TEST(a_full_disk_publishes_nothing_and_drops_all_the_same),
		TEST(a_page_whose_twin_finds_no_room_is_none),
		TEST(what_could_not_be_written_takes_no_room),
		TEST(a_drop_that_moves_nothing_deletes),
		TEST(a_start_clears_tmp),
		TEST(a_name_in_tmp_that_is_taken_costs_one_page),
		TEST(what_killed_workers_had_reserved_is_free_again),
		TEST(the_trash_is_emptied_whatever_is_in_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
