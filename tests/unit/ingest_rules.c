/* ingest_rules.c: what each kind of line of a review means. */
#include "ingest_help.h"

#define HEAD	"Ann Bee: Film (Kino, 2001)\n\n" \
		"reviewed by Cee Dee\u00a9 2002\n\n"
#define BODY	"A paragraph that says something about the film.\n\n"

static void
a_heading_gives_directors_title_original_and_year(void **state)
{
	static const struct {
		const char *heading, *directors, *title, *original;
		int year;
	} rows[] = {
		{ "Ann Bee: Film (Kino, 2001)", "Ann Bee", "Film", "Kino",
		    2001 },
		{ "Ann Bee: Film (2001)", "Ann Bee", "Film", "", 2001 },
		{ "Ann Bee: Film (Kino 2001)", "Ann Bee", "Film", "Kino",
		    2001 },
		{ "A B and C D: F (K, 2001)", "A B|C D", "F", "K", 2001 },
		{ "A B & C D: F (K, 2001)", "A B|C D", "F", "K", 2001 },
		{ "A B, C D and E F: G (2001)", "A B|C D|E F", "G", "", 2001 },
		{ "А Б и В Г: Д (2001)", "А Б|В Г", "Д", "", 2001 },
		{ "A B: F: The Return (K: V, 2001)", "A B", "F: The Return",
		    "K: V", 2001 },
		{ "A B: F (1) (K (chast’ 1), 2001)", "A B", "F (1)",
		    "K (chast’ 1)", 2001 },
		{ "A B: F (Raz, dva, 2001)", "A B", "F", "Raz, dva", 2001 },
		{ "A B: F (K, 2013-2015)", "A B", "F", "K", 2013 },
		{ "A B: F (K, 2013\u201315)", "A B", "F", "K", 2013 },
		{ "A B: F (Kino)", "A B", "F", "Kino", 0 },
		{ "A B: F", "A B", "F", "", 0 },
		{ "A B:\nF (K, 2001)", "A B", "F", "K", 2001 },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct ingest got = help_read(*state, "x", arena_fmt(*state,
		    "%s\n\nreviewed by C D\u00a9 2002\n\n" BODY,
		    rows[i].heading).at);
		struct review *rv = &got.review;

		help_equal(help_join(*state, rv->directors, rv->ndirectors),
		    rows[i].directors);
		help_equal(rv->title, rows[i].title);
		help_equal(rv->original, rows[i].original);
		assert_int_equal(rv->film_year, rows[i].year);
		help_equal(help_notes(*state, &got), "");
	}
}

static void
an_issue_line_gives_number_and_year(void **state)
{
	static const struct {
		const char *line;
		int issue, year;
		const char *notes;
	} rows[] = {
		{ "Issue 60 (2018)", 60, 2018, "" },
		{ "issue 60, 2018", 60, 2018, "" },
		{ "Issue 7", 7, 0, "" },
		{ "Выпуск 12 (2019)", 12, 2019, "" },
		{ "№ 12 (2019)", 12, 2019, "" },
		{ "Journal: Issue 60 (2018)", 60, 2018,
		    "1 -the journal's name <Journal: Issue 60 (2018)>;" },
		{ "Issue sixty", 0, 0,
		    "1 before the heading <Issue sixty>;" },
		{ "Issue 60 (soon)", 0, 0,
		    "1 before the heading <Issue 60 (soon)>;" },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct ingest got = help_read(*state, "x", arena_fmt(*state,
		    "%s\n\n" HEAD BODY, rows[i].line).at);

		assert_int_equal(got.review.issue, rows[i].issue);
		assert_int_equal(got.review.year, rows[i].year);
		help_equal(help_notes(*state, &got), rows[i].notes);
	}
}

static void
a_byline_gives_reviewer_and_year(void **state)
{
	static const struct {
		const char *line, *reviewer, *published;
	} rows[] = {
		{ "reviewed by Cee Dee\u00a9 2018", "Cee Dee", "2018" },
		{ "Reviewed by Cee Dee \u00a9 2018", "Cee Dee", "2018" },
		{ "reviewed by Cee Dee, (c) 2018", "Cee Dee", "2018" },
		{ "reviewed by Cee Dee\u00a0\u00a9\u00a02018", "Cee Dee",
		    "2018" },
		{ "reviewed by Cee Dee and Eff Gee\u00a9 2018",
		    "Cee Dee and Eff Gee", "2018" },
		{ "review by Cee Dee", "Cee Dee", "" },
		{ "reviewed by Cee Dee\n\u00a9 2018", "Cee Dee", "2018" },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct ingest got = help_read(*state, "x", arena_fmt(*state,
		    "Ann Bee: Film (Kino, 2001)\n\n%s\n\n" BODY,
		    rows[i].line).at);

		help_equal(got.review.reviewer, rows[i].reviewer);
		help_equal(got.review.published, rows[i].published);
	}
}

