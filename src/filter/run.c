/* run.c: the confined process: loads the plugins, then answers the seats. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "filter/internal.h"

enum {
	MEMORY = 8 * 1024 * 1024,	/* our own, in bytes */
	LINES_MOST = 60			/* plugins' log lines in a life */
};

static void __attribute__((noreturn))
give_up(const char *what)
{
	log_line(LOG_ERROR, "the filters' process can't be confined: %s",
	    what);
	_exit(FILTER_EXIT_BROKEN);
}

void
filter_run_timer(struct filter_runner *r, int64_t usec)
{
	struct itimerspec at = { .it_value = { usec / 1000000,
	    usec % 1000000 * 1000 } };

	if (timer_settime(r->timer, 0, &at, NULL) == -1)
		_exit(FILTER_EXIT_BROKEN);
}

void
filter_run_begin(struct filter_runner *r, size_t k, bool loading, int64_t usec)
{
	struct filter_now *now = &r->host->page->now;

	atomic_store(&now->since, clock_mono());
	atomic_store(&now->loading, loading);
	atomic_store(&now->plugin, (int32_t)k);
	filter_run_timer(r, usec);
}

void
filter_run_end(struct filter_runner *r)
{
	filter_run_timer(r, 0);
	atomic_store(&r->host->page->now.plugin, -1);
}

/* A timer whose signal nobody can block or catch. */
static void
run_timer_make(struct filter_runner *r)
{
	struct sigevent event = { .sigev_notify = SIGEV_SIGNAL,
	    .sigev_signo = SIGKILL };

	if (timer_create(CLOCK_MONOTONIC, &event, &r->timer) == -1)
		give_up("timer");
}

/* The verdict's last byte is the last that may be written. */
static void
run_verdict_make(struct filter_runner *r)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	char *at = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (at == MAP_FAILED || mprotect(at + page, page, PROT_NONE) == -1)
		give_up("memory");
	at += page - sizeof(*r->verdict);
	r->verdict = (struct foyer_verdict *)(void *)at;
}

/* What a plugin logs: one line, no more than so many, and nothing of the
 * comment that it was given, which errors of scripts like to quote. */
static void
run_log(const struct foyer_host *api, const char *line)
{
	static int said;
	const struct filter_voice *voice = (const void *)api;
	const struct filter_now *now = &voice->host->page_read->now;
	char text[FILTER_TROUBLE];
	size_t i;

	if (line == NULL || ++said > LINES_MOST)
		return;
	snprintf(text, sizeof(text), "%s", line);
	if (!atomic_load(&now->loading))
		filter_hush(text, &now->comment);
	for (i = 0; text[i] != '\0'; i++)
		if ((unsigned char)text[i] < ' ' || text[i] == 0x7f)
			text[i] = ' ';
	log_line(LOG_NOTE, "filter %s says: %s", voice->name, text);
}

/* Bytes that a plugin had before, or empty ones. */
static void *
run_memory(const struct foyer_host *api, uint64_t size)
{
	struct filter_voice *voice = (struct filter_voice *)(uintptr_t)api;
	struct filter_record *rec =
	    &voice->host->page->records[voice->plugin];
	char *at = voice->host->memories[voice->plugin];
	size_t most = filter_keep_most(&voice->host->job.plan);

	if (size == 0 || size > most)
		return NULL;
	if (atomic_load(&rec->memory) != size) {
		memset(at, 0, size);
		atomic_store(&rec->learned, 0);
		atomic_store(&rec->hearing, 0);
		atomic_store(&rec->memory, size);
	}
	voice->remembers = true;
	return at;
}

/* What a fault of its own has left is not given again. */
static void *
run_scratch(const struct foyer_host *api, uint64_t size)
{
	const struct filter_voice *voice = (const void *)api;
	struct filter_record *rec =
	    &voice->host->page->records[voice->plugin];
	size_t most = filter_keep_most(&voice->host->job.plan);
	char *at = voice->host->memories[voice->plugin] +
	    (FILTER_PARTS - 1) * most;

	if (size == 0 || size > most)
		return NULL;
	if (atomic_load(&rec->scratch) != size)
		memset(at, 0, size);
	atomic_store(&rec->scratch, size);
	return at;
}

static int
run_file(const struct foyer_host *api, const char *path,
    struct foyer_file *ret)
{
	const struct filter_voice *voice = (const void *)api;

	return filter_files_get(voice->host, path, ret) ? 0 : -1;
}

