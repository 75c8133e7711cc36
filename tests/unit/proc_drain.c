/* proc_drain.c: proves that no request is lost in a reload or at the end. */
#include "proc_house.h"

#include "base/base.h"

static char folder[] = "/tmp/foyer-proc-XXXXXX";
static char path[64];
static struct arena *arena;

/* ---- reload ---- */

static void
drained_reports(void *arg)
{
	(void)arg;
	report('D', PROC_WORKER, 0);
}

static void
fresh_workers_start_before_the_old_ones_end(void **state)
{
	struct event e;
	int fresh = 0, ended = 0;

	(void)state;
	house.plan.workers = 3;
	house.plan.drained = drained_reports;
	house_open();
	expect_started(3);
	kill(house.master, SIGHUP);
	assert_int_equal(expect_event('R', PROC_WORKER).pid, house.master);
	while (ended < 3) {
		e = next_event();
		if (e.what == 'S') {
			assert_int_equal(e.value, 1);
			fresh++;
			continue;
		}
		assert_int_equal(e.what, 'E');
		assert_int_equal(e.value, 0);
		assert_int_equal(fresh, 3);
		ended++;
	}
	expect_event('D', PROC_WORKER);	/* once, and only then */
	house_stop(3);
}

static void
a_refused_reload_changes_nothing(void **state)
{
	pid_t pid;

	(void)state;
	house.plan.workers = 1;
	house.refuse = 1;
	house_open();
	pid = expect_event('S', PROC_WORKER).pid;
	kill(house.master, SIGHUP);
	expect_event('R', PROC_WORKER);
	kill(pid, SIGKILL);
	assert_int_equal(expect_event('S', PROC_WORKER).value, 0);
	house_stop(1);
}

/* From the first reload on, no fresh worker ever serves. */
static int
worker_good_only_at_first(const struct proc_seat *seat, void *arg)
{
	if (house.value == 0 || house.value == 2)
		return worker_waits(seat, arg);
	report('S', seat->kind, seat->slot);
	return 1;
}

static void
the_old_workers_stay_while_the_fresh_ones_can_not_serve(void **state)
{
	struct event e;
	pid_t old;
	int fresh = 0;

	(void)state;
	house.plan.workers = 1;
	house.plan.worker = worker_good_only_at_first;
	house_open();
	old = expect_event('S', PROC_WORKER).pid;
	kill(house.master, SIGHUP);
	expect_event('R', PROC_WORKER);
	assert_int_equal(expect_event('S', PROC_WORKER).value, 1);
	assert_int_equal(expect_event('S', PROC_WORKER).value, 1);
	assert_int_equal(kill(old, 0), 0);
	kill(house.master, SIGHUP);	/* repaired */
	while ((e = next_event()).what != 'E')
		fresh += e.what == 'S' && e.value == 2;
	assert_int_equal(e.pid, old);
	assert_true(fresh > 0);
	house_stop(1);
}

static int go[2];

/* The first never say that they serve; the fresh ones when they may. */
static int
worker_waits_to_serve(const struct proc_seat *seat, void *arg)
{
	char byte;

	(void)arg;
	report('S', seat->kind, seat->slot);
	if (house.value > 0 && read(go[0], &byte, 1) == 1) {
		report('G', seat->kind, seat->slot);
		proc_work_serves(seat);
	}
	until_stopped(seat);
	report('E', seat->kind, seat->slot);
	return 0;
}

static void
a_reload_at_start_leaves_those_who_may_serve(void **state)
{
	(void)state;
	assert_int_equal(pipe(go), 0);
	house.plan.workers = 1;
	house.plan.worker = worker_waits_to_serve;
	house_open();
	expect_event('S', PROC_WORKER);
	kill(house.master, SIGHUP);
	expect_event('R', PROC_WORKER);
	assert_int_equal(expect_event('S', PROC_WORKER).value, 1);
	assert_int_equal(write(go[1], "", 1), 1);
	expect_event('G', PROC_WORKER);
	assert_int_equal(expect_event('E', PROC_WORKER).value, 0);
	house_stop(1);
	close(go[0]);
	close(go[1]);
}

/* ---- requests ---- */

/* Its answer is sent only after the worker was told to stop. */
static void
answer_after_stop(int fd, void *arg)
{
	const struct house *h = arg;

	report('Q', PROC_WORKER, 0);
	until_stopped(h->seat);
	if (write(fd, "answer", 6) != 6)
		report('!', PROC_WORKER, 0);
	close(fd);
}

static int
accept_one(int listener)
{
	return accept(listener, NULL, NULL);
}

static int
worker_serves(const struct proc_seat *seat, void *arg)
{
	house.seat = seat;
	report('S', seat->kind, seat->slot);
	return proc_work(seat, &(struct proc_job){ .arg = arg,
	    .accept_one = accept_one, .one = answer_after_stop });
}

static int
reach(void)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	strcpy(at.sun_path, path);
	if (connect(fd, (struct sockaddr *)&at, sizeof(at)) != 0) {
		close(fd);
		return -1;
	}
	return fd;
}

static void
expect_answer(int fd)
{
	char text[16];

	assert_int_equal(read(fd, text, sizeof(text)), 6);
	assert_memory_equal(text, "answer", 6);
	assert_int_equal(read(fd, text, sizeof(text)), 0);
	close(fd);
}

