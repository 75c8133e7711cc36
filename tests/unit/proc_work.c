/* proc_work.c: proves that who woke a worker is served even if it must stop. */
#include "proc_house.h"

#include <sched.h>
#include <sys/eventfd.h>

#include "base/base.h"
#include "proc/internal.h"

static char folder[] = "/tmp/foyer-work-XXXXXX";
static char path[64];
static int listener;

static int
accept_one(int fd)
{
	return accept4(fd, NULL, NULL, SOCK_CLOEXEC);
}

static void
answer(int fd, void *arg)
{
	(void)arg;
	if (write(fd, "answer", 6) != 6)
		_exit(1);
	close(fd);
}

/* A worker that waits; its pid. */
static pid_t
worker(int stop)
{
	struct proc_seat seat = { .kind = PROC_WORKER,
	    .listener = listener, .stop = stop };
	int ready[2];
	pid_t pid, serves;

	assert_int_equal(pipe(ready), 0);
	seat.ready = ready[1];
	assert_true((pid = fork()) >= 0);
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		sched_setscheduler(0, SCHED_IDLE, &(struct sched_param){ 0 });
		_exit(proc_work(&seat, &(struct proc_job){
		    .accept_one = accept_one, .one = answer }));
	}
	assert_int_equal(read(ready[0], &serves, sizeof(serves)),
	    sizeof(serves));
	assert_int_equal(serves, pid);
	close(ready[0]);
	close(ready[1]);
	return pid;
}

static int
reach(void)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	strcpy(at.sun_path, path);
	assert_int_equal(connect(fd, (struct sockaddr *)&at, sizeof(at)), 0);
	return fd;
}

static void
expect_answer(int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	char text[16];

	assert_int_equal(poll(&p, 1, PATIENCE_MS), 1);
	assert_int_equal(read(fd, text, sizeof(text)), 6);
	close(fd);
}

static void
expect_waiting(pid_t pid)
{
	int64_t until = clock_mono() + PATIENCE_MS * 1000;
	char name[40], state = '?';
	FILE *f;

	snprintf(name, sizeof(name), "/proc/%d/stat", (int)pid);
	while (state != 'S' && clock_mono() < until) {
		poll(NULL, 0, 1);
		assert_non_null(f = fopen(name, "r"));
		assert_int_equal(fscanf(f, "%*d (%*[^)]) %c", &state), 1);
		fclose(f);
	}
	assert_int_equal(state, 'S');
}

static void
end(pid_t pid)
{
	int how;

	assert_int_equal(waitpid(pid, &how, 0), pid);
	assert_true(WIFEXITED(how) && WEXITSTATUS(how) == 0);
}

/* It waited first, so the kernel wakes it alone; before it runs, on the
 * processor that we occupy, it is told to stop. The other one sleeps on. */
static void
who_woke_a_worker_that_is_told_to_stop_is_served(void **state)
{
	int stop[2] = { eventfd(0, EFD_NONBLOCK), eventfd(0, EFD_NONBLOCK) };
	pid_t old, fresh;
	int fd;

	(void)state;
	old = worker(stop[0]);
	expect_answer(reach());
	fresh = worker(stop[1]);
	expect_waiting(old);
	expect_waiting(fresh);
	fd = reach();
	assert_int_equal(eventfd_write(stop[0], PROC_STOP), 0);
	expect_answer(fd);
	end(old);
	expect_answer(reach());
	assert_int_equal(eventfd_write(stop[1], PROC_STOP), 0);
	end(fresh);
	close(stop[0]);
	close(stop[1]);
}

/* By a signal and by the master, or by two reloads. */
static void
who_is_told_to_stop_twice_leaves_the_queue_to_others(void **state)
{
	int stop = eventfd(0, EFD_NONBLOCK), fd[2];
	pid_t old;

	(void)state;
	fd[0] = reach();
	fd[1] = reach();
	assert_int_equal(eventfd_write(stop, PROC_STOP), 0);
	assert_int_equal(eventfd_write(stop, PROC_STOP), 0);
	old = worker(stop);
	end(old);
	expect_answer(fd[0]);
	assert_int_equal(poll(&(struct pollfd){ .fd = fd[1],
	    .events = POLLIN }, 1, 0), 0);
	assert_int_equal(eventfd_write(stop, PROC_STOP_AND_EMPTY_QUEUE), 0);
	old = worker(stop);
	end(old);
	expect_answer(fd[1]);
	close(stop);
}

static int
prepare(void **state)
{
	static struct arena *arena;
	struct str why;
	cpu_set_t one;

	(void)state;
	CPU_ZERO(&one);
	CPU_SET((size_t)sched_getcpu(), &one);
	assert_int_equal(sched_setaffinity(0, sizeof(one), &one), 0);
	arena = arena_new(1 << 20);
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/sock", folder);
	assert_int_equal(proc_listen(path, "", &listener, &why, arena), OK);
	arena_free(arena);
	return 0;
}

static int
clean(void **state)
{
	(void)state;
	close(listener);
	unlink(path);
	strcat(path, ".lock");
	unlink(path);
	return rmdir(folder);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    who_woke_a_worker_that_is_told_to_stop_is_served),
		cmocka_unit_test(
		    who_is_told_to_stop_twice_leaves_the_queue_to_others)
	};

	return cmocka_run_group_tests(tests, prepare, clean);
}
