/* model_draft.c: a draft is cleaned, trimmed and bounded, or refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "model/model.h"

static struct arena *arena;

static int
setup(void **state)
{
	(void)state;
	arena = arena_new(16 << 20);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static enum err
check(const char *author, const char *body, const char *email,
    struct draft *d)
{
	*d = (struct draft){ .author = str_of(author), .body = str_of(body),
	    .email = str_of(email) };
	return model_draft_check(arena, d);
}

static const char *
repeat(const char *s, size_t n)
{
	struct buf b = buf_new(arena, n);

	while (n-- > 0)
		buf_lit(&b, s);
	return buf_cstr(&b);
}

static void
a_good_draft_is_cleaned(void **state)
{
	struct draft d;

	(void)state;
	assert_int_equal(check(" Anna\u00a0 \r\n Pe\u0301teri\u202e ",
	    "\n  One\r\n\r\ntwo\u200b \n", " anna@example.org ", &d), OK);
	assert_true(str_is(d.author, "Anna P\u00e9teri"));
	assert_true(str_is(d.body, "One\n\ntwo"));
	assert_true(str_is(d.email, "anna@example.org"));
}

static void
lengths_are_counted_in_characters_after_cleaning(void **state)
{
	struct draft d;

	(void)state;
	assert_int_equal(check(repeat("\u0436", 80), "b", "", &d), OK);
	assert_int_equal(check(repeat("\u0436", 81), "b", "", &d),
	    ERR_AUTHOR_LONG);
	assert_int_equal(check(repeat("e\u0301", 80), "b", "", &d), OK);
	assert_int_equal(check("a", repeat("\U0001f3ac", 10000), "", &d), OK);
	assert_int_equal(check("a", repeat("\u0436", 10001), "", &d),
	    ERR_BODY_LONG);
	assert_int_equal(check("a", repeat("x\r\n", 5000), "", &d), OK);
}

static void
what_nobody_would_see_is_nothing(void **state)
{
	static const char *const blank[] = { "", "  \n", "\u200b\u200d",
	    "\u0301", "\u3164", "\u2800\u00a0", "\u202e\u2066" };
	struct draft d;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(blank); i++) {
		assert_int_equal(check(blank[i], "b", "", &d),
		    ERR_AUTHOR_EMPTY);
		assert_int_equal(check("a", blank[i], "", &d),
		    ERR_BODY_EMPTY);
	}
}

static void
bad_utf8_is_refused_anywhere(void **state)
{
	struct draft d;

	(void)state;
	assert_int_equal(check("\xff", "b", "", &d), ERR_UTF8);
	assert_int_equal(check("a", "\xc3", "", &d), ERR_UTF8);
	assert_int_equal(check("a", "b", "\x80@b.org", &d), ERR_UTF8);
}

static void
a_mail_address_has_a_sane_shape(void **state)
{
	static const char *const good[] = { "", " ", "a@b.org",
	    "first.last+tag@mail.example.co.uk", "o'neil@example.org",
	    "анна@почта.рф", "a@b-c.d1" };
	static const char *const bad[] = { "a", "@b.org", "a@", "a@b", "a@b.",
	    "a@.b", "a@b..c", "a@-b.org", "a@b-.org", "a b@c.org",
	    "a@b c.org", "a@b@c.org", ".a@b.org", "a.@b.org",
	    "a,b@c.org", "<a@b.org>", "a@b.org, c@d.org", "a@b_c.org",
	    "a\"@b.org", "a@b.org\nBcc: c@d.org", "a@[127.0.0.1]" };
	struct draft d;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(good); i++)
		if (check("a", "b", good[i], &d) != OK)
			fail_msg("good: %s", good[i]);
	for (i = 0; i < COUNT(bad); i++)
		if (check("a", "b", bad[i], &d) != ERR_EMAIL_BAD)
			fail_msg("bad: %s", bad[i]);
	assert_int_equal(check("a", "b", arena_fmt(arena, "%s@b.org",
	    repeat("a", 64)).at, &d), OK);
	assert_int_equal(check("a", "b", arena_fmt(arena, "%s@b.org",
	    repeat("a", 65)).at, &d), ERR_EMAIL_BAD);
	assert_int_equal(check("a", "b", arena_fmt(arena, "a@%sorg",
	    repeat("abcdefghi.", 25)).at, &d), ERR_EMAIL_BAD);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_good_draft_is_cleaned),
		cmocka_unit_test(
		    lengths_are_counted_in_characters_after_cleaning),
		cmocka_unit_test(what_nobody_would_see_is_nothing),
		cmocka_unit_test(bad_utf8_is_refused_anywhere),
		cmocka_unit_test(a_mail_address_has_a_sane_shape),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
