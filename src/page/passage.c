/* passage.c: the words of a review that comments are about, on both sides. */
#include <stdlib.h>

#include "page/parts.h"

enum { QUOTE = 280 };			/* characters shown of a passage */

/* A review's text as it is written, code point by code point. */
struct marks {
	const struct review *review;
	const struct thread_page *page;
	int64_t *cuts;			/* where something begins or ends */
	size_t ncuts;
	int64_t at;			/* of the text, in code points */
	struct str rest;		/* of the paragraph */
};

static int
by_place(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

static struct marks
marks_of(struct buf *b, const struct review *r,
    const struct thread_page *page)
{
	struct marks m = { .review = r, .page = page };
	size_t i;

	m.cuts = arena_alloc(b->arena,
	    (2 * r->npassages + 1) * sizeof(*m.cuts));
	for (i = 0; i < r->npassages; i++) {
		m.cuts[m.ncuts++] = r->passages[i].start;
		m.cuts[m.ncuts++] = r->passages[i].end;
	}
	qsort(m.cuts, m.ncuts, sizeof(*m.cuts), by_place);
	return m;
}

/* How many comments are about the words from here on. */
static size_t
depth(const struct marks *m)
{
	const struct passage *p = m->review->passages;
	size_t i, n = 0;

	for (i = 0; i < m->review->npassages && p[i].start <= m->at; i++)
		n += p[i].end > m->at;
	return n;
}

/* Where those that begin here are linked to; the first is the mark's own. */
static void
begin(struct buf *b, const struct marks *m, bool deep)
{
	const struct passage *p = m->review->passages;
	int64_t own = 0;
	size_t i;

	for (i = 0; i < m->review->npassages; i++) {
		if (p[i].start != m->at)
			continue;
		if (own != 0)
			OUT(b, "<span id=\"passage-", p[i].comment,
			    "\"></span>");
		else
			own = p[i].comment;
	}
	OUT(b, deep ? "<mark class=\"passage deep\"" :
	    "<mark class=\"passage\"");
	if (own != 0)
		OUT(b, " id=\"passage-", own, "\"");
	OUT(b, ">");
}

static bool
on_page(const struct thread_page *page, int64_t id)
{
	size_t i;

	for (i = 0; i < page->ncomments; i++)
		if (page->comments[i].id == id)
			return true;
	return false;
}

/* The way to comments on what ends here: of the same words to the first. */
static void
end(struct buf *b, const struct marks *m)
{
	const struct passage *p = m->review->passages;
	const struct passage *last = p + m->review->npassages;
	int64_t n;

	for (; p < last; p += n) {
		for (n = 1; p + n < last && p[n].start == p->start &&
		    p[n].end == p->end; n++)
			;
		if (p->end != m->at)
			continue;
		OUT(b, "<a class=\"passage-n\" href=\"",
		    on_page(m->page, p->comment) ? "#comment-" :
		    "/foyer/comments/", p->comment, "\" aria-label=\"",
		    TN("%d comment on this passage",
		    "%d comments on this passage", n), "\">", n, "</a>");
	}
}

/* Up to the next cut or the paragraph's end. */
static void
stretch(struct buf *b, struct marks *m, int64_t until)
{
	size_t n = depth(m), to = 0;

	for (; m->at < until && to < m->rest.len; m->at++) {
		if (to == 0 && n > 0)
			begin(b, m, n > 1);
		text_next(m->rest, &to);
	}
	OUT(b, str_cut(m->rest, 0, to));
	m->rest = str_cut(m->rest, to, m->rest.len);
	if (n > 0 && to > 0) {
		OUT(b, "</mark>");
		end(b, m);
	}
}

static void
paragraph(struct buf *b, struct marks *m, struct str text)
{
	size_t i;

	m->rest = text;
	for (i = 0; i < m->ncuts; i++)
		if (m->cuts[i] > m->at)
			stretch(b, m, m->cuts[i]);
	stretch(b, m, INT64_MAX);
	m->at++;			/* the line end between two */
}

static void
new_link(struct buf *b, struct str slug, int64_t i)
{
	OUT(b, "\xc2\xa0<a class=\"passage-new\" rel=\"nofollow\" "
	    "href=\"/foyer/threads/", slug, "/passage?paragraph=", i,
	    "\" aria-label=\"");
	SAY(b, T("Comment on paragraph %d"), OUT(b, i));
	OUT(b, "\">¶</a>");
}

void
page_passage_text(struct buf *b, const struct review *r,
    const struct thread_page *page, bool open)
{
	struct marks m = marks_of(b, r, page);
	int64_t i, n = (int64_t)r->nparagraphs;

	for (i = 1; i <= n; i++) {
		OUT(b, "<p id=\"paragraph-", i, "\">");
		paragraph(b, &m, r->paragraphs[i - 1]);
		if (open)
			new_link(b, r->slug, i);
		OUT(b, "</p>\n");
	}
}

void
page_passage_quote(struct buf *b, const struct page_site *site,
    const struct comment *c)
{
	const struct anchor *n = &c->passage;
	struct str words = text_first(n->exact, QUOTE);
	const char *more = words.len < n->exact.len ? "…" : "";

	if (n->exact.len == 0)
		return;
	OUT(b, "<blockquote class=\"quoted\" dir=\"auto\">");
	if (n->end != 0)
		OUT(b, "<a href=\"", site->reviews, c->slug, "#passage-",
		    c->id, "\">", words, more, "</a></blockquote>\n");
	else
		OUT(b, words, more, "</blockquote>\n<p class=\"hint\">",
		    T("This passage is no longer in the review."), "</p>\n");
}

/* Chosen by script it is a selector, and goes on as it came. */
void
page_passage_field(struct buf *b, const struct page_form *f)
{
	if (f->paragraph <= 0) {
		page_form_hidden(b, STR("anchor"), f->anchor);
		return;
	}
	OUT(b, "<input type=\"hidden\" name=\"paragraph\" value=\"",
	    f->paragraph, "\">\n<div class=\"field\">"
	    "<label for=\"foyer-anchor\">", T("The words it is about"),
	    "</label>\n<textarea id=\"foyer-anchor\" name=\"anchor\" "
	    "rows=\"4\" dir=\"auto\"");
	page_form_described(b, f, "anchor", true);
	OUT(b, ">\n", f->anchor, "</textarea>\n");
	page_form_complaint(b, f, "anchor");
	OUT(b, "<p class=\"hint\" id=\"foyer-anchor-hint\">",
	    T("Leave the words that you mean, take out the others."),
	    "</p>\n</div>\n");
}
