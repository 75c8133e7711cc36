/* filter_pack.c: plans and questions survive the way; broken ones don't. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "filter/internal.h"

static struct arena *arena;

static int
setup(void **state)
{
	(void)state;
	arena = arena_new(64 * 1024 * 1024);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static struct str
a_job(void)
{
	static const struct filter_pair pairs[] = { { "max", "2" },
	    { "list", "/usr/share/words" } };
	static const struct filter_plugin plugins[] = {
		{ "links", "/lib/links.so", 100, pairs, 2, false, true },
		{ "pace", "/lib/pace.so", 0, NULL, 0, true, false }
	};
	static int seats[] = { 7, 9, 11 }, memories[] = { 13, 15 };
	struct filter_job job = { { .site = "main", .plugins = plugins,
	    .nplugins = 2, .deadline_ms = 50, .memory_mib = 64,
	    .pause_s = 60, .network = true }, seats, 3, memories };
	struct buf b = buf_new(arena, 64);

	filter_job_pack(&b, &job);
	return buf_view(&b);
}

static void
a_plan_arrives_as_it_was(void **state)
{
	struct filter_job job;

	(void)state;
	assert_true(filter_job_unpack(arena, a_job(), &job));
	assert_string_equal(job.plan.site, "main");
	assert_int_equal(job.plan.deadline_ms, 50);
	assert_int_equal(job.plan.memory_mib, 64);
	assert_int_equal(job.plan.pause_s, 60);
	assert_true(job.plan.network);
	assert_int_equal(job.nseats, 3);
	assert_int_equal(job.seats[2], 11);
	assert_int_equal(job.plan.nplugins, 2);
	assert_int_equal(job.memories[1], 15);
	assert_string_equal(job.plan.plugins[0].name, "links");
	assert_int_equal(job.plan.plugins[0].npairs, 2);
	assert_string_equal(job.plan.plugins[0].pairs[1].value,
	    "/usr/share/words");
	assert_string_equal(job.plan.plugins[1].path, "/lib/pace.so");
	assert_int_equal(job.plan.plugins[1].weight, 0);
	assert_false(job.plan.plugins[0].deferred);
	assert_true(job.plan.plugins[1].deferred);
	assert_true(job.plan.plugins[0].challenge);
	assert_false(job.plan.plugins[1].challenge);
}

static struct str
a_question(const struct draft *d)
{
	static const struct str links[] = { { "http://a", 8 },
	    { "http://b", 8 } };
	struct filter_head head = { 5, -7, FILTER_LEARN, 3,
	    { 1234, FOYER_SPAM, FOYER_HAM, 2 } };
	struct filter_question q = { .draft = d, .links = links, .nlinks = 2,
	    .parent_body = STR("parent") };
	struct buf b = buf_new(arena, 64);

	filter_question_pack(&b, &head, &q);
	return buf_view(&b);
}

/* In memory of its own, so that the sanitizer sees one byte too many. */
static bool
unpacks(struct str bytes)
{
	const char *links[FILTER_LINKS];
	char *exact = malloc(bytes.len ? bytes.len : 1);
	struct foyer_comment c = { 0 };
	struct filter_head head;
	bool good;

	assert_non_null(exact);
	memcpy(exact, bytes.at, bytes.len);
	good = filter_question_unpack((struct str){ exact, bytes.len },
	    &head, &c, links);
	if (good)
		assert_true(strlen(c.body) <= bytes.len);
	free(exact);
	return good;
}

static void
a_question_cut_anywhere_is_refused(void **state)
{
	struct draft d = { .body = STR("A body.") };
	struct str whole = a_question(&d);
	struct filter_job job;
	struct str plan = a_job();
	size_t i;

	(void)state;
	assert_true(unpacks(whole));
	for (i = 0; i < whole.len; i++)
		assert_false(unpacks(str_cut(whole, 0, i)));
	for (i = 0; i < plan.len; i++)
		assert_false(filter_job_unpack(arena, str_cut(plan, 0, i),
		    &job));
}

static void
a_question_with_any_byte_changed_stays_in_bounds(void **state)
{
	struct draft d = { .body = STR("A body.") };
	struct str whole = a_question(&d);
	char *bytes = arena_cstr(arena, whole);
	size_t i, refused = 0;
	int bit;

	(void)state;
	for (i = 0; i < whole.len; i++)
		for (bit = 0; bit < 8; bit++) {
			bytes[i] = (char)(bytes[i] ^ 1 << bit);
			refused += !unpacks((struct str){ bytes, whole.len });
			bytes[i] = (char)(bytes[i] ^ 1 << bit);
		}
	assert_true(refused > 8 * 8);	/* lengths at least */
}

static const struct {
	int64_t made, sent, seconds;
} forms[] = {
	{ 0, 1000000000, -1 }, { 999000000, 1000000000, 1 },
	{ 999999999, 1000000000, 0 }, { 1000000001, 1000000000, -1 },
};

static void
seconds_are_known_or_minus_one(void **state)
{
	const char *links[FILTER_LINKS];
	struct foyer_comment c;
	struct filter_head head;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(forms); i++) {
		struct draft d = { .sent = forms[i].sent,
		    .form_made = forms[i].made };

		assert_true(filter_question_unpack(a_question(&d), &head, &c,
		    links));
		assert_int_equal(c.form_seconds, forms[i].seconds);
	}
	assert_int_equal(head.sequence, 5);
	assert_int_equal(head.deadline, -7);
	assert_int_equal(head.kind, FILTER_LEARN);
	assert_int_equal(head.plugin, 3);
	assert_int_equal(head.ruling.id, 1234);
	assert_int_equal(head.ruling.now, FOYER_SPAM);
	assert_int_equal(head.ruling.before, FOYER_HAM);
	assert_int_equal(head.ruling.again, 2);
	assert_string_equal(links[1], "http://b");
	assert_string_equal(c.parent, "parent");
}

static void
text_ends_at_its_first_nul(void **state)
{
	const char *links[FILTER_LINKS];
	struct draft d = { .body = { "ab\0cd", 5 } };
	struct foyer_comment c;
	struct filter_head head;

	(void)state;
	assert_true(filter_question_unpack(a_question(&d), &head, &c, links));
	assert_string_equal(c.body, "ab");
	assert_int_equal(c.body_len, 2);
	assert_string_equal(c.author, "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_plan_arrives_as_it_was),
		cmocka_unit_test(a_question_cut_anywhere_is_refused),
		cmocka_unit_test(
		    a_question_with_any_byte_changed_stays_in_bounds),
		cmocka_unit_test(seconds_are_known_or_minus_one),
		cmocka_unit_test(text_ends_at_its_first_nul),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
