/* seal_token.c: a token opens under its own key, site and purpose only. */
#include "seal_folder.h"

static struct seal_keys *keys;

static enum err
verify(struct str token, const char *purpose, struct str *claims)
{
	return seal_token_verify(keys, arena, token,
	    seal_implicit(arena, "main", purpose), claims);
}

static enum err
unlock(struct str token, const char *purpose, struct str *claims)
{
	return seal_token_unlock(keys, arena, token,
	    seal_implicit(arena, "main", purpose), claims);
}

static struct str
sign(const char *claims)
{
	struct str token;

	assert_int_equal(seal_token_sign(keys, arena, str_of(claims),
	    seal_implicit(arena, "main", "test"), &token), OK);
	return token;
}

static struct str
lock(const char *claims)
{
	struct str token;

	assert_int_equal(seal_token_lock(keys, arena, str_of(claims),
	    seal_implicit(arena, "main", "test"), &token), OK);
	return token;
}

static void
both_kinds_give_back_what_was_sealed(void **state)
{
	struct str claims;

	(void)state;
	assert_int_equal(verify(sign("{\"a\":1}"), "test", &claims), OK);
	assert_true(str_is(claims, "{\"a\":1}"));
	assert_int_equal(unlock(lock("{\"a\":1}"), "test", &claims), OK);
	assert_true(str_is(claims, "{\"a\":1}"));
	assert_int_equal(unlock(lock(""), "test", &claims), OK);
	assert_int_equal(claims.len, 0);
}

static void
no_token_serves_as_another(void **state)
{
	struct str claims = STR("untouched"), other;

	(void)state;
	other = seal_implicit(arena, "other", "test");
	assert_int_equal(verify(sign("{}"), "reset", &claims), ERR_TOKEN_BAD);
	assert_int_equal(unlock(lock("{}"), "reset", &claims), ERR_TOKEN_BAD);
	assert_int_equal(unlock(sign("{}"), "test", &claims), ERR_TOKEN_BAD);
	assert_int_equal(verify(lock("{}"), "test", &claims), ERR_TOKEN_BAD);
	assert_int_equal(seal_token_verify(keys, arena, sign("{}"), other,
	    &claims), ERR_TOKEN_BAD);
	/* Moving a letter from site to purpose is another assertion. */
	assert_int_equal(seal_token_verify(keys, arena, sign("{}"),
	    seal_implicit(arena, "maint", "est"), &claims), ERR_TOKEN_BAD);
	assert_true(str_is(claims, "untouched"));
}

/* Any single character changed, dropped or added spoils a token. */
static void
spoil(struct str token, enum err (*open)(struct str, const char *,
    struct str *))
{
	char *bad = arena_alloc(arena, token.len + 2);
	struct str claims = STR("untouched");
	size_t i;

	assert_int_equal(open(token, "test", &claims), OK);
	claims = STR("untouched");
	for (i = 0; i < token.len; i++) {
		memcpy(bad, token.at, token.len);
		bad[i] = bad[i] == 'A' ? 'B' : 'A';
		assert_int_equal(open((struct str){ bad, token.len }, "test",
		    &claims), ERR_TOKEN_BAD);
		assert_int_equal(open(str_cut(token, 0, i), "test", &claims),
		    ERR_TOKEN_BAD);
		memmove(bad + i + 1, token.at + i, token.len - i);
		bad[i] = 'A';
		assert_int_equal(open((struct str){ bad, token.len + 1 },
		    "test", &claims), ERR_TOKEN_BAD);
	}
	assert_true(str_is(claims, "untouched"));
}

static void
any_changed_character_spoils_a_token(void **state)
{
	(void)state;
	spoil(sign("{\"sub\":\"a\"}"), verify);
	spoil(lock("{\"sub\":\"a\"}"), unlock);
}

