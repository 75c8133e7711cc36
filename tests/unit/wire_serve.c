/* wire_serve.c: proves that libfcgi only meets sound requests. */
#include "wire_fcgi.h"

#include <dirent.h>
#include <stdlib.h>

static const char *const post_params[] = {
	"REQUEST_METHOD", "POST", "REQUEST_URI", "/foyer/x", NULL
};

static void
a_get_is_answered_and_its_variables_are_read(void **state)
{
	struct seen seen = { .answer = "hello", .answer_len = 5 };
	struct client c = { 0 };
	struct str text;
	bool ended;

	(void)state;
	make_get(0);
	assert_true(serve(&c, 1000, &seen));
	assert_int_equal(seen.calls, 1);
	assert_int_equal(seen.rq.method, METHOD_GET);
	assert_true(str_is(seen.rq.path, "/reviews/a b"));
	assert_true(str_is(seen.rq.query, "x=1"));
	assert_true(str_is(seen.rq.host, "journal.example"));
	assert_true(str_is(seen.rq.cookie, "a=b"));
	assert_true(str_is(seen.rq.address, "192.0.2.1"));
	assert_true(seen.rq.https);
	text = tape_stdout(&got, &ended);
	assert_true(ended);
	assert_true(str_begins(text, "Status: 200 OK\r\n"));
	assert_true(str_ends(text, "Content-Length: 5\r\n\r\nhello"));
}

static void
a_kept_connection_is_closed_all_the_same(void **state)
{
	struct seen seen = { .answer = "x", .answer_len = 1 };
	struct client c = { 0 };
	bool ended;

	(void)state;
	make_get(1);
	tape_raw(&tape, tape.at, tape.len);	/* and the next one */
	assert_true(serve(&c, 1000, &seen));
	assert_int_equal(seen.calls, 1);
	tape_stdout(&got, &ended);
	assert_true(ended);		/* the client has seen the end */
}

static void
a_body_of_any_size_comes_whole(void **state)
{
	static const size_t sizes[] = { 1, 7, 8191, 8192, 40000, 131072 };
	static char body[WIRE_BODY_MAX];
	size_t i, k;

	(void)state;
	for (k = 0; k < sizeof(body); k++)
		body[k] = (char)(k * 7 + k / 251);
	for (i = 0; i < COUNT(sizes); i++) {
		struct seen seen = { 0 };
		struct client c = { 0 };
		struct str text;
		bool ended;

		tape_begin(&tape, 1, 0);
		tape_params(&tape, post_params);
		tape_body(&tape, body, sizes[i]);
		assert_true(serve(&c, 2000, &seen));
		assert_int_equal(seen.rq.body.len, sizes[i]);
		text = tape_stdout(&got, &ended);
		assert_true(ended);
		assert_memory_equal(text.at + text.len - sizes[i], body,
		    sizes[i]);
	}
}

static void
a_body_past_its_limit_is_read_away_and_answered_413(void **state)
{
	static char body[WIRE_BODY_MAX + 1 + 300000];
	static const size_t sizes[] = { WIRE_BODY_MAX + 1, sizeof(body) };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(sizes); i++) {
		struct seen seen = { .answer = "too large", .answer_len = 9 };
		struct client c = { 0 };
		bool ended;

		tape_begin(&tape, 1, 0);
		tape_params(&tape, post_params);
		tape_body(&tape, body, sizes[i]);
		assert_true(serve(&c, 2000, &seen));
		assert_int_equal(seen.rq.refused, ERR_TOO_LARGE);
		assert_int_equal(seen.rq.body.len, 0);
		assert_true(str_begins(tape_stdout(&got, &ended),
		    "Status: 413 "));
		assert_true(ended);
	}
}

static void
a_body_that_is_read_by_nobody_does_no_harm(void **state)
{
	struct seen seen = { .answer = "ok", .answer_len = 2 };
	struct client c = { 0 };
	static char body[50000];
	bool ended;

	(void)state;
	tape_begin(&tape, 1, 1);
	tape_params(&tape, post_params);
	tape_body(&tape, body, sizeof(body));
	assert_true(serve(&c, 1000, &seen));
	assert_true(str_ends(tape_stdout(&got, &ended), "ok"));
	assert_true(ended);
}

