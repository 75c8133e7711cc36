/*
 * settings_folder.h: a foyer.conf for one test, gone after it.
 */
#ifndef SETTINGS_FOLDER_H
#define SETTINGS_FOLDER_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "settings/internal.h"

static struct arena *arena;
static char folder[] = "/tmp/foyer-conf-XXXXXX";
static const char *file;

static inline void
put(struct str text)
{
	FILE *f = fopen(file, "w");

	assert_non_null(f);
	assert_int_equal(fwrite(text.at, 1, text.len, f), text.len);
	assert_int_equal(fclose(f), 0);
}

static inline struct settings
load(const char *from)
{
	struct settings set;
	struct str why = STR("");

	if (settings_load(arena, from, &set, &why) != OK)
		fail_msg("%s", why.at);
	return set;
}

static inline struct settings
load_text(const char *text)
{
	put(str_of(text));
	return load(file);
}

static inline int
set_up(void **state)
{
	(void)state;
	arena = arena_new(1 << 24);
	strcpy(folder + sizeof(folder) - 7, "XXXXXX");
	if (mkdtemp(folder) == NULL)
		return -1;
	file = arena_fmt(arena, "%s/foyer.conf", folder).at;
	return 0;
}

static inline int
tear_down(void **state)
{
	(void)state;
	file = arena_fmt(arena, "%s/foyer.conf", folder).at;
	unlink(file);
	arena_free(arena);
	return rmdir(folder);
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, set_up, tear_down)

#endif
