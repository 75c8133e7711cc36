/* markup_render.c: a comment's Markdown becomes this HTML and no other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "markup_check.h"

#define REL	" rel=\"nofollow ugc noopener\""
#define SPOILER	"<span class=\"spoiler\" tabindex=\"0\">"
#define REF(n)	"<sup><a id=\"fnref-7-" n "\" href=\"#fn-7-" n "\"" \
    " role=\"doc-noteref\">" n "</a></sup>"
#define AGAIN(n) "<sup><a href=\"#fn-7-" n "\" role=\"doc-noteref\">" n \
    "</a></sup>"
#define NOTE(n)	"<li id=\"fn-7-" n "\"><p>"
#define BACK(n)	" <a href=\"#fnref-7-" n "\" role=\"doc-backlink\">" \
    "\u21a9</a></p>\n</li>\n"
#define TIME(t)	"<time datetime=\"PT" t "\">"
#define NOTES	"<ol class=\"footnotes\">\n"

static const struct {
	const char *name, *given, *want;
} rows[] = {
	/* CommonMark */
	{ "a paragraph", "a\nb", "<p>a\nb</p>\n" },
	{ "hard breaks", "a  \nb\\\nc", "<p>a<br>\nb<br>\nc</p>\n" },
	{ "emphasis", "*a* __b__ ***c***",
	    "<p><em>a</em> <strong>b</strong> "
	    "<em><strong>c</strong></em></p>\n" },
	{ "code", "`a *b* <c>`",
	    "<p><code>a *b* &lt;c&gt;</code></p>\n" },
	{ "a code block", "```c\na<b\n\n&amp;\n```",
	    "<pre><code>a&lt;b\n\n&amp;amp;\n</code></pre>\n" },
	{ "an indented one", "a\n\n    b", "<p>a</p>\n"
	    "<pre><code>b\n</code></pre>\n" },
	{ "a quote", "> a\nb\n> > c", "<blockquote>\n<p>a\nb</p>\n"
	    "<blockquote>\n<p>c</p>\n</blockquote>\n</blockquote>\n" },
	{ "a tight list", "- a\n- b\n  1) c",
	    "<ul>\n<li>a</li>\n<li>b\n<ol>\n<li>c</li>\n</ol>\n</li>\n"
	    "</ul>\n" },
	{ "a loose list from 7", "7. a\n\n8. b",
	    "<ol start=\"7\">\n<li><p>a</p>\n</li>\n<li><p>b</p>\n</li>\n"
	    "</ol>\n" },
	{ "no headings", "# A *b*\n\nC\n---",
	    "<p><strong>A <em>b</em></strong></p>\n"
	    "<p><strong>C</strong></p>\n" },
	{ "a rule", "a\n\n---\n\nb", "<p>a</p>\n<hr>\n<p>b</p>\n" },
	{ "no HTML", "a <b>c</b>\n\n<div>\nd\n</div>",
	    "<p>a &lt;b&gt;c&lt;/b&gt;</p>\n"
	    "<p>&lt;div&gt;\nd\n&lt;/div&gt;</p>\n" },
	{ "entities are characters", "&lt;b&gt; &eacute; &amp;amp;",
	    "<p>&lt;b&gt; \u00e9 &amp;amp;</p>\n" },
	{ "entities bring nothing unclean", "a&#x202e;&#xfdd0;&#1;&#0;b "
	    "x&#x332;&#x332;&#x332;&#x332;&#x332;&#x332;&#x332;&#x332;&#x332;",
	    "<p>a\ufffdb x\u0332\u0332\u0332\u0332\u0332\u0332\u0332\u0332"
	    "</p>\n" },
	/* moments of a film of 90 minutes */
	{ "moments", "at 1:02:03, 62:03 (01:23:45\u201301:24:10).", "<p>at "
	    TIME("1H2M3S") "1:02:03</time>, " TIME("1H2M3S") "62:03</time> ("
	    TIME("1H23M45S") "01:23:45</time>\u2013"
	    TIME("1H24M10S") "01:24:10</time>).</p>\n" },
	{ "and no moments", "2:30:00 95:00 9:30 pm 1:37.5 16:9 1:2:3 0:60 "
	    "a1:02 1:02a 1:02:03:04 1/1:02 `1:02`", "<p>2:30:00 95:00 9:30 pm "
	    "1:37.5 16:9 1:2:3 0:60 a1:02 1:02a 1:02:03:04 1/1:02 "
	    "<code>1:02</code></p>\n" },
	{ "a moment in a spoiler", "||1:02||", "<p>" SPOILER TIME("0H1M2S")
	    "1:02</time></span></p>\n" },
	{ "quotes as typed",
	    "\"a\" -- 'b'... \u201cc\u201d \u2014 \u00abd\u00bb",
	    "<p>&quot;a&quot; -- &#39;b&#39;... \u201cc\u201d \u2014 "
	    "\u00abd\u00bb</p>\n" },
	{ "nothing", "", "" },
	/* links */
	{ "a link", "[a *b*](http://c.org/d?e&f=%20 \"t\")",
	    "<p><a href=\"http://c.org/d?e&amp;f=%20\"" REL
	    ">a <em>b</em></a></p>\n" },
	{ "a reference", "[a][b]\n\n[b]: https://c.org/<d>",
	    "<p><a href=\"https://c.org/%3Cd%3E\"" REL ">a</a></p>\n" },
	{ "an autolink", "<HTTPS://C.org/D> <a@b.org>",
	    "<p><a href=\"https://c.org/D\"" REL ">HTTPS://C.org/D</a> "
	    "<a href=\"mailto:a@b.org\"" REL ">a@b.org</a></p>\n" },
	{ "an image is a link", "![a](http://b.org/c.png) ![](http://d.org)",
	    "<p><a href=\"http://b.org/c.png\"" REL ">a</a> "
	    "<a href=\"http://d.org\"" REL ">http://d.org</a></p>\n" },
	{ "an image in a link", "[![a](http://b.org)](http://c.org)",
	    "<p><a href=\"http://c.org\"" REL ">a</a></p>\n" },
	{ "no other scheme, no path alone", "[a](ftp://b) [c](/d) <irc://e>",
	    "<p>a c irc://e</p>\n" },
	{ "bare URLs", "(see http://a.org/b_(c)), https://d.org/e?f=g&h.",
	    "<p>(see <a href=\"http://a.org/b_(c)\"" REL
	    ">http://a.org/b_(c)</a>), <a href=\"https://d.org/e?f=g&amp;h\""
	    REL ">https://d.org/e?f=g&amp;h</a>.</p>\n" },
	{ "in quotes", "\u00abhttp://a.org/b\u00bb \u201chttp://c.org\u201d",
	    "<p>\u00ab<a href=\"http://a.org/b\"" REL ">http://a.org/b</a>"
	    "\u00bb \u201c<a href=\"http://c.org\"" REL ">http://c.org</a>"
	    "\u201d</p>\n" },
	{ "not in words, code, nor without host",
	    "xhttp://a.org `http://b.org` http:// http://?",
	    "<p>xhttp://a.org <code>http://b.org</code> http:// http://?"
	    "</p>\n" },
	{ "letters of any script", "http://a.org/\u0436",
	    "<p><a href=\"http://a.org/%D0%B6\"" REL
	    ">http://a.org/\u0436</a></p>\n" },
	{ "a label that names another host",
	    "[b.org](http://a.org) [http://b.org/a.org](http://a.org) "
	    "[A.org/x](http://a.org) [www.a.org, I say](http://a.org)",
	    "<p><a href=\"http://a.org\"" REL ">b.org (a.org)</a> "
	    "<a href=\"http://a.org\"" REL ">http://b.org/a.org (a.org)</a> "
	    "<a href=\"http://a.org\"" REL ">A.org/x</a> "
	    "<a href=\"http://a.org\"" REL ">www.a.org, I say</a></p>\n" },
	/* spoilers */
	{ "a spoiler", "a ||b *c*|| d", "<p>a " SPOILER "b <em>c</em></span>"
	    " d</p>\n" },
	{ "two, and over a line", "||a||||b|| ||c\nd||",
	    "<p>" SPOILER "a||||b</span> " SPOILER "c\nd</span></p>\n" },
	{ "two apart", "||a|| ||b||", "<p>" SPOILER "a</span> " SPOILER
	    "b</span></p>\n" },
	{ "of emphasis", "||_a_||", "<p>" SPOILER "<em>a</em></span></p>\n" },
	{ "with code and link", "||`x` http://a.org||",
	    "<p>" SPOILER "<code>x</code> <a href=\"http://a.org\"" REL
	    ">http://a.org</a></span></p>\n" },
	{ "not alone, not across", "||a *b|| c*\n\n||",
	    "<p>||a <em>b|| c</em></p>\n<p>||</p>\n" },
	{ "not as C writes or", "a || b || c", "<p>a || b || c</p>\n" },
	{ "not escaped", "\\||a\\||", "<p>||a||</p>\n" },
	{ "not in code", "`||a||`\n\n    ||b||",
	    "<p><code>||a||</code></p>\n<pre><code>||b||\n</code></pre>\n" },
	{ "not in a link", "[||a||](http://b.org)",
	    "<p><a href=\"http://b.org\"" REL ">||a||</a></p>\n" },
	{ "not empty", "||||", "<p>||||</p>\n" },
	/* footnotes */
	{ "a footnote", "a[^1] b[^x] c[^1]\n\n[^x]: X *y*\n[^1]: One",
	    "<p>a" REF("1") " b" REF("2") " c" AGAIN("1") "</p>\n"
	    NOTES NOTE("1") "One" BACK("1") NOTE("2") "X <em>y</em>" BACK("2")
	    "</ol>\n" },
	{ "before its use, over lines",
	    "[^1]: One\nmore\n[^2]: word\n\na[^2][^1]",
	    "<p>a" REF("1") REF("2") "</p>\n" NOTES NOTE("1") "word" BACK("1")
	    NOTE("2") "One\nmore" BACK("2") "</ol>\n" },
	{ "after a text, with spoiler and URL",
	    "a ||b[^1]||\n[^1]: http://c.org",
	    "<p>a " SPOILER "b" REF("1") "</span></p>\n" NOTES NOTE("1")
	    "<a href=\"http://c.org\"" REL ">http://c.org</a>" BACK("1")
	    "</ol>\n" },
	{ "none that is not there", "a[^1] `[^2]` \\[^3]\n\n[^3]: c",
	    "<p>a[^1] <code>[^2]</code> [^3]</p>\n<p>[^3]: c</p>\n" },
	{ "none within another", "a[^1]\n\n[^1]: b[^2]\n[^2]: c",
	    "<p>a" REF("1") "</p>\n<p>[^2]: c</p>\n" NOTES NOTE("1") "b[^2]"
	    BACK("1") "</ol>\n" },
	{ "the first of two", "a[^1]\n\n[^1]: b\n\n[^1]: c",
	    "<p>a" REF("1") "</p>\n<p>" AGAIN("1") ": c</p>\n" NOTES NOTE("1")
	    "b" BACK("1") "</ol>\n" },
	{ "a label is no address", "[^1]: http://a.org",
	    "<p>[^1]: <a href=\"http://a.org\"" REL
	    ">http://a.org</a></p>\n" }
};

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
markdown_becomes_html(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct markup m;

		assert_int_equal(markup_render(arena, str_of(rows[i].given),
		    &about, &m), OK);
		if (!str_is(m.html, rows[i].want))
			fail_msg("%s:\n" STR_FMT "\nnot\n%s", rows[i].name,
			    STR_ARG(m.html), rows[i].want);
		if (check_html(m.html) != NULL)
			fail_msg("%s: %s", rows[i].name, check_html(m.html));
	}
}

