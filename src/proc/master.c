/* master.c: starts the children, replaces what dies, reloads, drains. */
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <systemd/sd-daemon.h>
#include <unistd.h>

#include "proc/internal.h"

/*
 * A reload makes a new generation of children. It is `settled` when all its
 * workers serve; only then is the one before it told to stop, so there is
 * always one that serves, whatever the new settings are worth.
 */

enum { DRAIN_MS = 10 * 1000 };

struct master {
	const struct proc_plan *plan;
	struct proc_family family;
	unsigned generation;		/* the newest, from 1 */
	int signals;
	int ready[2];			/* pipe: the pids of who serves */
	bool settled, ever_settled;
	bool mixed;			/* workers from before a reload live */
	bool ending;
	int status;
	int64_t watchdog_at;
	int64_t watchdog;		/* microseconds, 0: none asked for */
};

static void
begin_generation(struct master *m)
{
	const struct proc_plan *plan = m->plan;
	size_t i;

	m->generation++;
	m->settled = false;
	m->mixed = m->generation > 1;
	for (i = 0; plan->host != NULL && i <= plan->more_hosts; i++)
		proc_family_add(&m->family, PROC_HOST, i, m->generation);
	for (i = 0; i < plan->workers; i++)
		proc_family_add(&m->family, PROC_WORKER, i, m->generation);
	for (i = 0; plan->background != NULL && i <= plan->more_backgrounds;
	    i++)
		proc_family_add(&m->family, PROC_BACKGROUND, i,
		    m->generation);
}

static int64_t
drained_by(const struct master *m)
{
	int ms = m->plan->drain_ms > 0 ? m->plan->drain_ms : DRAIN_MS;

	return clock_mono() + (int64_t)ms * 1000;
}

/* Not a host: it serves the others to their end. */
static void
stop_generation(struct master *m, unsigned generation, int how)
{
	int64_t kill_at = drained_by(m);
	struct proc_child *c;

	for (c = m->family.at; c < m->family.at + m->family.n; c++)
		if (c->generation == generation && c->kind != PROC_HOST)
			proc_child_stop(c, how, kill_at);
}

static void
stop_all(struct master *m, int how)
{
	unsigned generation;

	for (generation = 1; generation <= m->generation; generation++)
		stop_generation(m, generation, how);
}

static void
end(struct master *m, int status)
{
	if (m->ending)
		return;
	m->ending = true;
	m->status = status;
	sd_notify(0, "STOPPING=1");
	stop_all(m, proc_listen_end() ? PROC_STOP_AND_EMPTY_QUEUE :
	    PROC_STOP);
}

static void
reload(struct master *m)
{
	char line[64];

	if (m->ending || m->plan->reload == NULL)
		return;
	snprintf(line, sizeof(line), "RELOADING=1\nMONOTONIC_USEC=%" PRId64,
	    clock_mono());
	sd_notify(0, line);
	if (!m->plan->reload(m->plan->arg)) {
		sd_notify(0, "READY=1");
		return;
	}
	/* One that never came to serve, unless there is none before it. */
	if (!m->settled && m->ever_settled)
		stop_generation(m, m->generation, PROC_STOP);
	begin_generation(m);
}

/* Each by its pid: one that died and serves again is one. */
static void
hear_ready(struct master *m)
{
	struct proc_child *c;
	pid_t pid;

	while (read(m->ready[0], &pid, sizeof(pid)) == sizeof(pid))
		for (c = m->family.at; c < m->family.at + m->family.n; c++)
			c->serves |= c->pid == pid;
}

static bool
all_serve(const struct master *m)
{
	const struct proc_child *c;

	for (c = m->family.at; c < m->family.at + m->family.n; c++)
		if (c->kind == PROC_WORKER && c->generation == m->generation &&
		    !c->serves)
			return false;
	return true;
}

static void
settle(struct master *m)
{
	unsigned generation;

	hear_ready(m);
	if (m->settled || m->ending || !all_serve(m))
		return;
	m->settled = m->ever_settled = true;
	sd_notify(0, "READY=1");
	for (generation = 1; generation < m->generation; generation++)
		stop_generation(m, generation, PROC_STOP);
}

static bool
wanted(const struct master *m, const struct proc_child *c)
{
	return !m->ending && c->generation == m->generation && !c->told;
}

/* It has died, or could not be started. */
static void
replace_later(struct proc_child *c)
{
	int64_t now = clock_mono();
	int64_t wait = proc_throttle_wait(&c->throttle, now - c->began);

	proc_child_bury(c);
	c->due = now + wait;
	log_line(LOG_WARN, "%s %zu is started again in %" PRId64 " ms",
	    proc_child_name(c->kind), c->slot, wait / 1000);
}