static void
short_quoted_lines_before_the_body_are_the_epigraph(void **state)
{
	static const struct {
		const char *text, *epigraph, *paragraphs;
	} rows[] = {
		{ "“Quote.”\n(Source)\n\nBody.", "“Quote.”\n(Source)",
		    "Body." },
		{ "“Quote.”\n\n(Source)\n\nBody.", "“Quote.”\n(Source)",
		    "Body." },
		{ "“Quote” (Source)\n\nBody.", "“Quote” (Source)", "Body." },
		{ "«Цитата»\n— Автор\n\nBody.", "«Цитата»\n— Автор", "Body." },
		{ "A line\nanother line\n(Poet)\n\nBody.",
		    "A line\nanother line\n(Poet)", "Body." },
		{ "“Go!” she says.\n\nBody.", "", "“Go!” she says.|Body." },
		{ "Body.\n\n“Quote.”\n(Source)", "",
		    "Body.|“Quote.”\n(Source)" },
		{ "(Spoilers follow.)\n\nBody.", "",
		    "(Spoilers follow.)|Body." },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct ingest got = help_read(*state, "x",
		    arena_fmt(*state, HEAD "%s\n", rows[i].text).at);

		help_equal(got.review.epigraph, rows[i].epigraph);
		help_equal(help_join(*state, got.review.paragraphs,
		    got.review.nparagraphs), rows[i].paragraphs);
	}
}

static void
a_signature_gives_the_affiliation(void **state)
{
	static const struct {
		const char *text, *affiliation, *paragraphs;
	} rows[] = {
		{ "Body.\n\nCee Dee\nYale U\n", "Yale U", "Body." },
		{ "Body.\nCee Dee\nYale U\n", "Yale U", "Body." },
		{ "Body.\n\nCee Dee\n\nYale U\n", "Yale U", "Body." },
		{ "Body.\n\nCee Dee, Yale U\n", "Yale U", "Body." },
		{ "Body.\n\nCee Dee\nYale U\nNew Haven\n", "Yale U; New Haven",
		    "Body." },
		{ "Body.\n\nCee Dee\n\nNotes\n\n1. A note.\n", "",
		    "Body.|Notes|1. A note." },
		{ "Cee Dee is a name.\n", "", "Cee Dee is a name." },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct ingest got = help_read(*state, "x",
		    arena_fmt(*state, HEAD "%s", rows[i].text).at);

		help_equal(got.review.affiliation, rows[i].affiliation);
		help_equal(help_join(*state, got.review.paragraphs,
		    got.review.nparagraphs), rows[i].paragraphs);
	}
}

static void
each_line_of_the_works_cited_is_an_entry(void **state)
{
	static const char *const headings[] = {
		"Works Cited", "Works cited:", "WORKS CITED", "Bibliography",
		"References", "Литература"
	};

	for (size_t i = 0; i < COUNT(headings); i++) {
		struct ingest got = help_read(*state, "x", arena_fmt(*state,
		    HEAD BODY "%s\n\nA. 2001. “B.”\nC. 2002. D: E.\n\n"
		    "F. 2003.\n", headings[i]).at);

		help_equal(help_join(*state, got.review.works,
		    got.review.nworks),
		    "A. 2001. “B.”|C. 2002. D: E.|F. 2003.");
		help_equal(help_notes(*state, &got), "");
	}
}

static void
words_of_images_stuck_to_a_paragraph_are_cut_and_noted(void **state)
{
	static const struct {
		const char *text, *first, *notes;
	} rows[] = {
		{ "kinoSet in", "Set in", "5 -image's text <kino>;" },
		{ "filmSet in", "Set in", "5 -image's text <film>;" },
		{ "kino1Set in", "Set in", "5 -image's text <kino1>;" },
		{ "a still from kinoSet in", "Set in",
		    "5 -image's text <a still from kino>;" },
		{ "still.jpgSet in", "Set in",
		    "5 -image's text <still.jpg>;" },
		{ "stillSet in\n\nstillNext", "Set in",
		    "5 -image's text <still>;7 -image's text <still>;" },
		{ "stillSet in", "stillSet in",
		    "5 perhaps an image's text <still>;" },
		{ "eBay is", "eBay is", "" },
		{ "de Niro is", "de Niro is", "" },
		{ "Set in", "Set in", "" },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct ingest got = help_read(*state, "x",
		    arena_fmt(*state, HEAD "%s\n", rows[i].text).at);

		help_equal(got.review.paragraphs[0], rows[i].first);
		help_equal(help_notes(*state, &got), rows[i].notes);
	}
}

