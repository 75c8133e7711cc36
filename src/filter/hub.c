/* hub.c: the master's side: what workers and host share; starts the host. */
#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "filter/internal.h"

size_t
filter_page_size(size_t seats)
{
	return sizeof(struct filter_page) + seats * sizeof(struct filter_slot);
}

/* The host must not be able to take memory from under us. */
int
filter_hub_sealed(const char *name, size_t size, unsigned seals)
{
	int fd = memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING);

	if (fd == -1)
		return -1;
	if (ftruncate(fd, (off_t)size) == -1 ||
	    fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | seals) == -1) {
		close(fd);
		return -1;
	}
	return fd;
}

static int
hub_job(struct arena *arena, const struct filter_hub *hub, int *hosts)
{
	struct filter_job job = { hub->plan, hosts, hub->nseats,
	    hub->memories };
	struct buf b = buf_new(arena, 4096);
	int fd;

	filter_job_pack(&b, &job);
	if ((fd = filter_hub_sealed("foyer-filter-job", b.len, 0)) == -1)
		return -1;
	if (pwrite(fd, b.at, b.len, 0) != (ssize_t)b.len ||
	    fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_SEAL) == -1) {
		close(fd);
		return -1;
	}
	return fd;
}

static bool
hub_page(struct filter_hub *hub)
{
	void *at;

	hub->page_size = filter_page_size(hub->nseats);
	hub->page_fd = filter_hub_sealed("foyer-filter-page", hub->page_size,
	    F_SEAL_SEAL);
	if (hub->page_fd == -1)
		return false;
	at = mmap(NULL, hub->page_size, PROT_READ, MAP_SHARED, hub->page_fd, 0);
	if (at == MAP_FAILED)
		return false;
	hub->page = at;
	return true;
}

static bool
hub_pairs(struct filter_hub *hub)
{
	size_t i;
	int pair[2];

	for (i = 0; i < hub->nseats; i++) {
		if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0,
		    pair) == -1)
			return false;
		hub->workers[i] = pair[0];
		hub->hosts[i] = pair[1];
	}
	return true;
}

static const char *
copy(struct arena *arena, const char *s)
{
	return arena_cstr(arena, str_of(s));
}

/* Ours, however long the caller's lives. */
static void
hub_plan(struct arena *arena, const struct filter_plan *plan,
    struct filter_plan *ret)
{
	struct filter_plugin *to = arena_alloc(arena,
	    (plan->nplugins + 1) * sizeof(*to));
	size_t i, k;

	*ret = *plan;
	ret->site = copy(arena, plan->site);
	ret->state = copy(arena, plan->state);
	ret->plugins = to;
	for (i = 0; i < plan->nplugins; i++) {
		const struct filter_plugin *from = &plan->plugins[i];
		struct filter_pair *pairs = arena_alloc(arena,
		    (from->npairs + 1) * sizeof(*pairs));

		to[i] = *from;
		to[i].name = copy(arena, from->name);
		to[i].path = copy(arena, from->path);
		for (k = 0; k < from->npairs; k++) {
			pairs[k].key = copy(arena, from->pairs[k].key);
			pairs[k].value = copy(arena, from->pairs[k].value);
		}
		to[i].pairs = pairs;
	}
}

enum err
filter_hub_open(struct arena *arena, const struct filter_plan *plan,
    size_t seats, struct filter_hub **ret)
{
	struct filter_hub *hub = arena_alloc(arena, sizeof(*hub));
	size_t i;

	if (plan->nplugins > MODEL_FILTERS_MAX)
		return ERR_TOO_LARGE;
	hub_plan(arena, plan, &hub->plan);
	hub->nseats = seats;
	hub->job_fd = hub->page_fd = -1;
	hub->workers = arena_alloc(arena, (seats + 1) * sizeof(int));
	hub->hosts = arena_alloc(arena, (seats + 1) * sizeof(int));
	hub->memories = arena_alloc(arena, (plan->nplugins + 1) * sizeof(int));
	for (i = 0; i < seats; i++)
		hub->workers[i] = hub->hosts[i] = -1;
	for (i = 0; i < plan->nplugins; i++)
		hub->memories[i] = -1;
	if (!hub_page(hub) || !hub_pairs(hub) || !filter_keep_make(hub) ||
	    (hub->job_fd = hub_job(arena, hub, hub->hosts)) == -1) {
		filter_hub_close(hub);
		return ERR_BROKEN;
	}
	for (i = 0; i < plan->nplugins; i++)
		filter_keep_recall(hub, i);
	*ret = hub;
	return OK;
}

