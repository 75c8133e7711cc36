/* seal_session.c: sessions and form tokens say whose they are, how long. */
#include "seal_folder.h"

#define SECOND	INT64_C(1000000)
#define HOUR	(3600 * SECOND)

static struct seal_keys *keys;
static struct session given;
static int64_t now;			/* in whole seconds, as tokens are */

static struct str
make(const struct session *s)
{
	struct str token;

	assert_int_equal(seal_session_make(keys, arena, "main", s, &token), OK);
	return token;
}

static void
a_session_comes_back_as_it_was(void **state)
{
	static const char *const names[] = {
		"", "Ada", "Zo\xc3\xab \"Z\" \\ \xd0\x96\xd1\x83\xd0\xba",
		"\",\"role\":\"owner\"", "a\nb\tc\x01\x1f\x7f", "\\u0041",
		"\\", "\\\"", "\"}", "{}"
	};
	struct session got;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(names); i++) {
		given.name = str_of(names[i]);
		assert_int_equal(seal_session_read(keys, arena, "main",
		    make(&given), &got), OK);
		assert_true(str_eq(got.name, given.name));
		assert_true(uuid_eq(&got.person, &given.person));
		assert_int_equal(got.has_account, given.has_account);
		assert_int_equal(got.role, ROLE_MODERATOR);
		assert_int_equal(got.epoch, given.epoch);
		assert_int_equal(got.made, given.made);
		assert_int_equal(got.ends, given.ends);
	}
}

static void
every_role_comes_back(void **state)
{
	struct session got;
	int role;

	(void)state;
	given.has_account = false;
	for (role = ROLE_GUEST; role <= ROLE_OWNER; role++) {
		given.role = (enum model_role)role;
		assert_int_equal(seal_session_read(keys, arena, "main",
		    make(&given), &got), OK);
		assert_int_equal(got.role, role);
		assert_false(got.has_account);
	}
}

static void
the_longest_name_fits(void **state)
{
	struct buf name = buf_new(arena, 4096);
	struct session got;
	int i;

	(void)state;
	/* 80 characters of four bytes with eight marks each is past it. */
	for (i = 0; i < MODEL_AUTHOR_MAX; i++)
		buf_lit(&name, "\xf0\x9f\x8e\xac");
	given.name = buf_view(&name);
	assert_int_equal(seal_session_read(keys, arena, "main",
	    make(&given), &got), OK);
	assert_true(str_eq(got.name, given.name));
}

static void
a_session_counts_from_when_it_begins_till_it_ends(void **state)
{
	static const struct {
		int64_t made, ends;
		enum err want;
	} rows[] = {
		{ -HOUR, HOUR, OK },
		{ -HOUR, 0, ERR_TOKEN_BAD },
		{ -HOUR, -SECOND, ERR_TOKEN_BAD },
		/* Another node's clock may be a minute ahead. */
		{ 50 * SECOND, HOUR, OK },
		{ 600 * SECOND, HOUR, ERR_TOKEN_BAD }
	};
	struct session got = { .epoch = 99 };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		given.made = now + rows[i].made;
		given.ends = now + rows[i].ends;
		got.epoch = 99;
		assert_int_equal(seal_session_read(keys, arena, "main",
		    make(&given), &got), rows[i].want);
		assert_int_equal(got.epoch, rows[i].want == OK ? 41 : 99);
	}
}

static void
another_sites_session_is_none(void **state)
{
	struct session got;

	(void)state;
	assert_int_equal(seal_session_read(keys, arena, "other",
	    make(&given), &got), ERR_TOKEN_BAD);
}

#define HEAD	"{\"sub\":\"6f3c1a52-9d41-4e8b-8c27-3a5d90b1e6f4\"," \
		"\"jti\":\"00000000-0000-0000-0000-000000000000\","
#define TIMES	"\"iat\":\"2020-01-31T11:00:00Z\"," \
		"\"exp\":\"2999-02-01T12:00:00Z\","
#define TAIL	"\"account\":true,\"role\":\"reader\",\"epoch\":1," \
		"\"name\":\"Ada\"}"

