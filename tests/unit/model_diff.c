/* model_diff.c: what changed between two texts, word by word. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "model/model.h"

/* "same -gone- +new+", as one string. */
static struct str
told(struct arena *a, struct str old, struct str new)
{
	static const char *const marks[] = {
		[DIFF_SAME] = "", [DIFF_GONE] = "-", [DIFF_NEW] = "+"
	};
	struct buf b = buf_new(a, 100);
	struct model_differ d;
	struct model_change *c;
	size_t i, n;

	model_diff_open(a, &d);
	c = model_diff(a, &d, old, new, &n);
	for (i = 0; i < n; i++)
		buf_fmt(&b, "%s" STR_FMT "%s", marks[c[i].kind],
		    STR_ARG(c[i].text), marks[c[i].kind]);
	return buf_view(&b);
}

static void
words_that_changed_are_told_apart(void **state)
{
	static const struct { const char *old, *new, *said; } rows[] = {
		{ "", "", "" },
		{ "a b c", "a b c", "a b c" },
		{ "a b c", "a x c", "a -b -+x +c" },
		{ "a b c", "a c", "a -b -c" },
		{ "a c", "a b c", "a +b +c" },
		{ "", "new", "+new+" },
		{ "old", "", "-old-" },
		{ "one", "two", "-one-+two+" },
		{ "a b a b a", "b a b a a", "-a -b a b +a +a" },
		{ "a\n\nb", "a b", "-a\n\n-+a +b" },
		{ "кино это  поезд", "кино не поезд",
		    "кино -это  -+не +поезд" },
	};
	struct arena *a = arena_new(64 << 20);
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct str said = told(a, str_of(rows[i].old),
		    str_of(rows[i].new));

		assert_string_equal(arena_cstr(a, said), rows[i].said);
	}
	arena_free(a);
}

/* Whatever the change, both texts can be read out of it. */
static void
nothing_is_lost_of_either_text(void **state)
{
	struct arena *a = arena_new(512 << 20);
	unsigned seed = 7;
	int round;

	(void)state;
	for (round = 0; round < 300; round++) {
		struct buf text[2] = { buf_new(a, 64), buf_new(a, 64) };
		struct buf back[2] = { buf_new(a, 64), buf_new(a, 64) };
		struct model_differ d;
		struct model_change *c;
		size_t i, n;

		for (i = 0; i < 2 * (size_t)(round % 40); i++) {
			seed = seed * 1103515245u + 12345u;
			buf_fmt(&text[i % 2], "%c%s", 'a' + (int)(seed >> 20) %
			    4, (seed >> 16) % 5 == 0 ? "\n" : " ");
		}
		model_diff_open(a, &d);
		c = model_diff(a, &d, buf_view(&text[0]), buf_view(&text[1]),
		    &n);
		for (i = 0; i < n; i++) {
			if (c[i].kind != DIFF_NEW)
				buf_str(&back[0], c[i].text);
			if (c[i].kind != DIFF_GONE)
				buf_str(&back[1], c[i].text);
		}
		assert_true(str_eq(buf_view(&text[0]), buf_view(&back[0])));
		assert_true(str_eq(buf_view(&text[1]), buf_view(&back[1])));
	}
	arena_free(a);
}

static void
texts_with_nothing_in_common_cost_no_more_than_is_allowed(void **state)
{
	struct arena *a = arena_new(512 << 20);
	struct buf old = buf_new(a, 64), new = buf_new(a, 64);
	struct model_differ d;
	struct model_change *c;
	int64_t before;
	size_t n;
	int i;

	(void)state;
	for (i = 0; i < 5000; i++) {
		buf_fmt(&old, "%c ", 'a' + i % 3);
		buf_fmt(&new, "%c ", 'a' + i * 7 % 5);
	}
	model_diff_open(a, &d);
	before = d.allowance;
	for (i = 0; i < 50; i++)
		c = model_diff(a, &d, buf_view(&old), buf_view(&new), &n);
	assert_true(d.allowance < before && d.allowance > -100000);
	assert_int_equal(c[n - 1].text.len + c[n - 2].text.len > 9000, true);
	arena_free(a);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(words_that_changed_are_told_apart),
	cmocka_unit_test(nothing_is_lost_of_either_text),
	cmocka_unit_test(
	    texts_with_nothing_in_common_cost_no_more_than_is_allowed),
};

int
main(void)
{
	return cmocka_run_group_tests(tests, NULL, NULL);
}
