/* settings_refuse.c: a wrong foyer.conf is refused by line and reason. */
#include "settings_folder.h"

/* The text is refused with `sentence` after the file's name. */
static void
refuse(struct str text, const char *sentence)
{
	struct settings set = { .workers = -7 };
	struct str why = STR("");

	put(text);
	if (settings_load(arena, file, &set, &why) != ERR_SYNTAX)
		fail_msg("was not refused: " STR_FMT, STR_ARG(text));
	assert_string_equal(why.at, arena_fmt(arena, "%s:%s", file,
	    sentence).at);
	assert_int_equal(set.workers, -7);
	/* A fault leaves nothing behind in the scanner. */
	assert_int_equal(load_text("workers = 3\n").workers, 3);
	arena_reset(arena);
	file = arena_fmt(arena, "%s/foyer.conf", folder).at;
}

/* A socket is made beside its place, so its name is a little shorter than the
 * system lets it be. This one is as long as is quoted of a wrong value. */
#define LONG "/run/foyer/a-folder-that-makes-the-name-longer-than-it-may-b"
#define TAIL	"; expected NAME = VALUE or filter NAME { ... }"

static const struct {
	const char *text, *sentence;
} shapes[] = {
	{ "# one\nwrokers = 4\n",
	    "2: wrokers: expected one of the settings in foyer.conf(5)" },
	{ "workers = 4\n\nworkers = 5\n",
	    "3: workers: expected once, but line 1 has it too" },
	{ "workers\n4\n", "2: missing equal sign after option 'workers'" TAIL },
	{ "workers = {1}", "1: unexpected token '{'" TAIL },
	{ "workers = 4 5", "1: 5: expected one of the settings in "
	    "foyer.conf(5)" },
	{ "workers =", "1: premature end of file" TAIL },
	{ "workers += 4", "1: attempt to append to non-list option 'workers'"
	    TAIL },
	{ "}\n", "1: unexpected closing brace" TAIL },
	{ "\nfilter links {\n\ta = b\n", "2: expected a } for this {" },
	{ "filter a {\n b { c {", "2: expected no { so deep" },
	{ "filter { }", "1: missing title for section 'filter'" TAIL },
	{ "filter links { }\nfilter links { }", "2: filter links: expected "
	    "one section a filter, this is the second" },
	{ "filter Links {\n}", "2: filter: expected 1 to 32 of a to z, 0 to 9 "
	    "and -, not \"Links\"" },
	{ "filter '' { }", "1: filter: expected 1 to 32 of a to z, 0 to 9 "
	    "and -, not \"\"" },
	{ "filter a {\n weight = 1\n weight = 2\n}",
	    "3: weight: expected once, but line 2 has it too" },
	{ "filter a { weight = 1 } filter b { weight = 2\n weight = 3 }",
	    "2: weight: expected once, but line 1 has it too" },
	{ "filter a { b = { 1 } }", "1: unexpected token '{'" TAIL },
	{ "name = \"a\nb\"\n", "1: expected a closing \" on this line" },
	{ "name = 'a\nb'\n", "1: expected a closing ' on this line" },
	{ "name = 'a\\'\n", "1: expected a closing ' on this line" },
	{ "name = \"a\\", "1: expected \\\" or \\\\ after a backslash; or use "
	    "single quotes" },
	{ "name = \"a\\0b\"", "1: expected \\\" or \\\\ after a backslash; or "
	    "use single quotes" },
	{ "name = \"${HOME}\"", "1: expected no ${ in double quotes; use "
	    "single ones" },
	{ "name = ${HOME}", "1: expected quotes around a value with such "
	    "characters" },
	{ "name = a\\b", "1: expected quotes around a value with such "
	    "characters" },
	{ "name = f(x)", "1: expected quotes around a value with such "
	    "characters" },
	{ "name = a // b", "1: expected # before a comment" },
	{ "\n/* a */", "2: expected # before a comment" },
	{ "name = \"a\xff\"", "1: expected UTF-8 text" },
	{ "\n\nname = 'a\x01'", "3: expected no control characters" },
	{ "name = a\rb", "1: expected no control characters" }
};

