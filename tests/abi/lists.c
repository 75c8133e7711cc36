/* lists.c: filters that look for words of a list, and at where links lead. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <foyer/plugin.h>

#include "abi.h"

static char path[] = "/tmp/foyer-words-XXXXXX";

static void
write_list(const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

static int
make_list(void **state)
{
	int fd = mkstemp(path);

	(void)state;
	return fd == -1 ? -1 : close(fd);
}

static int
remove_list(void **state)
{
	(void)state;
	return unlink(path);
}

static const char list[] =
    "# a comment, then an empty line\n\n"
    "casino\tbody,name  80  online casino\r\n"
    "pills body 60 /\\bv[i1]agra\\b/\n"
    "shop link 40 shop.example\n"
    "away mail 30 /^mailinator\\.com$/\n"
    "known body -20 Cahiers du cinéma\n"
    "wild body 50 /(x+x+)+y/\n";

static const struct {
	const char *body, *author, *email, *link;
	int score;
	const char *reason, *features;
} rows[] = {
	{ "A quiet film.", "A", "", "", 0, "", "" },
	{ "The ONLINE Casino!", "A", "", "", 80, "casino", "rules=1" },
	{ "x", "Online casino", "", "", 80, "casino", "rules=1" },
	{ "V1agra", "A", "", "", 60, "pills", "rules=1" },
	{ "Niagra v1agrant", "A", "", "", 0, "", "" },
	{ "x shop.example", "A", "", "", 0, "", "" },
	{ "x", "A", "", "https://www.shop.example/", 40, "shop", "rules=1" },
	{ "x", "A", "who@MailInator.com", "", 30, "away", "rules=1" },
	{ "x", "A", "mailinator.com@a.example", "", 0, "", "" },
	{ "cahiers du CINÉMA", "A", "", "", -20, "known", "rules=1" },
	{ "online casino viagra", "A", "", "https://shop.example", 100,
	    "casino, pills, shop", "rules=3" },
};

static void
ask_row(struct abi *abi, size_t i, struct verdict *v)
{
	struct str link = str_of(rows[i].link);
	struct draft d = { .body = str_of(rows[i].body),
	    .author = str_of(rows[i].author),
	    .email = str_of(rows[i].email) };
	struct filter_question q = { .draft = &d, .links = &link,
	    .nlinks = link.len > 0 };

	filter_ask(abi->seats[0], abi->arena, &q, v);
}

static void
words_tells_the_names_of_the_rules_that_fit(void **state)
{
	struct filter_pair pair = { "file", path };
	struct filter_plugin p = abi_shipped("words", &pair, 1);
	struct verdict v;
	struct abi abi;
	size_t i;

	(void)state;
	write_list(list);
	abi_open(&abi, &p, 1, 2000, 60);
	for (i = 0; i < COUNT(rows); i++) {
		ask_row(&abi, i, &v);
		abi_said(&v, rows[i].score, rows[i].reason, rows[i].features);
	}
	abi_close(&abi);
}

static void
words_leaves_a_text_to_people_that_a_pattern_runs_wild_on(void **state)
{
	struct filter_pair pair = { "file", path };
	struct filter_plugin p = abi_shipped("words", &pair, 1);
	char body[8001];
	struct verdict v;
	struct abi abi;
	int i;

	(void)state;
	write_list(list);
	memset(body, 'x', sizeof(body));
	body[sizeof(body) - 3] = '!';
	body[sizeof(body) - 2] = 'y';
	body[sizeof(body) - 1] = '\0';
	abi_open(&abi, &p, 1, 2000, 60);
	for (i = 0; i < 2; i++) {
		abi_ask(&abi, body, &v);
		assert_true(v.each[0].silent && v.silent);
		assert_true(str_is(v.each[0].reason,
		    "rule wild takes too long on this text"));
	}
	abi_ask(&abi, "viagra", &v);
	abi_said(&v, 60, "pills", "rules=1");
	abi_ask(&abi, "xxy", &v);
	abi_said(&v, 50, "wild", "rules=1");
	assert_int_equal(abi_status(&abi, 0).faults, 0);
	abi_close(&abi);
}

/* What it says of "viagra", once it says that. */
static void
comes_to_say(struct abi *abi, int score, const char *reason)
{
	int64_t until = clock_mono() + 30000000;
	struct verdict v;

	do
		abi_ask(abi, "viagra", &v);
	while (!str_is(v.each[0].reason, reason) && clock_mono() < until);
	abi_said(&v, score, reason, score != 0 ? "rules=1" : "");
}

/* For longer than a change takes. */
static void
goes_on_saying(struct abi *abi, int score, const char *reason)
{
	int64_t until = clock_mono() + 700000;
	struct verdict v;

	do {
		abi_ask(abi, "viagra", &v);
		abi_said(&v, score, reason, "rules=1");
	} while (clock_mono() < until);
}

