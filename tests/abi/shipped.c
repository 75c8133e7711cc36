/* shipped.c: the plugins that come with foyer say what their READMEs say. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "abi.h"

static const struct {
	const char *max;
	size_t body, nlinks;		/* links of 20 bytes each */
	int score;
	const char *reason, *features;
} link_rows[] = {
	{ "2", 400, 0, 0, "", "" },
	{ "2", 400, 2, 0, "", "links=2 share=10 hosts=1" },
	{ "2", 400, 3, 45, "3 links, 15% of the text",
	    "links=3 share=15 hosts=1" },
	{ "2", 80, 3, 65, "3 links, 75% of the text",
	    "links=3 share=75 hosts=1" },
	{ "2", 22, 1, 40, "1 link, 90% of the text",
	    "links=1 share=90 hosts=1" },
	{ "2", 400, 12, 100, "12 links, 60% of the text",
	    "links=12 share=60 hosts=1" },
	{ "0", 400, 1, 45, "1 link, 5% of the text",
	    "links=1 share=5 hosts=1" },
};

static void
links_counts_links_and_their_share_of_the_text(void **state)
{
	struct str links[12];
	struct verdict v;
	struct abi abi;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(links); i++)
		links[i] = STR("http://a.example/123");
	for (i = 0; i < COUNT(link_rows); i++) {
		struct filter_pair pair = { "max_links", link_rows[i].max };
		struct filter_plugin p = abi_shipped("links", &pair, 1);
		char body[401];
		struct draft d = { .body = { body, link_rows[i].body } };
		struct filter_question q = { .draft = &d, .links = links,
		    .nlinks = link_rows[i].nlinks };

		memset(body, 'x', sizeof(body));
		abi_open(&abi, &p, 1, 2000, 60);
		filter_ask(abi.seats[0], abi.arena, &q, &v);
		abi_said(&v, link_rows[i].score, link_rows[i].reason,
		    link_rows[i].features);
		abi_close(&abi);
	}
}

static const struct {
	const char *pot;
	int64_t seconds;		/* -1: no form */
	int score;
	const char *reason, *features;
} pot_rows[] = {
	{ "", -1, 0, "", "" },
	{ "", 3, 0, "", "seconds=3" },
	{ "", 2, 60, "sent 2 s after the form was given out", "seconds=2" },
	{ "http://x", -1, 100, "the hidden field is filled in", "" },
	{ "http://x", 0, 100, "the hidden field is filled in", "seconds=0" },
};

static void
honeypot_catches_the_filled_field_and_the_quick(void **state)
{
	struct filter_plugin p = abi_shipped("honeypot", NULL, 0);
	const int64_t now = INT64_C(1500000000000000);
	struct verdict v;
	struct abi abi;
	size_t i;

	(void)state;
	abi_open(&abi, &p, 1, 2000, 60);
	for (i = 0; i < COUNT(pot_rows); i++) {
		struct draft d = { .honeypot = str_of(pot_rows[i].pot),
		    .body = STR("x"), .sent = now, .form_made =
		    pot_rows[i].seconds < 0 ? 0 :
		    now - pot_rows[i].seconds * 1000000 };
		struct filter_question q = { .draft = &d };

		filter_ask(abi.seats[0], abi.arena, &q, &v);
		abi_said(&v, pot_rows[i].score, pot_rows[i].reason,
		    pot_rows[i].features);
	}
	abi_close(&abi);
}

/* The verdict lives until the next post. */
static void
post(struct abi *abi, const char *sender, int64_t second, struct verdict *v)
{
	static struct arena *arena;
	struct draft d = { .body = STR("x"), .sender = str_of(sender),
	    .sent = (INT64_C(1500000000) + second) * 1000000 };
	struct filter_question q = { .draft = &d };

	if (arena == NULL)
		arena = arena_new(1024 * 1024);
	arena_reset(arena);
	filter_ask(abi->seats[0], arena, &q, v);
}

