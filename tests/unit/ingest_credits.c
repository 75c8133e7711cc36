/* ingest_credits.c: names, and what a film's credits say. */
#include "ingest_help.h"

#define HEAD	"Ann Bee: Film (Kino, 2001)\n\n" \
		"reviewed by Cee Dee\u00a9 2002\n\n"
#define BODY	"A paragraph that says something about the film.\n\n"

static void
names_are_cut_at_commas_outside_of_quotes_and_brackets(void **state)
{
	static const struct {
		const char *text, *names;
	} rows[] = {
		{ "A B", "A B" },
		{ "A B, C D,E", "A B|C D|E" },
		{ "“A, B” (C, D), E", "“A, B” (C, D)|E" },
		{ "«А, Б», В", "«А, Б»|В" },
		{ "A (B (C, D), E), F", "A (B (C, D), E)|F" },
		{ "“A “B, C” D, E”, F", "“A “B, C” D, E”|F" },
		{ "A (B, C", "A (B|C" },
		{ "\"A, B\", C [D, E]", "\"A, B\"|C [D, E]" },
		{ "A, Ltd., B, Inc", "A, Ltd.|B, Inc" },
		{ "A and B, C & D", "A and B|C & D" },
		{ ", A,, B,", "A|B" },
		{ "", "" },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct list list = { 0 };
		struct str *names;
		size_t n;

		ingest_names_split(*state, str_of(rows[i].text), false, &list);
		names = ingest_list_strings(*state, &list, &n);
		help_equal(help_join(*state, names, n), rows[i].names);
	}
}

static void
the_credits_give_country_colour_minutes_and_roles(void **state)
{
	static const struct {
		const char *text, *country, *colour;
		int minutes;
		const char *credits;
	} rows[] = {
		{ "Film, Russia, 2001\nColor, 118 minutes\nDirector: A B\n"
		    "Cast: C, D\n", "Russia", "Color", 118,
		    "Director=A B;Cast=C|D" },
		{ "Kino, Russia, Germany, 2001\n90 min.\nDirector: A\n",
		    "Russia, Germany", "", 90, "Director=A" },
		{ "Another, Russia, Germany, 2001\n90 min.\nDirector: A\n",
		    "Germany", "", 90, "Director=A" },
		{ "Film, Russia, Germany, 2001\n90 min.\nDirector: A\n",
		    "Russia, Germany", "", 90, "Director=A" },
		{ "Film, Россия, 2001\nЦвет, 90 мин.\nРежиссер: А\n",
		    "Россия", "Цвет", 90, "Режиссер=А" },
		{ "Film, Russia, 2001\n70 min, black and white, silent\n",
		    "Russia", "black and white, silent", 70, "" },
		{ "Director: A\nScript: B\nCast:\nC\nD\nMusic: E\n", "", "", 0,
		    "Director=A;Script=B;Cast=C|D;Music=E" },
		{ "Film, Russia, 2001\nDirector: A,\nB, C\nMusic: D\n",
		    "Russia", "", 0, "Director=A|B|C;Music=D" },
		{ "Film, Russia, 2001\n\nDirector: A\n\nMusic: D\n",
		    "Russia", "", 0, "Director=A;Music=D" },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct ingest got = help_read(*state, "x",
		    arena_fmt(*state, HEAD BODY "%s", rows[i].text).at);

		help_equal(got.review.country, rows[i].country);
		help_equal(got.review.colour, rows[i].colour);
		assert_int_equal(got.review.minutes, rows[i].minutes);
		help_equal(help_credits(*state, &got.review), rows[i].credits);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		HELP_TEST(
		    names_are_cut_at_commas_outside_of_quotes_and_brackets),
		HELP_TEST(the_credits_give_country_colour_minutes_and_roles),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
