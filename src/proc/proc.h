/*
 * proc.h: processes: listen, start, replace, drain (sd_notify, sd_listen_fds).
 */
#ifndef PROC_PROC_H
#define PROC_PROC_H

#include <sys/types.h>

#include "base/base.h"

/* ---- listen.c ---- */

/* systemd's socket if it passed one (a listening unix stream socket, or it is
 * refused), else binds `path` (0660, group if not "", backlog 511, replaces a
 * dead socket, refuses a live one). Non-blocking, close-on-exec. On ERR_FILE
 * *why is a sentence. PATH.lock beside it, locked, keeps two daemons from
 * replacing each other's socket. */
enum err proc_listen(const char *path, const char *group, int *fd,
    struct str *why, struct arena *) MUST_CHECK;

/* ---- master.c ---- */

enum proc_kind { PROC_WORKER, PROC_BACKGROUND, PROC_HOST };

struct proc_seat {			/* what a child is told */
	enum proc_kind kind;
	size_t slot;			/* among its kind */
	int listener;
	int stop;			/* eventfd: readable: drain */
	int ready;			/* pipe: proc_work says it serves */
};

struct proc_plan {
	size_t workers;			/* read again after a reload */
	size_t more_hosts, more_backgrounds;	/* than one of each; likewise
						 * read again */
	int listener;
	void *arg;
	/* Runs in the forked child; its return is the exit status. */
	int (*worker)(const struct proc_seat *, void *arg);
	int (*background)(const struct proc_seat *, void *arg);
	/* Forks and execs a filter host; its pid or -1. */
	pid_t (*host)(size_t slot, void *arg);
	/* On SIGHUP: reread; false keeps the old. It may change what arg
	 * points at: fresh children start with that, and only when all fresh
	 * workers serve do the old ones drain. */
	bool (*reload)(void *arg);
	/* In the master: a child has died that has to be replaced. */
	void (*lost)(enum proc_kind, void *arg);	/* may be NULL */
	/* In the master: the last worker from before a reload has ended. */
	void (*drained)(void *arg);	/* may be NULL */
	int drain_ms;			/* then it is killed; 0: 10 s */
};

/* Until SIGTERM or SIGINT; exit status. A child that dies is replaced: at once
 * the first time (a host: five times), then after 50 ms doubling to 10 s,
 * forgotten after 10 s of good life. A child whose first life ends with
 * PROC_EXIT_FATAL ends us with that status.
 *
 * Children have default signals but these: SIGTERM writes their `stop`,
 * SIGINT, SIGHUP and SIGPIPE are ignored; the master's death is a SIGTERM. */
enum { PROC_EXIT_FATAL = 78 };		/* EX_CONFIG */
int proc_master(const struct proc_plan *);

/* ---- work.c: the worker's loop. ---- */

struct proc_job {
	int (*accept_one)(int listener);	/* -1: nothing now */
	void (*one)(int fd, void *arg);
	void *arg;
	void (*idle)(void *arg);	/* may be NULL */
	int idle_ms;
};

/* Polls listener and stop; calls one() for each connection accepted; between
 * requests, calls idle() at most every idle_ms. Ends with 0 when told to stop,
 * after one more if one waits; when the whole daemon ends, not before it has
 * answered what waits in the listener's queue. */
int proc_work(const struct proc_seat *, const struct proc_job *);
/* What it begins with: the master hears that this child serves. */
void proc_work_serves(const struct proc_seat *);

#endif
