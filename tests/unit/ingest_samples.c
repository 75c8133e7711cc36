/*
 * ingest_samples.c: the sample reviews, in both formats, field by field; and
 * a published review, where FOYER_DATA names a folder that has it.
 */
#include <unistd.h>

#include "ingest_help.h"

static struct ingest
read_file(struct arena *a, const char *path)
{
	struct ingest got = { .nnotes = 0 };
	struct str why = STR("");

	if (ingest_review_file(a, path, &got, &why) != OK)
		fail_msg("refused: " STR_FMT, STR_ARG(why));
	return got;
}

/* All fields but the path, which plain text does not have, one a line. */
static struct str
all(struct arena *a, const struct review *r)
{
	return arena_fmt(a, STR_FMT "\n%d %d %d %d\n" STR_FMT "\n" STR_FMT "\n"
	    STR_FMT "\n" STR_FMT "\n" STR_FMT "\n" STR_FMT "\n" STR_FMT "\n"
	    STR_FMT "\n" STR_FMT "\n" STR_FMT "\n" STR_FMT "\n" STR_FMT "\n"
	    STR_FMT "\n" STR_FMT "\n" STR_FMT, STR_ARG(r->slug),
	    r->issue, r->year, r->film_year, r->minutes, STR_ARG(r->heading),
	    STR_ARG(r->title), STR_ARG(r->original),
	    STR_ARG(help_join(a, r->directors, r->ndirectors)),
	    STR_ARG(r->reviewer), STR_ARG(r->affiliation),
	    STR_ARG(r->epigraph), STR_ARG(r->colour), STR_ARG(r->country),
	    STR_ARG(r->language), STR_ARG(r->published), STR_ARG(r->updated),
	    STR_ARG(help_join(a, r->works, r->nworks)),
	    STR_ARG(help_credits(a, r)),
	    STR_ARG(help_join(a, r->paragraphs, r->nparagraphs)));
}

static void
a_sample_says_the_same_as_text_and_as_page(void **state)
{
	static const char *const samples[] = {
		"movie-camera", "new-babylon", "hedgehog"
	};

	for (size_t i = 0; i < COUNT(samples); i++) {
		struct ingest text = read_file(*state, arena_fmt(*state,
		    "samples/%s.txt", samples[i]).at);
		struct ingest page = read_file(*state, arena_fmt(*state,
		    "samples/%s.html", samples[i]).at);

		assert_string_equal(text.format, "text");
		assert_string_equal(page.format, "html");
		help_equal(all(*state, &page.review),
		    all(*state, &text.review).at);
		for (size_t k = 0; k < text.nnotes; k++)
			assert_true(text.notes[k].dropped);
		for (size_t k = 0; k < page.nnotes; k++)
			assert_true(page.notes[k].dropped);
	}
}

static void
every_field_of_a_sample_is_understood(void **state)
{
	struct ingest got = read_file(*state, "samples/movie-camera.html");
	struct review *rv = &got.review;

	help_equal(rv->slug, "man-with-a-movie-camera-1929");
	help_equal(rv->path, "/2024/1-movie-camera.shtml");
	assert_int_equal(rv->issue, 1);
	assert_int_equal(rv->year, 2024);
	help_equal(rv->heading, "Dziga Vertov: Man with a Movie Camera "
	    "(Chelovek s kinoapparatom, 1929)");
	help_equal(rv->title, "Man with a Movie Camera");
	help_equal(rv->original, "Chelovek s kinoapparatom");
	assert_int_equal(rv->film_year, 1929);
	help_equal(rv->reviewer, "The Foyer Project");
	help_equal(rv->affiliation, "Sample review");
	help_equal(rv->epigraph, "“I am kino-eye, I am a mechanical eye.”\n"
	    "(Vertov 1984: 17)");
	assert_int_equal(rv->nparagraphs, 5);
	assert_true(str_begins(rv->paragraphs[1], "The man of the title"));
	assert_true(str_find(rv->paragraphs[2], STR("(Tsivian 2004)")) !=
	    (size_t)-1);
	assert_int_equal(rv->nworks, 3);
	assert_true(str_begins(rv->works[0], "Roberts, Graham. 2000."));
	help_equal(help_credits(*state, rv), "Director=Dziga Vertov;"
	    "Script=Dziga Vertov;Cinematography=Mikhail Kaufman;"
	    "Editing=Elizaveta Svilova;Production Company=VUFKU "
	    "(All-Ukrainian Photo Cinema Administration, Kyiv)");
	help_equal(rv->colour, "Black and white");
	assert_int_equal(rv->minutes, 68);
	help_equal(rv->country, "Soviet Union");
	help_equal(rv->published, "2024");
	help_equal(rv->updated, "2024");
	help_equal(rv->language, "en");
}

static void
cyrillic_names_are_kept_as_they_are(void **state)
{
	struct ingest got = read_file(*state, "samples/hedgehog.txt");

	help_equal(got.review.original, "Ёжик в тумане");
	help_equal(got.review.slug, "hedgehog-in-the-fog-1975");
	help_equal(help_join(*state, got.review.credits[5].names, 3),
	    "Алексей Баталов|Мария Виноградова|Вячеслав Невинный");
}

static void
a_published_review_is_read_whole(void **state)
{
	const char *folder = getenv("FOYER_DATA");
	struct ingest got;
	struct review *rv = &got.review;
	const char *path;

	path = arena_fmt(*state, "%s/reviews/closeness.txt",
	    folder ? folder : "").at;
	if (folder == NULL || access(path, R_OK) != 0) {
		print_message("skipped: FOYER_DATA names no folder with "
		    "reviews/closeness.txt\n");
		skip();
	}
	got = read_file(*state, path);
	help_equal(rv->slug, "closeness-2017");
	assert_int_equal(rv->issue, 60);
	assert_int_equal(rv->year, 2018);
	help_equal(help_join(*state, rv->directors, rv->ndirectors),
	    "Kantemir Balagov");
	help_equal(rv->title, "Closeness");
	help_equal(rv->original, "Tesnota");
	assert_int_equal(rv->film_year, 2017);
	help_equal(rv->reviewer, "Daria Ezerova");
	help_equal(rv->affiliation, "Yale U");
	help_equal(rv->published, "2018");
	help_equal(rv->updated, "2018");
	assert_true(str_find(rv->epigraph, STR("\n(")) != (size_t)-1);
	assert_int_equal(rv->nparagraphs, 7);
	for (size_t i = 0; i < rv->nparagraphs; i++)
		assert_false(str_begins(rv->paragraphs[i], "tesnota"));
	assert_int_equal(rv->nworks, 4);
	assert_int_equal(rv->ncredits, 8);
	assert_int_equal(rv->credits[5].nnames, 5);
	assert_int_equal(rv->credits[7].nnames, 2);
	help_equal(rv->credits[7].names[1], "Lenfilm");
	help_equal(rv->country, "Russia");
	help_equal(rv->colour, "Color");
	assert_int_equal(rv->minutes, 118);
	help_equal(rv->language, "en");
	assert_int_equal(got.nnotes, 6);
	for (size_t i = 0; i < got.nnotes; i++)
		assert_true(got.notes[i].dropped);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		HELP_TEST(a_sample_says_the_same_as_text_and_as_page),
		HELP_TEST(every_field_of_a_sample_is_understood),
		HELP_TEST(cyrillic_names_are_kept_as_they_are),
		HELP_TEST(a_published_review_is_read_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
