/*
 * walk.h: the pages of a thread, from the first to the last.
 */
#ifndef WALK_H
#define WALK_H

#include "house.h"

enum { SEEN_MOST = 4000 };

struct seen {
	int64_t ids[SEEN_MOST];
	size_t n, pages;
};

/* Of review a-film, with no more trips than they should take. */
void walk_pages(struct house *, enum model_sort, struct seen *);
/* The ids walked are those that the table calls visible. */
void walk_all_once(struct house *, struct seen *);

#endif