static void
died(struct master *m, struct proc_child *c, int how)
{
	bool expected = !wanted(m, c) && WIFEXITED(how) &&
	    WEXITSTATUS(how) == 0;

	if (!expected)
		log_line(LOG_WARN, "%s %zu (pid %d) ended: %s %d",
		    proc_child_name(c->kind), c->slot, (int)c->pid,
		    WIFSIGNALED(how) ? "signal" : "status",
		    WIFSIGNALED(how) ? WTERMSIG(how) : WEXITSTATUS(how));
	if (m->generation == 1 && !c->lived && WIFEXITED(how) &&
	    WEXITSTATUS(how) == PROC_EXIT_FATAL)
		end(m, PROC_EXIT_FATAL);
	if (wanted(m, c) && m->plan->lost != NULL)
		m->plan->lost(c->kind, m->plan->arg);
	if (wanted(m, c))
		replace_later(c);
	else
		proc_child_bury(c);
}

static void
reap(struct master *m)
{
	struct proc_child *c;
	int how;

	for (c = m->family.at; c < m->family.at + m->family.n; c++)
		if (c->pid > 0 && waitpid(c->pid, &how, WNOHANG) == c->pid)
			died(m, c, how);
}

static void
start_due(struct master *m)
{
	int64_t now = clock_mono();
	struct proc_child *c;

	for (c = m->family.at; c < m->family.at + m->family.n; c++) {
		if (c->pid > 0 || c->due > now || !wanted(m, c))
			continue;
		proc_child_start(c, &m->family, m->plan, m->ready[1]);
		if (c->pid == 0)
			replace_later(c);
	}
}

static bool
has_others(const struct master *m, const struct proc_child *host)
{
	const struct proc_child *c;

	for (c = m->family.at; c < m->family.at + m->family.n; c++)
		if (c->pid > 0 && c->kind != PROC_HOST &&
		    c->generation == host->generation)
			return true;
	return false;
}

/* What is not wanted any more: hosts that serve nobody, those who drain too
 * long, and the places of the dead. */
static void
clear(struct master *m)
{
	int64_t now = clock_mono();
	struct proc_child *c;
	size_t i;

	for (i = m->family.n; i-- > 0;) {
		c = &m->family.at[i];
		if (wanted(m, c))
			continue;
		if (c->pid == 0)
			proc_family_remove(&m->family, i);
		else if (c->kind == PROC_HOST && !c->told && !has_others(m, c))
			proc_child_stop(c, PROC_STOP, drained_by(m));
		else if (c->told && c->due <= now) {
			kill(c->pid, SIGKILL);
			c->due = INT64_MAX;
		}
	}
}

static void
tell_drained(struct master *m)
{
	const struct proc_child *c;

	if (!m->mixed)
		return;
	for (c = m->family.at; c < m->family.at + m->family.n; c++)
		if (c->kind == PROC_WORKER && c->generation != m->generation)
			return;
	m->mixed = false;
	if (m->plan->drained != NULL)
		m->plan->drained(m->plan->arg);
}

static void
beat(struct master *m)
{
	int64_t now = clock_mono();

	if (m->watchdog > 0 && now >= m->watchdog_at) {
		sd_notify(0, "WATCHDOG=1");
		m->watchdog_at = now + m->watchdog / 2;
	}
}

/* Milliseconds until something is due; -1: only a signal can be. */
static int
until_due(const struct master *m)
{
	const struct proc_child *c;
	int64_t at = INT64_MAX, left;

	for (c = m->family.at; c < m->family.at + m->family.n; c++)
		if ((c->pid == 0 || c->told) && c->due < at)
			at = c->due;
	if (m->watchdog > 0 && m->watchdog_at < at)
		at = m->watchdog_at;
	if (at == INT64_MAX)
		return -1;
	left = (at - clock_mono() + 999) / 1000;
	return left < 0 ? 0 : (int)left;
}

static void
wait_and_hear(struct master *m)
{
	struct pollfd p[2] = {
		{ .fd = m->signals, .events = POLLIN },
		{ .fd = m->ready[0], .events = POLLIN }
	};
	struct proc_signals heard;

	poll(p, COUNT(p), until_due(m));
	proc_signals_take(&heard);
	settle(m);
	if (heard.child)
		reap(m);
	if (heard.end)
		end(m, m->status);
	if (heard.reload)
		reload(m);
}

int
proc_master(const struct proc_plan *plan)
{
	struct master m = { .plan = plan };
	uint64_t watchdog = 0;

	if ((m.signals = proc_signals_open()) < 0 ||
	    pipe2(m.ready, O_CLOEXEC | O_NONBLOCK) != 0)
		return EXIT_FAILURE;
	if (sd_watchdog_enabled(0, &watchdog) > 0)
		m.watchdog = (int64_t)watchdog;
	begin_generation(&m);
	start_due(&m);
	while (!m.ending || m.family.n > 0) {
		wait_and_hear(&m);
		start_due(&m);
		clear(&m);
		tell_drained(&m);
		beat(&m);
	}
	close(m.ready[0]);
	close(m.ready[1]);
	free(m.family.at);
	return m.status;
}
