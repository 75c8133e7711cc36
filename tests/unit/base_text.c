/* base_text.c: what readers type is made clean, bounded Unicode. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/base.h"

static struct arena *arena;

static int
setup(void **state)
{
	(void)state;
	arena = arena_new(64 << 20);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static void
bad_utf8_is_refused(void **state)
{
	const struct str bad[] = {
		STR("\x80"), STR("\xff"), STR("a\xc3"), STR("\xe2\x82"),
		STR("\xc0\xaf"), STR("\xe0\x80\xaf"), STR("\xf0\x80\x80\xaf"),
		STR("\xed\xa0\x80"), STR("\xf4\x90\x80\x80"),
		STR("\xf8\x88\x80\x80\x80"), STR("a\0b")
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(bad); i++) {
		struct str got = STR("same");

		if (text_valid(bad[i]) ||
		    text_clean(arena, bad[i], true, &got) != ERR_UTF8 ||
		    !str_is(got, "same"))
			fail_msg("row %zu", i);
	}
	assert_true(text_valid(STR("")));
	assert_true(text_valid(STR("a \u0416 \u20ac \U0001f3ac \U0010ffff")));
}

static const struct {
	const char *name;
	bool lines;
	const char *given, *want;
} rows[] = {
	{ "plain text stays", true, "a b\n\tc", "a b\n\tc" },
	{ "line ends are one", true, "a\r\nb\rc\n\rd", "a\nb\nc\n\nd" },
	{ "Unicode's line ends too", true, "a\u2028b\u2029c", "a\nb\nc" },
	{ "a line has no ends", false, "a\r\nb\tc\nd", "a b c d" },
	{ "C0 goes", true, "a\x01\x1b[31mb\x7f", "a[31mb" },
	{ "C1 goes", true, "a\xc2\x80\xc2\x85\xc2\x9fz\u00a0", "az\u00a0" },
	{ "bidi controls go", true,
	    "a\u061c\u200e\u200f\u202a\u202e\u2066\u2069b", "ab" },
	{ "noncharacters go", true, "\ufdd0\ufdefa\ufffe\uffff\U0001fffe"
	    "\U0010ffff", "a" },
	{ "a byte order mark goes", true, "\ufeffa", "a" },
	{ "joiners stay", true, "\u0915\u094d\u200d\u0937",
	    "\u0915\u094d\u200d\u0937" },
	{ "composed", true, "e\u0301 \u0418\u0306 \u1100\u1161\u11a8",
	    "\u00e9 \u0419 \uac01" },
	{ "marks in order", true, "a\u0301\u0323", "\u1ea1\u0301" },
	{ "singletons", true, "\u212b \u2126", "\u00c5 \u03a9" },
	{ "compatibility stays", true, "\ufb01 \u00bd", "\ufb01 \u00bd" },
	{ "quotes stay", true, "\u201ca\u201d \u00abb\u00bb \u2014",
	    "\u201ca\u201d \u00abb\u00bb \u2014" },
	{ "emoji stay", true, "\u2764\ufe0f\U0001f3ac", "\u2764\ufe0f"
	    "\U0001f3ac" },
	{ "eight marks stay", true,
	    "x\u0332\u0332\u0332\u0332\u0332\u0332\u0332\u0332y",
	    "x\u0332\u0332\u0332\u0332\u0332\u0332\u0332\u0332y" },
	{ "the ninth goes", true,
	    "x\u0332\u0332\u0332\u0332\u0332\u0332\u0332\u0332\u0332\u0332y",
	    "x\u0332\u0332\u0332\u0332\u0332\u0332\u0332\u0332y" },
	{ "also what comes apart", true,
	    "\u0344\u0344\u0344\u0344\u0344",
	    "\u0308\u0301\u0308\u0301\u0308\u0301\u0308\u0301" }
};

static void
text_is_cleaned(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct str got, again;

		assert_int_equal(text_clean(arena, str_of(rows[i].given),
		    rows[i].lines, &got), OK);
		if (!str_is(got, rows[i].want))
			fail_msg("%s: \"" STR_FMT "\"", rows[i].name,
			    STR_ARG(got));
		assert_int_equal(text_clean(arena, got, rows[i].lines,
		    &again), OK);
		if (!str_eq(again, got))
			fail_msg("%s: not the second time", rows[i].name);
	}
}

/* Marks of alternating class: sorting them would take quadratic time. */
static void
many_marks_cost_little(void **state)
{
	struct buf b = buf_new(arena, 1 << 17);
	int64_t began;
	struct str got;

	(void)state;
	while (b.len < 128 * 1024)
		buf_lit(&b, "\u0301\u0323");
	began = clock_mono();
	assert_int_equal(text_clean(arena, buf_view(&b), true, &got), OK);
	assert_true(clock_mono() - began < 1000000);
	assert_int_equal(text_length(got), 8);
}

