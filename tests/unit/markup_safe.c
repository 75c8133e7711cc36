/* markup_safe.c: nothing typed into a comment becomes a script. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "markup_check.h"

/* None of these makes a link; the checker sees to the rest. */
static const char *const attacks[] = {
	"<script>alert(1)</script>", "<SCRIPT SRC=//a.b>",
	"<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>",
	"<iframe src=\"javascript:alert(1)\">", "<a href=javascript:x>y</a>",
	"<style>*{}</style>", "<math><mi//xlink:href=\"data:x,y\">",
	"<b onmouseover=alert(1)", "<p", "<!--", "<!-- --><script>", "<?x",
	"<![CDATA[<script>]]>", "<!DOCTYPE x>", "</p></div></body>",
	"</span></a></li>", "<span class=\"spoiler\" tabindex=\"0\">",
	"&lt;script&gt;", "&#60;script&#62;", "&#x3c;script>",
	"`<script>`", "```\n</code></pre><script>\n```", "    <script>",
	"> <script>\n> x", "- <script>\n- x", "# <script>",
	"[a](javascript:alert(1))", "[a](JaVaScRiPt:alert(1))",
	"[a]( javascript:alert(1))", "[a](<javascript:alert(1)>)",
	"[a](java&#x73;cript:alert(1))", "[a](javascript&colon;alert(1))",
	"[a](&#106;avascript:alert(1))", "[a](java&#10;script:alert(1))",
	"[a](java&Tab;script:alert(1))", "[a](<java\tscript:alert(1)>)",
	"[a](&#1;javascript:alert(1))", "[a](\xe2\x80\xaajavascript:x)",
	"[a](data:text/html,<script>alert(1)</script>)",
	"[a](data:text/html;base64,PHNjcmlwdD4=)", "[a](vbscript:x)",
	"[a](file:///etc/passwd)", "[a](blob:http://a.b/c)",
	"[a](view-source:http://a.b)", "[a](feed:javascript:x)",
	"[a](//a.b)", "[a](/\\a.b)", "[a](\\\\a.b)", "[a](http:/a.b)",
	"[a](http:a.b)", "[a](https:\\\\a.b)", "[a](http:///a.b)",
	"[a](http://)", "[a](http://?x)", "[a](http://:80)",
	"[a](http://a.b@c.d)", "[a](http://a%2eb/)", "[a](<http://a b/>)",
	"[a](http://a.b\\@c.d)", "[a](http://a.b\\\\@c.d/)",
	"[a](http://[::1]/)", "[a](http://a..b)", "[a](http://a.b:x/)",
	"[a](http://a.b:123456/)", "[a](http://a\"b.c/)",
	"[a](http://a&#0;.b)", "[a](http://a&#x2f;&#10;b)",
	"[a](http://a&shy;\xe2\x80\xae.b\u2215c)",
	"[a](mailto:)", "[a](mailto:a)", "[a](mailto:a@b.c?bcc=d@e.f)",
	"[a](mailto:a@b.c,d@e.f)", "[a](mailto:\"a\"@b.c)",
	"<javascript:alert(1)>", "<data:text/html,x>", "<x:y onclick=z>",
	"![a](javascript:alert(1))", "![\"onerror=\"x](data:x)",
	"![a](x\" onerror=\"alert(1))", "[a]: javascript:alert(1)\n\n[a]",
	"javascript:alert(1)", "||<script>||", "||\"onclick=\"x||",
	"[^1]\n\n[^1]: <script>", "[^\"x]\n\n[^\"x]: y",
	"[^1](javascript:x)\n\n[^1]: y", "[^<b>]\n\n[^<b>]: y",
	"|&#xfdd1;|a|&#xfdd1;|", "|&#xfdd1;&#124;|&#xfdd1;|a",
	"[&#xfdd3;^1]&#xfdd4;: a",
	"[a](#fn-7-1)", "[a](?x)", "\"'<>&"
};