static void
a_wrong_shape_is_refused_by_line_and_reason(void **state)
{
	struct buf many = buf_new(arena, 512);
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(shapes); i++)
		refuse(str_of(shapes[i].text), shapes[i].sentence);
	many = buf_new(arena, 512);
	for (i = 0; i < 17; i++)
		buf_fmt(&many, "filter a%zu { }\n", i);
	refuse(arena_str(arena, buf_view(&many)),
	    "17: expected at most 16 filters, not 17");
	refuse((struct str){ "name = a\n\0\n", 11 }, "2: expected UTF-8 text");
}

#define ORIGIN	"expected an origin like https://journal.example, with " \
		"nothing after the host or port, not "
#define MAILER	"expected a server like smtp://mail.example:587 or " \
    "smtps://mail.example, or \"\", not "
#define PREFIX	"expected a path like /reviews/, outside /foyer/, not "

static const struct {
	const char *text, *sentence;
} values[] = {
	{ "workers = many", "workers: expected a whole number from 1 to 256, "
	    "not \"many\"" },
	{ "workers = 0", "workers: expected a whole number from 1 to 256, not "
	    "\"0\"" },
	{ "workers = 257", "workers: expected a whole number from 1 to 256, "
	    "not \"257\"" },
	{ "workers = 4.0", "workers: expected a whole number from 1 to 256, "
	    "not \"4.0\"" },
	{ "workers = 0x4", "workers: expected a whole number from 1 to 256, "
	    "not \"0x4\"" },
	{ "workers = ''", "workers: expected a whole number from 1 to 256, "
	    "not \"\"" },
	{ "workers = 99999999999999999999", "workers: expected a whole number "
	    "from 1 to 256, not \"99999999999999999999\"" },
	{ "hold_at = -101", "hold_at: expected a whole number from -100 to "
	    "101, not \"-101\"" },
	{ "hold_at = 91", "spam_at: expected at least hold_at, which is 91" },
	{ "spam_at = 29", "spam_at: expected at least hold_at, which is 30" },
	{ "log = loud", "log: expected error, warn, note or debug, not "
	    "\"loud\"" },
	{ "name = ''", "name: expected a text of 1 to 200 bytes" },
	{ "site = Main", "site: expected 1 to 63 of a to z, 0 to 9 and -, not "
	    "\"Main\"" },
	{ "group = 'a b'", "group: expected the name of a group, or \"\", not "
	    "\"a b\"" },
	{ "listen = " LONG "e-if-it-is-to-find-room-for-a-suffix-of-.new",
	    "listen: expected an absolute path of at most 103 bytes, not \""
	    LONG "\"" },
	{ "listen = run/foyer.sock", "listen: expected an absolute path of at "
	    "most 103 bytes, not \"run/foyer.sock\"" },
	{ "keys = ''", "keys: expected an absolute path of at most 1000 bytes, "
	    "not \"\"" },
	{ "origin = http://a/", "origin: " ORIGIN "\"http://a/\"" },
	{ "origin = ftp://a", "origin: " ORIGIN "\"ftp://a\"" },
	{ "origin = 'http://a:'", "origin: " ORIGIN "\"http://a:\"" },
	{ "origin = 'http://:80'", "origin: " ORIGIN "\"http://:80\"" },
	{ "origin = 'http://a@b'", "origin: " ORIGIN "\"http://a@b\"" },
	{ "origin = 'http://[::1'", "origin: " ORIGIN "\"http://[::1\"" },
	{ "origin = 'http://[::1]x'", "origin: " ORIGIN "\"http://[::1]x\"" },
	{ "mail_server = 'http://a'", "mail_server: " MAILER "\"http://a\"" },
	{ "mail_server = 'smtp://a/b'", "mail_server: " MAILER
	    "\"smtp://a/b\"" },
	{ "mail_server = 'smtp://a'", "mail_server: expected mail_from, too: "
	    "the address that mail is from" },
	{ "mail_from = a", "mail_from: expected a mail address, or \"\", not "
	    "\"a\"" },
	{ "mail_from = 'a b@c'", "mail_from: expected a mail address, or "
	    "\"\", not \"a b@c\"" },
	{ "watchers = '127.0.0.1 host'", "watchers: expected addresses or "
	    "ranges like 127.0.0.0/8 with spaces between, or \"\", not "
	    "\"127.0.0.1 host\"" },
	{ "origins = { 'https://a', 'b' }", "origins: " ORIGIN "\"b\"" },
	{ "reviews = /reviews", "reviews: " PREFIX "\"/reviews\"" },
	{ "reviews = reviews/", "reviews: " PREFIX "\"reviews/\"" },
	{ "reviews = /foyer/reviews/", "reviews: " PREFIX
	    "\"/foyer/reviews/\"" },
	{ "reviews = '/a//'", "reviews: " PREFIX "\"/a//\"" },
	{ "reviews = '/a/../'", "reviews: " PREFIX "\"/a/../\"" },
	{ "language = e", "language: expected a language tag like en or pt-BR, "
	    "not \"e\"" },
	{ "language = en-", "language: expected a language tag like en or "
	    "pt-BR, not \"en-\"" },
	{ "language = en_GB", "language: expected a language tag like en or "
	    "pt-BR, not \"en_GB\"" },
	{ "filter a { weight = 1001 }", "weight: expected a whole number from "
	    "0 to 1000, not \"1001\"" },
	{ "filter a { enabled = yes }", "enabled: expected true or false, not "
	    "\"yes\"" },
	{ "filter a { path = a.so }", "path: expected an absolute path of at "
	    "most 1000 bytes, not \"a.so\"" }
};

