/* wire_gate.c: proves which requests the gate lets through to libfcgi. */
#include "wire_fcgi.h"

static void
the_end_of_the_connection_at_any_byte_drops_the_request(void **state)
{
	size_t cut, whole;

	(void)state;
	tape_begin(&tape, 1, 0);
	tape_params(&tape, get_params);
	tape_body(&tape, "body", 4);
	whole = tape.len;
	for (cut = 1; cut < whole; cut++) {
		struct seen seen = { 0 };
		struct client c = { .len = cut, .half_close = true };

		assert_false(serve(&c, 2000, &seen));
		assert_int_equal(seen.calls, 0);
		assert_int_equal(got.len, 0);
	}
}

static void
make_management_first(void)
{
	tape.len = 0;
	tape_record(&tape, FCGI_GET_VALUES, 0, "\016\0FCGI_MAX_CONNS", 16);
	tape_record(&tape, FCGI_BEGIN, 1, "\0\1\0\0\0\0\0\0", 8);
	tape_params(&tape, get_params);
	tape_body(&tape, NULL, 0);
}

static void
make_management_before_params(void)
{
	tape_begin(&tape, 1, 0);
	tape_record(&tape, FCGI_GET_VALUES, 0, "\016\0FCGI_MAX_CONNS", 16);
	tape_params(&tape, get_params);
	tape_body(&tape, NULL, 0);
}

static void
make_management_in_the_body(void)
{
	tape_begin(&tape, 1, 0);
	tape_params(&tape, get_params);
	tape_record(&tape, FCGI_STDIN, 1, "abc", 3);
	tape_record(&tape, FCGI_GET_VALUES, 0, "\016\0FCGI_MAX_CONNS", 16);
	tape_body(&tape, NULL, 0);
}

static void
make_unknown_version(void)
{
	make_get(0);
	tape.at[0] = 2;
}

static void
make_unknown_version_later(void)
{
	make_get(0);
	tape.at[16] = 0;
}

static void
make_authorizer(void)
{
	make_get(0);
	tape.at[9] = 2;
}

static void
make_null_id(void)
{
	size_t i, len;

	make_get(0);
	for (i = 0; i < tape.len; i += 8 + len + tape.at[i + 6]) {
		len = (size_t)tape.at[i + 4] << 8 | tape.at[i + 5];
		tape.at[i + 3] = 0;
	}
}

static void
make_other_id(void)
{
	tape_begin(&tape, 1, 0);
	tape_record(&tape, FCGI_PARAMS, 2, "\1\1ab", 4);
	tape_params(&tape, get_params);
	tape_body(&tape, NULL, 0);
}

static void
make_abort_midway(void)
{
	tape_begin(&tape, 1, 0);
	tape_params(&tape, get_params);
	tape_record(&tape, FCGI_ABORT, 1, NULL, 0);
	tape_body(&tape, NULL, 0);
}

static void
make_begin_twice(void)
{
	tape_begin(&tape, 1, 0);
	tape_record(&tape, FCGI_BEGIN, 1, "\0\1\0\0\0\0\0\0", 8);
	tape_params(&tape, get_params);
	tape_body(&tape, NULL, 0);
}

static void
make_begin_short(void)
{
	tape.len = 0;
	tape_record(&tape, FCGI_BEGIN, 1, "\0\1\0\0", 4);
	tape_params(&tape, get_params);
	tape_body(&tape, NULL, 0);
}

static void
make_body_before_params(void)
{
	tape_begin(&tape, 1, 0);
	tape_body(&tape, "x", 1);
	tape_params(&tape, get_params);
}

static void
make_data(void)
{
	tape_begin(&tape, 1, 0);
	tape_params(&tape, get_params);
	tape_record(&tape, FCGI_DATA, 1, "x", 1);
	tape_body(&tape, NULL, 0);
}

static void
make_with_params(const char *bytes, size_t len)
{
	tape_begin(&tape, 1, 0);
	tape_record(&tape, FCGI_PARAMS, 1, bytes, len);
	tape_record(&tape, FCGI_PARAMS, 1, NULL, 0);
	tape_body(&tape, NULL, 0);
}

static void
make_truncated_value(void)
{
	make_with_params("\4\5NAMEval", 9);
}

static void
make_truncated_length(void)
{
	make_with_params("\200\0\0", 3);
}

static void
make_length_of_2_gigabytes(void)
{
	make_with_params("\377\377\377\377\377\377\377\377NAME", 12);
}

static void
make_name_of_nothing(void)
{
	make_with_params("\0\3abc", 5);
}

static void
make_nul_in_value(void)
{
	make_with_params("\1\3Aa\0c", 6);
}

static void
make_equals_in_name(void)
{
	make_with_params("\3\1A=Bc", 6);
}

/* One name and a value, `len` bytes in all. */
static void
fill_pair(char *at, size_t len)
{
	memcpy(at, "\1\200\0\0\0A", 6);
	at[3] = (char)((len - 6) >> 8);
	at[4] = (char)(len - 6);
	memset(at + 6, 'x', len - 6);
}

static void
make_too_many_params(void)
{
	static char bytes[4 * (WIRE_NPARAMS_MAX + 1)];
	size_t i;

	for (i = 0; i < sizeof(bytes); i += 4)
		memcpy(bytes + i, "\1\1ab", 4);
	make_with_params(bytes, sizeof(bytes));
}

