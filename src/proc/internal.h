/*
 * internal.h: what the files of this room share.
 */
#ifndef PROC_INTERNAL_H
#define PROC_INTERNAL_H

#include "proc/proc.h"

/* ---- listen.c ---- */

/* Takes our own socket's name away: nobody new can connect. false: the socket
 * is systemd's, and so is what waits in its queue. */
bool proc_listen_end(void);

/* ---- throttle.c: when a dead child may be replaced. ---- */

struct proc_throttle {
	int quick;			/* restarts that cost no wait */
	int deaths;			/* in a row */
};

/* A child has died after `life`; how long until the next start. Both in
 * microseconds. */
int64_t proc_throttle_wait(struct proc_throttle *, int64_t life);

/* ---- child.c: one child of the master. ---- */

/* How a child is told to stop: the number written to its eventfd, where those
 * of who is told more than once add up. */
enum { PROC_STOP = 1, PROC_STOP_AND_EMPTY_QUEUE = 1 << 20 };

struct proc_child {
	enum proc_kind kind;
	size_t slot;
	unsigned generation;
	pid_t pid;			/* 0: not running */
	int stop;			/* eventfd, or -1 */
	bool serves;			/* it said so */
	bool told;			/* to stop */
	bool lived;			/* this is not its first life */
	int64_t began;
	int64_t due;			/* to be started; if told, killed */
	struct proc_throttle throttle;
};

struct proc_family {			/* all of them, old ones too */
	struct proc_child *at;
	size_t n, cap;
};

const char *proc_child_name(enum proc_kind);
/* A place for one; does not start it. NULL: no memory. */
struct proc_child *proc_family_add(struct proc_family *, enum proc_kind,
    size_t slot, unsigned generation);
void proc_family_remove(struct proc_family *, size_t i);
/* pid is then set, or 0 where it could not be started. */
void proc_child_start(struct proc_child *, const struct proc_family *,
    const struct proc_plan *, int ready);
/* Once; it is killed when `kill_at` has passed. */
void proc_child_stop(struct proc_child *, int how, int64_t kill_at);
/* Its pid is gone: what it held is let go. */
void proc_child_bury(struct proc_child *);

/* ---- signals.c: what was sent to the master. ---- */

struct proc_signals {
	bool end, reload, child;
};

/* The fd becomes readable when there is something; -1: no descriptor. */
int proc_signals_open(void);
void proc_signals_take(struct proc_signals *ret);
/* In a fork: default, but SIGTERM writes to stop. */
void proc_signals_child(int stop);

#endif
