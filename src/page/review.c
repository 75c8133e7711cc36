/* review.c: a review as a page: text, credits, works cited, its thread. */
#include "page/parts.h"

/* The heading, with the film's title marked up where it stands in it. */
static void
heading(struct buf *b, const struct review *r)
{
	size_t colon = str_find(r->heading, STR(": ")), at;
	struct str rest;

	colon = colon == (size_t)-1 ? 0 : colon + 2;
	rest = str_cut(r->heading, colon, r->heading.len);
	at = str_find(rest, r->title);
	OUT(b, "<h1");
	page_words_lang(b, r->language);
	if (r->title.len == 0 || at == (size_t)-1) {
		OUT(b, ">", r->heading, "</h1>\n");
		return;
	}
	OUT(b, ">", str_cut(r->heading, 0, colon + at), "<cite>", r->title,
	    "</cite>", str_cut(rest, at + r->title.len, rest.len), "</h1>\n");
}

static void
review_issue(struct buf *b, const struct page_site *site,
    const struct review *r)
{
	if (r->issue == 0 && r->year == 0)
		return;
	OUT(b, "<p class=\"issue\">");
	if (r->issue != 0)
		OUT(b, "<a href=\"", site->reviews, "?issue=", r->issue,
		    "\">");
	page_index_issue(b, r->issue, r->year);
	OUT(b, r->issue != 0 ? "</a></p>\n" : "</p>\n");
}

static void
review_header(struct buf *b, const struct page_site *site,
    const struct review *r)
{
	OUT(b, "<header class=\"review-head\">\n");
	review_issue(b, site, r);
	heading(b, r);
	if (r->reviewer.len > 0) {
		OUT(b, "<p class=\"byline\">");
		SAY(b, T("reviewed by %s"), page_search_link(b, site,
		    "reviewer", r->reviewer));
		if (r->published.len > 0)
			OUT(b, " © ", r->published);
		OUT(b, "</p>\n");
	}
	OUT(b, "</header>\n");
}

/* Lines of one text, as lines. */
static void
lines(struct buf *b, struct str text)
{
	struct str line;
	bool first = true;

	while (str_split(&text, '\n', &line)) {
		OUT(b, first ? "" : "<br>\n", line);
		first = false;
	}
}

static void
review_text(struct buf *b, const struct review *r,
    const struct thread_page *page)
{
	OUT(b, "<div class=\"text\"");
	page_words_lang(b, r->language);
	OUT(b, " dir=\"auto\">\n");
	if (r->epigraph.len > 0) {
		OUT(b, "<blockquote class=\"epigraph\"><p>");
		lines(b, r->epigraph);
		OUT(b, "</p></blockquote>\n");
	}
	page_passage_text(b, r, page, !page_thread_closed(&page->thread));
	if (r->reviewer.len > 0 && r->affiliation.len > 0)
		OUT(b, "<p class=\"signed\">", r->reviewer, "<br>\n",
		    r->affiliation, "</p>\n");
	OUT(b, "</div>\n");
}

static void
review_works(struct buf *b, const struct review *r)
{
	size_t i;

	if (r->nworks == 0)
		return;
	OUT(b, "<section class=\"works\" aria-labelledby=\"works-title\">\n"
	    "<h2 id=\"works-title\">", T("Works cited"), "</h2>\n<ul");
	page_words_lang(b, r->language);
	OUT(b, ">\n");
	for (i = 0; i < r->nworks; i++)
		OUT(b, "<li dir=\"auto\">", r->works[i], "</li>\n");
	OUT(b, "</ul>\n</section>\n");
}