int
filter_hub_seat(const struct filter_hub *hub, size_t seat)
{
	return seat < hub->nseats ? hub->workers[seat] : -1;
}

static bool
keep(int fd)
{
	return fcntl(fd, F_SETFD, 0) != -1;
}

/* Only what the host needs stays open past exec. */
static bool
hub_hand_over(const struct filter_hub *hub)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);
	size_t i;

	if (null == -1 || dup2(null, 0) == -1 || dup2(null, 1) == -1 ||
	    close_range(3, ~0U, CLOSE_RANGE_CLOEXEC) == -1 ||
	    !keep(hub->job_fd) || !keep(hub->page_fd))
		return false;
	for (i = 0; i < hub->nseats; i++)
		if (!keep(hub->hosts[i]))
			return false;
	for (i = 0; i < hub->plan.nplugins; i++)
		if (!keep(hub->memories[i]))
			return false;
	return true;
}

/* The journal's socket and the time zone; no password, no key. */
static void
hub_environment(char *env[3], char room[2][256])
{
	static const char *const names[] = { "JOURNAL_STREAM", "TZ" };
	size_t i, n = 0;

	for (i = 0; i < COUNT(names); i++) {
		const char *value = getenv(names[i]);

		if (value == NULL || strlen(value) > 200)
			continue;
		snprintf(room[n], 256, "%s=%s", names[i], value);
		env[n] = room[n];
		n++;
	}
	env[n] = NULL;
}

static void __attribute__((noreturn))
hub_become_host(const struct filter_hub *hub, pid_t master)
{
	char job[16], page[16], name[] = "foyerd", flag[] = "--filter-host";
	char *argv[] = { name, flag, job, page, NULL };
	char *env[3], room[2][256];

	if (prctl(PR_SET_PDEATHSIG, SIGKILL) == -1 || getppid() != master ||
	    setpgid(0, 0) == -1 || !hub_hand_over(hub))
		_exit(FILTER_EXIT_BROKEN);
	snprintf(job, sizeof(job), "%d", hub->job_fd);
	snprintf(page, sizeof(page), "%d", hub->page_fd);
	hub_environment(env, room);
	execve("/proc/self/exe", argv, env);
	_exit(FILTER_EXIT_BROKEN);
}

pid_t
filter_hub_start(struct filter_hub *hub)
{
	pid_t master = getpid(), pid = fork();

	if (pid == 0)
		hub_become_host(hub, master);
	return pid;
}

void
filter_hub_status(const struct filter_hub *hub, struct arena *arena,
    struct filter_status **ret, size_t *n)
{
	int64_t now = clock_mono();
	size_t i;

	*n = hub->plan.nplugins;
	*ret = arena_alloc(arena, (*n + 1) * sizeof(**ret));
	for (i = 0; i < *n; i++) {
		const struct filter_record *r = &hub->page->records[i];
		char trouble[FILTER_TROUBLE];

		memcpy(trouble, r->trouble, sizeof(trouble));
		(*ret)[i] = (struct filter_status){
			.name = hub->plan.plugins[i].name,
			.loaded = atomic_load(&r->loaded) != 0,
			.out = filter_breaker_out(r, now),
			.asked = atomic_load(&r->asked),
			.faults = atomic_load(&r->faults),
			.abstained = atomic_load(&r->abstained),
			.challenges = atomic_load(&r->challenges),
			.usec = atomic_load(&r->usec),
			.trouble = filter_text(arena, trouble,
			    sizeof(trouble), FILTER_TROUBLE)
		};
	}
}

void
filter_hub_close(struct filter_hub *hub)
{
	size_t i;

	for (i = 0; i < hub->nseats; i++) {
		if (hub->workers[i] != -1)
			close(hub->workers[i]);
		if (hub->hosts[i] != -1)
			close(hub->hosts[i]);
		hub->workers[i] = hub->hosts[i] = -1;
	}
	for (i = 0; i < hub->plan.nplugins; i++) {
		if (hub->memories[i] != -1)
			close(hub->memories[i]);
		hub->memories[i] = -1;
	}
	if (hub->page != NULL)
		munmap((void *)(uintptr_t)hub->page, hub->page_size);
	if (hub->page_fd != -1)
		close(hub->page_fd);
	if (hub->job_fd != -1)
		close(hub->job_fd);
	hub->page = NULL;
	hub->page_fd = hub->job_fd = -1;
}
