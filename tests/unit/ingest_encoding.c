/* ingest_encoding.c: which bytes are read, and which are refused where. */
#include "ingest_help.h"

#define HEAD	"Ann Bee: Film (2001)\n\nreviewed by Cee Dee (c) 2002\n\n"
#define META(c)	"<html><head><meta charset=\"" c "\"></head><body>" \
		"<h1>Ann Bee: Film (2001)</h1>\n<p>reviewed by C D</p>\n<p>"
/* "Это рецензия." */
#define CP1251	"\xdd\xf2\xee \xf0\xe5\xf6\xe5\xed\xe7\xe8\xff."
#define KOI8R	"\xfc\xd4\xcf \xd2\xc5\xc3\xc5\xce\xda\xc9\xd1."
#define ROW(literal)	literal, sizeof(literal) - 1
#define LATIN1	"Le r\xe9gime d\xe9" "cid\xe9 \xe0 Cannes."

static void
these_are_read(void **state)
{
	static const struct {
		const char *text, *first, *encoding;
	} rows[] = {
		{ HEAD "Body.", "Body.", "UTF-8" },
		{ HEAD "Это рецензия.", "Это рецензия.", "UTF-8" },
		{ "\xEF\xBB\xBF" HEAD "Body.", "Body.", "UTF-8" },
		{ "Ann Bee: Film (2001)\r\n\r\nBody.\r\n\r\nMore.\r\n",
		    "Body.", "UTF-8" },
		{ "Ann Bee: Film (2001)\r\rBody.\r\rMore.\r", "Body.",
		    "UTF-8" },
		{ HEAD CP1251, "Это рецензия.", "windows-1251" },
		{ HEAD "\x93" CP1251 "\x94 \x97 \xab" CP1251 "\xbb\xb9",
		    "“Это рецензия.” — «Это рецензия.»№", "windows-1251" },
		{ HEAD "It\x92s \x93" "fine\x94 \x96 she says\x85",
		    "It’s “fine” – she says…", "windows-1251" },
		{ HEAD "e\xcc\x81t\xc3\xa9", "été", "UTF-8" },
		{ META("windows-1251") CP1251, "Это рецензия.",
		    "windows-1251" },
		{ META("Windows-1251") "Caf\xe9.", "Cafй.", "windows-1251" },
		{ META("windows-1251") "Это", "Это", "UTF-8" },
		{ META("iso-8859-1") "Caf&eacute;.", "Café.", "UTF-8" },
		{ META("utf-8") "Это", "Это", "UTF-8" },
		{ "<html><head><meta http-equiv='Content-Type' content="
		    "'text/html; charset=windows-1251'></head><body>"
		    "<h1>Ann Bee: Film (2001)</h1><p>" CP1251,
		    "Это рецензия.", "windows-1251" },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct ingest got = help_read(*state, "x", rows[i].text);

		help_equal(got.review.paragraphs[0], rows[i].first);
		assert_string_equal(got.encoding, rows[i].encoding);
	}
}

static void
these_are_refused_by_name_and_line(void **state)
{
	static const struct {
		const char *text;
		size_t len;
		const char *why;
	} rows[] = {
		{ ROW("\xFF\xFE" "A\0"), "x:1: UTF-16: expected" },
		{ ROW("\xFE\xFF\0A"), "x:1: UTF-16: expected" },
		{ ROW(HEAD "Bo\0dy."), "x:5: a NUL byte: expected" },
		{ ROW(HEAD LATIN1), "x:5: bytes that are not UTF-8: expected" },
		{ ROW(HEAD KOI8R), "x:5: bytes that are not UTF-8: expected" },
		{ ROW(HEAD "\xc0\xaf"), "x:5: bytes that are not UTF-8" },
		{ ROW(HEAD "\xed\xa0\x80"), "x:5: bytes that are not UTF-8" },
		{ ROW("\xEF\xBB\xBF" HEAD CP1251),
		    "x:5: bytes that are not UTF-8: expected" },
		{ ROW(META("utf-8") CP1251),
		    "x:3: bytes that are not UTF-8: expected" },
		{ ROW(META("iso-8859-1") LATIN1),
		    "x:1: declared as iso-8859-1: expected" },
		{ ROW(META("koi8-r") KOI8R), "x:1: declared as koi8-r" },
		{ ROW(META("windows-1251") CP1251 "\x98"),
		    "x:3: a byte that Windows-1251 does not have" },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct ingest got;
		struct str why = STR("");

		assert_int_equal(ingest_review(*state, "x",
		    (struct str){ rows[i].text, rows[i].len },
		    &got, &why), ERR_SYNTAX);
		if (!str_begins(why, rows[i].why))
			fail_msg("row %zu said " STR_FMT, i, STR_ARG(why));
	}
}

static void
a_file_over_its_bounds_is_refused(void **state)
{
	struct str why = STR(""), big = { NULL, INGEST_FILE_MAX + 1 };
	struct ingest got;
	struct buf b = buf_new(*state, 1 << 16);

	big.at = arena_alloc(*state, big.len);
	assert_int_equal(ingest_review(*state, "x", big, &got, &why),
	    ERR_SYNTAX);
	assert_true(str_begins(why, "x:1: expected at most"));
	buf_lit(&b, HEAD);
	for (int i = 0; i < INGEST_LINES_MAX; i++)
		buf_lit(&b, "x\n");
	assert_int_equal(ingest_review(*state, "x", buf_view(&b), &got, &why),
	    ERR_SYNTAX);
	assert_true(str_begins(why, "x:20003: expected a review of at most"));
}

static void
a_file_that_is_not_there_is_said_by_name(void **state)
{
	struct ingest got;
	struct str why = STR("");

	assert_int_equal(ingest_review_file(*state, "/nonexistent/r.txt", &got,
	    &why), ERR_FILE);
	help_equal(why, "/nonexistent/r.txt: No such file or directory");
	assert_int_equal(ingest_review_file(*state, "/", &got, &why),
	    ERR_FILE);
	help_equal(why, "/: not a file");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		HELP_TEST(these_are_read),
		HELP_TEST(these_are_refused_by_name_and_line),
		HELP_TEST(a_file_over_its_bounds_is_refused),
		HELP_TEST(a_file_that_is_not_there_is_said_by_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