static void
pace_counts_one_sender_in_sliding_windows(void **state)
{
	const struct filter_pair pairs[] = { { "per_minute", "4" },
	    { "per_hour", "10" } };
	struct filter_plugin p = abi_shipped("pace", pairs, 2);
	struct verdict v;
	struct abi abi;
	int i;

	(void)state;
	abi_open(&abi, &p, 1, 2000, 60);
	for (i = 1; i <= 4; i++) {
		post(&abi, "aa", i, &v);
		assert_int_equal(v.total, 0);
	}
	post(&abi, "aa", 5, &v);
	abi_said(&v, 62, "5 comments from one sender in one minute",
	    "minute=5 hour=5");
	post(&abi, "bb", 5, &v);
	abi_said(&v, 0, "", "minute=1 hour=1");
	post(&abi, "", 5, &v);
	abi_said(&v, 0, "", "");
	post(&abi, "aa", 1 + 90, &v);	/* half of the five are in reach */
	abi_said(&v, 0, "", "minute=3 hour=6");
	for (i = 0; i < 5; i++)
		post(&abi, "aa", 1000 + 200 * i, &v);
	abi_said(&v, 55, "11 comments from one sender in one hour",
	    "minute=1 hour=11");
	post(&abi, "aa", 100000, &v);
	abi_said(&v, 0, "", "minute=1 hour=1");
	post(&abi, "aa", 50, &v);	/* a clock that was set back */
	abi_said(&v, 0, "", "minute=2 hour=2");
	abi_close(&abi);
}

/* One that counts, and one that does what the body says. */
static void
counts(struct abi *abi, const char *body, const char *reason)
{
	struct verdict v;

	abi_ask(abi, body, &v);
	if (!str_is(v.each[0].reason, reason))
		fail_msg("%s: \"" STR_FMT "\" is not \"%s\"", body,
		    STR_ARG(v.each[0].reason), reason);
}

static void
scratch_outlives_the_process_but_not_a_fault_of_its_own(void **state)
{
	const struct filter_plugin both[] = { abi_plugin("counter"),
	    abi_plugin("mad") };
	struct abi abi;

	(void)state;
	abi_open(&abi, both, 2, 2000, 60);
	counts(&abi, "hello", "1");
	counts(&abi, "crash", "2");
	counts(&abi, "exit", "3");
	counts(&abi, "hello", "4");
	kill(abi.host, SIGKILL);
	waitpid(abi.host, NULL, 0);
	abi_start(&abi);
	counts(&abi, "hello", "5");
	counts(&abi, "own", "gave up (abort)");
	counts(&abi, "hello", "1");
	abi_close(&abi);
}

static void
pace_goes_on_counting_after_the_fault_of_another(void **state)
{
	struct filter_plugin both[] = { abi_shipped("pace", NULL, 0),
	    abi_plugin("mad") };
	struct verdict v;
	struct abi abi;
	int i;

	(void)state;
	abi_open(&abi, both, 2, 2000, 60);
	for (i = 0; i < 3; i++)
		abi_ask(&abi, "hello", &v);
	abi_ask(&abi, "crash", &v);
	assert_true(v.each[1].silent);
	for (i = 0; i < 2; i++)
		abi_ask(&abi, "hello", &v);
	assert_true(str_is(v.each[0].reason,
	    "6 comments from one sender in one minute"));
	abi_close(&abi);
}

