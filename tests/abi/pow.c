/* pow.c: proofs of work: which are good, once, and how hard they are. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <foyer/plugin.h>

#include "pow.h"

extern const struct foyer_plugin *foyer_plugin_entry(void);

#define BEGUN(test)	cmocka_unit_test_setup(test, begin)
#define KEY	"of the tests alone, thirty-two letters"

static const struct foyer_plugin *plugin;
static void *self;
static int64_t now;
static const char *review = "a-film";	/* where a comment is judged */
static struct foyer_mark once;		/* that it named */

static void
quiet(const struct foyer_host *host, const char *line)
{
	(void)host;
	assert_non_null(line);
}

static _Alignas(16) char bytes[1024 * 1024];	/* that outlive a process */

static void *
scratch(const struct foyer_host *host, uint64_t size)
{
	return host != NULL && size <= sizeof(bytes) ? bytes : NULL;
}

static const struct foyer_host host = { .log = quiet, .site = "main",
    .scratch = scratch };

static int
open_with(const struct foyer_setting *set, uint64_t n)
{
	return plugin->open(&host, set, n, &self);
}

static int
go_on(void **state)
{
	static const struct foyer_setting set[] = { { "key", KEY },
	    { "least", "1000" }, { "most", "64000" }, { "calm", "10" },
	    { "seconds", "600" } };

	(void)state;
	plugin = foyer_plugin_entry();
	return open_with(set, 5);
}

/* A process of a life of its own: it knows nothing of the one before. */
static int
begin(void **state)
{
	now = (now ? now : time(NULL)) + 100000;	/* all has expired */
	memset(bytes, 0, sizeof(bytes));
	return go_on(state);
}

static const char *
judge_at(const char *answer, int64_t at)
{
	const struct foyer_comment c = { .site = "main", .review = review,
	    .answer = answer, .now = at };
	struct foyer_verdict v = { .score = 0 };

	assert_int_equal(plugin->judge(self, &c, &v), 0);
	assert_int_equal(v.score, 0);
	assert_int_equal(v.abstains != 0, v.reason != NULL);
	assert_int_equal(v.abstains != 0, v.once.name == NULL);
	once = v.once;
	return v.reason != NULL ? v.reason : "good";
}

#define judged(answer, said)						\
	assert_string_equal(judge_at(answer, now), said)

struct parts {
	char challenge[65], salt[130], signature[65];
	long long most, number;
};

static void
challenge_at(int64_t at, struct parts *p)
{
	struct foyer_challenge c = { .now = at, .review = "a-film" };

	assert_int_equal(plugin->challenge(self, &c), 0);
	assert_true(strlen(c.json) <= 400);
	assert_int_equal(sscanf(c.json, "{\"algorithm\":\"SHA-256\","
	    "\"challenge\":\"%64[0-9a-f]\",\"maxnumber\":%lld,\"salt\":"
	    "\"%129[^\"]\",\"signature\":\"%64[0-9a-f]\"}", p->challenge,
	    &p->most, p->salt, p->signature), 4);
}

static void
solve(struct parts *p)
{
	unsigned char hash[32];
	char text[200], hex[65];

	for (p->number = 0; p->number <= p->most; p->number++) {
		snprintf(text, sizeof(text), "%s%lld", p->salt, p->number);
		crypto_hash_sha256(hash, (unsigned char *)text, strlen(text));
		sodium_bin2hex(hex, sizeof(hex), hash, sizeof(hash));
		if (strcmp(hex, p->challenge) == 0)
			return;
	}
	fail_msg("no number");
}

static const char *
base64(const char *text)
{
	static char made[2000];

	return sodium_bin2base64(made, sizeof(made),
	    (const unsigned char *)text, strlen(text),
	    sodium_base64_VARIANT_ORIGINAL);
}

static const char *
payload(const struct parts *p)
{
	char text[800];

	snprintf(text, sizeof(text), "{\"algorithm\":\"SHA-256\","
	    "\"challenge\":\"%s\",\"number\":%lld,\"salt\":\"%s\","
	    "\"signature\":\"%s\",\"took\":12}", p->challenge, p->number,
	    p->salt, p->signature);
	return base64(text);
}

static void
solved(struct parts *p)
{
	challenge_at(now, p);
	solve(p);
}

