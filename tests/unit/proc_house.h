/*
 * proc_house.h: a real master in a process of its own, whose children report
 * what they do through a pipe.
 */
#ifndef PROC_HOUSE_H
#define PROC_HOUSE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "proc/proc.h"

enum { PATIENCE_MS = 20000 };		/* then a test has failed */

/* What a process has to say: 'S' it started, 'E' it ends in order, 'Q' it has
 * a request, 'R' the settings were read, 'H' a host started. */
struct event {
	char what;
	enum proc_kind kind;
	size_t slot;
	pid_t pid;
	int value;			/* of the settings it runs with */
	int64_t at;			/* clock_mono */
};

struct house {
	struct proc_plan plan;
	int value;			/* "settings": a reload adds one */
	int refuse;			/* reloads */
	int fatal;			/* workers exit so */
	int events[2];
	pid_t master;
	const struct proc_seat *seat;	/* in a worker */
};

static struct house house;

static inline void
report(char what, enum proc_kind kind, size_t slot)
{
	struct event e;

	memset(&e, 0, sizeof(e));
	e.what = what;
	e.kind = kind;
	e.slot = slot;
	e.pid = getpid();
	e.value = house.value;
	e.at = clock_mono();
	if (write(house.events[1], &e, sizeof(e)) != sizeof(e))
		abort();
}

static inline struct event
next_event(void)
{
	struct pollfd p = { .fd = house.events[0], .events = POLLIN };
	struct event e = { 0 };

	if (poll(&p, 1, PATIENCE_MS) != 1)
		fail_msg("nothing happens");
	assert_int_equal(read(house.events[0], &e, sizeof(e)), sizeof(e));
	return e;
}

static inline struct event
expect_event(char what, enum proc_kind kind)
{
	struct event e = next_event();

	if (e.what != what || e.kind != kind)
		fail_msg("'%c' of kind %d, not '%c' of %d", e.what, e.kind,
		    what, kind);
	return e;
}

/* That many children, in whatever order they come to say so. */
static inline void
expect_started(int n)
{
	while (n-- > 0)
		assert_int_equal(next_event().what, 'S');
}

static inline void
until_stopped(const struct proc_seat *seat)
{
	struct pollfd p = { .fd = seat->stop, .events = POLLIN };

	while (poll(&p, 1, -1) != 1)
		;
}

/* Serves no connection: only says that it could, and waits. */
static inline int
worker_waits(const struct proc_seat *seat, void *arg)
{
	(void)arg;
	report('S', seat->kind, seat->slot);
	if (house.fatal)
		return house.fatal;
	proc_work_serves(seat);
	until_stopped(seat);
	report('E', seat->kind, seat->slot);
	return 0;
}

static inline bool
reload_counts(void *arg)
{
	(void)arg;
	report('R', PROC_WORKER, 0);
	if (house.refuse)
		return false;
	house.value++;
	return true;
}

/* In the fork of a test: every child ends with it, whatever happens. */
static inline void
house_open(void)
{
	assert_int_equal(pipe(house.events), 0);
	house.plan.arg = &house;
	if (house.plan.worker == NULL)
		house.plan.worker = worker_waits;
	if (house.plan.reload == NULL)
		house.plan.reload = reload_counts;
	house.master = fork();
	if (house.master == 0) {
		prctl(PR_SET_PDEATHSIG, SIGTERM);
		log_open("test", LOG_ERROR, LOG_TEXT);
		_exit(proc_master(&house.plan));
	}
}

/* The master's exit status; how long it took, in microseconds. */
static inline int
house_end(int64_t *took)
{
	int64_t began = clock_mono();
	int how;

	assert_int_equal(waitpid(house.master, &how, 0), house.master);
	*took = clock_mono() - began;
	assert_true(WIFEXITED(how));
	return WEXITSTATUS(how);
}

static inline void
house_close(void)
{
	close(house.events[0]);
	close(house.events[1]);
	memset(&house, 0, sizeof(house));
}

/* Says stop, and hears `n` children end. */
static inline void
house_stop(int n)
{
	int64_t took;

	kill(house.master, SIGTERM);
	while (n-- > 0)
		assert_int_equal(next_event().what, 'E');
	assert_int_equal(house_end(&took), 0);
	house_close();
}

#endif