static void
credits_caption(struct buf *b, const struct page_site *site,
    const struct review *r)
{
	OUT(b, "<caption><cite");
	page_words_lang(b, r->language);
	OUT(b, ">");
	if (r->title.len > 0)
		page_search_link(b, site, "film", r->title);
	else
		OUT(b, r->heading);
	OUT(b, "</cite>");
	if (r->original.len > 0)
		OUT(b, " (<i lang=\"\">", r->original, "</i>)");
	if (r->country.len > 0)
		OUT(b, ", ", r->country);
	if (r->film_year != 0)
		OUT(b, ", ", r->film_year);
	if (r->colour.len > 0 || r->minutes != 0)
		OUT(b, "<br>\n");
	OUT(b, r->colour);
	if (r->colour.len > 0 && r->minutes != 0)
		OUT(b, ", ");
	if (r->minutes != 0)
		OUT(b, TN("%d minute", "%d minutes", r->minutes));
	OUT(b, "</caption>\n");
}

static bool
directs(const struct review *r, struct str name)
{
	size_t i;

	for (i = 0; i < r->ndirectors; i++)
		if (str_eq(r->directors[i], name))
			return true;
	return false;
}

/* The credits name the director themselves. */
static bool
credited(const struct review *r)
{
	size_t i, j;

	for (i = 0; i < r->ncredits; i++)
		for (j = 0; j < r->credits[i].nnames; j++)
			if (directs(r, r->credits[i].names[j]))
				return true;
	return false;
}

static void
credit(struct buf *b, const struct page_site *site, const struct review *r,
    const struct model_credit *c)
{
	size_t i;

	OUT(b, "<tr><th scope=\"row\">", c->role, "</th><td>");
	for (i = 0; i < c->nnames; i++) {
		OUT(b, i > 0 ? ", " : "");
		if (directs(r, c->names[i]))
			page_search_link(b, site, "director", c->names[i]);
		else
			OUT(b, c->names[i]);
	}
	OUT(b, "</td></tr>\n");
}

static void
review_credits(struct buf *b, const struct page_site *site,
    const struct review *r)
{
	struct model_credit director = {
		T_STR(b, "Director"), r->directors, r->ndirectors
	};
	size_t i;

	if (r->ncredits == 0 && r->ndirectors == 0 && r->country.len == 0 &&
	    r->film_year == 0 && r->minutes == 0)
		return;
	OUT(b, "<section class=\"film\" aria-labelledby=\"film-title\">\n"
	    "<h2 id=\"film-title\">", T("The film"),
	    "</h2>\n<table class=\"credits\">\n");
	credits_caption(b, site, r);
	OUT(b, "<tbody");
	page_words_lang(b, r->language);
	OUT(b, ">\n");
	if (r->ndirectors > 0 && !credited(r))
		credit(b, site, r, &director);
	for (i = 0; i < r->ncredits; i++)
		credit(b, site, r, &r->credits[i]);
	OUT(b, "</tbody>\n</table>\n</section>\n");
}

static size_t
review_size(const struct review *r)
{
	size_t i, size = 16 * 1024 + r->epigraph.len;

	for (i = 0; i < r->nparagraphs; i++)
		size += r->paragraphs[i].len + 256;
	for (i = 0; i < r->nworks; i++)
		size += r->works[i].len + 64;
	return size + size / 8;
}

static void
review_head(struct buf *b, const struct page_site *site,
    const struct review *r, const struct thread_page *page)
{
	page_shell_head(b, site, r->heading);
	page_shell_script(b);
	page_card_review(b, site, r);
	page_linked_review(b, site, r, page);
}

void
page_review(struct buf *b, const struct page_site *site,
    const struct review *r, const struct thread_page *page)
{
	page_words_speak(b, site, r->language);
	page_out_reserve(b, review_size(r));
	review_head(b, site, r, page);
	page_shell_main(b, site);
	OUT(b, "<article class=\"review\">\n");
	review_header(b, site, r);
	review_text(b, r, page);
	review_credits(b, site, r);
	review_works(b, r);
	if (r->updated.len > 0) {
		OUT(b, "<p class=\"updated\">");
		SAY(b, T("Updated: %s"), OUT(b, r->updated));
		OUT(b, "</p>\n");
	}
	OUT(b, "</article>\n");
	page_letters_of(b, page);
	page_thread_html(b, site, page);
	page_shell_end(b, site);
}
