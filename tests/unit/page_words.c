/* page_words.c: pages say the same in every language, escaped. */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "page/parts.h"
#include "page_samples.h"

static struct arena *arena;

static int
setup(void **state)
{
	(void)state;
	arena = arena_new(1 << 20);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static struct buf
speaking(const char *tag)
{
	struct buf b = buf_new(arena, 64);

	b.words = page_words_for(str_of(tag));
	return b;
}

static void
a_language_is_found_by_its_first_part(void **state)
{
	static const struct {
		const char *tag, *speaks;
	} rows[] = {
		{ "en", "en" }, { "en-GB", "en" }, { "ru", "ru" },
		{ "RU", "ru" }, { "ru-RU", "ru" }, { "rus", NULL },
		{ "xx", NULL }, { "", NULL }, { "-", NULL },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct buf b = speaking(rows[i].tag);

		if (rows[i].speaks == NULL)
			assert_null(b.words);
		else
			assert_string_equal(page_words_tag(&b),
			    rows[i].speaks);
	}
}

static void
what_has_no_words_speaks_the_sites_language_else_english(void **state)
{
	struct page_site there = site;
	struct buf b = buf_new(arena, 64);

	(void)state;
	assert_string_equal(page_words_tag(&b), "en");
	there.language = "ru";
	page_words_speak(&b, &there, STR("fr"));
	assert_string_equal(page_words_tag(&b), "ru");
	there.language = "fr";
	page_words_speak(&b, &there, STR("fr"));
	assert_string_equal(page_words_tag(&b), "en");
}

/* A filter's sentences, and what is none, as it is. */
static void
reasons_are_told_in_the_moderators_language(void **state)
{
	static const struct {
		const char *said, *russian;
	} rows[] = {
		{ "3 links, 40% of the text, 1 shortened",
		    "ссылок: 3, 40% текста, сокращённых: 1" },
		{ "1 link, 80% of the text", "ссылок: 1, 80% текста" },
		{ "spam to 97 %: \"a, b\" +2.1, 1 to 10% capitals -0.9",
		    "спам на 97 %: &quot;a, b&quot; +2.1, прописных букв: "
		    "от 1 до 10% -0.9" },
		{ "spam to 50 %: link \"x.example\" +1.0, no links +0.1, "
		    "1 word of two alphabets +0.2",
		    "спам на 50 %: ссылка &quot;x.example&quot; +1.0, "
		    "нет ссылок +0.1, слов из двух алфавитов: 1 +0.2" },
		{ "6 comments from one sender in one minute",
		    "комментариев от одного отправителя за минуту: 6" },
		{ "90% the same as a comment sent to 2 other places lately",
		    "на 90% совпадает с комментарием, который недавно послали "
		    "и в другие места (2)" },
		{ "12 comments shown in 9 days, none taken away",
		    "показано комментариев: 12, дней: 9, ни один не снят" },
		{ "my rule, no <b>, a %s b", "my rule, no &lt;b&gt;, a %s b" },
		{ " of the text", " of the text" },
		{ "casino, ", "casino, " },
		{ "\"never closed, 1 link", "&quot;never closed, 1 link" },
		{ "took too long", "отвечал слишком долго" },
		{ "", "" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct buf ru = speaking("ru"), en = speaking("en"),
		    as_said = buf_new(arena, 64);

		page_why_out(&ru, str_of(rows[i].said));
		assert_string_equal(arena_cstr(arena, buf_view(&ru)),
		    rows[i].russian);
		page_why_out(&en, str_of(rows[i].said));
		page_out_text(&as_said, str_of(rows[i].said));
		assert_true(str_eq(buf_view(&en), buf_view(&as_said)));
	}
}

static void
a_number_takes_the_form_that_its_language_has_for_it(void **state)
{
	static const struct {
		int64_t n;
		const char *english, *russian;
	} rows[] = {
		{ 0, "0 comments", "0 комментариев" },
		{ 1, "1 comment", "1 комментарий" },
		{ 2, "2 comments", "2 комментария" },
		{ 5, "5 comments", "5 комментариев" },
		{ 11, "11 comments", "11 комментариев" },
		{ 21, "21 comments", "21 комментарий" },
		{ 104, "104 comments", "104 комментария" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct buf en = speaking("en"), ru = speaking("ru");

		OUT(&en, TN("%d comment", "%d comments", rows[i].n));
		OUT(&ru, TN("%d comment", "%d comments", rows[i].n));
		assert_string_equal(buf_cstr(&en), rows[i].english);
		assert_string_equal(buf_cstr(&ru), rows[i].russian);
	}
}

static void
sentences_are_escaped_and_so_is_what_stands_in_them(void **state)
{
	struct buf b = speaking("en");

	(void)state;
	OUT(&b, "<p>", T("a <b> & c"));
	SAY(&b, T("|%s > %d|"), OUT(&b, str_of("<x>")), OUT(&b, "<i>", 7));
	assert_string_equal(buf_cstr(&b),
	    "<p>a &lt;b&gt; &amp; c|&lt;x&gt; &gt; <i>7|");
	assert_true(str_is(page_words_text(&b, T("a <b> & c")), "a <b> & c"));
}

static void
places_may_be_swapped(void **state)
{
	struct buf b = speaking("en");

	(void)state;
	SAY(&b, T("%3$s %1$d, %2$s."), OUT(&b, 1), OUT(&b, "two"),
	    OUT(&b, "three"));
	assert_string_equal(buf_cstr(&b), "three 1, two.");
}

static void
the_same_sentence_is_the_same_wherever_it_stands(void **state)
{
	const char *pointer = "Reply";
	struct buf b = speaking("ru");
	int i;

	(void)state;
	for (i = 0; i < 3; i++)
		OUT(&b, T("Reply"), T_OF(pointer), T("Never said."));
	assert_string_equal(buf_cstr(&b),
	    "ОтветитьОтветитьNever said.ОтветитьОтветитьNever said."
	    "ОтветитьОтветитьNever said.");
}

static void
dates_are_as_the_language_has_them(void **state)
{
	struct buf en = speaking("en"), ru = speaking("ru");

	(void)state;
	page_shell_time(&en, APRIL);
	page_shell_time(&ru, APRIL);
	assert_string_equal(buf_cstr(&en), "<time datetime=\""
	    "2018-04-01T12:00:00Z\">1 April 2018, 12:00 UTC</time>");
	assert_string_equal(buf_cstr(&ru), "<time datetime=\""
	    "2018-04-01T12:00:00Z\">1 апреля 2018, 12:00 UTC</time>");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_language_is_found_by_its_first_part),
		cmocka_unit_test(
		    what_has_no_words_speaks_the_sites_language_else_english),
		cmocka_unit_test(reasons_are_told_in_the_moderators_language),
		cmocka_unit_test(
		    a_number_takes_the_form_that_its_language_has_for_it),
		cmocka_unit_test(
		    sentences_are_escaped_and_so_is_what_stands_in_them),
		cmocka_unit_test(places_may_be_swapped),
		cmocka_unit_test(
		    the_same_sentence_is_the_same_wherever_it_stands),
		cmocka_unit_test(dates_are_as_the_language_has_them),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
