/* ingest_html.c: an article's page says the same as its plain text. */
#include "ingest_help.h"

#define HEAD	"<h1>Ann Bee: <em>Film</em> (<em>Kino</em>, 2001)</h1>\n" \
		"<h2>reviewed by Cee Dee&copy; 2002</h2>\n"

static void
a_page_becomes_these_paragraphs(void **state)
{
	static const struct {
		const char *html, *paragraphs;
	} rows[] = {
		{ "<p>One.</p><p>Two.", "One.|Two." },
		{ "<p>One\n  two&nbsp;<em>three</em>.</p>", "One two three." },
		{ "One.<br><br>Two.<br />\n<br />Three.", "One.|Two.|Three." },
		{ "<p>One<br>two</p>", "One\ntwo" },
		{ "<div><div>One.</div>Two.<p>Three.</div>",
		    "One.|Two.|Three." },
		{ "<p>One.</p><blockquote><p>Two.</p></blockquote>",
		    "One.|Two." },
		{ "<p>a &lt;b&gt; &amp; &#8220;c&#8221;</p>",
		    "a <b> & “c”" },
		{ "<ul><li>One.<li>Two.</ul>", "One.|Two." },
		{ "<p>One.<!-- two --></p><script>three</script>", "One." },
		{ "<p>One.</p><p>&nbsp;</p><p> </p><p>Two.</p>",
		    "One.|Two." },
		{ "<p>x<sup>2</sup></p><h3>War</h3><p>y</p>", "x2|War|y" },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct ingest got = help_read(*state, "x.html", arena_fmt(
		    *state, "%s%s", HEAD, rows[i].html).at);

		assert_string_equal(got.format, "html");
		help_equal(got.review.heading, "Ann Bee: Film (Kino, 2001)");
		help_equal(help_join(*state, got.review.paragraphs,
		    got.review.nparagraphs), rows[i].paragraphs);
		help_equal(help_notes(*state, &got), "");
	}
}

static void
what_is_around_the_article_is_dropped_and_noted(void **state)
{
	static const struct {
		const char *html, *notes;
	} rows[] = {
		{ "<p>B.</p>\n<nav>a <b>b</b></nav>",
		    "4 -around the article <a b>;" },
		{ "<p>B.</p>\n<div class='big facebook'>Like</div>",
		    "4 -around the article <Like>;" },
		{ "<p>B.</p>\n<div id=menu>Home</div>",
		    "4 -around the article <Home>;" },
		{ "<p>B.</p>\n<footer>foot</footer>",
		    "4 -around the article <foot>;" },
		{ "<p>B.</p>\n<noscript>No script.</noscript>",
		    "4 -around the article <No script.>;" },
		{ "<p>B.</p>\n<form><input value=a><button>Go</button></form>",
		    "4 -around the article <Go>;" },
		{ "<p>B.</p>\n<p><img src=a alt='A still'>",
		    "4 -image's text <A still>;" },
		{ "<p>B.</p>\n<p><img src=a alt=''><nav></nav>", "" },
		{ "<p>B.</p>\n<figure><img><figcaption>Cap</figcaption>"
		    "</figure>", "4 -around the article <Cap>;" },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct ingest got = help_read(*state, "x.html", arena_fmt(
		    *state, "%s%s", HEAD, rows[i].html).at);

		help_equal(help_join(*state, got.review.paragraphs,
		    got.review.nparagraphs), "B.");
		help_equal(help_notes(*state, &got), rows[i].notes);
	}
}

static void
a_blockquote_before_the_body_is_the_epigraph(void **state)
{
	struct ingest got = help_read(*state, "x", HEAD
	    "<blockquote>A line<br>another</blockquote><p>(Poet)</p><p>Body.");

	help_equal(got.review.epigraph, "A line\nanother\n(Poet)");
	assert_int_equal(got.review.nparagraphs, 1);
}

static void
a_page_gives_the_path_of_its_article(void **state)
{
	static const struct {
		const char *href, *path;
	} rows[] = {
		{ "https://journal.example/60/r.shtml", "/60/r.shtml" },
		{ "/60/r.shtml", "/60/r.shtml" },
		{ "https://journal.example", "" },
		{ "r.shtml", "" },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct ingest got = help_read(*state, "x", arena_fmt(*state,
		    "<head><link rel=canonical href='%s'></head>%s<p>B.",
		    rows[i].href, HEAD).at);

		help_equal(got.review.path, rows[i].path);
	}
}

static void
elements_nested_too_deep_are_refused_not_lost(void **state)
{
	struct buf b = buf_new(*state, 4096);
	struct ingest got;
	struct str why = STR("");

	buf_lit(&b, HEAD "<p>Before.</p>\n");
	for (int i = 0; i < 300; i++)
		buf_lit(&b, "<div>");
	buf_lit(&b, "Deep.");
	assert_int_equal(ingest_review(*state, "x.html", buf_view(&b), &got,
	    &why), ERR_SYNTAX);
	if (!str_begins(why, "x.html:4: expected an HTML page"))
		fail_msg("said " STR_FMT, STR_ARG(why));
}

static void
a_page_fetches_and_expands_nothing(void **state)
{
	struct ingest got = help_read(*state, "x.html",
	    "<!DOCTYPE html [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>\n"
	    HEAD "<p>&e; One.</p>");

	for (size_t i = 0; i < got.review.nparagraphs; i++)
		assert_true(str_find(got.review.paragraphs[i],
		    STR("root:")) == (size_t)-1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		HELP_TEST(a_page_becomes_these_paragraphs),
		HELP_TEST(what_is_around_the_article_is_dropped_and_noted),
		HELP_TEST(a_blockquote_before_the_body_is_the_epigraph),
		HELP_TEST(a_page_gives_the_path_of_its_article),
		HELP_TEST(elements_nested_too_deep_are_refused_not_lost),
		HELP_TEST(a_page_fetches_and_expands_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