static void
signed_claims_of_another_shape_are_refused(void **state)
{
	static const struct {
		const char *claims;
		bool good;
	} rows[] = {
		{ HEAD TIMES TAIL, true },
		{ "", false }, { "{}", false }, { "null", false },
		{ HEAD TIMES, false }, { HEAD TAIL, false },
		{ TIMES TAIL, false }, { " " HEAD TIMES TAIL, false },
		{ HEAD TIMES TAIL " ", false },
		{ HEAD TIMES "\"extra\":1," TAIL, false },
		{ HEAD TIMES "\"account\":1,\"role\":\"reader\",\"epoch\":1,"
		    "\"name\":\"Ada\"}", false },
		{ HEAD TIMES "\"account\":true,\"role\":\"king\",\"epoch\":1,"
		    "\"name\":\"Ada\"}", false },
		{ HEAD TIMES "\"account\":true,\"role\":\"reader\",\"epoch\":"
		    "1e3,\"name\":\"Ada\"}", false },
		{ HEAD TIMES "\"account\":true,\"role\":\"reader\",\"epoch\":1,"
		    "\"name\":\"a\"b\"}", false },
		{ HEAD TIMES "\"account\":true,\"role\":\"reader\",\"epoch\":1,"
		    "\"name\":\"a\\\"}", false },
		{ HEAD TIMES "\"account\":true,\"role\":\"reader\",\"epoch\":1,"
		    "\"name\":\"\\u0000\"}", false },
		{ HEAD TIMES "\"account\":true,\"role\":\"reader\",\"epoch\":1,"
		    "\"name\":\"\\u00\"}", false },
		{ HEAD TIMES "\"account\":true,\"role\":\"reader\",\"epoch\":1,"
		    "\"name\":\"\xff\"}", false },
		{ HEAD TIMES "\"account\":true,\"role\":\"reader\",\"epoch\":1,"
		    "\"name\":\"\n\"}", false }
	};
	struct session got;
	struct str token;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		enum err want = rows[i].good ? OK : ERR_TOKEN_BAD;

		assert_int_equal(seal_token_sign(keys, arena,
		    str_of(rows[i].claims),
		    seal_implicit(arena, "main", "session"), &token), OK);
		if (seal_session_read(keys, arena, "main", token, &got) !=
		    want)
			fail_msg("%s", rows[i].claims);
	}
}

static enum err
check(int64_t given_out, const struct uuid *person, const char *site)
{
	struct str token = seal_form_make(keys, arena, "main", &given.person,
	    given_out);
	int64_t made = 1;
	enum err e = seal_form_check(keys, site, person, token, &made);

	assert_int_equal(token.len, 32);
	assert_int_equal(made, e == OK ? given_out : 1);
	return e;
}

static void
a_form_token_is_one_persons_on_one_site_for_a_day(void **state)
{
	struct uuid other = { { 7 } };

	(void)state;
	assert_int_equal(check(now + 1, &given.person, "main"), OK);
	assert_int_equal(check(now, &other, "main"), ERR_TOKEN_BAD);
	assert_int_equal(check(now, &given.person, "other"), ERR_TOKEN_BAD);
	assert_int_equal(check(now - 23 * HOUR, &given.person, "main"), OK);
	assert_int_equal(check(now - 24 * HOUR - SECOND, &given.person,
	    "main"), ERR_TOKEN_BAD);
	assert_int_equal(check(now + 50 * SECOND, &given.person, "main"), OK);
	assert_int_equal(check(now + HOUR, &given.person, "main"),
	    ERR_TOKEN_BAD);
}

static void
any_changed_character_spoils_a_form_token(void **state)
{
	struct str token = seal_form_make(keys, arena, "main", &given.person,
	    now);
	int64_t made = 1;
	size_t i;

	(void)state;
	for (i = 0; i < token.len; i++) {
		char bad[33];

		memcpy(bad, token.at, sizeof(bad));
		bad[i] = bad[i] == 'A' ? 'B' : 'A';
		assert_int_equal(seal_form_check(keys, "main", &given.person,
		    str_of(bad), &made), ERR_TOKEN_BAD);
		bad[i] = '\xff';
		assert_int_equal(seal_form_check(keys, "main", &given.person,
		    str_of(bad), &made), ERR_TOKEN_BAD);
		assert_int_equal(seal_form_check(keys, "main", &given.person,
		    str_cut(token, 0, i), &made), ERR_TOKEN_BAD);
	}
	assert_int_equal(made, 1);
}

static void
forms_outlive_a_new_hash_key_and_end_with_their_own(void **state)
{
	struct str token = seal_form_make(keys, arena, "main", &given.person,
	    now);
	int64_t made;

	(void)state;
	seal_keys_wipe(keys);
	folder_make("hash");
	keys = folder_load();
	assert_int_equal(seal_form_check(keys, "main", &given.person, token,
	    &made), OK);
	seal_keys_wipe(keys);
	folder_remove("hash", false);
	keys = folder_load();
	assert_int_equal(seal_form_check(keys, "main", &given.person, token,
	    &made), ERR_TOKEN_BAD);
}

static int
open_keys(void **state)
{
	if (folder_open(state) != 0)
		return -1;
	folder_make(NULL);
	keys = folder_load();
	now = clock_now() / SECOND * SECOND;
	given = (struct session){
		.person = { { 0x6f, 0x3c, 1, 2, 3 } }, .has_account = true,
		.role = ROLE_MODERATOR, .name = STR("Ada"), .epoch = 41,
		.made = now - HOUR, .ends = now + HOUR
	};
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
		TEST(a_session_comes_back_as_it_was),
		TEST(every_role_comes_back),
		TEST(the_longest_name_fits),
		TEST(a_session_counts_from_when_it_begins_till_it_ends),
		TEST(another_sites_session_is_none),
		TEST(signed_claims_of_another_shape_are_refused),
		TEST(a_form_token_is_one_persons_on_one_site_for_a_day),
		TEST(any_changed_character_spoils_a_form_token),
		TEST(forms_outlive_a_new_hash_key_and_end_with_their_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
