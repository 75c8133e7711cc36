/* ctl_options.c: options are found wherever they stand; lists are printed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ctl/ctl.h"

enum { WORDS = 8 };

static void
options_are_taken_out_of_the_words(void **state)
{
	static const struct {
		const char *argv[WORDS];
		int words;
		const char *left, *policy;
		bool dry_run;
		const char *conf;
	} rows[] = {
		{ { "a", "b" }, 2, "a b ", NULL, false, NULL },
		{ { "a", "--dry-run", "b" }, 2, "a b ", NULL, true, NULL },
		{ { "--policy", "all", "a" }, 1, "a ", "all", false, NULL },
		{ { "--policy=all", "a" }, 1, "a ", "all", false, NULL },
		{ { "--policy=", "a" }, 1, "a ", "", false, NULL },
		{ { "a", "--policy", "-" }, 1, "a ", "-", false, NULL },
		{ { "a", "-", "b" }, 3, "a - b ", NULL, false, NULL },
		{ { "--", "--dry-run" }, 1, "--dry-run ", NULL, false, NULL },
		{ { "a", "--", "-b", "--" }, 3, "a -b -- ", NULL, false,
		    NULL },
		{ { "a", "--conf", "f", "b" }, 2, "a b ", NULL, false, "f" },
		{ { "--policy", "--dry-run" }, 0, "", "--dry-run", false,
		    NULL },
		{ { "a", "--policy" }, -1, "", NULL, false, NULL },
		{ { "--dry-run=1" }, -1, "", NULL, false, NULL },
		{ { "--dry" }, -1, "", NULL, false, NULL },
		{ { "-d" }, -1, "", NULL, false, NULL },
	};

	struct arena *a = arena_new(1 << 20);

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct ctl c = { .arena = NULL };
		const char *policy = NULL;
		bool dry_run = false;
		const struct ctl_option options[] = {
			{ "policy", &policy, NULL },
			{ "dry-run", NULL, &dry_run }
		};
		char *argv[WORDS], left[100] = "";
		int argc = 0, words;

		for (; rows[i].argv[argc] != NULL; argc++)
			argv[argc] = arena_cstr(a,
			    str_of(rows[i].argv[argc]));
		words = ctl_options(&c, argc, argv, options, COUNT(options));
		assert_int_equal(words, rows[i].words);
		if (words < 0)
			continue;
		for (int k = 0; k < words; k++)
			strcat(strcat(left, argv[k]), " ");
		assert_string_equal(left, rows[i].left);
		assert_string_equal(policy ? policy : "none",
		    rows[i].policy ? rows[i].policy : "none");
		assert_int_equal(dry_run, rows[i].dry_run);
		assert_string_equal(c.conf ? c.conf : "none",
		    rows[i].conf ? rows[i].conf : "none");
	}
	arena_free(a);
}

static void
too_few_and_too_many_words_are_refused(void **state)
{
	struct ctl c = { .arena = NULL };

	(void)state;
	assert_true(ctl_options_words(&c, 1, 1, 2));
	assert_true(ctl_options_words(&c, 2, 1, 2));
	assert_false(ctl_options_words(&c, 0, 1, 2));
	assert_false(ctl_options_words(&c, 3, 1, 2));
	assert_false(ctl_options_words(&c, -1, 0, 2));
}

static void
a_list_is_json_whatever_its_cells_hold(void **state)
{
	static const struct ctl_column columns[] = {
		{ "name", false }, { "count", true }
	};
	struct arena *a = arena_new(1 << 20);
	struct ctl_table t = { .arena = a, .columns = columns, .ncolumns = 2 };

	(void)state;
	assert_string_equal(arena_cstr(a, ctl_table_json(&t)), "[]\n");
	ctl_table_cell(&t, STR("\"a\\b\"\n\x7f\0Ё"));
	ctl_table_int(&t, -7);
	ctl_table_cell(&t, STR(""));
	ctl_table_int(&t, 0);
	assert_string_equal(arena_cstr(a, ctl_table_json(&t)), "[\n"
	    "{\"name\": \"\\\"a\\\\b\\\"\\u000a\\u007f\\u0000Ё\", "
	    "\"count\": -7},\n{\"name\": \"\", \"count\": 0}\n]\n");
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(options_are_taken_out_of_the_words),
		cmocka_unit_test(too_few_and_too_many_words_are_refused),
		cmocka_unit_test(a_list_is_json_whatever_its_cells_hold),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
