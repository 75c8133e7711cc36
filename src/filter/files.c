/*
 * files.c: what settings name, read for those who can't open files any more.
 *
 * A confined runner knows files as they were when it began; another file by
 * the same name is closed to it. So the host looks at them each tick and puts
 * their bytes where every runner it forks can read them: into the one of two
 * buffers that nobody reads.
 */
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "filter/internal.h"

struct filter_file {			/* shared with the runners */
	_Atomic uint64_t version;	/* 0: it could not be read yet */
	uint64_t size[2];
	char bytes[2][FILTER_FILE + 1];
};

static bool
same(const struct stat *a, const struct stat *b)
{
	return a->st_ino == b->st_ino && a->st_dev == b->st_dev &&
	    a->st_size == b->st_size &&
	    a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
	    a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

/* The bytes, if nobody wrote meanwhile; -1: not now. */
static ssize_t
file_bytes(const char *path, char *to, struct stat *is)
{
	struct stat after;
	ssize_t n = -1;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

	if (fd == -1)
		return -1;
	if (fstat(fd, is) == 0 && S_ISREG(is->st_mode) &&
	    is->st_size <= FILTER_FILE)
		n = read(fd, to, FILTER_FILE);
	if (n != is->st_size || fstat(fd, &after) != 0 || !same(is, &after))
		n = -1;
	close(fd);
	return n;
}

static void
file_look(const char *path, struct stat *known, struct filter_file *file)
{
	uint64_t next = atomic_load(&file->version) + 1;
	char *to = file->bytes[next % 2];
	struct stat is;
	ssize_t n;

	if (stat(path, &is) != 0 || same(&is, known))
		return;
	if ((n = file_bytes(path, to, &is)) < 0)
		return;
	to[n] = '\0';
	file->size[next % 2] = (uint64_t)n;
	*known = is;
	atomic_store(&file->version, next);
}

static void
files_name(struct filter_host *host, const struct filter_plugin *p)
{
	size_t i;

	for (i = 0; i < p->npairs && host->nfiles < FILTER_FILES; i++)
		if (p->pairs[i].value[0] == '/')
			host->paths[host->nfiles++] = p->pairs[i].value;
}

bool
filter_files_make(struct filter_host *host)
{
	const struct filter_plan *plan = &host->job.plan;
	void *at;
	size_t i;

	for (i = 0; i < plan->nplugins; i++)
		files_name(host, &plan->plugins[i]);
	if (host->nfiles == 0)
		return true;
	at = mmap(NULL, host->nfiles * sizeof(*host->files), PROT_READ |
	    PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (at == MAP_FAILED)
		return false;
	host->files = at;
	host->known = arena_alloc(host->arena,
	    host->nfiles * sizeof(*host->known));
	filter_files_look(host);
	return true;
}

void
filter_files_look(struct filter_host *host)
{
	size_t i;

	for (i = 0; i < host->nfiles; i++)
		file_look(host->paths[i], &host->known[i], &host->files[i]);
}

bool
filter_files_close(struct filter_host *host)
{
	return host->nfiles == 0 || mprotect(host->files, host->nfiles *
	    sizeof(*host->files), PROT_READ) == 0;
}

bool
filter_files_get(const struct filter_host *host, const char *path,
    struct foyer_file *ret)
{
	size_t i = 0;

	while (i < host->nfiles && strcmp(host->paths[i], path) != 0)
		i++;
	if (i == host->nfiles ||
	    (ret->version = atomic_load(&host->files[i].version)) == 0)
		return false;
	ret->size = host->files[i].size[ret->version % 2];
	ret->bytes = host->files[i].bytes[ret->version % 2];
	return true;
}
