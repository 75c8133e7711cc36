/* ingest_markdown.c: HTML of other systems into Markdown that says the same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "ingest/ingest.h"

static const struct {
	const char *html, *markdown;
	bool breaks;
} rows[] = {
	{ "", "", false },
	{ "  plain\n text ", "plain text", false },
	{ "<p>one</p><p>two</p>", "one\n\ntwo", false },
	{ "one<br><br/>two<br>", "one\\\ntwo", false },
	{ "one\ntwo\r\n\nthree", "one\\\ntwo\n\nthree", true },
	{ "a <em> b </em>c<strong></strong>", "a *b* c", false },
	{ "<b><i>x</i></b>", "***x***", false },
	{ "<blockquote><p>a</p><p>b</p></blockquote>c", "> a\n>\n> b\n\nc",
	    false },
	{ "<blockquote>a<blockquote>b</blockquote></blockquote>",
	    "> a\n>\n> > b", false },
	{ "<ul><li>a</li><li>b<br>c</li></ul>", "- a\n\n- b\\\n  c", false },
	{ "<a href='https://e.org/a b>'>x [y]</a>",
	    "[x \\[y\\]](<https://e.org/a%20b%3E>)", false },
	{ "<a href='https://e.org/_a_'>https://e.org/_a_</a>",
	    "https://e.org/_a_", false },
	{ "<a href='javascript:x()'>x</a>", "x", false },
	{ "<script>alert(1)</script><iframe>f</iframe>y", "y", false },
	{ "# a", "\\# a", false }, { "12. a", "12\\. a", false },
	{ "- a", "\\- a", false }, { "a - b 3. c", "a - b 3. c", false },
	{ "*a* `b` ||c|| &lt;d&gt; [e] snake_case _f_ \\",
	    "\\*a\\* \\`b\\` \\|\\|c\\|\\| \\<d> \\[e\\] snake_case \\_f_ \\\\",
	    false },
	{ "&amp;amp; a &amp; b", "\\&amp; a & b", false },
};

static void
each_says_what_its_html_said(void **state)
{
	struct arena *a = arena_new(1 << 24);
	struct str got;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		got = ingest_markdown(a, str_of(rows[i].html),
		    rows[i].breaks);
		assert_string_equal(arena_cstr(a, got), rows[i].markdown);
	}
	arena_free(a);
}

static void
what_nests_without_end_ends(void **state)
{
	struct arena *a = arena_new((size_t)1 << 30);
	struct buf b = buf_new(a, 1 << 20);
	size_t i;

	(void)state;
	for (i = 0; i < 50000; i++)
		buf_lit(&b, "<blockquote><em>x");
	assert_true(ingest_markdown(a, buf_view(&b), false).len <
	    64 * b.len);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_says_what_its_html_said),
		cmocka_unit_test(what_nests_without_end_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
