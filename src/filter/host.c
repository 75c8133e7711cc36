/*
 * host.c: the exec'd process: keeps one confined runner alive.
 *
 * It runs no plugin's code itself. The runner is forked, so that one which
 * died is replaced in the time of a fork, takes up the question where the
 * dead one left it, and leaves out the plugin that it died of.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "filter/internal.h"

enum { LIFE = 4 * 1024 * 1024 };	/* bytes of the plan, and to spare */

static void *
adopt(const char *arg, int prot, int flags, size_t *size)
{
	int64_t fd;
	struct stat st;
	void *at;

	if (!str_int64(str_of(arg), &fd) || fstat((int)fd, &st) == -1)
		return NULL;
	*size = (size_t)st.st_size;
	at = mmap(NULL, *size, prot, flags, (int)fd, 0);
	return at == MAP_FAILED ? NULL : at;
}

static bool
host_memories(struct filter_host *host)
{
	const struct filter_job *job = &host->job;
	size_t k, size = FILTER_PARTS * filter_keep_most(&job->plan);

	for (k = 0; k < job->plan.nplugins; k++) {
		void *at = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED,
		    job->memories[k], 0);

		if (at == MAP_FAILED)
			return false;
		host->memories[k] = at;
		close(job->memories[k]);
	}
	return true;
}

/* argv: --filter-host, the job's descriptor, the page's. */
static bool
host_adopt(struct filter_host *host, int argc, char **argv)
{
	struct str job;
	size_t size;

	if (argc != 4)
		return false;
	job.at = adopt(argv[2], PROT_READ, MAP_PRIVATE, &job.len);
	host->page = adopt(argv[3], PROT_READ | PROT_WRITE, MAP_SHARED, &size);
	host->page_read = adopt(argv[3], PROT_READ, MAP_SHARED, &size);
	if (job.at == NULL || host->page == NULL || host->page_read == NULL)
		return false;
	host->arena = arena_new(LIFE);
	if (!filter_job_unpack(host->arena, job, &host->job) ||
	    filter_page_size(host->job.nseats) != size)
		return false;
	if (!host_memories(host))
		return false;
	close(atoi(argv[2]));
	close(atoi(argv[3]));
	return true;
}

/* A host before us may have been killed at any point. */
static void
host_reset(struct filter_host *host)
{
	struct filter_page *page = host->page;
	int32_t k = atomic_load(&page->now.plugin);
	size_t i;

	if (k >= 0 && (size_t)k < host->job.plan.nplugins)
		atomic_store(&page->records[k].scratch, 0);
	atomic_store(&page->now.plugin, -1);
	atomic_store(&page->now.pending, 0);
	filter_heal(host);
	for (i = 0; i < host->job.plan.nplugins; i++) {
		atomic_store(&page->records[i].loaded, 0);
		atomic_store(&page->records[i].refused, 0);
	}
}

/* What the supervisor waits for; the runner blocks nothing. */
static sigset_t
host_signals(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	sigaddset(&set, SIGTERM);
	return set;
}

static pid_t
host_fork(struct filter_host *host)
{
	pid_t parent = getpid(), pid = fork();
	sigset_t none;

	if (pid != 0)
		return pid;
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) == -1 || getppid() != parent)
		_exit(FILTER_EXIT_BROKEN);
	filter_run(host);
}

/* The runner kills itself when a plugin takes too long; this is for one that
 * a plugin has kept from doing so. */
static bool
host_overdue(const struct filter_host *host)
{
	const struct filter_now *now = &host->page->now;
	int64_t most = host->job.plan.deadline_ms * INT64_C(2000) + 100000;

	if (atomic_load(&now->plugin) < 0)
		return false;
	if (atomic_load(&now->loading))
		most = 2 * FILTER_LOAD_USEC;
	return clock_mono() - atomic_load(&now->since) > most;
}