static void
wild_texts_are_no_tokens(void **state)
{
	static const char *const rows[] = {
		"", ".", "..", "...", "v4.public.", "v4.local.", "v4.public..",
		"v4.public.AAAA", "v4.public.AAAA.", "v4.public.AAAA.AAAA",
		"v4.public.AAAA.AAAA.AAAA", "v3.public.AAAA.AAAA", "v4",
		"v4.public", "V4.PUBLIC.AAAA.AAAA", " v4.public.AAAA.AAAA",
		"v4.local.=.=", "v4.local.%41", "v4.local.\xff\xfe",
		"v4.public.AAAA.eyJraWQiOiJrNC5waWQueCJ9"
	};
	struct str claims = STR("untouched");
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		assert_int_equal(verify(str_of(rows[i]), "test", &claims),
		    ERR_TOKEN_BAD);
		assert_int_equal(unlock(str_of(rows[i]), "test", &claims),
		    ERR_TOKEN_BAD);
	}
	assert_int_equal(verify((struct str){ "v4.public.A\0", 12 }, "test",
	    &claims), ERR_TOKEN_BAD);
	assert_true(str_is(claims, "untouched"));
}

static void
the_size_of_a_token_is_bounded(void **state)
{
	char *big = arena_alloc(arena, SEAL_TOKEN_MAX * 2);
	struct str token, claims;
	size_t len;

	(void)state;
	memset(big, 'A', SEAL_TOKEN_MAX * 2);
	memcpy(big, "v4.local.", 9);
	assert_int_equal(unlock((struct str){ big, SEAL_TOKEN_MAX * 2 }, "test",
	    &claims), ERR_TOKEN_BAD);
	for (len = 2000; len < SEAL_TOKEN_MAX * 2 - 1; len += 250) {
		enum err e = seal_token_sign(keys, arena,
		    (struct str){ big, len }, STR(""), &token);

		if (e != OK)
			break;
		assert_true(token.len <= SEAL_TOKEN_MAX);
		assert_int_equal(seal_token_verify(keys, arena, token, STR(""),
		    &claims), OK);
	}
	assert_in_range(len, 2750, 3000);
	assert_int_equal(seal_token_sign(keys, arena, (struct str){ big, len },
	    STR(""), &token), ERR_TOO_LARGE);
	assert_int_equal(seal_token_lock(keys, arena, (struct str){ big,
	    SEAL_TOKEN_MAX + 1 }, STR(""), &token), ERR_TOO_LARGE);
}

static void
a_new_key_takes_over_and_the_old_one_still_opens(void **state)
{
	struct str signed_before = sign("{\"a\":1}"), claims;
	struct str locked_before = lock("{\"a\":1}"), after;

	(void)state;
	seal_keys_wipe(keys);
	folder_make(NULL);
	keys = folder_load();
	assert_int_equal(verify(signed_before, "test", &claims), OK);
	assert_int_equal(unlock(locked_before, "test", &claims), OK);
	after = sign("{\"a\":1}");
	assert_false(str_eq(after, signed_before));
	seal_keys_wipe(keys);
	folder_remove(NULL, false);
	keys = folder_load();
	assert_int_equal(verify(after, "test", &claims), OK);
	assert_int_equal(verify(signed_before, "test", &claims), ERR_TOKEN_BAD);
	assert_int_equal(unlock(locked_before, "test", &claims), ERR_TOKEN_BAD);
}

static void
two_locked_tokens_never_look_alike(void **state)
{
	(void)state;
	assert_false(str_eq(lock("{}"), lock("{}")));
}

static void
the_footer_names_the_key(void **state)
{
	struct seal_key_row *row;
	struct str token = sign("{}");
	size_t n, dot = token.len;

	(void)state;
	while (token.at[dot - 1] != '.')
		dot--;
	seal_keys_list(keys, arena, &row, &n);
	for (n = 0; !row[n].current || !str_is(row[n].kind, "sign"); n++)
		;
	/* base64url of {"kid":" is eyJraWQiOi + the kid's own letters */
	assert_true(str_begins(str_cut(token, dot, token.len), "eyJraWQiOiJr"));
	assert_int_equal(token.len - dot, 82);
	assert_int_equal(row[n].kid.len, 51);
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
		TEST(both_kinds_give_back_what_was_sealed),
		TEST(no_token_serves_as_another),
		TEST(any_changed_character_spoils_a_token),
		TEST(wild_texts_are_no_tokens),
		TEST(the_size_of_a_token_is_bounded),
		TEST(a_new_key_takes_over_and_the_old_one_still_opens),
		TEST(two_locked_tokens_never_look_alike),
		TEST(the_footer_names_the_key),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