static void
echoes_and_the_facebook_line_are_dropped_and_noted(void **state)
{
	struct ingest got = help_read(*state, "x", HEAD BODY
	    "Comment on this article on Facebook\n\n"
	    "Ann Bee: Film (Kino, 2001)\n\nreviewed by Cee Dee\u00a9 2002\n\n"
	    "Updated: 12 Apr 2003\n\n\u00a9 The journal\n");

	assert_int_equal(got.review.nparagraphs, 1);
	help_equal(got.review.updated, "12 Apr 2003");
	help_equal(help_notes(*state, &got),
	    "7 -Facebook <Comment on this article on Facebook>;"
	    "9 -the heading again <Ann Bee: Film (Kino, 2001)>;"
	    "11 -the reviewer again <reviewed by Cee Dee\u00a9 2002>;"
	    "15 -copyright line <\u00a9 The journal>;");
}

static void
what_cannot_be_placed_is_kept_and_reported_by_line(void **state)
{
	struct ingest got = help_read(*state, "x", "Stray\n" HEAD BODY
	    "Film, Russia, 2001\nDirector: A\nWinner of a prize\n"
	    "Music: B\n");

	help_equal(help_notes(*state, &got), "1 before the heading <Stray>;"
	    "10 not placed <Winner of a prize>;");
	help_equal(help_join(*state, got.review.paragraphs,
	    got.review.nparagraphs), "Stray|A paragraph that says something "
	    "about the film.|Winner of a prize");
}

static void
lines_broken_at_a_width_are_joined_into_paragraphs(void **state)
{
	static const char wide[] = "these are sixty characters of a line that"
	    " is broken by a width\n";
	struct buf b = buf_new(*state, 4096);
	struct ingest got;

	buf_lit(&b, HEAD);
	for (int p = 0; p < 2; p++) {
		for (int i = 0; i < 6; i++)
			buf_lit(&b, wide);
		buf_lit(&b, "end.\n\n");
	}
	buf_lit(&b, "Works Cited\n\nA. 2001.\nB: C.\n\nD. 2002.\n");
	got = help_read(*state, "x", buf_cstr(&b));
	assert_int_equal(got.review.nparagraphs, 2);
	assert_true(str_ends(got.review.paragraphs[1], "width end."));
	help_equal(help_join(*state, got.review.works, got.review.nworks),
	    "A. 2001. B: C.|D. 2002.");
}

static void
the_language_is_guessed_from_the_letters(void **state)
{
	struct ingest en = help_read(*state, "x", HEAD BODY);
	struct ingest ru = help_read(*state, "x", HEAD "Это рецензия на film.");

	help_equal(en.review.language, "en");
	help_equal(ru.review.language, "ru");
}

static void
the_slug_comes_from_the_film_else_from_the_file(void **state)
{
	struct ingest film = help_read(*state, "dir/name.txt", HEAD BODY);
	struct ingest file = help_read(*state, "dir/42-name.txt",
	    "映画: 映画\n\nreviewed by C D\n\n" BODY);

	help_equal(film.review.slug, "film-2001");
	help_equal(file.review.slug, "42-name");
}

static void
a_file_without_heading_or_text_is_refused_by_line(void **state)
{
	static const struct {
		const char *text, *why;
	} rows[] = {
		{ "", "f.txt:1: expected a heading" },
		{ "\n\nNo heading here.\n", "f.txt:3: expected a heading" },
		{ HEAD, "f.txt:3: expected the review's text" },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct ingest got = { .nnotes = 77 };
		struct str why = STR("");

		assert_int_equal(ingest_review(*state, "f.txt",
		    str_of(rows[i].text), &got, &why), ERR_SYNTAX);
		if (!str_begins(why, rows[i].why))
			fail_msg("said " STR_FMT, STR_ARG(why));
		assert_int_equal(got.nnotes, 77);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		HELP_TEST(a_heading_gives_directors_title_original_and_year),
		HELP_TEST(an_issue_line_gives_number_and_year),
		HELP_TEST(a_byline_gives_reviewer_and_year),
		HELP_TEST(short_quoted_lines_before_the_body_are_the_epigraph),
		HELP_TEST(a_signature_gives_the_affiliation),
		HELP_TEST(each_line_of_the_works_cited_is_an_entry),
		HELP_TEST(
		    words_of_images_stuck_to_a_paragraph_are_cut_and_noted),
		HELP_TEST(echoes_and_the_facebook_line_are_dropped_and_noted),
		HELP_TEST(what_cannot_be_placed_is_kept_and_reported_by_line),
		HELP_TEST(lines_broken_at_a_width_are_joined_into_paragraphs),
		HELP_TEST(the_language_is_guessed_from_the_letters),
		HELP_TEST(the_slug_comes_from_the_film_else_from_the_file),
		HELP_TEST(a_file_without_heading_or_text_is_refused_by_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
