/* child.c: one child of the master: started, told to stop, buried. */
#include <signal.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "proc/internal.h"

/* Replaced this often at once: a filter that crashes on each of a few
 * comments must not take the others' answers away for long. */
enum { QUICK = 1, QUICK_HOST = 5 };

const char *
proc_child_name(enum proc_kind kind)
{
	static const char *const names[] = {
		[PROC_WORKER] = "worker", [PROC_BACKGROUND] = "background",
		[PROC_HOST] = "filter host"
	};

	return names[kind];
}

struct proc_child *
proc_family_add(struct proc_family *f, enum proc_kind kind, size_t slot,
    unsigned generation)
{
	size_t cap = f->cap ? f->cap * 2 : 16;
	struct proc_child *at = f->at;

	if (f->n == f->cap) {
		if ((at = realloc(at, cap * sizeof(*at))) == NULL)
			return NULL;
		f->at = at;
		f->cap = cap;
	}
	at[f->n] = (struct proc_child){
		.kind = kind, .slot = slot, .generation = generation,
		.stop = -1,
		.throttle.quick = kind == PROC_HOST ? QUICK_HOST : QUICK
	};
	return &at[f->n++];
}

void
proc_family_remove(struct proc_family *f, size_t i)
{
	f->at[i] = f->at[--f->n];
}

/* In the fork: nothing of the master's but what the child is told. */
static void
child_run(const struct proc_child *c, const struct proc_family *f,
    const struct proc_plan *plan, int ready, pid_t master)
{
	struct proc_seat seat = {
		.kind = c->kind, .slot = c->slot, .listener = plan->listener,
		.stop = c->stop, .ready = ready
	};
	sigset_t none;
	size_t i;

	for (i = 0; i < f->n; i++)
		if (f->at[i].stop >= 0 && f->at[i].stop != c->stop)
			close(f->at[i].stop);
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	proc_signals_child(c->stop);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	if (getppid() != master)
		_exit(0);
	_exit(c->kind == PROC_WORKER ? plan->worker(&seat, plan->arg) :
	    plan->background(&seat, plan->arg));
}

static pid_t
child_fork(struct proc_child *c, const struct proc_family *f,
    const struct proc_plan *plan, int ready)
{
	pid_t master = getpid(), pid;
	sigset_t all, old;

	if ((c->stop = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) < 0)
		return -1;
	/* Its signals wait until it has its own handlers. */
	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, &old);
	pid = fork();
	if (pid == 0)
		child_run(c, f, plan, ready, master);
	sigprocmask(SIG_SETMASK, &old, NULL);
	return pid;
}

void
proc_child_start(struct proc_child *c, const struct proc_family *f,
    const struct proc_plan *plan, int ready)
{
	pid_t pid;

	c->began = clock_mono();
	if (c->kind == PROC_HOST)
		pid = plan->host(c->slot, plan->arg);
	else
		pid = child_fork(c, f, plan, ready);
	c->pid = pid > 0 ? pid : 0;
}

void
proc_child_stop(struct proc_child *c, int how, int64_t kill_at)
{
	if (c->pid == 0)
		return;
	if (!c->told)
		c->due = kill_at;
	if (c->stop >= 0)
		eventfd_write(c->stop, (eventfd_t)how);
	else if (!c->told)
		kill(c->pid, SIGTERM);
	c->told = true;
}

void
proc_child_bury(struct proc_child *c)
{
	if (c->stop >= 0)
		close(c->stop);
	c->stop = -1;
	c->pid = 0;
	c->serves = false;
	c->lived = true;
}
