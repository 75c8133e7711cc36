/*
 * seal_folder.h: a folder of keys for one test, gone after it.
 */
#ifndef SEAL_FOLDER_H
#define SEAL_FOLDER_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "seal/seal.h"

static struct arena *arena;
static char folder[] = "/tmp/foyer-keys-XXXXXX";

static inline void
folder_empty(void)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;

	assert_non_null(dir);
	while ((entry = readdir(dir)) != NULL)
		if (strcmp(entry->d_name, ".") != 0 &&
		    strcmp(entry->d_name, "..") != 0)
			unlinkat(dirfd(dir), entry->d_name, 0);
	closedir(dir);
}

static inline int
folder_open(void **state)
{
	(void)state;
	strcpy(folder + sizeof(folder) - 7, "XXXXXX");
	arena = arena_new(1 << 24);
	return seal_init() == OK && mkdtemp(folder) != NULL ? 0 : -1;
}

static inline int
folder_close(void **state)
{
	(void)state;
	chmod(folder, 0700);
	folder_empty();
	arena_free(arena);
	return rmdir(folder);
}

static inline void
folder_make(const char *kind)
{
	struct str why = STR("");

	if (seal_keys_make(arena, folder, kind, &why) != OK)
		fail_msg("%s", why.at);
}

static inline struct seal_keys *
folder_load(void)
{
	struct seal_keys *keys = NULL;
	struct str why = STR("");

	if (seal_keys_load(arena, folder, &keys, &why) != OK)
		fail_msg("%s", why.at);
	return keys;
}

/* Removes a kind's current key, or its others; NULL: of every kind. */
static inline void
folder_remove(const char *kind, bool current)
{
	struct seal_keys *keys = folder_load();
	struct seal_key_row *row;
	size_t n, i;

	seal_keys_list(keys, arena, &row, &n);
	for (i = 0; i < n; i++)
		if (row[i].current == current &&
		    (kind == NULL || str_is(row[i].kind, kind)))
			assert_int_equal(unlink(arena_fmt(arena, "%s/%s",
			    folder, row[i].file.at).at), 0);
	seal_keys_wipe(keys);
}

static inline void
folder_put(const char *name, const char *text, mode_t mode)
{
	const char *path = arena_fmt(arena, "%s/%s", folder, name).at;
	FILE *f;

	unlink(path);			/* it may be one that nobody writes */
	f = fopen(path, "w");
	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
	assert_int_equal(chmod(path, mode), 0);
}

#endif
