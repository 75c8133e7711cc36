/* duplicate.c: the filter duplicate finds what was said before. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <foyer/plugin.h>

#include "abi.h"

static char folder[] = "/tmp/foyer-duplicate-XXXXXX";
static int64_t second;			/* grows with each post */

#define TEXT	"Buy the cheapest watches of the whole world at our shop today"

static int
make(void **state)
{
	(void)state;
	return mkdtemp(folder) == NULL;
}

static int
unmake(void **state)
{
	char file[100];

	(void)state;
	snprintf(file, sizeof(file), "%s/duplicate.memory", folder);
	unlink(file);
	return rmdir(folder);
}

static void
start(struct abi *abi)
{
	struct filter_plugin p = abi_shipped("duplicate", NULL, 0);

	abi_state = folder;
	abi_open(abi, &p, 1, 2000, 60);
}

/* The verdict lives until the next. */
static int
post(struct abi *abi, const char *place, const char *body, struct verdict *v)
{
	struct draft d = { .body = str_of(body), .sender = str_of(place),
	    .sent = (INT64_C(1500000000) + second++) * 1000000 };
	struct filter_question q = { .draft = &d,
	    .review_slug = str_of(place),
	    .parent_body = STR("Nobody ever asked what the bridge was for.") };

	arena_reset(abi->words);
	filter_ask(abi->seats[0], abi->words, &q, v);
	assert_false(v->silent);
	return v->total;
}

static void
tell(struct abi *abi, const char *body, int now, int before)
{
	static int64_t id;
	struct draft d = { .body = str_of(body) };
	struct filter_question q = { .draft = &d };
	struct filter_ruling ruling = { ++id, now, before, 0 };

	assert_int_equal(filter_learn(abi->seats[1], abi->words, 0, &q,
	    &ruling), OK);
}

/* As the background process tells of what was posted somewhere. */
static void
notice(struct abi *abi, const char *place, const char *body)
{
	struct draft d = { .body = str_of(body), .sender = str_of(place),
	    .sent = (INT64_C(1500000000) + second) * 1000000 };
	struct filter_question q = { .draft = &d,
	    .review_slug = str_of(place) };

	filter_notice(abi->seats[1], abi->words, 0, &q);
}

static void
what_came_to_another_node_is_a_flood_too(void **state)
{
	struct filter_learner is;
	struct verdict v;
	struct abi abi;

	(void)state;
	start(&abi);
	filter_learn_status(abi.seats[1], 0, &is);
	assert_true(is.notices);
	notice(&abi, "far", TEXT);
	assert_int_equal(post(&abi, "a", TEXT, &v), 30);
	notice(&abi, "a", TEXT);	/* its own */
	notice(&abi, "far", TEXT);
	assert_int_equal(post(&abi, "b", TEXT, &v), 60);
	assert_true(str_is(v.each[0].features,
	    "alike=100 posts=3 places=3"));
	notice(&abi, "c", "Nobody has ever said anything like these words.");
	assert_int_equal(post(&abi, "c", TEXT, &v), 90);
	assert_int_equal(abi_status(&abi, 0).faults, 0);
	abi_close(&abi);
}

static void
the_same_words_in_many_places_are_a_flood(void **state)
{
	struct verdict v;
	struct abi abi;

	(void)state;
	start(&abi);
	assert_int_equal(post(&abi, "a", TEXT, &v), 0);
	assert_int_equal(post(&abi, "b", "BUY the chéapest watches of the whole"
	    " world at our shop, TODAY!", &v), 30);
	abi_said(&v, 30, "100% the same as a comment sent to 1 other place "
	    "lately", "alike=100 posts=2 places=2");
	assert_int_equal(post(&abi, "c", "Buy the cheapest watches of the whole"
	    " world at our store today", &v), 60);
	assert_in_range(post(&abi, "d", TEXT, &v), 90, 90);
	assert_int_equal(post(&abi, "d", "The camera waits for the watches of "
	    "the night, and so do we all", &v), 0);
	second += 25 * 3600;
	assert_int_equal(post(&abi, "e", TEXT, &v), 0);
	abi_close(&abi);
}

static void
edits_quotes_and_short_words_are_no_flood(void **state)
{
	static const char quote[] =
	    "> Nobody ever asked what the bridge was for.\n\nTrue.";
	struct verdict v;
	struct abi abi;
	int i;

	(void)state;
	start(&abi);
	for (i = 0; i < 3; i++)
		assert_int_equal(post(&abi, "a", TEXT, &v), 0);
	assert_int_equal(post(&abi, "a", TEXT, &v), 10);
	assert_true(str_is(v.each[0].reason, "sent 4 times lately, 100% the "
	    "same"));
	for (i = 0; i < 8; i++) {
		const char place[] = { (char)('a' + i), '\0' };

		assert_int_equal(post(&abi, place, quote, &v), 0);
		assert_int_equal(post(&abi, place, "What a great film!", &v),
		    0);
	}
	abi_close(&abi);
}

