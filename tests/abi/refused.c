/* refused.c: every way to be wrong is refused with its own sentence. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "abi.h"

static const struct {
	const char *file, *sentence;
} wrong[] = {
	{ "no-such-file", "there is no such file" },
	{ "text", "this is no shared object (ELF)" },
	{ "folder", "this is no file" },
	{ "symbolless", "it exports no foyer_plugin_entry" },
	{ "unresolved", "undefined symbol: nobody_has_this" },
	{ "wrong-null", "foyer_plugin_entry gives no manifest" },
	{ "wrong-magic", "the manifest's magic is 0x12345678" },
	{ "wrong-major", "it is built for version 2 of the contract, this "
	    "foyer speaks version 1" },
	{ "wrong-minor", "newer than this foyer's 1.6" },
	{ "wrong-short", "the manifest is cut short: " },
	{ "wrong-absurd", "the manifest can't be 1073741824 bytes long" },
	{ "wrong-nameless", "it has no name" },
	{ "wrong-badname", "its name is not made of a-z, 0-9 and '-'" },
	{ "wrong-longname", "its name is not made of a-z, 0-9 and '-'" },
	{ "wrong-judgeless", "it has no judge" },
};

static void
make_files(struct arena *arena)
{
	FILE *f = fopen(abi_path(arena, "text"), "w");

	assert_non_null(f);
	fputs("#!/bin/sh\n", f);
	fclose(f);
	(void)!mkdir(abi_path(arena, "folder"), 0700);
}

static void
says(struct str said, const char *path, const char *sentence)
{
	if (str_begins(said, path) &&
	    str_find(said, str_of(sentence)) != (size_t)-1)
		return;
	fail_msg("\"" STR_FMT "\" does not say \"%s\"", STR_ARG(said),
	    sentence);
}

static void
a_wrong_plugin_is_refused_with_its_own_sentence(void **state)
{
	struct arena *arena = arena_new(1024 * 1024);
	struct filter_module *m;
	struct str why;
	size_t i;

	(void)state;
	make_files(arena);
	for (i = 0; i < COUNT(wrong); i++) {
		const char *path = abi_path(arena, wrong[i].file);

		assert_int_equal(filter_load(arena, path, &m, &why),
		    ERR_FILE);
		says(why, path, wrong[i].sentence);
	}
	assert_int_equal(filter_load(arena, "links.so", &m, &why), ERR_FILE);
	says(why, "links.so", "the path names no folder");
	assert_int_equal(filter_load(arena, abi_path(arena, "wrong-right"),
	    &m, &why), OK);
	assert_string_equal(filter_module_name(m), "wrong");
	assert_string_equal(filter_module_version(m), "");
	arena_free(arena);
}

static const struct {
	const char *file, *name, *sentence;
} unopened[] = {
	{ "wrong-unopening", "wrong", "it would not open" },
	{ "wrong-deferred", "wrong", "it is deferred" },
	{ "wrong-crashing", "wrong", "while it was being loaded" },
	{ "wrong-hanging", "wrong",
	    "it took too long while it was being loaded" },
	{ "good-a", "good-x", "it calls itself good-a, not good-x" },
	{ "no-such-file", "gone", "there is no such file" },
};

static void
what_does_not_load_is_silent_and_the_rest_is_asked(void **state)
{
	struct filter_plugin list[COUNT(unopened) + 1];
	struct arena *arena = arena_new(1024 * 1024);
	struct verdict v;
	struct abi abi;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(unopened); i++) {
		list[i] = abi_plugin(unopened[i].name);
		list[i].path = abi_path(arena, unopened[i].file);
	}
	list[i] = abi_plugin("good-a");
	abi_open(&abi, list, COUNT(list), 2000, 60);
	abi_ask(&abi, "hello", &v);
	for (i = 0; i < COUNT(unopened); i++) {
		struct filter_status s = abi_status(&abi, i);

		assert_false(s.loaded);
		says(s.trouble, list[i].path, unopened[i].sentence);
		if (strcmp(unopened[i].file, "wrong-crashing") == 0)
			says(s.trouble, list[i].path, abi_crashed);
		assert_true(v.each[i].silent);
		assert_true(str_is(v.each[i].reason, "is not loaded"));
	}
	assert_true(v.silent);
	assert_false(v.each[i].silent);
	assert_int_equal(v.total, 7);
	abi_close(&abi);
	arena_free(arena);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_wrong_plugin_is_refused_with_its_own_sentence),
		cmocka_unit_test(
		    what_does_not_load_is_silent_and_the_rest_is_asked),
	};

	abi_main(argc, argv);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
