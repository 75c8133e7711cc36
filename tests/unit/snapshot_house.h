/*
 * snapshot_house.h: a cache folder for one test, gone after it.
 */
#ifndef SNAPSHOT_HOUSE_H
#define SNAPSHOT_HOUSE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "snapshot/snapshot.h"

static const struct snapshot_limits wide = { 1 << 30, 1 << 20 };
static struct arena *arena;
static char folder[] = "/tmp/foyer-cache-XXXXXX";
static struct snapshot *cache;

static inline void
open_cache(const struct snapshot_limits *limits)
{
	struct str why = STR("");

	if (snapshot_open(arena, folder, limits, &cache, &why) != OK)
		fail_msg("%s", why.at);
}

static inline int
set_up(void **state)
{
	(void)state;
	arena = arena_new(1 << 28);
	strcpy(folder + sizeof(folder) - 7, "XXXXXX");
	if (mkdtemp(folder) == NULL)
		return -1;
	open_cache(&wide);
	return 0;
}

static inline int
remove_one(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
	(void)st, (void)kind, (void)ftw;
	return remove(path);
}

static inline int
tear_down(void **state)
{
	(void)state;
	snapshot_close(cache);
	arena_free(arena);
	return nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, set_up, tear_down)

/* ---- what is on the disk ---- */

static int64_t disk_bytes, disk_files;

static inline int
measure_one(const char *path, const struct stat *st, int kind,
    struct FTW *ftw)
{
	(void)path, (void)ftw;
	if (kind == FTW_F || kind == FTW_SL) {
		disk_files++;
		disk_bytes += (int64_t)st->st_size;
	}
	return 0;
}

/* Files below the cache's folder `name`; disk_bytes is their size. */
static inline int64_t
measure(const char *name)
{
	disk_bytes = disk_files = 0;
	nftw(arena_fmt(arena, "%s/%s", folder, name).at, measure_one, 16,
	    FTW_PHYS);
	return disk_files;
}

static inline const char *
path_of(const char *name)
{
	return arena_fmt(arena, "%s/%s", folder, name).at;
}

static inline bool
there(const char *name)
{
	struct stat st;

	return lstat(path_of(name), &st) == 0;
}

static inline void
write_file(const char *name, const char *text)
{
	FILE *f = fopen(path_of(name), "w");

	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

/* ---- what is asked of it ---- */

static inline struct snapshot_page
page_of(const char *thread, const char *name, const char *text)
{
	return (struct snapshot_page){ .thread = str_of(thread),
	    .name = str_of(name), .bytes = str_of(text), .version = 1 };
}

static inline bool
put_text(const char *thread, const char *name, const char *text)
{
	struct snapshot_page page = page_of(thread, name, text);

	return snapshot_put(cache, arena, &page,
	    snapshot_ticket(cache, page.thread));
}

/* NULL: nothing is there. */
static inline const char *
get_text(const char *thread, const char *name)
{
	struct snapshot_page page = page_of(thread, name, "");

	return snapshot_get(cache, arena, &page) ?
	    arena_cstr(arena, page.bytes) : NULL;
}

/* Some bytes that gzip makes nothing of. */
static inline const char *
noise(size_t len)
{
	char *at = arena_alloc(arena, len + 1);
	uint32_t x = 2463534242u;
	size_t i;

	for (i = 0; i < len; i++) {
		x ^= x << 13;
		x ^= x >> 17;
		x ^= x << 5;
		at[i] = (char)(1 + x % 255);
	}
	return at;
}

/* Each call has so much time and no more. */
static inline void
empty_trash(void)
{
	while (!snapshot_empty(cache))
		;
}

static inline void
sweep(void)
{
	while (!snapshot_sweep(cache))
		;
	empty_trash();
}

#endif
