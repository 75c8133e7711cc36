/* proc_master.c: proves that what dies is replaced, and that ends are ends. */
#include "proc_house.h"

#include "proc/internal.h"

static void
a_killed_worker_is_replaced_in_its_place(void **state)
{
	struct event a, b, c;

	(void)state;
	house.plan.workers = 2;
	house_open();
	a = expect_event('S', PROC_WORKER);
	b = expect_event('S', PROC_WORKER);
	assert_int_equal(a.slot + b.slot, 1);
	kill(a.pid, SIGKILL);
	c = expect_event('S', PROC_WORKER);
	assert_int_equal(c.slot, a.slot);
	assert_int_not_equal(c.pid, a.pid);
	house_stop(2);
}

static void
an_idle_daemon_ends_within_a_second(void **state)
{
	static const int signals[] = { SIGTERM, SIGINT };
	size_t i;
	int64_t took;

	(void)state;
	for (i = 0; i < COUNT(signals); i++) {
		house.plan.workers = 4;
		house.plan.background = worker_waits;
		house_open();
		expect_started(5);
		kill(house.master, signals[i]);
		assert_int_equal(house_end(&took), 0);
		assert_true(took < 1000000);
		house_close();
	}
}

static int
worker_dies(const struct proc_seat *seat, void *arg)
{
	(void)arg;
	report('S', seat->kind, seat->slot);
	return 3;
}

static void
a_worker_that_dies_again_and_again_waits_longer_and_longer(void **state)
{
	struct event e[5];
	int64_t took;
	size_t i;

	(void)state;
	house.plan.workers = 1;
	house.plan.worker = worker_dies;
	house_open();
	for (i = 0; i < COUNT(e); i++)
		e[i] = expect_event('S', PROC_WORKER);
	assert_true(e[2].at - e[1].at >= 50000);
	assert_true(e[3].at - e[2].at >= 100000);
	assert_true(e[4].at - e[3].at >= 200000);
	kill(house.master, SIGTERM);
	assert_int_equal(house_end(&took), 0);
	house_close();
}

static pid_t
host_dies(size_t slot, void *arg)
{
	pid_t pid = fork();

	(void)arg;
	if (pid == 0) {
		report('H', PROC_HOST, slot);
		_exit(1);
	}
	return pid;
}

static void
a_filter_host_comes_back_at_once_five_times(void **state)
{
	struct event e[7];
	int64_t took;
	size_t i;

	(void)state;
	house.plan.host = host_dies;
	house_open();
	for (i = 0; i < COUNT(e); i++)
		e[i] = expect_event('H', PROC_HOST);
	/* A worker would have waited 50 + 100 + 200 + 400 ms. */
	assert_true(e[5].at - e[0].at < 700000);
	assert_true(e[6].at - e[5].at >= 50000);
	kill(house.master, SIGTERM);
	assert_int_equal(house_end(&took), 0);
	house_close();
}

static const struct {
	int64_t life, wait;		/* ms */
} lives[] = {
	{ 0, 0 }, { 0, 50 }, { 0, 100 }, { 9999, 200 }, { 0, 400 },
	{ 0, 800 }, { 0, 1600 }, { 0, 3200 }, { 0, 6400 }, { 0, 10000 },
	{ 0, 10000 }, { 10000, 0 }, { 0, 50 }, { 20000, 0 }, { 20000, 0 }
};

static void
the_wait_doubles_to_10_s_and_is_forgotten_after_a_good_life(void **state)
{
	struct proc_throttle t = { .quick = 1 };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(lives); i++)
		assert_int_equal(proc_throttle_wait(&t, lives[i].life * 1000),
		    lives[i].wait * 1000);
}

static void
a_child_that_can_never_start_ends_the_daemon_with_its_status(void **state)
{
	int64_t took;

	(void)state;
	house.plan.workers = 2;
	house.fatal = PROC_EXIT_FATAL;
	house_open();
	assert_int_equal(house_end(&took), PROC_EXIT_FATAL);
	house_close();
}

static int
worker_dies_then_fatal(const struct proc_seat *seat, void *arg)
{
	struct pollfd p = { .fd = seat->stop, .events = POLLIN };

	(void)arg;
	report('S', seat->kind, seat->slot);
	while (poll(&p, 1, -1) != 1)
		;
	return PROC_EXIT_FATAL;
}

static void
a_child_that_once_ran_never_ends_the_daemon(void **state)
{
	int64_t took;
	pid_t pid;

	(void)state;
	house.plan.workers = 1;
	house.plan.worker = worker_dies_then_fatal;
	house_open();
	kill(expect_event('S', PROC_WORKER).pid, SIGKILL);
	pid = expect_event('S', PROC_WORKER).pid;
	kill(pid, SIGTERM);		/* exits with 78, in its second life */
	expect_event('S', PROC_WORKER);
	kill(house.master, SIGTERM);
	assert_int_equal(house_end(&took), 0);
	house_close();
}

