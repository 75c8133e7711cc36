/* atom.c: a thread as a feed (RFC 4287; replies as RFC 4685). */
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
	const struct comment *x = *(const struct comment *const *)a;
	const struct comment *y = *(const struct comment *const *)b;

	if (x->posted != y->posted)
		return x->posted < y->posted ? 1 : -1;
	return x->id < y->id ? 1 : x->id > y->id ? -1 : 0;
}

/* The shown comments, newest first; how many. */
static size_t
entries(struct arena *arena, const struct thread_page *page,
    const struct comment ***ret)
{
	const struct comment **list =
	    arena_alloc(arena, (page->ncomments + 1) * sizeof(*list));
	size_t i, n = 0;

	for (i = 0; i < page->ncomments; i++)
		if (page->comments[i].state == STATE_SHOWN)
			list[n++] = &page->comments[i];
	qsort(list, n, sizeof(*list), newest_first);
	*ret = list;
	return n;
}

static void
stamp(struct buf *b, struct str element, int64_t usec)
{
	char text[CLOCK_TEXT];

	clock_rfc3339(usec, text);
	OUT(b, "<", element, ">", str_of(text), "</", element, ">\n");
}

static void
entry(struct buf *b, const struct page_site *site, const struct thread *t,
    const struct comment *c)
{
	OUT(b, "<entry>\n<id>", site->origin, "/foyer/comments/", c->id,
	    "</id>\n<title>");
	/* WORDS: an author's comment on a film */
	SAY(b, T("%s on %s"), OUT(b, c->author), OUT(b, t->title));
	OUT(b, "</title>\n");
	stamp(b, STR("published"), c->posted);
	stamp(b, STR("updated"), updated(c));
	OUT(b, "<author><name>", c->author, "</name></author>\n"
	    "<link rel=\"alternate\" type=\"text/html\" href=\"",
	    site->origin, site->reviews, t->slug, "#comment-", c->id,
	    "\"/>\n");
	if (c->parent != 0)
		OUT(b, "<thr:in-reply-to ref=\"", site->origin,
		    "/foyer/comments/", c->parent, "\"/>\n");
	OUT(b, "<content type=\"html\">", page_comment_told(b, c),
	    "</content>\n</entry>\n");
}

static void
feed_head(struct buf *b, const struct page_site *site,
    const struct thread *t, int64_t latest)
{
	OUT(b, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
	    "<feed xmlns=\"http://www.w3.org/2005/Atom\" "
	    "xmlns:thr=\"http://purl.org/syndication/thread/1.0\">\n"
	    "<id>", site->origin, "/foyer/threads/", t->slug, ".atom</id>\n"
	    "<title>");
	SAY(b, T("Comments on %s"), OUT(b, t->title));
	OUT(b, "</title>\n");
	stamp(b, STR("updated"), latest);
	OUT(b, "<author><name>", site->name, "</name></author>\n"
	    "<link rel=\"self\" type=\"application/atom+xml\" href=\"",
	    site->origin, "/foyer/threads/", t->slug, ".atom\"/>\n");
	OUT(b, "<link rel=\"alternate\" type=\"text/html\" href=\"",
	    site->origin, site->reviews, t->slug, "\"/>\n");
}

void
page_thread_atom(struct buf *b, const struct page_site *site,
    const struct thread_page *page)
{
	const struct comment **list;
	size_t i, n = entries(b->arena, page, &list), size = 1024;
	int64_t latest = 0;

	for (i = 0; i < n; i++) {
		size += list[i]->html.len * 2 + PER_ENTRY;
		if (updated(list[i]) > latest)
			latest = updated(list[i]);
	}
	page_words_speak(b, site, page->thread.language);
	page_out_reserve(b, size);
	feed_head(b, site, &page->thread, latest);
	for (i = 0; i < n; i++)
		entry(b, site, &page->thread, list[i]);
	OUT(b, "</feed>\n");
}
