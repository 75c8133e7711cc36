/* ingest_sitemap.c: addresses into files of a folder, and never out of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ingest/ingest.h"

static void
an_address_names_a_path(void **state)
{
	static const struct { const char *url, *path; } rows[] = {
		{ "https://journal.example/60/r.html", "/60/r.html" },
		{ "https://journal.example/", "/" },
		{ "https://journal.example", "" },
		{ "/60/r.html", "/60/r.html" },
		{ "r.html", "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_true(str_is(ingest_sitemap_path(str_of(rows[i].url)),
		    rows[i].path));
}

static void
a_path_names_a_file_that_is_not_outside(void **state)
{
	static const struct { const char *path, *file; } rows[] = {
		{ "/60/r.html", "/60/r.html" },
		{ "/60/", "/60/index.html" },
		{ "/a%20b", "/a b" },
		{ "/%D0%96.html", "/\xD0\x96.html" },
		{ "/100%", "/100%" }, { "/%zz", "/%zz" },
		{ "/a..b", "/a..b" },
		{ "/a/../b", "" }, { "/%2e%2e/b", "" }, { "/a/..", "" },
		{ "/a%2f..%2fb", "" }, { "/a%00b", "" },
		{ "/a?b=1", "" }, { "", "" }, { "a", "" },
	};
	struct arena *a = arena_new(1 << 20);

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_true(str_is(ingest_sitemap_file_of(a,
		    str_of(rows[i].path)), rows[i].file));
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_address_names_a_path),
		cmocka_unit_test(a_path_names_a_file_that_is_not_outside),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