static void
words_reads_a_list_that_takes_its_place(void **state)
{
	struct filter_pair pair = { "file", path };
	struct filter_plugin p = abi_shipped("words", &pair, 1);
	char aside[sizeof(path) + 4], rule[80];
	struct abi abi;
	FILE *f;
	int i;

	(void)state;
	snprintf(aside, sizeof(aside), "%s.new", path);
	write_list("first body 40 viagra\n");
	abi_open(&abi, &p, 1, 2000, 60);
	comes_to_say(&abi, 40, "first");
	for (i = 0; i < 3; i++) {
		f = fopen(aside, "w");
		assert_non_null(f);
		fprintf(f, "moved-%d body %d viagra\n", i, 50 + i);
		assert_int_equal(fclose(f), 0);
		assert_int_equal(rename(aside, path), 0);
		snprintf(rule, sizeof(rule), "moved-%d", i);
		comes_to_say(&abi, 50 + i, rule);
	}
	assert_int_equal(unlink(path), 0);
	goes_on_saying(&abi, 52, "moved-2");
	write_list("again body 60 viagra\n");
	comes_to_say(&abi, 60, "again");
	assert_int_equal(abi_status(&abi, 0).faults, 0);
	abi_close(&abi);
}

static void
words_reads_an_edited_list_unless_it_is_wrong(void **state)
{
	struct filter_pair pair = { "file", path };
	struct filter_plugin p = abi_shipped("words", &pair, 1);
	struct abi abi;

	(void)state;
	write_list("old body 40 viagra\n");
	abi_open(&abi, &p, 1, 2000, 60);
	comes_to_say(&abi, 40, "old");
	write_list("newer body 50 viagra\n");
	comes_to_say(&abi, 50, "newer");
	write_list("newer body 50 viagra\nwrong body 50 /(/\n");
	goes_on_saying(&abi, 50, "newer");
	write_list("");
	comes_to_say(&abi, 0, "");
	abi_close(&abi);
}

static const char *const wrong[] = {
	"name", "name body", "name body 1", "name body x pattern",
	"name body 101 pattern", "name text 1 pattern",
	"name body,text 1 pattern", "name body 1 /(/", "name body 1 /a\\C/",
	"name body 1 \xea\xe0\xe7\xe8\xed\xee", "name body 1 /\xea+/",
	"name-that-is-longer-than-anybody-needs body 1 x",
};

static void
words_refuses_a_list_with_a_mistake(void **state)
{
	struct filter_pair pair = { "file", path };
	struct filter_plugin p = abi_shipped("words", &pair, 1);
	struct abi abi;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(wrong); i++) {
		write_list(wrong[i]);
		abi_open(&abi, &p, 1, 2000, 60);
		assert_false(abi_status(&abi, 0).loaded);
		abi_close(&abi);
	}
}

/* ---- links ---- */

static const struct {
	const char *link;
	int score;
	const char *reason, *features;
} hosts[] = {
	{ "https://www.journal.example/a", 0, "", "links=1 share=5 hosts=1" },
	{ "mailto:a@b.example", 0, "", "links=1 share=3 hosts=0" },
	{ "https://bit.ly/xyz", 25, "1 link, 3% of the text, 1 shortened",
	    "links=1 share=3 hosts=1 shortened=1" },
	{ "http://me@BIT.LY:80/x", 25, "1 link, 4% of the text, 1 shortened",
	    "links=1 share=4 hosts=1 shortened=1" },
	{ "https://xn--e1afmkfd.xn--p1ai/", 0, "",
	    "links=1 share=6 hosts=1" },		/* пример.рф */
	{ "https://кино.example/", 0, "", "links=1 share=5 hosts=1" },
	{ "https://p\xd0\xb0ypal.example/", 60, "1 link, 4% of the text, "
	    "1 with letters made to deceive",
	    "links=1 share=4 hosts=1 deceiving=1" },
	{ "https://xn--pypal-4ve.example/", 60, "1 link, 6% of the text, "
	    "1 with letters made to deceive",
	    "links=1 share=6 hosts=1 deceiving=1" },
	{ "https://xn--80ak6aa92e.com/", 60, "1 link, 5% of the text, "
	    "1 with letters made to deceive",		/* аррӏе.com */
	    "links=1 share=5 hosts=1 deceiving=1" },
	{ "https://a\xd6\x80ple.example/", 60, "1 link, 4% of the text, "
	    "1 with letters made to deceive",		/* an Armenian r */
	    "links=1 share=4 hosts=1 deceiving=1" },
	{ "https://kino\xe6\x98\xa0\xe7\x94\xbb.example/", 0, "",
	    "links=1 share=5 hosts=1" },
	{ "https://t\xcc\xb2xt.example/", 0, "", "links=1 share=4 hosts=1" },
};

