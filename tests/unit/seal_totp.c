/* seal_totp.c: codes are those of RFC 4226 and RFC 6238; links keep apart. */
#include "seal_folder.h"

/* "12345678901234567890", both RFCs' secret, in base32. */
#define SECRET	STR("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
#define SECOND	INT64_C(1000000)

static void
the_codes_are_those_of_rfc_4226(void **state)
{
	static const char *const codes[] = {	/* appendix D */
		"755224", "287082", "359152", "969429", "338314",
		"254676", "287922", "162583", "399871", "520489"
	};
	char code[SEAL_TOTP_CODE];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(codes); i++) {
		assert_true(seal_totp_code(SECRET, (int64_t)i, code));
		assert_string_equal(code, codes[i]);
	}
}

static void
the_codes_are_those_of_rfc_6238(void **state)
{
	static const struct {			/* appendix B, SHA-1 */
		int64_t seconds;
		const char *code;
	} rows[] = {
		{ 59, "287082" }, { 1111111109, "081804" },
		{ 1111111111, "050471" }, { 1234567890, "005924" },
		{ 2000000000, "279037" }, { 20000000000, "353130" }
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++)
		assert_int_equal(seal_totp_check(SECRET, str_of(rows[i].code),
		    rows[i].seconds * SECOND), rows[i].seconds / 30);
}

static void
a_code_is_good_one_step_before_and_after_its_own(void **state)
{
	int64_t step = 1000, at;

	(void)state;
	for (at = -3; at <= 3; at++) {
		char code[SEAL_TOTP_CODE];
		int64_t got;

		assert_true(seal_totp_code(SECRET, step + at, code));
		got = seal_totp_check(SECRET, str_of(code), step * 30 * SECOND);
		assert_int_equal(got, at >= -1 && at <= 1 ? step + at : 0);
	}
}

static void
what_is_no_code_is_none(void **state)
{
	static const char *const codes[] = {
		"", "28708", "2870822", "28708a", "287 083", "------", "\xff"
	};
	char code[SEAL_TOTP_CODE];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(codes); i++)
		assert_int_equal(seal_totp_check(SECRET, str_of(codes[i]),
		    59 * SECOND), 0);
	assert_int_equal(seal_totp_check(SECRET, STR(" 287 082 "),
	    59 * SECOND), 1);
	assert_false(seal_totp_code(STR("GEZDGNBVGY3TQOJQ"), 1, code));
	assert_false(seal_totp_code(STR("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ1"),
	    1, code));
	assert_int_equal(seal_totp_check(STR(""), STR("287082"), 59 * SECOND),
	    0);
}

static void
a_new_secret_makes_codes_and_is_never_the_same(void **state)
{
	struct str one = seal_totp_secret(arena), two;
	char code[SEAL_TOTP_CODE];

	(void)state;
	two = seal_totp_secret(arena);
	assert_int_equal(one.len, 32);
	assert_false(str_eq(one, two));
	assert_true(seal_totp_code(one, 1, code));
	assert_int_equal(strlen(code), 6);
}

static void
a_recovery_code_is_known_however_it_is_typed(void **state)
{
	struct uuid ann = { { 1 } }, bob = { { 2 } };
	struct str code = seal_totp_recovery(arena), typed;
	char *low = arena_cstr(arena, code);
	size_t i;

	(void)state;
	assert_int_equal(code.len, 19);
	for (i = 0; i < code.len; i++)
		if (low[i] >= 'A' && low[i] <= 'Z')
			low[i] = (char)(low[i] - 'A' + 'a');
	typed = arena_fmt(arena, " %.4s %.4s%.10s\n", low, low + 5, low + 9);
	assert_true(str_eq(seal_totp_hash(arena, &ann, code),
	    seal_totp_hash(arena, &ann, typed)));
	assert_false(str_eq(seal_totp_hash(arena, &ann, code),
	    seal_totp_hash(arena, &bob, code)));
	assert_false(str_eq(seal_totp_hash(arena, &ann, code),
	    seal_totp_hash(arena, &ann, seal_totp_recovery(arena))));
}

static struct seal_keys *keys;

static void
a_link_comes_back_for_its_purpose_alone(void **state)
{
	struct seal_link link = {
		.purpose = "join", .id = { { 7 } }, .text = STR("owner"),
		.ends = clock_now() + 60 * SECOND
	};
	struct seal_link got = { .purpose = "join" };
	struct seal_link other = { .purpose = "totp" };
	struct str token;

	(void)state;
	assert_int_equal(seal_link_make(keys, arena, "main", &link, &token),
	    OK);
	assert_true(str_begins(token, "v4.local."));
	assert_int_equal(seal_link_read(keys, arena, "main", token, &got), OK);
	assert_true(uuid_eq(&got.id, &link.id));
	assert_true(str_is(got.text, "owner"));
	assert_int_equal(seal_link_read(keys, arena, "main", token, &other),
	    ERR_TOKEN_BAD);
	assert_int_equal(seal_link_read(keys, arena, "other", token, &got),
	    ERR_TOKEN_BAD);
	assert_int_equal(seal_link_read(keys, arena, "main",
	    str_cut(token, 0, token.len - 1), &got), ERR_TOKEN_BAD);
	link.ends = clock_now() - SECOND;
	assert_int_equal(seal_link_make(keys, arena, "main", &link, &token),
	    OK);
	assert_int_equal(seal_link_read(keys, arena, "main", token, &got),
	    ERR_TOKEN_BAD);
}

static void
a_feeds_address_ends_with_the_epoch_and_says_whose_it_is(void **state)
{
	struct account ann = { .id = { { 9 } }, .epoch = 3, .feed = 1 };
	struct str first = seal_feed_make(keys, arena, "main", &ann);
	struct uuid whose;

	(void)state;
	assert_true(seal_feed_whose(first, &whose));
	assert_true(uuid_eq(&whose, &ann.id));
	assert_true(seal_feed_is(keys, "main", &ann, first));
	assert_false(seal_feed_is(keys, "other", &ann, first));
	ann.epoch++;
	assert_false(seal_feed_is(keys, "main", &ann, first));
	ann.epoch--;
	ann.feed = 2;
	assert_false(seal_feed_is(keys, "main", &ann, first));
	ann.feed = 0;
	assert_false(seal_feed_is(keys, "main", &ann,
	    seal_feed_make(keys, arena, "main", &ann)));
	assert_false(seal_feed_whose(STR("x"), &whose));
	assert_false(seal_feed_whose(str_cut(first, 0, 71), &whose));
}

static int
open_keys(void **state)
{
	if (folder_open(state) != 0)
		return -1;
	folder_make(NULL);
	keys = folder_load();
	return 0;
}

static int
close_keys(void **state)
{
	seal_keys_wipe(keys);
	return folder_close(state);
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, open_keys, close_keys)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_codes_are_those_of_rfc_4226),
		TEST(the_codes_are_those_of_rfc_6238),
		TEST(a_code_is_good_one_step_before_and_after_its_own),
		TEST(what_is_no_code_is_none),
		TEST(a_new_secret_makes_codes_and_is_never_the_same),
		TEST(a_recovery_code_is_known_however_it_is_typed),
		TEST(a_link_comes_back_for_its_purpose_alone),
		TEST(a_feeds_address_ends_with_the_epoch_and_says_whose_it_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
