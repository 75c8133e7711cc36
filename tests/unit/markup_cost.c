/* markup_cost.c: hostile comments cost time and room in line with length. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <time.h>

#include "markup_check.h"

enum { SMALL = 5000, LARGE = 40000 };	/* bytes */

/* What is repeated. A body has at most 10,000 characters: those of more than
 * one byte make the 40,000. */
static const char *const units[] = {
	"[", "]", "[]", "[a](", "[a](<b", "![", "![a](", "[[a]", "\\[",
	"1:02 ", "1:", "1:02:0",
	"*a **a ", "a_ ", "_a ", "a**b c* ", "__*_", "*_", "**a _b ", "***",
	"e`", "`", "a``b```", "<", "<!--", "<a b='", "<?", "><", "&", "&amp;",
	"&#x301;", ">", "> a\n> > b\n", "- ", "* a\n  ", "1. ", "1)\n2.\n",
	"- a\n\n", "---\n", "a\n=\n", "# ", "\t", "    ", "\n", "a\n", "a  \n",
	"|", "||", "||a ", "||a|| ", "*||a* ||", "||*a||* ",
	"[^1] ", "[^1]: x\n", "a[^a] [^a]: ", "*[^1]*", "\n\n[^1]: a\n[^2]: b",
	"[^aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	"http://a.b ", "http://", "http://a)))))))))", "http://a((", "https:/",
	"http://\u0431.\u0440\u0444 ", "<http://a.b>", "[a.b](http://c.d)",
	"[*a*](http://b.c/*", "[a]: b\n", "[a] ", "\\", "\u0301\u0323",
	"\U0001f3ac", "\u0436", "\U0001f3ac||", "\U0001f3ac*", "```\n",
	"<div>\n"
};

/* Microseconds: another program's turn does not count. */
static int64_t
cpu_used(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static enum err
render(const char *unit, size_t len, int64_t *took, struct str *html)
{
	struct arena *a = arena_new((size_t)32 << 20);
	struct buf b = buf_new(a, len + 64);
	struct markup m;
	const char *wrong;
	enum err e;

	buf_lit(&b, "a[^1]\n\n[^1]: b\n\n");
	while (b.len < len)
		buf_lit(&b, unit);
	*took = cpu_used();
	e = markup_render(a, buf_view(&b), &about, &m);
	*took = cpu_used() - *took;
	if (e == OK && (wrong = check_html(m.html)) != NULL)
		fail_msg("%s: %s", unit, wrong);
	if (e == OK && m.html.len > 8 * b.len + 1024)
		fail_msg("%s: %zu bytes of %zu", unit, m.html.len, b.len);
	*html = (struct str){ NULL, m.html.len };
	arena_free(a);
	return e;
}

/* Quadratic time would be 64 times as much. The bounds are wide, so that a
 * busy machine does not fail; the best of a few runs counts. */
static void
time_grows_with_length(void **state)
{
	int64_t small, large, best, took;
	struct str html;
	size_t i;
	int run;

	(void)state;
	for (i = 0; i < COUNT(units); i++) {
		for (small = best = INT64_MAX, run = 0; run < 3; run++) {
			render(units[i], SMALL, &took, &html);
			small = took < small ? took : small;
			render(units[i], LARGE, &large, &html);
			best = large < best ? large : best;
		}
		if (best > 1000000 || (best > 50000 && best > 40 * small))
			fail_msg("%s: %d then %d us", units[i], (int)small,
			    (int)best);
	}
}

static void
what_grows_too_large_is_refused(void **state)
{
	struct str html;
	int64_t took;

	(void)state;
	assert_int_equal(render("[^1] ", LARGE, &took, &html), ERR_BODY_DEEP);
	assert_int_equal(render("<", LARGE, &took, &html), OK);
}

/* Lists and quotes, emphasis, links and spoilers, deeper than tags may go. */
static void
check_depth(struct arena *a, const char *before, const char *after, size_t n)
{
	struct buf b = buf_new(a, 4096);
	struct markup m;
	size_t i;

	for (i = 0; i < n; i++)
		buf_lit(&b, before);
	buf_lit(&b, "    c\n\n");
	for (i = 0; i < n; i++)
		buf_lit(&b, before);
	buf_lit(&b, "deep `x` http://a.org ||b|| [^1]");
	for (i = 0; i < n; i++)
		buf_lit(&b, after);
	buf_lit(&b, "\n\n[^1]: d");
	assert_int_equal(markup_render(a, buf_view(&b), &about, &m), OK);
	if (check_html(m.html) != NULL ||
	    str_find(m.html, STR("deep")) == (size_t)-1)
		fail_msg("%zu %s: %s\n" STR_FMT, n, before,
		    check_html(m.html), STR_ARG(m.html));
}

static void
what_is_too_deep_is_flattened(void **state)
{
	static const char *const deep[][2] = {
		{ "> ", "" }, { "- ", "" }, { "> - ", "" }, { "1. > ", "" },
		{ "*a _b ", "_ *" }, { "**a ", "**" }, { "||a *b ", "*||" }
	};
	struct arena *a = arena_new((size_t)32 << 20);
	size_t i, n;

	(void)state;
	for (i = 0; i < COUNT(deep); i++)
		for (n = 1; n < 40; n++)
			check_depth(a, deep[i][0], deep[i][1], n);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(time_grows_with_length),
		cmocka_unit_test(what_grows_too_large_is_refused),
		cmocka_unit_test(what_is_too_deep_is_flattened),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