static const struct {
	const char *given, *url;
} links[] = {
	{ "[a](http://b.c/\"onclick=\"x)", "http://b.c/%22onclick=%22x" },
	{ "[a](http://b.c/'onclick='x)", "http://b.c/'onclick='x" },
	{ "[a](<http://b.c/><script>)", "http://b.c/" },
	{ "[a](<http://b.c/ d\\>e>)", "http://b.c/%20d%3Ee" },
	{ "[a](http://b.c/&quot;&lt;&#x27;)", "http://b.c/%22%3C'" },
	{ "[a](http://b.c/\\\\d)", "http://b.c/%5Cd" },
	{ "[a](http://b.c \"\\\"onclick=x\")", "http://b.c" },
	{ "[a](http://b.c?d#e)", "http://b.c?d#e" },
	{ "[a](HTTP://B.C:80/D)", "http://b.c:80/D" },
	{ "[a](http://b.c/\xe2\x80\xae)", "http://b.c/%E2%80%AE" },
	{ "<http://b.c/`x`>", "http://b.c/%60x%60" },
	{ "http://b.c/\"onclick=x", "http://b.c/" },
	{ "http://b.c<script>", "http://b.c" },
	{ "http://b.c/||d||", "http://b.c/" },
	{ "http://b.c/&lt;script&gt;", "http://b.c/" }
};

static struct arena *arena;

static int
setup(void **state)
{
	(void)state;
	arena = arena_new((size_t)256 << 20);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static struct markup
render(const char *given)
{
	struct markup m;
	const char *wrong;

	assert_int_equal(markup_render(arena, str_of(given), &about, &m),
	    OK);
	if ((wrong = check_html(m.html)) != NULL)
		fail_msg("%s: %s in\n" STR_FMT, given, wrong,
		    STR_ARG(m.html));
	return m;
}

static void
the_checker_knows_bad_html(void **state)
{
	static const char *const bad[] = {
		"<script>", "<p>", "</p>", "<p></em></p>",
		"<p class=\"x\">a</p>",
		"<p onclick=x></p>", "<a href=\"javascript:x\">a</a>",
		"<a href=\"http://a\">a</a>", "a<", "a>", "\"", "&nbsp;", "&",
		"<p><p></p></p>", "<ul>a</ul>", "<li></li>", "<ul><p></p></ul>",
		"<a href=\"#fn-1\" role=\"doc-noteref\"><a href=\"#fn-1\""
		" role=\"doc-noteref\"></a></a>", "<em><p></p></em>",
		"<span class=\"spoiler\">a</span>", "<P></P>", "\x01",
		"\xe2\x80\xae", "<br/>", "<em><em><em><em><em><em><em><em><em>"
		"<em><em><em><em><em><em><em><em></em></em></em></em></em>"
		"</em></em></em></em></em></em></em></em></em></em></em></em>"
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(bad); i++)
		if (check_html(str_of(bad[i])) == NULL)
			fail_msg("%s", bad[i]);
	assert_null(check_html(STR("<p>a &amp; <em>b</em><br>\n</p><hr>")));
}

static void
no_attack_makes_a_link_or_a_tag(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(attacks); i++) {
		struct markup m = render(attacks[i]);

		if (m.nlinks != 0)
			fail_msg("%s: " STR_FMT, attacks[i],
			    STR_ARG(m.links[0].url));
	}
}

static void
a_link_stays_in_its_attribute(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(links); i++) {
		struct markup m = render(links[i].given);
		struct str url = m.nlinks ? m.links[0].url : STR("");

		if (!str_eq(url, str_of(links[i].url)))
			fail_msg("%s: " STR_FMT, links[i].given,
			    STR_ARG(url));
	}
}

