/* sitemap.c: where the reviews are, for search engines (sitemaps.org, 0.9). */
#include "page/parts.h"

enum { PER_ENTRY = 200 };		/* bytes around a slug */

void
page_sitemap(struct buf *b, const struct page_site *site,
    const struct page_place *places, size_t n)
{
	char day[CLOCK_TEXT];
	size_t i;

	page_out_reserve(b, n * PER_ENTRY);
	OUT(b, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns="
	    "\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
	for (i = 0; i < n; i++) {
		OUT(b, "<url><loc>", site->origin, site->reviews,
		    places[i].slug, "</loc>");
		if (places[i].last != 0) {
			clock_rfc3339(places[i].last, day);
			OUT(b, "<lastmod>", str_of(day), "</lastmod>");
		}
		OUT(b, "</url>\n");
	}
	OUT(b, "</urlset>\n");
}
