/* atom.c: threads as feeds (RFC 4287; replies as RFC 4685). */
#include <stdlib.h>

#include "page/parts.h"

enum { PER_ENTRY = 800 };		/* bytes around a comment's own */

static int64_t
updated(const struct comment *c)
{
	return c->edited > c->posted ? c->edited : c->posted;
}

static int
newest_first(const void *a, const void *b)
{
	const struct comment *x = a, *y = b;

	if (x->posted != y->posted)
		return x->posted < y->posted ? 1 : -1;
	return x->id < y->id ? 1 : x->id > y->id ? -1 : 0;
}

static void
stamp(struct buf *b, struct str element, int64_t usec)
{
	char text[CLOCK_TEXT];

	clock_rfc3339(usec, text);
	OUT(b, "<", element, ">", str_of(text), "</", element, ">\n");
}

/* The passage that it is about, as HTML within text. */
static void
entry_quote(struct buf *b, const struct comment *c)
{
	struct buf quote = buf_new(b->arena, 512);

	if (c->passage.exact.len == 0)
		return;
	OUT(&quote, "<blockquote>", c->passage.exact, "</blockquote>\n");
	OUT(b, buf_view(&quote));
}

static void
entry(struct buf *b, const struct page_site *site, const struct comment *c)
{
	OUT(b, "<entry>\n<id>", site->origin, "/foyer/comments/", c->id,
	    "</id>\n<title>");
	/* WORDS: an author's comment on a film */
	SAY(b, T("%s on %s"), OUT(b, c->author), OUT(b, c->title));
	OUT(b, "</title>\n");
	stamp(b, STR("published"), c->posted);
	stamp(b, STR("updated"), updated(c));
	OUT(b, "<author><name>", c->author, "</name></author>\n"
	    "<link rel=\"alternate\" type=\"text/html\" href=\"",
	    site->origin);
	page_comment_url(b, site, c);
	OUT(b, "\"/>\n");
	if (c->parent != 0)
		OUT(b, "<thr:in-reply-to ref=\"", site->origin,
		    "/foyer/comments/", c->parent, "\"/>\n");
	OUT(b, "<content type=\"html\">");
	entry_quote(b, c);
	OUT(b, page_comment_told(b, c), "</content>\n</entry>\n");
}

/* The feed's own address, below the origin. */
static void
self(struct buf *b, const struct thread *t, const struct page_feed *feed)
{
	if (t != NULL) {
		OUT(b, "/foyer/threads/", t->slug, ".atom");
	} else if (feed->reviewer.len > 0) {
		OUT(b, "/foyer/feeds/reviewer.atom?name=");
		out_url(b, feed->reviewer);
	} else {
		OUT(b, "/foyer/feeds/site.atom");
	}
}

static void
title(struct buf *b, const struct page_site *site, const struct thread *t,
    const struct page_feed *feed)
{
	OUT(b, "<title>");
	if (t != NULL)
		SAY(b, T("Comments on %s"), OUT(b, t->title));
	else if (feed->reviewer.len > 0)
		SAY(b, T("Comments on reviews by %s"),
		    OUT(b, feed->reviewer));
	else
		SAY(b, T("Comments in %s"), OUT(b, site->name));
	OUT(b, "</title>\n");
}

static void
feed_head(struct buf *b, const struct page_site *site,
    const struct thread *t, const struct page_feed *feed)
{
	int64_t latest = 0;
	size_t i;

	for (i = 0; i < feed->n; i++)
		if (updated(&feed->comments[i]) > latest)
			latest = updated(&feed->comments[i]);
	OUT(b, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
	    "<feed xmlns=\"http://www.w3.org/2005/Atom\" "
	    "xmlns:thr=\"http://purl.org/syndication/thread/1.0\" "
	    "xml:lang=\"", page_words_tag(b), "\">\n<id>", site->origin);
	self(b, t, feed);
	OUT(b, "</id>\n");
	title(b, site, t, feed);
	stamp(b, STR("updated"), latest);
	OUT(b, "<author><name>", site->name, "</name></author>\n"
	    "<link rel=\"self\" type=\"application/atom+xml\" href=\"",
	    site->origin);
	self(b, t, feed);
	OUT(b, "\"/>\n<link rel=\"alternate\" type=\"text/html\" href=\"",
	    site->origin, site->reviews, t != NULL ? t->slug : STR(""),
	    "\"/>\n");
}

/* t: of this thread alone, or NULL. */
static void
write_feed(struct buf *b, const struct page_site *site,
    const struct thread *t, const struct page_feed *feed)
{
	size_t i, size = 1024;

	for (i = 0; i < feed->n; i++)
		size += feed->comments[i].html.len * 2 + PER_ENTRY;
	page_out_reserve(b, size);
	feed_head(b, site, t, feed);
	for (i = 0; i < feed->n; i++)
		entry(b, site, &feed->comments[i]);
	OUT(b, "</feed>\n");
}

void
page_feed_atom(struct buf *b, const struct page_site *site,
    const struct page_feed *feed)
{
	write_feed(b, site, NULL, feed);
}

void
page_thread_atom(struct buf *b, const struct page_site *site,
    const struct thread_page *page)
{
	struct comment *list = arena_alloc(b->arena,
	    (page->ncomments + 1) * sizeof(*list));
	struct page_feed feed = { .comments = list };
	size_t i;

	for (i = 0; i < page->ncomments; i++)
		if (page->comments[i].state == STATE_SHOWN)
			list[feed.n++] = page->comments[i];
	qsort(list, feed.n, sizeof(*list), newest_first);
	page_words_speak(b, site, page->thread.language);
	write_feed(b, site, &page->thread, &feed);
}