static void
pace_counts_persons_and_threads_too(void **state)
{
	const struct filter_pair pairs[] = { { "person_per_minute", "2" },
	    { "thread_per_minute", "3" } };
	struct filter_plugin p = abi_shipped("pace", pairs, 2);
	struct draft d = { .body = STR("x"),
	    .sent = INT64_C(1500000000000000) };
	struct filter_question q = { .draft = &d };
	struct verdict v;
	struct abi abi;
	int i;

	(void)state;
	abi_open(&abi, &p, 1, 2000, 60);
	d.person.bytes[0] = 1;
	for (i = 0; i < 3; i++)
		filter_ask(abi.seats[0], abi.arena, &q, &v);
	abi_said(&v, 75, "3 comments from one person in one minute",
	    "person_minute=3 person_hour=3");
	q.review_slug = STR("a-film");
	for (i = 0; i < 6; i++) {
		d.person.bytes[1]++;
		filter_ask(abi.seats[i % 2], abi.arena, &q, &v);
	}
	abi_said(&v, 50, "6 comments under one review in one minute",
	    "person_minute=1 person_hour=1 thread_minute=6 thread_hour=6");
	abi_close(&abi);
}

static void
pace_remembers_the_latest_senders_of_many(void **state)
{
	struct filter_plugin p = abi_shipped("pace", NULL, 0);
	struct verdict v;
	struct abi abi;
	char sender[16];
	int i;

	(void)state;
	abi_open(&abi, &p, 1, 2000, 60);
	for (i = 0; i < 20000; i++) {
		snprintf(sender, sizeof(sender), "%08x", i);
		post(&abi, sender, i / 1000, &v);
		assert_int_equal(v.total, 0);
	}
	post(&abi, sender, i / 1000, &v);
	abi_said(&v, 0, "", "minute=2 hour=2");
	abi_close(&abi);
}

static const struct {
	const char *plugin, *key, *value;
} settings[] = {
	{ "links", "max_link", "2" }, { "links", "max_links", "" },
	{ "links", "max_links", "2x" }, { "links", "max_links", "-1" },
	{ "links", "max_links", "101" }, { "honeypot", "seconds", "3" },
	{ "honeypot", "min_seconds", "3s" },
	{ "honeypot", "min_seconds", "99999999999999999999" },
	{ "pace", "per_day", "1" }, { "pace", "per_hour", "0" },
	{ "pace", "per_minute", "many" }, { "newcomer", "second", "1" },
	{ "newcomer", "first", "101" }, { "newcomer", "known", "" },
	{ "duplicate", "alike", "39" }, { "duplicate", "hour", "1" },
	{ "rspamd", "allow", "10.0.0.0/33" }, { "rspamd", "timeout", "10" },
	{ "spamassassin", "allow", "localhost" }, { "spamassassin", "x", "" },
	{ "akismet", "api_key", "no blog" }, { "dnsbl", "server", "::1" },
	{ "lua", "mine", "/no/such/script" }, { "lua", "steps", "10" },
	{ "language", "language", "en" }, { "words", "file", "words" },
	{ "words", "file", "/no/such/list" }, { "words", "list", "/etc/x" },
};

static void
a_wrong_setting_is_refused(void **state)
{
	struct abi abi;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(settings); i++) {
		struct filter_pair pair = { settings[i].key,
		    settings[i].value };
		struct filter_plugin p = abi_shipped(settings[i].plugin, &pair,
		    1);

		p.deferred = true;	/* where the plugin is */
		abi_open(&abi, &p, 1, 2000, 60);
		assert_false(abi_status(&abi, 0).loaded);
		assert_true(str_ends(abi_status(&abi, 0).trouble,
		    ": it would not open"));
		abi_close(&abi);
	}
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    links_counts_links_and_their_share_of_the_text),
		cmocka_unit_test(
		    honeypot_catches_the_filled_field_and_the_quick),
		cmocka_unit_test(pace_counts_one_sender_in_sliding_windows),
		cmocka_unit_test(
		    scratch_outlives_the_process_but_not_a_fault_of_its_own),
		cmocka_unit_test(
		    pace_goes_on_counting_after_the_fault_of_another),
		cmocka_unit_test(pace_counts_persons_and_threads_too),
		cmocka_unit_test(pace_remembers_the_latest_senders_of_many),
		cmocka_unit_test(a_wrong_setting_is_refused),
	};

	abi_main(argc, argv);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