static void
make_too_long_params(void)
{
	static char bytes[WIRE_PARAMS_MAX + 1];

	fill_pair(bytes, sizeof(bytes));
	make_with_params(bytes, sizeof(bytes));
}

/* Sound and short, but 480,000 bytes of records. */
static void
make_params_in_crumbs(void)
{
	static char bytes[30000];
	size_t i;

	fill_pair(bytes, sizeof(bytes));
	tape_begin(&tape, 1, 0);
	for (i = 0; i < sizeof(bytes); i++)
		tape_record(&tape, FCGI_PARAMS, 1, bytes + i, 1);
	tape_record(&tape, FCGI_PARAMS, 1, NULL, 0);
	tape_body(&tape, NULL, 0);
}

static void
make_http(void)
{
	tape.len = 0;
	tape_raw(&tape, "GET / HTTP/1.1\r\nHost: x\r\n\r\n", 27);
}

static const struct {
	const char *what;
	void (*make)(void);
} bad[] = {
	{ "GET_VALUES first", make_management_first },
	{ "GET_VALUES before parameters", make_management_before_params },
	{ "GET_VALUES in the body", make_management_in_the_body },
	{ "another version", make_unknown_version },
	{ "another version later", make_unknown_version_later },
	{ "the authorizer's role", make_authorizer },
	{ "request id 0", make_null_id },
	{ "another request id", make_other_id },
	{ "an abort midway", make_abort_midway },
	{ "two beginnings", make_begin_twice },
	{ "a short beginning", make_begin_short },
	{ "a body before parameters", make_body_before_params },
	{ "a filter's data", make_data },
	{ "a truncated value", make_truncated_value },
	{ "a truncated length", make_truncated_length },
	{ "lengths of 2 gigabytes", make_length_of_2_gigabytes },
	{ "a name of nothing", make_name_of_nothing },
	{ "NUL in a value", make_nul_in_value },
	{ "= in a name", make_equals_in_name },
	{ "too many parameters", make_too_many_params },
	{ "too long parameters", make_too_long_params },
	{ "parameters in crumbs", make_params_in_crumbs },
	{ "HTTP", make_http }
};

static void
what_is_not_one_sound_request_is_dropped_without_a_word(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(bad); i++) {
		struct seen seen = { 0 };
		struct client c = { .half_close = true };
		struct client again = c;

		bad[i].make();
		if (serve(&c, 2000, &seen) || seen.calls != 0 || got.len != 0)
			fail_msg("%s was let through", bad[i].what);
		if (serve(&again, 2000, NULL))
			fail_msg("%s got past the gate", bad[i].what);
	}
}

static void
as_many_and_as_long_parameters_as_allowed_come_through(void **state)
{
	static char bytes[WIRE_PARAMS_MAX];
	struct seen seen = { .answer = "ok", .answer_len = 2 };
	struct client c = { 0 };
	size_t i, n = 4 * (WIRE_NPARAMS_MAX - 1);

	(void)state;
	for (i = 0; i < n; i += 4)
		memcpy(bytes + i, "\1\1ab", 4);
	fill_pair(bytes + n, sizeof(bytes) - n);
	make_with_params(bytes, sizeof(bytes));
	assert_true(serve(&c, 2000, &seen));
	assert_int_equal(seen.calls, 1);
}

/* libfcgi does not skip the padding of a record that ends a stream. */
static void
padding_is_never_read_as_a_record(void **state)
{
	static const unsigned char hidden[16] = { 1, FCGI_STDIN, 0, FCGI_ID, 0,
	    8, 0, 0, 'h', 'i', 'd', 'd', 'e', 'n', '!', '!' };
	struct seen seen = { 0 };
	struct client c = { 0 };
	bool ended;

	(void)state;
	tape_begin(&tape, 1, 0);
	tape_params(&tape, get_params);
	tape.at[tape.len - 2] = sizeof(hidden);
	tape_raw(&tape, hidden, sizeof(hidden));
	tape_body(&tape, "body", 4);
	tape.at[tape.len - 2] = sizeof(hidden);
	tape_raw(&tape, hidden, sizeof(hidden));
	assert_true(serve(&c, 2000, &seen));
	assert_true(str_ends(tape_stdout(&got, &ended), "\r\n\r\nbody"));
	assert_true(ended);
}

/* A linear congruential generator: the same run each time. */
static unsigned
next_random(unsigned *seed)
{
	*seed = *seed * 1103515245u + 12345u;
	return *seed >> 16;
}

static void
no_change_of_bytes_breaks_the_reader(void **state)
{
	unsigned seed = 2;
	bool served;
	int i, k;

	(void)state;
	for (i = 0; i < 1500; i++) {
		struct seen seen = { 0 };
		struct client c = { .half_close = true };

		tape_begin(&tape, 1, 0);
		tape_params(&tape, get_params);
		tape_body(&tape, "some body", 9);
		for (k = (int)(next_random(&seed) % 4); k >= 0; k--)
			tape.at[next_random(&seed) % tape.len] =
			    (unsigned char)next_random(&seed);
		served = serve(&c, 2000, &seen);
		assert_int_equal(served, seen.calls);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    the_end_of_the_connection_at_any_byte_drops_the_request),
		cmocka_unit_test(
		    what_is_not_one_sound_request_is_dropped_without_a_word),
		cmocka_unit_test(
		    as_many_and_as_long_parameters_as_allowed_come_through),
		cmocka_unit_test(padding_is_never_read_as_a_record),
		cmocka_unit_test(
		    no_change_of_bytes_breaks_the_reader)
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