#define UNREAD	"the proof of work can't be read"
#define WRONG	"the proof of work is wrong"
#define FOREIGN	"the proof of work is for a challenge of somebody else"
#define USED	"the proof of work was used before"
#define EXPIRED	"the proof of work has expired"
#define ELSEWHERE	"the proof of work is for another review"
#define EASY	"the proof of work was too easy for what comes in now"
#define NONE	"no proof of work came with it"

/* Who has used it is for the host to know. */
static void
a_proof_names_what_may_be_used_once(void **state)
{
	struct parts one, other;
	char first[65];

	(void)state;
	solved(&one);
	solved(&other);
	assert_string_not_equal(one.salt, other.salt);
	judged("", NONE);
	judged(payload(&one), "good");
	snprintf(first, sizeof(first), "%s", once.name);
	assert_in_range(strlen(first), 32, 64);
	assert_string_equal(once.used, USED);
	assert_int_equal(once.until, now + 600);
	judged(payload(&other), "good");
	assert_string_not_equal(once.name, first);
	judged(payload(&one), "good");
	assert_string_equal(once.name, first);
}

static void
a_proof_is_good_under_its_review(void **state)
{
	struct parts p;

	(void)state;
	solved(&p);
	review = "a-film-2";
	judged(payload(&p), ELSEWHERE);
	review = "";
	judged(payload(&p), ELSEWHERE);
	review = "a-film";
	judged(payload(&p), "good");
}

static void
a_proof_is_good_for_its_time(void **state)
{
	struct parts p;

	(void)state;
	solved(&p);
	assert_string_equal(judge_at(payload(&p), now + 600), EXPIRED);
	assert_string_equal(judge_at(payload(&p), now + 599), "good");
	assert_string_equal(judge_at(payload(&p), now + 601), EXPIRED);
}

/* No digit may wander from the salt to the number. */
static void
what_was_changed_is_wrong(void **state)
{
	struct parts p, q;
	char *max, *after;

	(void)state;
	solved(&p);
	q = p;
	q.number = p.number + 1;
	judged(payload(&q), WRONG);
	q.number = -p.number - 1;
	judged(payload(&q), WRONG);
	q = p;
	max = strstr(q.salt, "&max=");
	after = strstr(p.salt, "&review=");
	assert_true(max != NULL && after != NULL);
	sprintf(max, "&max=1%s", after);
	judged(payload(&q), WRONG);
	sprintf(max, "&max=01000%s", after);
	judged(payload(&q), UNREAD);
	sprintf(max, "%s", after);
	judged(payload(&q), UNREAD);
	sprintf(max, "&max=1000&review=00&");
	judged(payload(&q), WRONG);
	q = p;
	q.salt[strlen(q.salt) - 1] = '\0';
	judged(payload(&q), UNREAD);
	q = p;
	q.salt[0] = q.salt[0] == '0' ? '1' : '0';
	judged(payload(&q), WRONG);
	q = p;
	q.signature[5] = q.signature[5] == 'a' ? 'b' : 'a';
	judged(payload(&q), FOREIGN);
	q.signature[5] = '\0';
	judged(payload(&q), FOREIGN);
	judged(payload(&p), "good");
}

static void
a_challenge_of_ones_own_is_foreign(void **state)
{
	const struct pow_salt mine = { now + 60, 1000, "00" };
	struct parts p;

	(void)state;
	assert_int_equal(sscanf(pow_proof_challenge("another key of as many "
	    "letters", &mine), "{\"algorithm\":\"SHA-256\",\"challenge\":"
	    "\"%64[^\"]\",\"maxnumber\":%lld,\"salt\":\"%129[^\"]\","
	    "\"signature\":\"%64[^\"]\"}", p.challenge, &p.most, p.salt,
	    p.signature), 4);
	solve(&p);
	judged(payload(&p), FOREIGN);
}

