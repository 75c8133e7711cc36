/* index.c: the journal's reviews, by issue. */
#include "page/parts.h"

static void
issue_title(struct buf *b, const struct page_review_row *r)
{
	if (r->issue != 0 && r->year != 0)
		OUT(b, "Issue ", r->issue, " (", r->year, ")");
	else if (r->issue != 0)
		OUT(b, "Issue ", r->issue);
	else if (r->year != 0)
		OUT(b, r->year);
	else
		OUT(b, "More reviews");
}

static void
index_row(struct buf *b, const struct page_site *site,
    const struct page_review_row *r)
{
	OUT(b, "<li><a class=\"title\" href=\"", site->reviews, r->slug,
	    "\" dir=\"auto\">", r->heading, "</a>\n<p class=\"meta\">");
	if (r->reviewer.len > 0)
		OUT(b, "<span>reviewed by <bdi>", r->reviewer,
		    "</bdi></span> ");
	OUT(b, "<a href=\"", site->reviews, r->slug, "#comments\">");
	if (r->count == 0)
		OUT(b, "No comments yet");
	else
		OUT(b, r->count, r->count == 1 ? " comment" : " comments");
	OUT(b, "<span class=\"unseen\"> on ", r->heading,
	    "</span></a></p></li>\n");
}

void
page_index(struct buf *b, const struct page_site *site,
    const struct page_review_row *rows, size_t n, struct str next_url)
{
	size_t i;

	page_shell_head(b, site, STR("Reviews"));
	page_shell_main(b, site);
	OUT(b, "<div class=\"index\">\n<h1>Reviews</h1>\n");
	if (n == 0)
		OUT(b, "<p class=\"empty\">No review has been published here "
		    "yet.</p>\n");
	for (i = 0; i < n; i++) {
		bool same = i > 0 && rows[i].issue == rows[i - 1].issue &&
		    rows[i].year == rows[i - 1].year;

		if (!same) {
			OUT(b, i > 0 ? "</ul>\n<h2>" : "<h2>");
			issue_title(b, &rows[i]);
			OUT(b, "</h2>\n<ul class=\"reviews\">\n");
		}
		index_row(b, site, &rows[i]);
	}
	if (n > 0)
		OUT(b, "</ul>\n");
	if (next_url.len > 0)
		OUT(b, "<p class=\"next\"><a rel=\"next\" href=\"", next_url,
		    "\">Earlier reviews</a></p>\n");
	OUT(b, "</div>\n");
	page_shell_end(b, site);
}
