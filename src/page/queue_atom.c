/* queue_atom.c: what waits for moderators, as a feed (RFC 4287). */
#include "page/parts.h"

static void
stamp(struct buf *b, const char *element, int64_t usec)
{
	char text[CLOCK_TEXT];

	clock_rfc3339(usec, text);
	OUT(b, "<", element, ">", str_of(text), "</", element, ">\n");
}

static void
entry(struct buf *b, const struct page_site *site, const struct held *h)
{
	const struct comment *c = &h->comment;

	OUT(b, "<entry>\n<id>", site->origin, "/foyer/queue/", c->id,
	    "</id>\n<title>");
	/* WORDS: an author's comment on a film */
	SAY(b, T("%s on %s"), OUT(b, c->author), OUT(b, c->title));
	OUT(b, "</title>\n");
	stamp(b, "updated", c->posted);
	OUT(b, "<author><name>", c->author, "</name></author>\n"
	    "<link rel=\"alternate\" type=\"text/html\" href=\"",
	    site->origin, "/foyer/admin/#held-", c->id, "\"/>\n");
	if (h->why.len > 0)
		OUT(b, "<category term=\"", h->why, "\"/>\n");
	OUT(b, "<summary type=\"text\">", c->body, "</summary>\n"
	    "</entry>\n");
}

/* The id is the queue's, not the secret address. */
void
page_queue_atom(struct buf *b, const struct page_site *site,
    const struct held *held, size_t n)
{
	size_t i;

	OUT(b, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
	    "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"",
	    page_words_tag(b), "\">\n<id>", site->origin,
	    "/foyer/queue</id>\n<title>");
	SAY(b, T("Waiting in %s"), OUT(b, site->name));
	OUT(b, "</title>\n");
	stamp(b, "updated", n > 0 ? held[0].comment.posted : 0);
	OUT(b, "<link rel=\"alternate\" type=\"text/html\" href=\"",
	    site->origin, "/foyer/admin/\"/>\n");
	for (i = 0; i < n; i++)
		entry(b, site, &held[i]);
	OUT(b, "</feed>\n");
}