static void
code_points_are_counted_and_cut(void **state)
{
	struct str s = STR("\u0416a\U0001f3ac\xff");
	size_t i = 0;

	(void)state;
	assert_int_equal(text_length(s), 4);
	assert_int_equal(text_length(STR("")), 0);
	assert_int_equal(text_first(s, 2).len, 3);
	assert_int_equal(text_first(s, 99).len, s.len);
	assert_int_equal(text_first(s, 0).len, 0);
	assert_int_equal(text_next(s, &i), 0x416);
	assert_int_equal(text_next(s, &i), 'a');
	assert_int_equal(text_next(s, &i), 0x1f3ac);
	assert_int_equal(text_next(s, &i), -1);
	assert_int_equal(i, s.len);
	assert_int_equal(text_next(s, &i), -1);
	assert_int_equal(i, s.len);
}

static void
what_is_put_can_be_read(void **state)
{
	static const int32_t all[] = { 'a', 0x7f, 0x80, 0x7ff, 0x800, 0xffff,
	    0x10000, 0x10ffff };
	size_t i, at;

	(void)state;
	for (i = 0; i < COUNT(all); i++) {
		struct buf b = buf_new(arena, 1);

		text_put(&b, all[i]);
		at = 0;
		assert_int_equal(text_next(buf_view(&b), &at), all[i]);
		assert_int_equal(at, b.len);
	}
}

static void
blanks_of_every_kind_are_blank(void **state)
{
	static const char *const blank[] = {
		"", " ", "\n\t", "\u00a0\u3000", "\u200b\u200c\u200d\u2060",
		"\u0301\u0301", "\u3164", "\u115f\u1160\uffa0", "\u2800",
		"\ufe0f", "\u034f", "\u180e", "\u00ad", "\u20dd",
		"\U000e0041", "\u2003\u0332"
	};
	static const char *const seen[] = {
		".", "\u0416", "\U0001f3ac", "\u200ba", "0", "\u00a0-",
		"\u0915\u094d"
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(blank); i++)
		if (!text_blank(str_of(blank[i])))
			fail_msg("blank row %zu", i);
	for (i = 0; i < COUNT(seen); i++)
		if (text_blank(str_of(seen[i])))
			fail_msg("seen row %zu", i);
}

static void
trim_takes_white_space_of_any_script(void **state)
{
	(void)state;
	assert_true(str_is(text_trim(STR("\u00a0 \n a\u3000b \u2003\u200b")),
	    "a\u3000b"));
	assert_true(str_is(text_trim(STR("a")), "a"));
	assert_true(str_is(text_trim(STR("\u2764\ufe0f ")), "\u2764\ufe0f"));
	assert_int_equal(text_trim(STR(" \u00a0 ")).len, 0);
	assert_int_equal(text_trim(STR("")).len, 0);
}

static void
slugs_say_it_in_ascii(void **state)
{
	static const struct {
		const char *given, *want;
	} slugs[] = {
		{ "Closeness (2017)", "closeness-2017" },
		{ "  --  The  Heir -- ", "the-heir" },
		{ "Теснота", "tesnota" },
		{ "Щукин, Юрьев и Ёлкин", "shchukin-yurev-i-yolkin" },
		{ "Объезд", "obezd" },
		{ "Хрусталёв, машину!", "khrustalyov-mashinu" },
		{ "\u0418\u0306", "y" },
		{ "Їжак, Ґанок, Європа", "yizhak-ganok-yevropa" },
		{ "Amélie à la carte", "amelie-a-la-carte" },
		{ "Straße, Ærø, Łódź", "strasse-aero-lodz" },
		{ "Don't / Don\u2019t", "dont-dont" },
		{ "\ufb01lm \u00b2", "film-2" },
		{ "東京", "" }, { "!!!", "" }, { "", "" }, { "Ъ", "" },
		{ "a\xff", "" }
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(slugs); i++) {
		struct str got = text_slug(arena, str_of(slugs[i].given));

		if (!str_is(got, slugs[i].want))
			fail_msg("%s: " STR_FMT, slugs[i].given, STR_ARG(got));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bad_utf8_is_refused),
		cmocka_unit_test(text_is_cleaned),
		cmocka_unit_test(many_marks_cost_little),
		cmocka_unit_test(code_points_are_counted_and_cut),
		cmocka_unit_test(what_is_put_can_be_read),
		cmocka_unit_test(blanks_of_every_kind_are_blank),
		cmocka_unit_test(trim_takes_white_space_of_any_script),
		cmocka_unit_test(slugs_say_it_in_ascii),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