/* Until the runner is dead; its status. */
static int
host_wait(struct filter_host *host, pid_t pid)
{
	const struct timespec tick = { 0, 250000000 };
	sigset_t set = host_signals();
	int got, status;

	for (;;) {
		got = sigtimedwait(&set, NULL, &tick);
		if (got == SIGTERM) {
			kill(pid, SIGKILL);
			_exit(0);
		}
		if (waitpid(pid, &status, WNOHANG) == pid)
			return status;
		if (host_overdue(host))
			kill(pid, SIGKILL);
		filter_files_look(host);
	}
}

static const char *
cause(int status)
{
	if (WIFEXITED(status))
		return WEXITSTATUS(status) == FILTER_EXIT_MEMORY ?
		    "used up the memory it may have" : "ended its process";
	if (WTERMSIG(status) == SIGKILL)
		return "took too long";
	return WTERMSIG(status) == SIGABRT ? "gave up (abort)" : "crashed";
}

void
filter_fault(struct filter_host *host, size_t k, const char *why)
{
	const struct filter_plan *plan = &host->job.plan;
	const char *name = plan->plugins[k].name;

	log_line(LOG_WARN, "filter %s %s", name, why);
	if (filter_breaker_fault(&host->page->records[k], clock_mono(),
	    plan->pause_s * INT64_C(1000000)))
		log_line(LOG_WARN, "filter %s is out for %d s", name,
		    plan->pause_s);
}

static void
settle_load(struct filter_host *host, size_t k, const char *why)
{
	struct filter_record *r = &host->page->records[k];

	atomic_store(&r->loaded, 0);
	atomic_store(&r->refused, 1);
	atomic_store(&r->scratch, 0);
	snprintf(r->trouble, sizeof(r->trouble), "%s: it %s while it was "
	    "being loaded", host->job.plan.plugins[k].path, why);
	atomic_fetch_add(&r->faults, 1);
	log_line(LOG_WARN, "filter %s", r->trouble);
}

static void
settle_answer(struct filter_host *host, size_t k, const char *why)
{
	struct filter_now *now = &host->page->now;
	struct filter_slot *slot;

	filter_fault(host, k, why);
	atomic_store(&host->page->records[k].scratch, 0);
	if (now->seat >= host->job.nseats)
		return;			/* scribbled on */
	slot = &host->page->slots[now->seat];
	filter_answer_silent(&slot->each[k], why,
	    clock_mono() - atomic_load(&now->since));
	atomic_store(&slot->done, (uint32_t)k + 1);
}

/* It has forgotten what it was about: nobody is told an answer, and whose fault
 * it was can't be known. */
static void
settle_damage(struct filter_now *now)
{
	atomic_store(&now->plugin, -1);
	atomic_store(&now->pending, 0);
}

/* Whose fault it was. What no plugin did is not for us to mend: the master
 * starts afresh, less and less often. */
static void
host_settle(struct filter_host *host, int status)
{
	struct filter_now *now = &host->page->now;
	int32_t k = atomic_load(&now->plugin);

	if (k == -1)
		_exit(WIFEXITED(status) ? WEXITSTATUS(status) :
		    FILTER_EXIT_BROKEN);
	if (k < 0 || (size_t)k >= host->job.plan.nplugins)
		settle_damage(now);
	else if (atomic_load(&now->loading))
		settle_load(host, (size_t)k, cause(status));
	else
		settle_answer(host, (size_t)k, cause(status));
	atomic_store(&now->plugin, -1);
	filter_heal(host);
}

void
filter_host_main(int argc, char **argv)
{
	struct filter_host host = { 0 };
	sigset_t set = host_signals();
	pid_t pid;

	signal(SIGCHLD, SIG_DFL);
	sigprocmask(SIG_SETMASK, &set, NULL);
	log_open("filters", LOG_NOTE, LOG_TEXT);
	if (!host_adopt(&host, argc, argv)) {
		log_line(LOG_ERROR, "--filter-host is only for foyerd itself");
		_exit(64);		/* EX_USAGE */
	}
	log_open("filters", LOG_NOTE, host.job.plan.log_format);
	host_reset(&host);
	if (!filter_files_make(&host))
		_exit(FILTER_EXIT_BROKEN);
	while ((pid = host_fork(&host)) > 0)
		host_settle(&host, host_wait(&host, pid));
	_exit(FILTER_EXIT_BROKEN);
}