static void
what_is_no_proof_is_unread(void **state)
{
	static const char *const texts[] = { "", "{", "[]", "null", "7",
	    "{\"algorithm\":\"SHA-1\"}", "{\"algorithm\":\"SHA-256\"}",
	    "{\"algorithm\":\"SHA-256\",\"salt\":7,\"number\":1}",
	    "{\"algorithm\":\"SHA-256\",\"salt\":\"x\",\"number\":\"1\"}",
	    "{\"number\":1,\"number\":2}" };
	char much[1990];
	size_t i;

	(void)state;
	for (i = 1; i < sizeof(texts) / sizeof(texts[0]); i++)
		judged(base64(texts[i]), UNREAD);
	judged("not base64!", UNREAD);
	judged("e30", UNREAD);
	memset(much, 'A', sizeof(much));
	much[sizeof(much) - 2] = '\0';
	judged(much, UNREAD);
}

static int64_t
most_at(int64_t at)
{
	struct parts p;

	challenge_at(at, &p);
	return p.most;
}

static void
work_grows_with_what_comes_in_and_shrinks_again(void **state)
{
	struct parts early, late;
	int i;

	(void)state;
	assert_int_equal(most_at(now), 1000);
	solved(&early);
	for (i = 0; i < 5; i++)		/* without a proof it counts twice */
		judged("", NONE);
	assert_int_equal(most_at(now), 1000);
	for (i = 0; i < 10; i++)
		judged("", NONE);
	assert_int_equal(most_at(now), 9000);
	judged(payload(&early), EASY);
	for (i = 0; i < 100; i++)
		judged("", NONE);
	solved(&late);
	assert_int_equal(late.most, 64000);
	judged(payload(&late), "good");
	assert_in_range(most_at(now + 105), 1000, 63999);
	assert_int_equal(most_at(now + 121), 1000);
	assert_string_equal(judge_at(payload(&early), now + 121), "good");
}

static void
another_process_believes_it_and_goes_on_with_the_load(void **state)
{
	struct parts p;
	char mark[65];
	int i;

	(void)state;
	solved(&p);
	judged(payload(&p), "good");
	snprintf(mark, sizeof(mark), "%s", once.name);
	for (i = 0; i < 15; i++)
		judged("", NONE);
	assert_int_equal(go_on(NULL), 0);
	assert_int_equal(most_at(now), 9610);
	now -= 100000;			/* of the same key, soon after */
	assert_int_equal(begin(NULL), 0);
	assert_int_equal(most_at(now), 1000);
	judged(payload(&p), "good");
	assert_string_equal(once.name, mark);
}

static void
the_formula_has_bounds(void **state)
{
	(void)state;
	assert_int_equal(pow_load_numbers(0, 30, 50000, 1000000), 50000);
	assert_int_equal(pow_load_numbers(30, 30, 50000, 1000000), 50000);
	assert_int_equal(pow_load_numbers(60, 30, 50000, 1000000), 200000);
	assert_int_equal(pow_load_numbers(120, 30, 50000, 1000000), 800000);
	assert_int_equal(pow_load_numbers(135, 30, 50000, 1000000), 1000000);
	assert_int_equal(pow_load_numbers(INT64_MAX, 1, 1000, 10000000),
	    10000000);
}

static void
wrong_settings_do_not_open(void **state)
{
	static const struct foyer_setting wrong[][2] = {
		{ { "key", "short" } }, { { "least", "1000" } },
		{ { "key", KEY }, { "least", "999" } },
		{ { "key", KEY }, { "most", "10000001" } },
		{ { "key", KEY }, { "most", "1000" } },
		{ { "key", KEY }, { "calm", "0" } },
		{ { "key", KEY }, { "seconds", "29" } },
		{ { "key", KEY }, { "seconds", "60s" } },
		{ { "key", KEY }, { "colour", "blue" } },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_int_not_equal(open_with(wrong[i],
		    wrong[i][1].key != NULL ? 2 : 1), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		BEGUN(a_proof_names_what_may_be_used_once),
		BEGUN(a_proof_is_good_under_its_review),
		BEGUN(a_proof_is_good_for_its_time),
		BEGUN(what_was_changed_is_wrong),
		BEGUN(a_challenge_of_ones_own_is_foreign),
		BEGUN(what_is_no_proof_is_unread),
		BEGUN(work_grows_with_what_comes_in_and_shrinks_again),
		BEGUN(another_process_believes_it_and_goes_on_with_the_load),
		cmocka_unit_test(the_formula_has_bounds),
		BEGUN(wrong_settings_do_not_open),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