static void
what_was_ruled_spam_is_known_until_that_is_taken_back(void **state)
{
	static const char about[] = "Buy the cheapest watches of the whole "
	    "world at our great shop today, my friends";
	struct verdict v;
	struct abi abi;

	(void)state;
	start(&abi);
	tell(&abi, TEXT, FOYER_SPAM, FOYER_OPEN);
	assert_int_equal(post(&abi, "a", TEXT, &v), 100);
	abi_said(&v, 100, "100% the same as what a moderator ruled spam",
	    "alike=100");
	assert_in_range(post(&abi, "a", about, &v), 60, 90);
	assert_int_equal(post(&abi, "a", "Nobody buys watches in this film of "
	    "the whole world of shops", &v), 0);
	assert_int_equal(filter_learn_save(abi.seats[1], abi.words, 0), OK);
	abi_close(&abi);
	start(&abi);
	assert_int_equal(post(&abi, "a", TEXT, &v), 100);
	tell(&abi, about, FOYER_HAM, FOYER_OPEN);
	assert_int_equal(post(&abi, "a", TEXT, &v), 0);
	tell(&abi, about, FOYER_OPEN, FOYER_HAM);
	assert_int_equal(post(&abi, "a", TEXT, &v), 100);
	tell(&abi, TEXT, FOYER_REMOVED, FOYER_SPAM);
	second += 25 * 3600;
	assert_int_equal(post(&abi, "a", TEXT, &v), 0);
	abi_close(&abi);
}

static const char *
unlike(unsigned i)
{
	static char text[100];
	unsigned seed = i * 2654435761u + 1, k;

	for (k = 0; k < sizeof(text) - 1; k++) {
		seed = seed * 1664525u + 1013904223u;
		text[k] = (char)('a' + (seed >> 16) % 26);
	}
	return text;
}

static void
it_remembers_the_latest_of_many_texts(void **state)
{
	struct verdict v;
	struct abi abi;
	unsigned i;

	(void)state;
	start(&abi);
	for (i = 0; i < 10000; i++)
		assert_int_equal(post(&abi, "a", unlike(i), &v), 0);
	assert_int_equal(post(&abi, "b", unlike(10000 - 4000), &v), 30);
	assert_int_equal(post(&abi, "b", unlike(10), &v), 0);
	abi_close(&abi);
}

/* A file that is whole but senseless, as from another machine. */
static void
a_senseless_memory_does_not_lead_it_astray(void **state)
{
	enum { MOST = 16 << 20 };
	struct arena *arena = arena_new(3 * MOST);
	struct filter_memory m;
	struct filter_learner is;
	struct verdict v;
	struct abi abi;
	char *bytes;
	size_t i;

	(void)state;
	start(&abi);
	filter_learn_status(abi.seats[1], 0, &is);
	assert_true(is.size > 0 && is.size < 4 << 20);
	bytes = arena_bytes(arena, is.size);
	for (i = 0; i < is.size; i++)
		bytes[i] = (char)(i % 4 == 1 ? 0 : i * 31 >> 3);
	m = (struct filter_memory){ "duplicate", bytes, is.size, 1 };
	assert_int_equal(filter_keep_write(arena, folder, &m), OK);
	abi_close(&abi);
	start(&abi);
	for (i = 0; i < 200; i++)
		post(&abi, "a", unlike((unsigned)i), &v);
	for (i = 0; i < 200; i++)
		tell(&abi, unlike((unsigned)i), FOYER_SPAM, FOYER_OPEN);
	assert_int_equal(abi_status(&abi, 0).faults, 0);
	abi_close(&abi);
	arena_free(arena);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_came_to_another_node_is_a_flood_too),
		cmocka_unit_test(the_same_words_in_many_places_are_a_flood),
		cmocka_unit_test(edits_quotes_and_short_words_are_no_flood),
		cmocka_unit_test(
		    what_was_ruled_spam_is_known_until_that_is_taken_back),
		cmocka_unit_test(it_remembers_the_latest_of_many_texts),
		cmocka_unit_test(a_senseless_memory_does_not_lead_it_astray),
	};

	abi_main(argc, argv);
	return cmocka_run_group_tests(tests, make, unmake);
}
