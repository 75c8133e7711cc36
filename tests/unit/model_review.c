/* model_review.c: a review's address is short, plain and never empty. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "model/model.h"

static void
a_slug_is_small_letters_digits_and_dashes(void **state)
{
	static const char *const good[] = { "a", "closeness-2017", "7",
	    "a--b-" };
	static const struct str bad[] = { { "", 0 }, { "-a", 2 }, { "A", 1 },
	    { "a b", 3 }, { "a/b", 3 }, { "..", 2 }, { "\xd1\x91", 2 },
	    { "a\0", 2 } };
	char longest[MODEL_SLUG_MAX + 2];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(good); i++)
		assert_true(model_slug_ok(str_of(good[i])));
	for (i = 0; i < COUNT(bad); i++)
		assert_false(model_slug_ok(bad[i]));
	for (i = 0; i < sizeof(longest); i++)
		longest[i] = 'a';
	assert_true(model_slug_ok((struct str){ longest, MODEL_SLUG_MAX }));
	assert_false(model_slug_ok((struct str){ longest,
	    MODEL_SLUG_MAX + 1 }));
}

static const struct {
	const char *title, *original, *heading;
	int year;
	const char *want;
} rows[] = {
	{ "Closeness", "Tesnota", "", 2017, "closeness-2017" },
	{ "Closeness", "", "", 0, "closeness" },
	{ "Солярис", "", "", 1972, "solyaris-1972" },
	{ "東京物語", "Tokyo monogatari", "", 1953, "tokyo-monogatari-1953" },
	{ "", "", "Yuri Bykov: The Fool", 2014, "yuri-bykov-the-fool-2014" },
	{ "東京", "", "", 1953, "review-1953" },
	{ "", "", "", 0, "review" },
	{ "A title that goes on and on because its distributor was paid by "
	    "the word and the words were cheap that year", "", "", 1999,
	    "a-title-that-goes-on-and-on-because-its-distributor-was-paid-by-"
	    "the-word-and-the-words-1999" },
	{ "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
	    "llanfairpwllgwyngyllgogerychwyrndrobwllllan", "", "", 1, NULL }
};

static void
a_slug_comes_from_title_and_year(void **state)
{
	struct arena *a = arena_new(1 << 20);
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct review r = {
			.title = str_of(rows[i].title),
			.original = str_of(rows[i].original),
			.heading = str_of(rows[i].heading),
			.film_year = rows[i].year
		};
		struct str got = model_review_slug(a, &r);

		if (!model_slug_ok(got) ||
		    (rows[i].want != NULL && !str_is(got, rows[i].want)))
			fail_msg("row %zu: " STR_FMT, i, STR_ARG(got));
	}
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_slug_is_small_letters_digits_and_dashes),
		cmocka_unit_test(a_slug_comes_from_title_and_year),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