static void
a_trickling_client_is_dropped_at_the_deadline(void **state)
{
	static const char slow[4096];
	struct seen seen = { 0 };
	struct client c = { .trickle = true };
	int64_t began = clock_mono(), took;

	(void)state;
	tape_begin(&tape, 1, 0);
	tape_record(&tape, FCGI_PARAMS, 1, slow, sizeof(slow));
	assert_false(serve(&c, 60, &seen));
	took = clock_mono() - began;
	assert_int_equal(seen.calls, 0);
	assert_true(took >= 60000 && took < 2000000);
}

static void
a_silent_client_is_dropped_at_the_deadline(void **state)
{
	struct seen seen = { 0 };
	struct client c = { .len = 10 };

	(void)state;
	make_get(0);
	assert_false(serve(&c, 30, &seen));
	assert_int_equal(seen.calls, 0);
}

static void
a_client_that_reads_nothing_can_not_hold_a_worker(void **state)
{
	static char page[1500000];
	struct seen seen = { .answer = page, .answer_len = sizeof(page) };
	struct client c = { .deaf = true };
	int64_t began = clock_mono();
	bool ended;

	(void)state;
	memset(page, 'x', sizeof(page));
	make_get(0);
	assert_true(serve(&c, 60, &seen));
	assert_true(clock_mono() - began < 2000000);
	tape_stdout(&got, &ended);
	assert_false(ended);
}

static void
a_client_that_stays_does_not_delay_the_close(void **state)
{
	struct seen seen = { .answer = "x", .answer_len = 1 };
	struct client c = { .deaf = true };
	int64_t began = clock_mono();

	(void)state;
	make_get(0);
	assert_true(serve(&c, 5000, &seen));
	assert_true(clock_mono() - began < 1000000);
	assert_non_null(getenv("LIBFCGI_OS_CLOSE_POLL_TIMEOUT"));
}

static void
head_has_the_length_and_no_body(void **state)
{
	static const char *const params[] = { "REQUEST_METHOD", "HEAD",
	    "REQUEST_URI", "/", NULL };
	struct seen seen = { .answer = "hello", .answer_len = 5 };
	struct client c = { 0 };
	bool ended;

	(void)state;
	tape_begin(&tape, 1, 0);
	tape_params(&tape, params);
	tape_body(&tape, NULL, 0);
	assert_true(serve(&c, 1000, &seen));
	assert_true(str_ends(tape_stdout(&got, &ended),
	    "Content-Length: 5\r\n\r\n"));
}

static int
descriptors(void)
{
	DIR *d = opendir("/proc/self/fd");
	int n = 0;

	assert_non_null(d);
	while (readdir(d) != NULL)
		n++;
	closedir(d);
	return n;
}

static void
nothing_is_left_open(void **state)
{
	struct seen seen = { 0 };
	int i, before = descriptors();

	(void)state;
	for (i = 0; i < 20; i++) {
		struct client good = { 0 }, cut = { .len = 20,
		    .half_close = true };

		make_get(i & 1);
		serve(&good, 1000, &seen);
		serve(&cut, 1000, &seen);
	}
	assert_int_equal(seen.calls, 20);
	assert_int_equal(descriptors(), before);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_get_is_answered_and_its_variables_are_read),
		cmocka_unit_test(a_kept_connection_is_closed_all_the_same),
		cmocka_unit_test(a_body_of_any_size_comes_whole),
		cmocka_unit_test(
		    a_body_past_its_limit_is_read_away_and_answered_413),
		cmocka_unit_test(a_body_that_is_read_by_nobody_does_no_harm),
		cmocka_unit_test(a_trickling_client_is_dropped_at_the_deadline),
		cmocka_unit_test(a_silent_client_is_dropped_at_the_deadline),
		cmocka_unit_test(
		    a_client_that_reads_nothing_can_not_hold_a_worker),
		cmocka_unit_test(a_client_that_stays_does_not_delay_the_close),
		cmocka_unit_test(head_has_the_length_and_no_body),
		cmocka_unit_test(nothing_is_left_open)
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