static void
a_value_out_of_bounds_is_refused_with_what_was_expected(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(values); i++)
		refuse(arena_fmt(arena, "\n\n%s\n", values[i].text),
		    arena_fmt(arena, "3: %s", values[i].sentence).at);
}

static void
a_long_value_is_refused_and_a_password_never_repeated(void **state)
{
	char *big = arena_alloc(arena, 1002);
	struct settings set;
	struct str why = STR("");

	(void)state;
	memset(big, 'x', 1001);
	put(arena_fmt(arena, "database = '%s'", big));
	assert_int_equal(settings_load(arena, file, &set, &why), ERR_SYNTAX);
	assert_string_equal(why.at, arena_fmt(arena, "%s:1: database: "
	    "expected a text of 1 to 1000 bytes", file).at);
	put(arena_fmt(arena, "log = '%s'", big));
	assert_int_equal(settings_load(arena, file, &set, &why), ERR_SYNTAX);
	assert_in_range(why.len, 60, 200);
}

static void
a_file_that_cannot_be_read_is_refused_by_name(void **state)
{
	struct settings set;
	struct str why = STR("");
	char *big;

	(void)state;
	assert_int_equal(settings_load(arena, "/tmp/foyer/none.conf", &set,
	    &why), ERR_FILE);
	assert_string_equal(why.at, "/tmp/foyer/none.conf: No such file or "
	    "directory; expected the settings, see foyer.conf(5)");
	assert_int_equal(settings_load(arena, folder, &set, &why), ERR_FILE);
	assert_string_equal(why.at, arena_fmt(arena, "%s: Is a directory; "
	    "expected the settings, see foyer.conf(5)", folder).at);
	big = arena_alloc(arena, 65536);
	memset(big, ' ', 65536);
	put((struct str){ big, 65536 });
	assert_int_equal(settings_load(arena, file, &set, &why), ERR_FILE);
	assert_string_equal(why.at, arena_fmt(arena,
	    "%s: expected less than 65536 bytes", file).at);
	put((struct str){ big, 65535 });
	assert_int_equal(settings_load(arena, file, &set, &why), OK);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_wrong_shape_is_refused_by_line_and_reason),
		TEST(a_value_out_of_bounds_is_refused_with_what_was_expected),
		TEST(a_long_value_is_refused_and_a_password_never_repeated),
		TEST(a_file_that_cannot_be_read_is_refused_by_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