static int
worker_hangs(const struct proc_seat *seat, void *arg)
{
	(void)arg;
	report('S', seat->kind, seat->slot);
	while (seat->stop >= 0)
		pause();
	return 0;
}

static void
a_worker_that_does_not_stop_is_killed(void **state)
{
	int64_t took;

	(void)state;
	house.plan.workers = 1;
	house.plan.worker = worker_hangs;
	house.plan.drain_ms = 100;
	house_open();
	expect_event('S', PROC_WORKER);
	kill(house.master, SIGTERM);
	assert_int_equal(house_end(&took), 0);
	assert_in_range(took, 90000, 5000000);
	house_close();
}

static void
the_children_of_a_killed_master_end_in_order(void **state)
{
	int how;

	(void)state;
	house.plan.workers = 2;
	house_open();
	expect_event('S', PROC_WORKER);
	expect_event('S', PROC_WORKER);
	kill(house.master, SIGKILL);
	expect_event('E', PROC_WORKER);
	expect_event('E', PROC_WORKER);
	assert_int_equal(waitpid(house.master, &how, 0), house.master);
	house_close();
}

static int go[2];

/* Of the fresh ones the first serves at once, the second when it may. */
static int
worker_serves_in_turn(const struct proc_seat *seat, void *arg)
{
	char byte;

	(void)arg;
	report('S', seat->kind, seat->slot);
	if (house.value == 0 || seat->slot == 0 || read(go[0], &byte, 1) == 1)
		proc_work_serves(seat);
	report('G', seat->kind, seat->slot);
	until_stopped(seat);
	report('E', seat->kind, seat->slot);
	return 0;
}

static void
one_that_serves_dies_and_serves_again_is_one(void **state)
{
	pid_t first = 0;
	struct event e;
	int i;

	(void)state;
	assert_int_equal(pipe(go), 0);
	house.plan.workers = 2;
	house.plan.worker = worker_serves_in_turn;
	house_open();
	for (i = 0; i < 4; i++)
		next_event();
	kill(house.master, SIGHUP);
	expect_event('R', PROC_WORKER);
	for (i = 0; i < 3; i++)
		if ((e = next_event()).slot == 0)
			first = e.pid;
	for (i = 0; i < 2; i++) {
		kill(first, SIGKILL);
		assert_int_equal(expect_event('S', PROC_WORKER).slot, 0);
		first = expect_event('G', PROC_WORKER).pid;
	}
	assert_int_equal(write(go[1], "1", 1), 1);
	for (i = 0; i < 3; i++)		/* it serves, the old ones end */
		if ((e = next_event()).what == 'G')
			assert_int_equal(e.slot, 1);
	house_stop(2);
	close(go[0]);
	close(go[1]);
}

static pid_t
host_waits(size_t slot, void *arg)
{
	sigset_t term;
	pid_t pid;
	int number;

	(void)arg;
	sigemptyset(&term);
	sigaddset(&term, SIGTERM);
	sigprocmask(SIG_BLOCK, &term, NULL);
	if ((pid = fork()) == 0) {
		report('H', PROC_HOST, slot);
		sigwait(&term, &number);
		report('E', PROC_HOST, slot);
		_exit(0);
	}
	sigprocmask(SIG_UNBLOCK, &term, NULL);
	return pid;
}

static void
the_filter_host_ends_after_those_whom_it_serves(void **state)
{
	int64_t took;
	int i;

	(void)state;
	house.plan.workers = 2;
	house.plan.background = worker_waits;
	house.plan.host = host_waits;
	house_open();
	for (i = 0; i < 4; i++)
		next_event();
	kill(house.master, SIGTERM);
	for (i = 0; i < 3; i++)
		assert_int_not_equal(next_event().kind, PROC_HOST);
	expect_event('E', PROC_HOST);
	assert_int_equal(house_end(&took), 0);
	house_close();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_killed_worker_is_replaced_in_its_place),
		cmocka_unit_test(an_idle_daemon_ends_within_a_second),
		cmocka_unit_test(
		    a_worker_that_dies_again_and_again_waits_longer_and_longer),
		cmocka_unit_test(a_filter_host_comes_back_at_once_five_times),
		cmocka_unit_test(
		    the_wait_doubles_to_10_s_and_is_forgotten_after_a_good_life
		    ),
		cmocka_unit_test(
		    a_child_that_can_never_start_ends_the_daemon_with_its_status
		    ),
		cmocka_unit_test(a_child_that_once_ran_never_ends_the_daemon),
		cmocka_unit_test(a_worker_that_does_not_stop_is_killed),
		cmocka_unit_test(one_that_serves_dies_and_serves_again_is_one),
		cmocka_unit_test(the_children_of_a_killed_master_end_in_order),
		cmocka_unit_test(
		    the_filter_host_ends_after_those_whom_it_serves)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
