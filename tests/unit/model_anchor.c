/* model_anchor.c: a passage is found again in a review that was mended. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "model/model.h"

#define S(literal)	{ literal, sizeof(literal) - 1 }

static struct arena *arena;

static int
open_arena(void **state)
{
	(void)state;
	arena = arena_new(256 * 1024 * 1024);
	return 0;
}

static int
close_arena(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static struct anchor_text
text_of(struct str s)
{
	struct str paragraphs[64], part;
	size_t n = 0;

	while (str_split(&s, '\n', &part))
		paragraphs[n++] = part;
	return model_anchor_text(arena, paragraphs, n);
}

static struct str
found(const struct anchor_text *t, struct anchor n)
{
	if (!model_anchor_find(arena, t, &n)) {
		assert_int_equal(n.end, 0);
		return STR("");
	}
	assert_true(n.start >= 0 && n.start < n.end &&
	    (size_t)n.end <= t->n);
	model_anchor_quote(arena, t, &n);
	return n.exact;
}

static const struct {
	const char *name;
	struct str text;
	struct anchor anchor;
	struct str want;		/* "": gone */
} rows[] = {
	{ "the words as they are", S("A city wakes, works and goes."),
	    { .exact = S("wakes, works") }, S("wakes, works") },
	{ "across paragraphs", S("One ends.\nTwo begins."),
	    { .exact = S("ends.\nTwo") }, S("ends.\nTwo") },
	{ "of two, the one with its neighbours",
	    S("the cat sat. the dog sat. the cow sat."),
	    { .exact = S("sat"), .prefix = S("the dog "),
	    .suffix = S(". the") }, S("sat") },
	{ "quotes and dashes typed otherwise",
	    S("He said \xe2\x80\x9cno\xe2\x80\x9d \xe2\x80\x94 it\xe2\x80\x99s "
	    "over."), { .exact = S("said \"no\" - it's") },
	    S("said \xe2\x80\x9cno\xe2\x80\x9d \xe2\x80\x94 it\xe2\x80\x99s") },
	{ "a spelling that was mended",
	    S("Kantemir Balagov\xe2\x80\x99s debut Closeness opens in Kazan."),
	    { .exact = S("debut Closenes"), .prefix = S("Balagov's "),
	    .suffix = S(" opens in Kazan.") }, S("debut Closeness") },
	{ "a word of it was exchanged",
	    S("It is a slow film about a quick town, and knows it."),
	    { .exact = S("a long film about a quick town"),
	    .prefix = S("It is "), .suffix = S(", and knows") },
	    S("a slow film about a quick town") },
	{ "a sentence before and after was exchanged, the words stay",
	    S("Now other. The shutter opens where a blind goes up. All new."),
	    { .exact = S("The shutter opens where a blind goes up."),
	    .prefix = S("What was before? "), .suffix = S(" As it was.") },
	    S("The shutter opens where a blind goes up.") },
	{ "short words elsewhere are not it",
	    S("He walks home. Much later she saw the film in Kazan."),
	    { .exact = S("the film"), .prefix = S("nobody likes "),
	    .suffix = S(", says the critic") }, S("") },
	{ "cut out, with all around it left in place",
	    S("Before it stands this, and after it stands that."),
	    { .exact = S("a whole remark that is gone "),
	    .prefix = S("Before it stands this, "),
	    .suffix = S("and after it stands that.") }, S("") },
	{ "an empty review", S(""), { .exact = S("anything") }, S("") },
};

static void
rows_are_found_or_gone(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct anchor_text t = text_of(rows[i].text);
		struct str got = found(&t, rows[i].anchor);

		if (!str_eq(got, rows[i].want))
			fail_msg("%s: " STR_FMT, rows[i].name, STR_ARG(got));
	}
}

static void
the_nearest_of_two_alike_is_meant(void **state)
{
	struct anchor_text t = text_of(STR("again and again and again"));
	struct anchor n = { .exact = STR("again"), .start = 11 };

	(void)state;
	assert_true(model_anchor_find(arena, &t, &n));
	assert_int_equal(n.start, 10);
}

