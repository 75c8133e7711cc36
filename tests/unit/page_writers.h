/*
 * page_writers.h: those writers of page_write.c that cite and hide.
 */
#ifndef PAGE_WRITERS_H
#define PAGE_WRITERS_H

#include "page_samples.h"

/* A name that no format takes as it is. */
static const struct comment scholar = {
	.id = 12, .state = STATE_SHOWN, .author = TEXT("O. {100%} \\ "
	    "\xd0\x9e\xd0\xbb\xd1\x8c\xd0\xb3\xd0\xb0 & \"Co\" ~^_$#<>"),
	.posted = APRIL + HOUR / 60 * 7,
	.slug = TEXT("man-with-a-movie-camera-1929")
};

static void
w_cite(struct buf *b)
{
	page_cite(b, &site, &scholar, &review);
}

static void
w_cite_bib(struct buf *b)
{
	page_cite_bib(b, &site, &scholar, &review);
}

static void
w_cite_csl(struct buf *b)
{
	page_cite_csl(b, &site, &scholar, &review);
}

static void
spoils(struct buf *b, void (*write)(struct buf *, const struct thread_page *))
{
	struct comment c[2] = { comments[0], comments[1] };
	struct thread_page page = thread;

	c[0].spoiler = true;
	page.comments = c;
	page.ncomments = 2;
	write(b, &page);
}

static void
spoils_html(struct buf *b, const struct thread_page *page)
{
	page_review(b, &site, &review, page);
}

static void
spoils_atom(struct buf *b, const struct thread_page *page)
{
	page_thread_atom(b, &site, page);
}

static void
w_spoils(struct buf *b)
{
	spoils(b, spoils_html);
}

static void
w_spoils_feed(struct buf *b)
{
	spoils(b, spoils_atom);
}

#endif
