/* snapshot.c: the cache folder; tickets and drops. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "snapshot/internal.h"

static _Atomic uint32_t *
ticket_of(struct snapshot *s, struct str thread)
{
	uint32_t h = 2166136261u;	/* FNV-1a */
	size_t i;

	for (i = 0; i < thread.len; i++)
		h = (h ^ (unsigned char)thread.at[i]) * 16777619u;
	return &s->shared->one[h % SNAPSHOT_TICKETS];
}

bool
snapshot_name(struct str name, const char *ending, char ret[SNAPSHOT_NAME])
{
	size_t i;

	if (name.len == 0 || name.len > 120 || name.at[0] == '.' ||
	    name.at[0] == '-')
		return false;
	for (i = 0; i < name.len; i++) {
		char c = name.at[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') &&
		    c != '-' && c != '_' && c != '.')
			return false;
	}
	snprintf(ret, SNAPSHOT_NAME, STR_FMT "%s", STR_ARG(name), ending);
	return true;
}

void
snapshot_unique(struct snapshot *s, char ret[SNAPSHOT_NAME])
{
	snprintf(ret, SNAPSHOT_NAME, "%d-%u", (int)getpid(), s->serial++);
}

int
snapshot_folder(int at, const char *name)
{
	return openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW |
	    O_CLOEXEC);
}

static int
folder_make(int at, const char *name)
{
	if (mkdirat(at, name, 0755) != 0 && errno != EEXIST)
		return -1;
	return snapshot_folder(at, name);
}

static bool
folders_open(struct snapshot *s, const char *folder)
{
	int root = folder_make(AT_FDCWD, folder);

	if (root < 0)
		return false;
	s->threads = folder_make(root, "t");
	s->tmp = folder_make(root, "tmp");
	s->trash = folder_make(root, "trash");
	close(root);
	return s->threads >= 0 && s->tmp >= 0 && s->trash >= 0;
}

enum err
snapshot_open(struct arena *arena, const char *folder,
    const struct snapshot_limits *limits, struct snapshot **ret,
    struct str *why)
{
	struct snapshot *s = arena_alloc(arena, sizeof(*s));
	void *page;

	*s = (struct snapshot){ .threads = -1, .tmp = -1, .trash = -1,
	    .limits = *limits };
	*ret = s;
	if (folder == NULL || *folder == '\0')
		return OK;
	page = mmap(NULL, sizeof(*s->shared), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (page == MAP_FAILED || !folders_open(s, folder)) {
		*why = arena_fmt(arena, "%s: can't be used for snapshots: %s",
		    folder, strerror(errno));
		return ERR_FILE;
	}
	s->shared = page;
	return OK;
}

void
snapshot_close(struct snapshot *s)
{
	if (s->shared == NULL)
		return;
	close(s->threads);
	close(s->tmp);
	close(s->trash);
	munmap(s->shared, sizeof(*s->shared));
	s->shared = NULL;
}

struct snapshot_ticket
snapshot_ticket(struct snapshot *s, struct str thread)
{
	if (s->shared == NULL)
		return (struct snapshot_ticket){ 0, 0 };
	return (struct snapshot_ticket){ s->shared->all,
	    *ticket_of(s, thread) };
}

/* Renamed aside as a whole: what a slower worker still puts into it lands
 * aside too. The sweep deletes. */
static void
drop(struct snapshot *s, const char *thread)
{
	char aside[SNAPSHOT_NAME];

	snapshot_unique(s, aside);
	if (renameat(s->threads, thread, s->trash, aside) != 0 &&
	    errno != ENOENT)
		log_line(LOG_ERROR, "snapshot of %s can't be dropped: %s",
		    thread, strerror(errno));
}

void
snapshot_drop(struct snapshot *s, struct str thread)
{
	char name[SNAPSHOT_NAME];

	if (s->shared == NULL || !snapshot_name(thread, "", name))
		return;
	(*ticket_of(s, thread))++;
	drop(s, name);
}

void
snapshot_drop_all(struct snapshot *s)
{
	struct dirent *entry;
	DIR *dir;
	int fd;

	if (s->shared == NULL)
		return;
	s->shared->all++;
	fd = snapshot_folder(s->threads, ".");
	dir = fd >= 0 ? fdopendir(fd) : NULL;
	if (dir == NULL)
		return;
	while ((entry = readdir(dir)) != NULL)
		if (entry->d_name[0] != '.')
			drop(s, entry->d_name);
	closedir(dir);
}
