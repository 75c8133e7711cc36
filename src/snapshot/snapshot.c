/* snapshot.c: the cache folder; tickets and drops. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "snapshot/internal.h"

enum { TRIES = 100 };			/* at a folder that others fill */

static _Atomic uint32_t *
ticket_of(struct snapshot *s, struct str thread)
{
	uint32_t h = 2166136261u;	/* FNV-1a */
	size_t i;

	for (i = 0; i < thread.len; i++)
		h = (h ^ (unsigned char)thread.at[i]) * 16777619u;
	return &s->shared->one[h % SNAPSHOT_TICKETS];
}

/* What an address is written with, too, where it is percent-encoded. */
static bool
plain(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') ||
	    (c != '\0' && strchr("-_.~%", c) != NULL);
}

bool
snapshot_name(struct str name, const char *ending, char ret[SNAPSHOT_NAME])
{
	size_t i;

	if (name.len == 0 || name.len > SNAPSHOT_NAME - 8 ||
	    name.at[0] == '.' || name.at[0] == '-')
		return false;
	for (i = 0; i < name.len; i++)
		if (!plain(name.at[i]))
			return false;
	snprintf(ret, SNAPSHOT_NAME, STR_FMT "%s", STR_ARG(name), ending);
	return true;
}

void
snapshot_unique(struct snapshot *s, char ret[SNAPSHOT_NAME])
{
	snprintf(ret, SNAPSHOT_NAME, "%d-%u", (int)getpid(), s->serial++);
}

enum err
snapshot_open(struct arena *arena, const char *folder,
    const struct snapshot_limits *limits, struct snapshot **ret,
    struct str *why)
{
	struct snapshot *s = arena_alloc(arena, sizeof(*s));
	void *page;

	*s = (struct snapshot){ .root = -1, .tmp = -1, .trash = -1,
	    .limits = *limits };
	*ret = s;
	if (folder == NULL || *folder == '\0')
		return OK;
	s->folder = arena_cstr(arena, str_of(folder));
	page = mmap(NULL, sizeof(*s->shared), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (page == MAP_FAILED || !snapshot_mend_open(s)) {
		*why = arena_fmt(arena, "%s: can't be used for snapshots: %s",
		    folder, strerror(errno));
		snapshot_mend_close(s);
		if (page != MAP_FAILED)
			munmap(page, sizeof(*s->shared));
		return ERR_FILE;
	}
	s->shared = page;
	snapshot_folder_clear(s, s->tmp, ".", INT64_MAX);
	s->shared->bytes = s->shared->files = 0;
	return OK;
}

void
snapshot_close(struct snapshot *s)
{
	if (s->shared == NULL)
		return;
	snapshot_sweep_end(s);
	snapshot_mend_close(s);
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
 * aside too. Where that can't be (a full disk), deleted where it is: the few
 * that had looked at their ticket before may each leave one more page there.
 * The background process empties the trash. */
static bool
drop(struct snapshot *s, int at, const char *name)
{
	char aside[SNAPSHOT_NAME];
	int tries;

	s->shared->moves++;
	snapshot_unique(s, aside);
	if (renameat(at, name, s->trash, aside) == 0)
		return true;
	for (tries = 0; tries < TRIES; tries++)
		if (snapshot_folder_delete(s, at, name, INT64_MAX))
			return true;
	return false;
}

/* Else what is not true any more would be served until the next change. */
static void
owe(struct snapshot *s, const char *name)
{
	log_line(LOG_ERROR, "snapshot of %s can't be dropped: %s", name,
	    strerror(errno));
	s->shared->owed++;
}

void
snapshot_drop(struct snapshot *s, struct str thread)
{
	char name[SNAPSHOT_NAME];
	int threads;

	if (s->shared == NULL || !snapshot_name(thread, "", name))
		return;
	(*ticket_of(s, thread))++;
	snapshot_mend_follow(s);
	threads = snapshot_folder_threads(s);
	if (threads < 0)
		return;
	if (!drop(s, threads, name))
		owe(s, name);
	close(threads);
}

/* With errno. */
static bool
drop_threads(struct snapshot *s)
{
	int threads, why;
	bool dropped;

	s->shared->all++;
	snapshot_mend_follow(s);
	dropped = drop(s, s->root, "t");
	why = errno;
	threads = snapshot_folder_make(s->root, "t");
	if (threads >= 0)
		close(threads);
	errno = why;
	return dropped;
}

void
snapshot_drop_all(struct snapshot *s)
{
	if (s->shared != NULL && !drop_threads(s))
		owe(s, "all threads");
}

void
snapshot_drop_owed(struct snapshot *s)
{
	uint32_t owed = s->shared->owed;

	if (s->paid != owed && drop_threads(s))
		s->paid = owed;
}
