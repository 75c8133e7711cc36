/*
 * ingest_nothing_lost.c: whatever a file holds, each of its words is in the
 * review or in a note.
 *
 * Reviews are made at random, from a fixed seed: every part may be absent,
 * come twice or come in the wrong place, with stray lines between. Each word
 * is a number that occurs once, so that none can hide behind another.
 */
#include "ingest_help.h"

enum { REVIEWS = 3000 };

struct maker {
	struct buf out;
	uint64_t seed;
	unsigned word;
	bool html;
};

static unsigned
roll(struct maker *m, unsigned sides)
{
	m->seed ^= m->seed << 13;
	m->seed ^= m->seed >> 7;
	m->seed ^= m->seed << 17;
	return (unsigned)(m->seed % sides);
}

/* Text where # stands for a word of its own, such as Q104q. */
static void
put(struct maker *m, const char *form)
{
	for (; *form != '\0'; form++) {
		if (*form == '#')
			buf_fmt(&m->out, "%c%uq", "Qq"[roll(m, 8) == 0],
			    100 + m->word++);
		else
			buf_char(&m->out, *form);
	}
}

static void
words(struct maker *m, unsigned n)
{
	while (n-- > 0)
		put(m, n > 0 ? "# " : "#.");
}

static void
put_end(struct maker *m)
{
	static const char *const text[] = { "\n\n", "\n\n", "\n", "\r\n\r\n" };
	static const char *const html[] = { "</p>\n<p>", "<br>", "<br><br>",
	    "</p><div>", "<hr>", "</div><p>", "<h3>", "</h3>",
	    "<nav>", "</nav>", "<blockquote>", "<td>", "<li>", "<footer>" };

	put(m, m->html ? html[roll(m, COUNT(html))] :
	    text[roll(m, COUNT(text))]);
}

static const char *const parts[] = {
	"Issue 6 (2018)", "#: Issue 7 (2019)", "Issue #", "# #: # (#, 2017)",
	"#: # (#, 2016) #", "Reviewed by # #\u00a9 2018", "reviewed by #",
	"Comment on # on Facebook", "Works Cited", "Filmography", "Notes",
	"Updated: #", "Updated: 2018", "\u00a9 # 2018", "#, #, 2017",
	"# #, #, #, 2017", "Color, 90 minutes", "#, 90 min, #, color",
	"Director: #, #", "Cast: # (#, #), “#, #”, #", "Cast:", "Script: #,",
	"#: #", "W#: #", "#", "# #", "(#)", "“# #.”", "“#” (#)", "\u2014 #",
	"#, #", "aaa# #", "still.jpg#", "still# #", "still#", "#, Ltd., #",
};

static void
put_part(struct maker *m)
{
	if (roll(m, 4) == 0)
		words(m, 1 + roll(m, 80));
	else
		put(m, parts[roll(m, COUNT(parts))]);
	put_end(m);
}

static void
make_review(struct maker *m)
{
	if (m->html)
		put(m, "<html><body><p>");
	for (unsigned n = roll(m, 3); n > 0; n--)
		put_part(m);
	put(m, m->html ? "</nav></footer></nav><h1># #: # (#, 2017)</h1>" :
	    "\n\n# # and #: # (#, 2017)\n\n");
	for (unsigned n = 1 + roll(m, 30); n > 0; n--)
		put_part(m);
}

static void
add(struct buf *b, const struct str *each, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		buf_str(b, each[i]);
		buf_char(b, '\n');
	}
}

/* All that came out. */
static struct str
collect(struct arena *a, const struct ingest *got)
{
	const struct review *r = &got->review;
	struct str fields[] = { r->heading, r->reviewer, r->affiliation,
	    r->epigraph, r->colour, r->country, r->published, r->updated };
	struct buf b = buf_new(a, 4096);

	add(&b, fields, COUNT(fields));
	add(&b, r->paragraphs, r->nparagraphs);
	add(&b, r->works, r->nworks);
	for (size_t i = 0; i < r->ncredits; i++) {
		add(&b, &r->credits[i].role, 1);
		add(&b, r->credits[i].names, r->credits[i].nnames);
	}
	for (size_t i = 0; i < got->nnotes; i++)
		add(&b, &got->notes[i].text, 1);
	return buf_view(&b);
}

static void
expect_all_words(struct maker *m, struct str out)
{
	for (unsigned w = 0; w < m->word; w++) {
		char word[16];

		snprintf(word, sizeof(word), "%uq", 100 + w);
		if (str_find(out, str_of(word)) == (size_t)-1)
			fail_msg("%s is lost from:\n%s\n----\n" STR_FMT, word,
			    buf_cstr(&m->out), STR_ARG(out));
	}
}

static void
no_word_is_lost(struct arena *a, bool html)
{
	unsigned read = 0;

	for (uint64_t n = 1; n <= REVIEWS; n++) {
		struct maker m = { .seed = n * 0x9E3779B97F4A7C15u,
		    .html = html, .out = buf_new(a, 4096) };
		struct ingest got;
		struct str why;

		make_review(&m);
		if (ingest_review(a, html ? "x.html" : "x.txt",
		    buf_view(&m.out), &got, &why) == OK) {
			expect_all_words(&m, collect(a, &got));
			read++;
		}
		arena_reset(a);
	}
	assert_true(read > REVIEWS / 2);
}

static void
no_word_of_a_text_is_lost(void **state)
{
	no_word_is_lost(*state, false);
}

static void
no_word_of_a_page_is_lost(void **state)
{
	no_word_is_lost(*state, true);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		HELP_TEST(no_word_of_a_text_is_lost),
		HELP_TEST(no_word_of_a_page_is_lost),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
