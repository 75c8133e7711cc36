/* sweep.c: deletes what was dropped; keeps the cache within its limits. */
#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "snapshot/internal.h"

enum { THREADS_MOST = 65536 };

struct heap {				/* one thread's folder */
	char name[SNAPSHOT_NAME];
	int64_t bytes, files, changed;
};

static DIR *
folder_list(int at, const char *name)
{
	int fd = snapshot_folder(at, name);
	DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;

	if (dir == NULL && fd >= 0)
		close(fd);
	return dir;
}

static bool
hidden(const struct dirent *entry)
{
	return strcmp(entry->d_name, ".") == 0 ||
	    strcmp(entry->d_name, "..") == 0;
}

/* Deletes the files in `name`, then `name`. Never follows a link. */
static void
folder_delete(int at, const char *name)
{
	struct dirent *entry;
	DIR *dir = folder_list(at, name);

	if (dir != NULL) {
		while ((entry = readdir(dir)) != NULL)
			if (!hidden(entry))
				unlinkat(dirfd(dir), entry->d_name, 0);
		closedir(dir);
		unlinkat(at, name, AT_REMOVEDIR);
		return;
	}
	unlinkat(at, name, 0);
}

void
snapshot_empty(struct snapshot *s)
{
	struct dirent *entry;
	DIR *dir;

	if (s->shared == NULL)
		return;
	dir = folder_list(s->trash, ".");
	while (dir != NULL && (entry = readdir(dir)) != NULL)
		if (!hidden(entry))
			folder_delete(s->trash, entry->d_name);
	if (dir != NULL)
		closedir(dir);
}

static void
heap_count(int at, struct heap *h)
{
	struct dirent *entry;
	struct stat st;
	DIR *dir = folder_list(at, h->name);

	if (dir == NULL)
		return;
	if (fstat(dirfd(dir), &st) == 0)
		h->changed = (int64_t)st.st_mtime;
	while ((entry = readdir(dir)) != NULL) {
		if (hidden(entry) || fstatat(dirfd(dir), entry->d_name, &st,
		    AT_SYMLINK_NOFOLLOW) != 0)
			continue;
		h->files++;
		h->bytes += (int64_t)st.st_size;
	}
	closedir(dir);
}

static int
by_age(const void *a, const void *b)
{
	const struct heap *x = a, *y = b;

	return (x->changed > y->changed) - (x->changed < y->changed);
}

/* The oldest go until a quarter is free. */
static void
evict(struct snapshot *s, struct heap *heaps, size_t n, int64_t bytes,
    int64_t files)
{
	size_t i;

	if (bytes <= s->limits.bytes * 9 / 10 &&
	    files <= s->limits.files * 9 / 10)
		return;
	qsort(heaps, n, sizeof(*heaps), by_age);
	for (i = 0; i < n && (bytes > s->limits.bytes * 3 / 4 ||
	    files > s->limits.files * 3 / 4); i++) {
		snapshot_drop(s, str_of(heaps[i].name));
		bytes -= heaps[i].bytes;
		files -= heaps[i].files;
	}
}

void
snapshot_sweep(struct snapshot *s)
{
	int64_t bytes = 0, files = 0;
	struct dirent *entry;
	struct heap *heaps;
	size_t n = 0;
	DIR *dir;

	if (s->shared == NULL)
		return;
	snapshot_empty(s);
	heaps = calloc(THREADS_MOST, sizeof(*heaps));
	dir = folder_list(s->threads, ".");
	while (heaps != NULL && dir != NULL && n < THREADS_MOST &&
	    (entry = readdir(dir)) != NULL) {
		if (hidden(entry) || !snapshot_name(str_of(entry->d_name), "",
		    heaps[n].name))
			continue;
		heap_count(s->threads, &heaps[n]);
		bytes += heaps[n].bytes;
		files += heaps[n].files;
		n++;
	}
	if (dir != NULL)
		closedir(dir);
	s->shared->bytes = bytes;
	s->shared->files = files;
	if (heaps != NULL)
		evict(s, heaps, n, bytes, files);
	free(heaps);
}
