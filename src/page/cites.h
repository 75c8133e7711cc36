/*
 * cites.h: what the ways to cite a comment share (private to the room).
 */
#ifndef PAGE_CITES_H
#define PAGE_CITES_H

#include <time.h>

#include "page/parts.h"

struct tm page_cite_time(int64_t usec);		/* UTC */
void page_cite_chicago(struct buf *, const struct page_site *,
    const struct comment *, const struct review *);
void page_cite_mla(struct buf *, const struct page_site *,
    const struct comment *, const struct review *);
/* The address that stays, whatever page the comment is on. */
struct str page_cite_url(const struct buf *, const struct page_site *,
    const struct comment *);

#endif
