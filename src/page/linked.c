/* linked.c: a review and its comments as schema.org data (JSON-LD 1.1). */
#include "page/parts.h"

static void
person(struct buf *b, struct str name)
{
	SCRIPT(b, "{\"@type\":\"Person\",\"name\":", name, "}");
}

static void
linked_film(struct buf *b, const struct review *r)
{
	size_t i;

	SCRIPT(b, ",\"itemReviewed\":{\"@type\":\"Movie\",\"name\":",
	    r->title.len > 0 ? r->title : r->heading);
	if (r->original.len > 0)
		SCRIPT(b, ",\"alternateName\":", r->original);
	if (r->film_year != 0)
		SCRIPT(b, ",\"datePublished\":\"", r->film_year, "\"");
	if (r->minutes != 0)
		SCRIPT(b, ",\"duration\":\"PT", r->minutes, "M\"");
	if (r->country.len > 0)
		SCRIPT(b, ",\"countryOfOrigin\":{\"@type\":\"Country\","
		    "\"name\":", r->country, "}");
	SCRIPT(b, ",\"director\":[");
	for (i = 0; i < r->ndirectors; i++) {
		if (i > 0)
			SCRIPT(b, ",");
		person(b, r->directors[i]);
	}
	SCRIPT(b, "]}");
}

/* An absolute URL, as the inside of a string. */
static void
linked_url(struct buf *b, const struct page_site *site, struct str slug)
{
	page_out_json(b, str_of(site->origin), true);
	page_out_json(b, str_of(site->reviews), true);
	page_out_json(b, slug, true);
}

/* Likewise: its name for good, wherever it is shown. */
static void
linked_comment_id(struct buf *b, const struct page_site *site, int64_t id)
{
	page_out_json(b, str_of(site->origin), true);
	SCRIPT(b, "/foyer/comments/", id);
}

/* On any page but the first in time it will not stay where it is now. */
static void
linked_place(struct buf *b, const struct page_site *site,
    const struct thread_page *page, const struct comment *c)
{
	if (page->sort == SORT_OLDEST && page->after == 0) {
		linked_url(b, site, page->thread.slug);
		SCRIPT(b, "#comment-", c->id);
	} else {
		linked_comment_id(b, site, c->id);
	}
}

static void
linked_comment(struct buf *b, const struct page_site *site,
    const struct thread_page *page, const struct comment *c)
{
	char posted[CLOCK_TEXT], edited[CLOCK_TEXT];

	clock_rfc3339(c->posted, posted);
	SCRIPT(b, "{\"@type\":\"Comment\",\"@id\":\"");
	linked_comment_id(b, site, c->id);
	SCRIPT(b, "\",\"url\":\"");
	linked_place(b, site, page, c);
	SCRIPT(b, "\",\"dateCreated\":", str_of(posted));
	if (c->edited > 0) {
		clock_rfc3339(c->edited, edited);
		SCRIPT(b, ",\"dateModified\":", str_of(edited));
	}
	SCRIPT(b, ",\"author\":");
	person(b, c->author);
	if (c->parent != 0) {
		SCRIPT(b, ",\"parentItem\":{\"@type\":\"Comment\",\"@id\":\"");
		linked_comment_id(b, site, c->parent);
		SCRIPT(b, "\"}");
	}
	SCRIPT(b, ",\"text\":");
	page_out_plain(b, page_comment_told(b, c));
	SCRIPT(b, "}");
}

static void
linked_comments(struct buf *b, const struct page_site *site,
    const struct thread_page *page)
{
	bool first = true;
	size_t i;

	SCRIPT(b, ",\"commentCount\":", page->thread.count, ",\"comment\":[");
	for (i = 0; i < page->ncomments; i++) {
		if (page->comments[i].state != STATE_SHOWN)
			continue;
		if (!first)
			SCRIPT(b, ",");
		first = false;
		linked_comment(b, site, page, &page->comments[i]);
	}
	SCRIPT(b, "]");
}

void
page_linked_review(struct buf *b, const struct page_site *site,
    const struct review *r, const struct thread_page *page)
{
	SCRIPT(b, "<script type=\"application/ld+json\">"
	    "{\"@context\":\"https://schema.org\",\"@type\":\"Review\","
	    "\"url\":\"");
	linked_url(b, site, r->slug);
	SCRIPT(b, "\",\"headline\":", r->heading, ",\"inLanguage\":",
	    r->language, ",\"publisher\":{\"@type\":\"Organization\","
	    "\"name\":", site->name, "}");
	if (r->reviewer.len > 0) {
		SCRIPT(b, ",\"author\":");
		person(b, r->reviewer);
	}
	if (r->published.len > 0)
		SCRIPT(b, ",\"datePublished\":", r->published);
	if (r->issue != 0)
		SCRIPT(b, ",\"isPartOf\":{\"@type\":\"PublicationIssue\","
		    "\"issueNumber\":\"", r->issue, "\"}");
	linked_film(b, r);
	linked_comments(b, site, page);
	SCRIPT(b, "}</script>\n");
}
