/* index.c: the journal's reviews, by issue. */
#include "page/parts.h"

void
page_index_issue(struct buf *b, int issue, int year)
{
	if (issue != 0 && year != 0)
		SAY(b, T("Issue %d (%d)"), OUT(b, issue), OUT(b, year));
	else if (issue != 0)
		SAY(b, T("Issue %d"), OUT(b, issue));
	else if (year != 0)
		OUT(b, year);
	else
		OUT(b, T("More reviews"));
}

void
page_index_row(struct buf *b, const struct page_site *site,
    const struct page_review_row *r, struct str excerpt)
{
	OUT(b, "<li><a class=\"title\" href=\"", site->reviews, r->slug,
	    "\" dir=\"auto\"");
	page_words_lang(b, r->language);
	OUT(b, ">", r->heading, "</a>\n<p class=\"meta\">");
	if (r->reviewer.len > 0) {
		OUT(b, "<span>");
		SAY(b, T("reviewed by %s"), OUT(b, "<bdi>", r->reviewer,
		    "</bdi>"));
		OUT(b, "</span> ");
	}
	OUT(b, "<a href=\"", site->reviews, r->slug, "#comments\">");
	if (r->count == 0)
		OUT(b, T("No comments yet"));
	else
		OUT(b, TN("%d comment", "%d comments", r->count));
	OUT(b, "<span class=\"unseen\"> — <span");
	page_words_lang(b, r->language);
	OUT(b, ">", r->heading, "</span></span></a></p>\n");
	page_search_excerpt(b, excerpt);
	OUT(b, "</li>\n");
}

void
page_index(struct buf *b, const struct page_site *site,
    const struct page_review_row *rows, size_t n, struct str next_url)
{
	size_t i;

	page_shell_head(b, site, T_STR(b, "Reviews"));
	page_shell_style(b, "index");
	OUT(b, "<link rel=\"alternate\" type=\"application/atom+xml\" "
	    "title=\"", T("Comments"),
	    "\" href=\"/foyer/feeds/site.atom\">\n");
	page_shell_main(b, site);
	OUT(b, "<div class=\"index\">\n<h1>", T("Reviews"), "</h1>\n");
	page_search_form(b, site, &(struct search){ .issue = 0 });
	if (n == 0)
		OUT(b, "<p class=\"empty\">",
		    T("No review has been published here yet."), "</p>\n");
	for (i = 0; i < n; i++) {
		bool same = i > 0 && rows[i].issue == rows[i - 1].issue &&
		    rows[i].year == rows[i - 1].year;

		if (!same) {
			OUT(b, i > 0 ? "</ul>\n<h2>" : "<h2>");
			page_index_issue(b, rows[i].issue, rows[i].year);
			OUT(b, "</h2>\n<ul class=\"reviews\">\n");
		}
		page_index_row(b, site, &rows[i], STR(""));
	}
	if (n > 0)
		OUT(b, "</ul>\n");
	if (next_url.len > 0)
		OUT(b, "<p class=\"next\"><a rel=\"next\" href=\"", next_url,
		    "\">", T("Earlier reviews"), "</a></p>\n");
	OUT(b, "</div>\n");
	page_shell_end(b, site);
}
