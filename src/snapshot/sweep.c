/* sweep.c: deletes what was dropped; keeps the cache within its limits. */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "snapshot/internal.h"

/*
 * Whoever sweeps also follows the changes, so it goes in slices. A sweep
 * deletes what killed workers left, counts all threads, and if they are too
 * many goes through them again and drops those that changed longest ago.
 */

enum {
	SLICE = 20 * 1000,		/* us */
	LEFT = 60			/* seconds; no put takes so long */
};

struct snapshot_heap {			/* one thread's folder */
	int64_t changed;		/* ns */
	int64_t bytes, files;
};

bool
snapshot_empty(struct snapshot *s)
{
	return s->shared == NULL ||
	    snapshot_folder_clear(s, s->trash, ".", clock_mono() + SLICE);
}

static int64_t
changed(const struct stat *st)
{
	return (int64_t)st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec;
}

/* Deletes what a killed worker left in tmp; whether more is in there. */
static bool
clean_up(struct snapshot *s)
{
	DIR *dir = snapshot_folder_list(s->tmp, ".");
	int64_t now = clock_now() / 1000000;
	bool more = false;
	const char *name;
	struct stat st;

	while (dir != NULL && (name = snapshot_folder_next(dir)) != NULL) {
		if (fstatat(s->tmp, name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
		    (int64_t)st.st_ctim.tv_sec < now - LEFT)
			unlinkat(s->tmp, name, 0);
		else
			more = true;
	}
	if (dir != NULL)
		closedir(dir);
	return more;
}

static bool
heap_count(int at, const char *thread, struct snapshot_heap *h)
{
	DIR *dir = snapshot_folder_list(at, thread);
	const char *name;
	struct stat st;

	*h = (struct snapshot_heap){ 0 };
	if (dir == NULL)
		return false;
	if (fstat(dirfd(dir), &st) == 0)
		h->changed = changed(&st);
	while ((name = snapshot_folder_next(dir)) != NULL) {
		if (fstatat(dirfd(dir), name, &st, AT_SYMLINK_NOFOLLOW) != 0)
			continue;
		h->files++;
		h->bytes += (int64_t)st.st_size;
	}
	closedir(dir);
	return true;
}

static void
count_one(struct snapshot *s, const char *thread)
{
	struct snapshot_sweep *w = &s->sweep;
	size_t cap = w->cap ? 2 * w->cap : 256;
	struct snapshot_heap *more;

	if (w->n == w->cap) {
		more = realloc(w->heaps, cap * sizeof(*more));
		if (more == NULL)
			abort();
		w->heaps = more;
		w->cap = cap;
	}
	if (!heap_count(dirfd(w->dir), thread, &w->heaps[w->n]))
		return;
	w->bytes += w->heaps[w->n].bytes;
	w->files += w->heaps[w->n].files;
	w->n++;
}

static void
evict_one(struct snapshot *s, const char *thread)
{
	struct stat st;

	if (fstatat(dirfd(s->sweep.dir), thread, &st, AT_SYMLINK_NOFOLLOW) ==
	    0 && changed(&st) <= s->sweep.evict)
		snapshot_drop(s, str_of(thread));
}

static int
by_age(const void *a, const void *b)
{
	const struct snapshot_heap *x = a, *y = b;

	return (x->changed > y->changed) - (x->changed < y->changed);
}

/* Past nine tenths the oldest go until a quarter is free: up to when. */
static int64_t
oldest(struct snapshot_sweep *w, const struct snapshot_limits *most)
{
	int64_t bytes = w->bytes, files = w->files, until = 0;
	size_t i;

	if (bytes <= most->bytes / 10 * 9 && files <= most->files / 10 * 9)
		return 0;
	qsort(w->heaps, w->n, sizeof(*w->heaps), by_age);
	for (i = 0; i < w->n && (bytes > most->bytes / 4 * 3 ||
	    files > most->files / 4 * 3); i++) {
		bytes -= w->heaps[i].bytes;
		files -= w->heaps[i].files;
		until = w->heaps[i].changed;
	}
	return until;
}

/* Puts and drops keep count themselves; what a killed worker had reserved is
 * found out when nothing else happened. */
static void
count_end(struct snapshot *s)
{
	struct snapshot_sweep *w = &s->sweep;

	if (s->shared->moves == w->moves) {
		s->shared->bytes += w->bytes - s->shared->bytes;
		s->shared->files += w->files - s->shared->files;
	}
	w->evict = oldest(w, &s->limits);
}

void
snapshot_sweep_end(struct snapshot *s)
{
	if (s->sweep.dir != NULL)
		closedir(s->sweep.dir);
	free(s->sweep.heaps);
	s->sweep = (struct snapshot_sweep){ 0 };
}

static void
begin(struct snapshot *s)
{
	snapshot_sweep_end(s);
	s->sweep.moves = s->shared->moves;
	if (clean_up(s))
		s->sweep.moves--;	/* one is at it */
	s->sweep.dir = snapshot_folder_list(s->root, "t");
}

/* One after the other, until the time is over: false. */
static bool
walk(struct snapshot *s, void (*one)(struct snapshot *, const char *),
    int64_t until)
{
	const char *name;

	while ((name = snapshot_folder_next(s->sweep.dir)) != NULL) {
		one(s, name);
		if (clock_mono() >= until)
			return false;
	}
	return true;
}

bool
snapshot_sweep(struct snapshot *s)
{
	int64_t until = clock_mono() + SLICE;
	struct snapshot_sweep *w = &s->sweep;

	if (s->shared == NULL)
		return true;
	if (w->dir == NULL) {
		snapshot_folder_clear(s, s->trash, ".", until);
		if (clock_mono() >= until)
			return false;
		begin(s);
	}
	if (w->dir != NULL && !walk(s, w->evict == 0 ? count_one : evict_one,
	    until))
		return false;
	if (w->dir != NULL && w->evict == 0) {
		count_end(s);
		rewinddir(w->dir);
		if (w->evict != 0)
			return false;
	}
	snapshot_sweep_end(s);
	return true;
}