static void
listen_here(void)
{
	struct str why;

	house.plan.workers = 1;
	house.plan.worker = worker_serves;
	assert_int_equal(proc_listen(path, "", &house.plan.listener, &why,
	    arena), OK);
}

static void
requests_in_flight_and_in_the_queue_are_answered_at_the_end(void **state)
{
	int first, second, third;
	int64_t took;

	(void)state;
	listen_here();
	house_open();
	close(house.plan.listener);
	expect_event('S', PROC_WORKER);
	first = reach();
	expect_event('Q', PROC_WORKER);
	second = reach();
	third = reach();
	kill(house.master, SIGTERM);
	expect_answer(first);
	expect_event('Q', PROC_WORKER);
	expect_event('Q', PROC_WORKER);
	assert_int_equal(house_end(&took), 0);
	expect_answer(second);
	expect_answer(third);
	assert_int_equal(reach(), -1);
	assert_int_not_equal(access(path, F_OK), 0);
	house_close();
}

static void
a_request_in_flight_outlives_a_reload(void **state)
{
	int64_t took;
	int first;

	(void)state;
	listen_here();
	house_open();
	close(house.plan.listener);
	expect_event('S', PROC_WORKER);
	first = reach();
	expect_event('Q', PROC_WORKER);
	kill(house.master, SIGHUP);
	expect_event('R', PROC_WORKER);
	expect_event('S', PROC_WORKER);
	expect_answer(first);
	kill(house.master, SIGTERM);
	assert_int_equal(house_end(&took), 0);
	house_close();
}

static void
a_worker_told_to_stop_by_hand_finishes_and_is_replaced(void **state)
{
	int64_t took;
	pid_t pid;
	int first;

	(void)state;
	listen_here();
	house_open();
	close(house.plan.listener);
	pid = expect_event('S', PROC_WORKER).pid;
	first = reach();
	expect_event('Q', PROC_WORKER);
	kill(pid, SIGTERM);
	expect_answer(first);
	assert_int_not_equal(expect_event('S', PROC_WORKER).pid, pid);
	kill(house.master, SIGTERM);
	assert_int_equal(house_end(&took), 0);
	house_close();
}

static void
count_idle(void *arg)
{
	(void)arg;
	report('I', PROC_WORKER, 0);
}

static int
worker_idles(const struct proc_seat *seat, void *arg)
{
	return proc_work(seat, &(struct proc_job){ .arg = arg,
	    .accept_one = accept_one, .one = answer_after_stop,
	    .idle = count_idle, .idle_ms = 20 });
}

static void
between_requests_a_worker_is_idle_now_and_then(void **state)
{
	struct event a, b;
	int64_t took;

	(void)state;
	listen_here();
	house.plan.worker = worker_idles;
	house_open();
	close(house.plan.listener);
	a = expect_event('I', PROC_WORKER);
	b = expect_event('I', PROC_WORKER);
	assert_true(b.at - a.at >= 20000);
	kill(house.master, SIGTERM);
	assert_int_equal(house_end(&took), 0);
	house_close();
}

/* ---- what systemd is told ---- */

static void
hear(int fd, const char *begins)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	char text[256];
	ssize_t n;

	assert_int_equal(poll(&p, 1, PATIENCE_MS), 1);
	n = recv(fd, text, sizeof(text) - 1, 0);
	assert_true(n > 0);
	text[n] = '\0';
	assert_true(str_begins(str_of(text), begins));
}

static void
systemd_hears_ready_reloading_ready_stopping(void **state)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_DGRAM, 0);
	int64_t took;

	(void)state;
	snprintf(at.sun_path, sizeof(at.sun_path), "%s/notify", folder);
	assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof(at)), 0);
	setenv("NOTIFY_SOCKET", at.sun_path, 1);
	house.plan.workers = 2;
	house_open();
	unsetenv("NOTIFY_SOCKET");
	hear(fd, "READY=1");
	kill(house.master, SIGHUP);
	hear(fd, "RELOADING=1\nMONOTONIC_USEC=");
	hear(fd, "READY=1");
	kill(house.master, SIGTERM);
	hear(fd, "STOPPING=1");
	assert_int_equal(house_end(&took), 0);
	close(fd);
	unlink(at.sun_path);
	house_close();
}

static int
set_up(void **state)
{
	(void)state;
	arena = arena_new(1 << 20);
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/socket", folder);
	return 0;
}

static int
tear_down(void **state)
{
	char lock[80];

	(void)state;
	snprintf(lock, sizeof(lock), "%s.lock", path);
	unlink(lock);
	unlink(path);
	arena_free(arena);
	return rmdir(folder);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fresh_workers_start_before_the_old_ones_end),
		cmocka_unit_test(a_refused_reload_changes_nothing),
		cmocka_unit_test(
		    the_old_workers_stay_while_the_fresh_ones_can_not_serve),
		cmocka_unit_test(a_reload_at_start_leaves_those_who_may_serve),
		cmocka_unit_test(
		    requests_in_flight_and_in_the_queue_are_answered_at_the_end
		    ),
		cmocka_unit_test(a_request_in_flight_outlives_a_reload),
		cmocka_unit_test(
		    a_worker_told_to_stop_by_hand_finishes_and_is_replaced),
		cmocka_unit_test(
		    between_requests_a_worker_is_idle_now_and_then),
		cmocka_unit_test(systemd_hears_ready_reloading_ready_stopping)
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
