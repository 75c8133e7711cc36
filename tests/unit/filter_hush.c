/* filter_hush.c: the log quotes no comment, whatever a plugin says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>

#include "filter/internal.h"

static const struct foyer_comment comment = {
	.body = "Marzipan zeppelin, said nobody. Ж и Щука в тумане.",
	.author = "A. Nobody", .mail_domain = "mail.example",
	.sender = "1f2e3d", .email_hash = "", .parent = "ok", .person = NULL
};

static const struct row {
	const char *says, *logged;
} rows[] = {
	{ "", "" },
	{ "list: line 4: no such place", "list: line 4: no such place" },
	{ "body: Marzipan zeppelin, said nobody. Ж и Щука в тумане.!",
	    "body: [...]!" },
	{ "cut off: Marzipan zepp", "cut off: [...]" },
	{ "loud: MARZIPAN ZEPPELIN", "loud: [...]" },
	{ "twice: zeppelin, zeppelin,", "twice:[...][...]" },
	{ "щ: Щука в тумане", "щ:[...]" },
	{ "by chance said n", "by chance said n" },	/* six bytes */
	{ "ok, a parent", "ok, a parent" },
	{ "by A. Nobody at mail.example (1f2e3d)",
	    "by [...] at [...] ([...])" },
	{ "A. Nobo", "A. Nobo" },
	{ "half a letter: Щука в тум\xd0", "half a letter:[...]" }
};

static void
a_line_loses_what_it_quotes_and_no_more(void **state)
{
	char line[200];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		snprintf(line, sizeof(line), "%s", rows[i].says);
		filter_hush(line, &comment);
		assert_string_equal(line, rows[i].logged);
	}
}

static void
where_no_comment_was_given_a_line_stays(void **state)
{
	const struct foyer_comment none = { .body = NULL };
	char line[] = "the settings are alike (40 to 100)";

	(void)state;
	filter_hush(line, &none);
	assert_string_equal(line, "the settings are alike (40 to 100)");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_loses_what_it_quotes_and_no_more),
		cmocka_unit_test(where_no_comment_was_given_a_line_stays)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
