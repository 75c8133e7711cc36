/* snapshot_race.c: however a put and a drop meet, no dropped page is seen. */
#include "snapshot_house.h"

#include <sys/mman.h>
#include <sys/wait.h>

/*
 * One process is the readers' workers: it takes a ticket, reads what the truth
 * is, and puts that. The other changes the truth and drops. Whoever looks
 * after a drop must see the truth, or nothing.
 */

struct truth {
	_Atomic int64_t version;
	_Atomic int put, over;
};

static struct truth *truth;

static int
race_open(void **state)
{
	truth = mmap(NULL, sizeof(*truth), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	return truth == MAP_FAILED ? -1 : set_up(state);
}

static int
race_close(void **state)
{
	munmap(truth, sizeof(*truth));
	return tear_down(state);
}

static void
work(void)
{
	struct arena *own = arena_new(1 << 24);
	struct snapshot_page page = { .thread = STR("a"),
	    .name = STR("x.html") };

	while (!truth->over) {
		struct snapshot_ticket ticket = snapshot_ticket(cache,
		    page.thread);

		page.version = truth->version;
		page.bytes = arena_fmt(own, "%lld",
		    (long long)page.version);
		truth->put += snapshot_put(cache, own, &page, ticket);
		arena_reset(own);
	}
	_exit(0);
}

static void
drop_one(void)
{
	snapshot_drop(cache, STR("a"));
}

static void
drop_all(void)
{
	snapshot_drop_all(cache);
}

/* True: a page of this version, or none, all the time. Every second time it
 * waits for one: drops come early and late in a put's life. */
static bool
look(struct arena *own, int64_t version, int64_t *seen)
{
	struct snapshot_page page = page_of("a", "x.html", "");
	int tries = version % 2 != 0 ? 20 : 2000, hits = 0;
	int64_t found;

	for (; tries > 0 && hits < 3; tries--) {
		if (!snapshot_get(cache, own, &page))
			continue;
		if (!str_int64(page.bytes, &found) || found != version)
			return false;
		hits++;
	}
	*seen += hits;
	return true;
}

/* For a while: change, drop, look. */
static void
race(int workers, void (*drop)(void))
{
	int64_t until = clock_mono() + 400 * 1000, seen = 0, round = 0;
	struct arena *own = arena_new(1 << 24);
	bool good = true;
	int i;

	for (i = 0; i < workers; i++)
		if (fork() == 0)
			work();
	while (good && (clock_mono() < until || seen < 30)) {
		truth->version = ++round;
		drop();
		good = look(own, round, &seen);
		snapshot_empty(cache);
		arena_reset(own);
	}
	truth->over = 1;
	for (i = 0; i < workers; i++)
		wait(NULL);
	arena_free(own);
	if (!good)
		fail_msg("an old page in round %lld", (long long)round);
	assert_true(truth->put > 0);
}

static void
a_page_is_never_seen_after_its_thread_is_dropped(void **state)
{
	(void)state;
	race(1, drop_one);
}

static void
nor_by_many_workers(void **state)
{
	(void)state;
	race(4, drop_one);
}

static void
nor_after_all_are_dropped(void **state)
{
	(void)state;
	race(2, drop_all);
}

#define RACE(name) \
	cmocka_unit_test_setup_teardown(name, race_open, race_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RACE(a_page_is_never_seen_after_its_thread_is_dropped),
		RACE(nor_by_many_workers),
		RACE(nor_after_all_are_dropped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