static void
a_quote_has_what_is_around_it(void **state)
{
	struct anchor_text t = text_of(STR("Before.\nThe words here.\nAfter."));
	struct anchor n = { .exact = STR("words") };

	(void)state;
	assert_true(model_anchor_find(arena, &t, &n));
	model_anchor_quote(arena, &t, &n);
	assert_true(str_is(n.prefix, "Before.\nThe "));
	assert_true(str_is(n.suffix, " here.\nAfter."));
	assert_int_equal(n.start, 12);
	assert_int_equal(n.end, 17);
	assert_int_equal(model_anchor_paragraph(&t, 1), 8);
	assert_int_equal(model_anchor_paragraph(&t, 0), 0);
}

static struct str
repeat(const char *part, size_t times)
{
	struct buf b = buf_new(arena, 64);

	while (times-- > 0)
		buf_lit(&b, part);
	return buf_view(&b);
}

static void
what_is_sent_is_cleaned_and_bounded(void **state)
{
	struct anchor n = { .exact = STR("  the \t e\xcc\x81toile\r\n\n here "),
	    .start = 9, .end = 4 };

	(void)state;
	assert_int_equal(model_anchor_check(arena, &n), OK);
	assert_true(str_is(n.exact, "the \xc3\xa9toile\nhere"));
	assert_int_equal(n.end, 0);
	n.exact = STR(" \t");
	assert_int_equal(model_anchor_check(arena, &n), ERR_ANCHOR_BAD);
	n.exact = STR("\xff");
	assert_int_equal(model_anchor_check(arena, &n), ERR_ANCHOR_BAD);
	n.exact = repeat("x", MODEL_QUOTE_MAX + 1);
	assert_int_equal(model_anchor_check(arena, &n), ERR_ANCHOR_LONG);
	n.exact = repeat("x", MODEL_QUOTE_MAX);
	assert_int_equal(model_anchor_check(arena, &n), OK);
	n.prefix = repeat("x", MODEL_CONTEXT_MAX + 1);
	assert_int_equal(model_anchor_check(arena, &n), ERR_ANCHOR_BAD);
}

/* ---- any passage of a review, and any few edits ---- */

static uint32_t seed = 20180401;

static size_t
any(size_t below)
{
	seed = seed * 1664525 + 1013904223;
	return (size_t)(((uint64_t)seed * below) >> 32);
}

enum { TEXT = 6000 };

struct copy {
	int32_t c[2 * TEXT];
	size_t n, start, end;		/* the passage in it */
};

/* Words of letters that come as often as in a language. */
static void
make_text(struct copy *t)
{
	static const char letters[] = "eeeeeettttaaaooiinnsshhrrddllcumwfgypb";
	size_t i;

	for (i = 0, t->n = TEXT; i < TEXT; i++)
		t->c[i] = any(6) == 0 ? any(60) == 0 ? '\n' : ' ' :
		    letters[any(sizeof(letters) - 1)];
}

/* One letter put in, taken out or exchanged. */
static void
edit(struct copy *t, size_t at)
{
	size_t kind = any(3);

	if (kind == 0) {
		t->c[at] = 'z';
		return;
	}
	memmove(&t->c[at + (kind == 1)], &t->c[at + (kind == 2)],
	    (t->n - at - (kind == 2)) * sizeof(t->c[0]));
	if (kind == 1)
		t->c[at] = 'q';
	t->n = kind == 1 ? t->n + 1 : t->n - 1;
	t->start += at < t->start ? kind == 1 ? 1 : (size_t)-1 : 0;
	t->end += at < t->end ? kind == 1 ? 1 : (size_t)-1 : 0;
}

static struct anchor_text
as_text(struct copy *t)
{
	return (struct anchor_text){ .raw = t->c, .folded = t->c, .n = t->n };
}