static void
links_looks_at_where_they_lead(void **state)
{
	struct filter_plugin p = abi_shipped("links", NULL, 0);
	char body[501];
	struct verdict v;
	struct abi abi;
	size_t i;

	(void)state;
	memset(body, 'x', sizeof(body));
	abi_open(&abi, &p, 1, 2000, 60);
	for (i = 0; i < COUNT(hosts); i++) {
		struct str link = str_of(hosts[i].link);
		struct draft d = { .body = { body, 500 } };
		struct filter_question q = { .draft = &d, .links = &link,
		    .nlinks = 1 };

		filter_ask(abi.seats[0], abi.arena, &q, &v);
		abi_said(&v, hosts[i].score, hosts[i].reason,
		    hosts[i].features);
	}
	abi_close(&abi);
}

static void
links_counts_hosts_by_who_registered_them(void **state)
{
	struct str links[] = { STR("http://a.shop.co.uk/"),
	    STR("http://b.shop.co.uk/"), STR("http://c.co.uk/"),
	    STR("http://x.github.io/"), STR("http://y.github.io/"),
	    STR("http://192.0.2.1/"), STR("http://198.51.2.1:80/") };
	struct filter_plugin p = abi_shipped("links", NULL, 0);
	char body[601];
	struct draft d = { .body = { body, 600 } };
	struct filter_question q = { .draft = &d, .links = links,
	    .nlinks = COUNT(links) };
	struct verdict v;
	struct abi abi;

	(void)state;
	memset(body, 'x', sizeof(body));
	abi_open(&abi, &p, 1, 2000, 60);
	filter_ask(abi.seats[0], abi.arena, &q, &v);
	abi_said(&v, 100, "7 links, 21% of the text",
	    "links=7 share=21 hosts=6");
	abi_close(&abi);
}

/* A moderator's ruling on a comment with one link. */
static void
rule(struct abi *abi, int64_t id, const char *url, int before, int now)
{
	struct str link = str_of(url);
	struct draft d = { .body = STR("x") };
	struct filter_question q = { .draft = &d, .links = &link,
	    .nlinks = 1 };
	struct filter_ruling ruling = { id, now, before, 0 };

	assert_int_equal(filter_learn(abi->seats[1], abi->words, 0, &q,
	    &ruling), OK);
}

static void
links_knows_hosts_that_moderators_let_through(void **state)
{
	struct filter_plugin p = abi_shipped("links", NULL, 0);
	struct str link = STR("https://www.other.example/");
	struct draft d = { .body = { list, 200 } };
	struct filter_question q = { .draft = &d, .links = &link,
	    .nlinks = 1 };
	struct verdict v;
	struct abi abi;
	char url[64];
	int i;

	(void)state;
	abi_open(&abi, &p, 1, 2000, 60);
	for (i = 1; i <= 20; i++) {
		filter_ask(abi.seats[0], abi.arena, &q, &v);
		abi_said(&v, 0, "", "links=1 share=13 hosts=1");
		snprintf(url, sizeof(url), "http://a.host%d.example/", i);
		rule(&abi, i, url, FOYER_OPEN, FOYER_HAM);
	}
	rule(&abi, i++, "http://other.example/", FOYER_OPEN, FOYER_HAM);
	rule(&abi, i++, "http://other.example/", FOYER_HAM, FOYER_SPAM);
	filter_ask(abi.seats[0], abi.arena, &q, &v);
	abi_said(&v, 5, "1 link, 13% of the text, 1 to hosts new to the site",
	    "links=1 share=13 hosts=1 new=1");
	rule(&abi, i, "http://b.other.example/", FOYER_OPEN, FOYER_HAM);
	filter_ask(abi.seats[0], abi.arena, &q, &v);
	abi_said(&v, 0, "", "links=1 share=13 hosts=1");
	abi_close(&abi);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_tells_the_names_of_the_rules_that_fit),
		cmocka_unit_test(
		    words_leaves_a_text_to_people_that_a_pattern_runs_wild_on),
		cmocka_unit_test(words_reads_a_list_that_takes_its_place),
		cmocka_unit_test(
		    words_reads_an_edited_list_unless_it_is_wrong),
		cmocka_unit_test(words_refuses_a_list_with_a_mistake),
		cmocka_unit_test(links_looks_at_where_they_lead),
		cmocka_unit_test(links_counts_hosts_by_who_registered_them),
		cmocka_unit_test(links_knows_hosts_that_moderators_let_through),
	};

	abi_main(argc, argv);
	return cmocka_run_group_tests(tests, make_list, remove_list);
}