/* Who remembers nothing hears all rulings again. */
static void
run_loaded(struct filter_runner *r, size_t k)
{
	struct filter_record *rec = &r->host->page->records[k];

	if (!r->voices[k].remembers) {
		atomic_store(&rec->memory, 0);
		atomic_store(&rec->learned, 0);
		atomic_store(&rec->hearing, 0);
	}
	atomic_store(&rec->learns, filter_module_learns(r->modules[k]));
	atomic_store(&rec->notices, r->modules[k]->plugin.notice != NULL);
	rec->trouble[0] = '\0';
	atomic_store(&rec->loaded, 1);
}

static void
run_load(struct filter_runner *r, size_t k)
{
	const struct filter_plugin *p = &r->host->job.plan.plugins[k];
	struct filter_record *rec = &r->host->page->records[k];
	struct str why;

	if (atomic_load(&rec->refused))
		return;
	r->voices[k].api.log = run_log;
	r->voices[k].api.site = r->host->job.plan.site;
	r->voices[k].api.memory = run_memory;
	r->voices[k].api.file = run_file;
	r->voices[k].api.scratch = run_scratch;
	r->voices[k].name = p->name;
	r->voices[k].host = r->host;
	r->voices[k].plugin = k;
	filter_run_begin(r, k, true, FILTER_LOAD_USEC);
	if (filter_module_open(r->host->arena, p, &r->voices[k].api,
	    &r->modules[k], &why) == OK) {
		run_loaded(r, k);
	} else {
		snprintf(rec->trouble, sizeof(rec->trouble), STR_FMT,
		    STR_ARG(why));
		atomic_store(&rec->loaded, 0);
		atomic_store(&rec->refused, 1);
		log_line(LOG_WARN, "filter %s is not loaded: " STR_FMT,
		    p->name, STR_ARG(why));
	}
	filter_run_end(r);
}

/* Whatever was asked is answered at once, in the order of the seats. */
static void
run_take(struct filter_runner *r, struct pollfd *p, size_t seat)
{
	struct filter_now *now = &r->host->page->now;
	ssize_t n = recv(p->fd, now->packet, sizeof(now->packet),
	    MSG_DONTWAIT);

	if (n == 0 || (n == -1 && errno != EAGAIN && errno != EINTR))
		p->fd = -1;		/* nobody has this seat any more */
	if (n <= 0)
		return;
	now->seat = (uint32_t)seat;
	now->len = (uint32_t)n;
	atomic_store(&now->pending, 1);
	filter_question_answer(r);
}

/* Until all seats are given up. */
static void
run_serve(struct filter_runner *r)
{
	const struct filter_job *job = &r->host->job;
	struct pollfd *fds = arena_alloc(r->host->arena,
	    (job->nseats + 1) * sizeof(*fds));
	size_t i, open;

	for (i = 0; i < job->nseats; i++)
		fds[i] = (struct pollfd){ job->seats[i], POLLIN, 0 };
	do {
		if (poll(fds, job->nseats, -1) == -1 && errno != EINTR)
			_exit(FILTER_EXIT_BROKEN);
		for (i = open = 0; i < job->nseats; i++) {
			if (fds[i].fd != -1 && fds[i].revents != 0)
				run_take(r, &fds[i], i);
			open += fds[i].fd != -1;
		}
	} while (open > 0);
}

static void
run_close(struct filter_runner *r)
{
	size_t k;

	for (k = 0; k < r->host->job.plan.nplugins; k++) {
		struct filter_module *m = r->modules[k];

		if (m == NULL || m->plugin.close == NULL)
			continue;
		filter_run_timer(r, FILTER_LOAD_USEC);
		m->plugin.close(m->state);
	}
}

void
filter_run(struct filter_host *host)
{
	static struct filter_runner r;
	const struct filter_plan *plan = &host->job.plan;
	size_t k;

	r.host = host;
	host->arena = arena_new(MEMORY);
	run_timer_make(&r);
	run_verdict_make(&r);
	if (!filter_files_close(host))
		give_up("files");
	if (!filter_confine_limits(plan->memory_mib))
		give_up("limits");
	if (!filter_confine_files(plan))
		give_up("files");
	if (!filter_confine_calls(plan->network))
		give_up("system calls");
	for (k = 0; k < plan->nplugins; k++)
		run_load(&r, k);
	if (!plan->network && !filter_confine_last())
		give_up("system calls");
	if (atomic_load(&host->page->now.pending))
		filter_question_answer(&r);
	run_serve(&r);
	run_close(&r);
	_exit(FILTER_EXIT_DONE);
}