static void
plain_text_leaves_spoilers_out(void **state)
{
	struct markup m;

	(void)state;
	assert_int_equal(markup_render(arena, STR("# A & *b*\n\n||no `x`|| c "
	    "[d](http://e.org)\n- f[^1]\n\n<p>\n\n[^1]: ||g|| h"), &about,
	    &m), OK);
	if (!str_is(m.text, "A & b\n\u2026 c d\nf[1]\n<p>\n[1] \u2026 h"))
		fail_msg(STR_FMT, STR_ARG(m.text));
}

static void
links_are_told_in_order(void **state)
{
	struct markup m;
	struct buf b = buf_new(arena, 64);
	int i;

	(void)state;
	assert_int_equal(markup_render(arena, STR("http://B.org/x [a](https://"
	    "\u0431.\u0440\u0444:8080/) <c@d.org> ![](http://e.org) "
	    "[f](javascript:g)"), &about, &m), OK);
	assert_int_equal(m.nlinks, 4);
	assert_true(str_is(m.links[0].url, "http://b.org/x"));
	assert_true(str_is(m.links[0].host, "b.org"));
	assert_true(str_is(m.links[1].url,
	    "https://xn--90a.xn--p1ai:8080/"));
	assert_true(str_is(m.links[1].host, "xn--90a.xn--p1ai"));
	assert_true(str_is(m.links[2].url, "mailto:c@d.org"));
	assert_true(str_is(m.links[3].host, "e.org"));
	for (i = 0; i < 200; i++)
		buf_fmt(&b, "http://a%d.org ", i);
	assert_int_equal(markup_render(arena, buf_view(&b), &about, &m), OK);
	assert_int_equal(m.nlinks, 100);
	assert_true(str_is(m.links[99].host, "a99.org"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(markdown_becomes_html),
		cmocka_unit_test(plain_text_leaves_spoilers_out),
		cmocka_unit_test(links_are_told_in_order),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
