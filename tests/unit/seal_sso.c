/* seal_sso.c: tokens that a journal signs, and keys to know them by. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "seal/seal.h"

#define CLAIMS	STR("{\"sub\":\"4711\"}")

struct desk {
	struct arena *arena;
	struct str secret, public;
};

static int
open_desk(void **state)
{
	struct desk *d = calloc(1, sizeof(*d));

	if (d == NULL || seal_init() != OK)
		return 1;
	d->arena = arena_new(4 << 20);
	seal_sso_make(d->arena, &d->secret, &d->public);
	*state = d;
	return 0;
}

static int
close_desk(void **state)
{
	struct desk *d = *state;

	arena_free(d->arena);
	free(d);
	return 0;
}

static struct seal_sso *
load(struct desk *d, struct str setting)
{
	struct seal_sso *sso;
	struct str why = STR("");

	assert_int_equal(seal_sso_load(d->arena, arena_cstr(d->arena, setting),
	    &sso, &why), OK);
	assert_int_equal(why.len, 0);
	return sso;
}

static struct str
token(struct desk *d, struct str secret)
{
	struct str made;

	assert_int_equal(seal_sso_sign(d->arena, secret, CLAIMS, &made), OK);
	return made;
}

static void
what_the_journal_signs_is_known_by_its_public_key(void **state)
{
	struct desk *d = *state;
	struct str claims;

	assert_int_equal(seal_sso_verify(load(d, d->public), d->arena,
	    token(d, d->secret), &claims), OK);
	assert_true(str_eq(claims, CLAIMS));
}

static void
any_other_token_is_refused(void **state)
{
	struct desk *d = *state;
	struct seal_sso *sso = load(d, d->public);
	struct str good = token(d, d->secret), secret, public, claims;
	char *bad = arena_cstr(d->arena, good);
	size_t i;

	seal_sso_make(d->arena, &secret, &public);
	assert_int_equal(seal_sso_verify(sso, d->arena, token(d, secret),
	    &claims), ERR_SSO_BAD);
	for (i = 0; i < good.len; i++) {
		char was = bad[i];

		bad[i] = was == 'A' ? 'B' : 'A';
		assert_int_equal(seal_sso_verify(sso, d->arena, str_of(bad),
		    &claims), ERR_SSO_BAD);
		bad[i] = was;
		assert_int_equal(seal_sso_verify(sso, d->arena,
		    str_cut(good, 0, i), &claims), ERR_SSO_BAD);
	}
}

static void
a_file_may_hold_the_old_key_and_the_new(void **state)
{
	struct desk *d = *state;
	char path[] = "/tmp/foyer-sso-XXXXXX";
	struct str secret, public, claims, both;
	struct seal_sso *sso;
	int fd = mkstemp(path);

	seal_sso_make(d->arena, &secret, &public);
	both = arena_fmt(d->arena, STR_FMT "\n\n " STR_FMT, STR_ARG(d->public),
	    STR_ARG(public));
	assert_int_equal(write(fd, both.at, both.len), both.len);
	close(fd);
	sso = load(d, str_of(path));
	unlink(path);
	assert_int_equal(seal_sso_verify(sso, d->arena, token(d, secret),
	    &claims), OK);
	assert_int_equal(seal_sso_verify(sso, d->arena, token(d, d->secret),
	    &claims), OK);
}

static void
a_setting_that_is_no_key_is_told(void **state)
{
	struct desk *d = *state;
	const char *const bad[] = {
		"k4.public.short", "nonsense", "/no/such/file", "/dev/null",
		arena_cstr(d->arena, d->secret)
	};
	struct seal_sso *sso;
	size_t i;

	assert_null(load(d, STR("")));
	for (i = 0; i < COUNT(bad); i++) {
		struct str why = STR("");

		assert_int_equal(seal_sso_load(d->arena, bad[i], &sso, &why),
		    ERR_FILE);
		assert_true(why.len > 0);
		assert_null(sso);
	}
}

#define DESK_TEST(f)	cmocka_unit_test_setup_teardown(f, open_desk, \
    close_desk)

static const struct CMUnitTest tests[] = {
	DESK_TEST(what_the_journal_signs_is_known_by_its_public_key),
	DESK_TEST(any_other_token_is_refused),
	DESK_TEST(a_file_may_hold_the_old_key_and_the_new),
	DESK_TEST(a_setting_that_is_no_key_is_told),
};

int
main(void)
{
	return cmocka_run_group_tests(tests, NULL, NULL);
}