static const struct {
	const char *host, *shown;	/* NULL: no link */
} hosts[] = {
	{ "example.org", "example.org" },
	{ "EXAMPLE.org", "EXAMPLE.org" },
	{ "m\u00fcller.de", "m\u00fcller.de" },
	{ "\u043a\u0438\u043d\u043e.\u0440\u0444",
	    "\u043a\u0438\u043d\u043e.\u0440\u0444" },
	{ "\u0441\u0430\u0445\u0430\u0440.\u0440\u0444",
	    "\u0441\u0430\u0445\u0430\u0440.\u0440\u0444" },
	{ "\u043a\u0438\u043d\u043e\u0448\u043a\u0430.com",
	    "\u043a\u0438\u043d\u043e\u0448\u043a\u0430.com" },
	{ "\u6620\u753b\u306e.jp", "\u6620\u753b\u306e.jp" },
	{ "\u05e7\u05d5\u05dc.com", "\u05e7\u05d5\u05dc.com" },
	/* all Cyrillic, and reads as Latin */
	{ "\u0430\u0440\u0440\u04cf\u0435.com", "xn--80ak6aa92e.com" },
	{ "\u0441\u0430\u0445\u0430\u0440.com", "xn--80aa2cbv.com" },
	/* mixed */
	{ "p\u0430ypal.com", "xn--pypal-4ve.com" },
	{ "\u03bfpera.com", "xn--pera-znd.com" },
	{ "www.p\u0430ypal.com", "www.xn--pypal-4ve.com" },
	/* Latin that looks plainer than it is, letters nobody knows */
	{ "paypa\u0131.com", "xn--paypa-r4a.com" },
	{ "\uff45vil.com", "evil.com" },
	{ "\u13a0\u13a1.com", "xn--58dc.com" },
	/* no names */
	{ "a\u2044b.com", NULL }, { "\u00a0.com", NULL },
	{ "\U0001f4a9\u2028.com", NULL }, { "-\u0436.com", NULL },
	{ "a_b.com", "a_b.com" }
};

static void
a_host_that_may_pass_for_another_is_shown_in_ascii(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(hosts); i++) {
		struct str url = arena_fmt(arena, "<http://%s/>",
		    hosts[i].host);
		struct markup m = render(url.at);
		struct str want = arena_fmt(arena, ">http://%s/</a>",
		    hosts[i].shown ? hosts[i].shown : "");
		bool found = str_find(m.html, want) != (size_t)-1;

		if ((m.nlinks > 0) != (hosts[i].shown != NULL) ||
		    (m.nlinks > 0 && !found))
			fail_msg("%s: " STR_FMT, url.at, STR_ARG(m.html));
	}
}

static void
an_odd_host_is_told_after_a_label(void **state)
{
	struct markup m = render("[look](http://p\u0430ypal.com/x)");

	(void)state;
	assert_true(str_find(m.html, STR(">look (xn--pypal-4ve.com)</a>")) !=
	    (size_t)-1);
}

/* Any mixture of what has a meaning keeps the shape. A fixed sequence, so that
 * a failure can be seen again. */
static void
any_mixture_keeps_the_shape(void **state)
{
	static const char *const parts[] = { "*", "**", "_", "`", "```\n",
	    "[", "]", "](", ")", "(", "![", "||", "|", "[^1]", "[^1]: ",
	    "\n\n[^1]: ", "[^a]", "\n[^a]:", "http://a.org", "https://b.org/c",
	    "](http://d.org)", "<http://e.org>", "<b>", "<", ">", "\n> ",
	    "\n- ", "\n1. ", "\n    ", "\n", "\n\n", "# ", "\n---\n", "\\",
	    "&amp;", "&#xfdd0;", "&#x202e;", "a", "b c", " ", "\u0436",
	    "\u00ab", "  \n", "\"", "'", "<div>\n", "javascript:", "&lt;",
	    "\n==\n", "\t", "a@b.org", "<a@b.org>", "{", "~" };
	struct arena *mine = arena_new((size_t)64 << 20);
	uint32_t seed = 2017;
	int round, i;

	(void)state;
	for (round = 0; round < 3000; round++) {
		struct buf b = buf_new(mine, 512);
		struct markup m;
		const char *wrong;

		for (i = 0; i < 10 + round % 80; i++) {
			seed = seed * 1664525 + 1013904223;
			buf_lit(&b, parts[(seed >> 8) % COUNT(parts)]);
		}
		if (markup_render(mine, buf_view(&b), &about, &m) == OK &&
		    (wrong = check_html(m.html)) != NULL)
			fail_msg("round %d: %s:\n%s\n" STR_FMT, round, wrong,
			    buf_cstr(&b), STR_ARG(m.html));
		arena_reset(mine);
	}
	arena_free(mine);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_checker_knows_bad_html),
		cmocka_unit_test(no_attack_makes_a_link_or_a_tag),
		cmocka_unit_test(a_link_stays_in_its_attribute),
		cmocka_unit_test(
		    a_host_that_may_pass_for_another_is_shown_in_ascii),
		cmocka_unit_test(an_odd_host_is_told_after_a_label),
		cmocka_unit_test(any_mixture_keeps_the_shape),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