static void
folded(struct copy *t)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->c[i] == '\n')
			t->c[i] = ' ';
}

static size_t
off(int64_t a, size_t b)
{
	return (size_t)(a > (int64_t)b ? a - (int64_t)b : (int64_t)b - a);
}

/* An eighth of the passage's letters changed, and as much elsewhere: its ends
 * are found within a few letters. */
static void
a_passage_survives_small_edits_anywhere(void **state)
{
	static struct copy t;
	size_t round, i, len, exact = 0;

	(void)state;
	for (round = 0; round < 400; round++) {
		struct anchor_text text;
		struct anchor n = { .exact = STR("") };

		make_text(&t);
		folded(&t);
		len = 12 + any(round % 4 == 0 ? 1500 : 150);
		t.start = any(TEXT - len);
		t.end = t.start + len;
		n.start = (int64_t)t.start;
		n.end = (int64_t)t.end;
		text = as_text(&t);
		model_anchor_quote(arena, &text, &n);
		for (i = 0; i < len / 8; i++)
			edit(&t, t.start + 1 + any(t.end - t.start - 2));
		for (i = 0; i < 60; i++)
			edit(&t, any(t.n - 1));
		n.start = (int64_t)any(TEXT);
		text = as_text(&t);
		if (!model_anchor_find(arena, &text, &n))
			fail_msg("round %zu: %zu letters are gone", round, len);
		if (off(n.start, t.start) > 4 || off(n.end, t.end) > 4)
			fail_msg("round %zu: %lld to %lld, not %zu to %zu",
			    round, (long long)n.start, (long long)n.end,
			    t.start, t.end);
		exact += off(n.start, t.start) + off(n.end, t.end) == 0;
	}
	assert_true(exact > 300);
}

static void
a_passage_that_was_cut_out_is_gone(void **state)
{
	static struct copy t;
	size_t round, len;

	(void)state;
	for (round = 0; round < 200; round++) {
		struct anchor_text text;
		struct anchor n = { .exact = STR("") };

		make_text(&t);
		folded(&t);
		len = 12 + any(300);
		n.start = (int64_t)any(TEXT - len);
		n.end = n.start + (int64_t)len;
		text = as_text(&t);
		model_anchor_quote(arena, &text, &n);
		memmove(&t.c[n.start], &t.c[n.end],
		    (t.n - (size_t)n.end) * sizeof(t.c[0]));
		t.n -= len;
		text = as_text(&t);
		if (model_anchor_find(arena, &text, &n))
			fail_msg("round %zu: found %lld to %lld", round,
			    (long long)n.start, (long long)n.end);
	}
}

/* A review of 60,000 letters, words of 2,000 that it has nowhere: what they
 * cost is bounded by the text. */
static void
what_is_nowhere_costs_little(void **state)
{
	struct str words = repeat("zigzag quiz oxymora ", 100);
	struct anchor_text t = text_of(repeat("ever was here, so ", 3500));
	int64_t began = clock_mono(), took;
	struct arena *a;
	int i;

	(void)state;
	for (i = 0; i < 100; i++) {
		struct anchor n = { .exact = words, .prefix = STR("xyz xyz "),
		    .suffix = STR(" zyx zyx") };

		a = arena_new(16 * 1024 * 1024);
		assert_false(model_anchor_find(a, &t, &n));
		arena_free(a);
	}
	took = (clock_mono() - began) / 100;
	print_message("a search in vain: %lld us\n", (long long)took);
	assert_true(took < 20000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_are_found_or_gone),
		cmocka_unit_test(the_nearest_of_two_alike_is_meant),
		cmocka_unit_test(a_quote_has_what_is_around_it),
		cmocka_unit_test(what_is_sent_is_cleaned_and_bounded),
		cmocka_unit_test(a_passage_survives_small_edits_anywhere),
		cmocka_unit_test(a_passage_that_was_cut_out_is_gone),
		cmocka_unit_test(what_is_nowhere_costs_little),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
