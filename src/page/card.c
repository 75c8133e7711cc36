/* card.c: what others show of a review when they link it (Open Graph). */
#include "page/parts.h"

enum { DESCRIPTION = 200 };		/* characters */

static void
property(struct buf *b, struct str name, struct str value)
{
	if (value.len > 0)
		OUT(b, "<meta property=\"og:", name, "\" content=\"", value,
		    "\">\n");
}

/* RFC 3339's full-date, which Open Graph asks for: "2018" alone is none. */
static bool
full_date(struct str s)
{
	static const char shape[] = "0000-00-00";
	size_t i;

	for (i = 0; i < s.len && i < sizeof(shape) - 1; i++)
		if (shape[i] == '0' ? s.at[i] < '0' || s.at[i] > '9' :
		    s.at[i] != shape[i])
			return false;
	return s.len == sizeof(shape) - 1;
}

static void
feeds(struct buf *b, const struct review *r)
{
	OUT(b, "<link rel=\"alternate\" type=\"application/atom+xml\" "
	    "title=\"", T("Comments"), "\" href=\"/foyer/threads/", r->slug,
	    ".atom\">\n");
	if (r->reviewer.len == 0)
		return;
	OUT(b, "<link rel=\"alternate\" type=\"application/atom+xml\" "
	    "title=\"");
	SAY(b, T("Comments on reviews by %s"), OUT(b, r->reviewer));
	OUT(b, "\" href=\"/foyer/feeds/reviewer.atom?name=");
	out_url(b, r->reviewer);
	OUT(b, "\">\n");
}

void
page_card_review(struct buf *b, const struct page_site *site,
    const struct review *r)
{
	struct str about = r->nparagraphs > 0 ?
	    text_first(r->paragraphs[0], DESCRIPTION) : STR("");

	if (about.len > 0)
		OUT(b, "<meta name=\"description\" content=\"", about,
		    "\">\n");
	OUT(b, "<link rel=\"canonical\" href=\"", site->origin, site->reviews,
	    r->slug, "\">\n");
	feeds(b, r);
	property(b, STR("type"), STR("article"));
	property(b, STR("title"), r->heading);
	property(b, STR("description"), about);
	OUT(b, "<meta property=\"og:url\" content=\"", site->origin,
	    site->reviews, r->slug, "\">\n");
	property(b, STR("site_name"), str_of(site->name));
	if (full_date(r->published))
		OUT(b, "<meta property=\"article:published_time\" content=\"",
		    r->published, "\">\n");
	OUT(b, "<meta name=\"twitter:card\" content=\"summary\">\n");
}
