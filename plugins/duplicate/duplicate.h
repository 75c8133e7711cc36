/* duplicate.h: what the files of this plugin share. */
#ifndef DUPLICATE_H
#define DUPLICATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- sketch.c: what a text is made of, in few bytes. ----
 *
 * Of the hashes of all four letters in a row the KEPT smallest (bottom-k
 * sketch: Cohen, "Size-estimation framework", 1997). Two sketches tell how
 * alike two texts are: exactly, if both are short; else within 0.09, in 19 of
 * 20 cases. */

enum { DUPLICATE_KEPT = 128 };

struct duplicate_sketch {
	uint32_t n;
	uint32_t least[DUPLICATE_KEPT];	/* ascending, each once */
};

/* How many letters and digits it read; spaces, case, accents, and the lines
 * that quote `parent` don't count. */
size_t duplicate_sketch_make(struct duplicate_sketch *, const char *text,
    const char *parent);
/* What the two share, of what they have: Jaccard's index, in percent. */
int duplicate_sketch_alike(const struct duplicate_sketch *,
    const struct duplicate_sketch *);

/* ---- shelf.c: a bounded number of texts, found by likeness. ---- */

enum {
	DUPLICATE_TEXTS = 4096,		/* then the oldest goes */
	DUPLICATE_LEADS = 8,		/* of a sketch: two alike by 60 % share
					 * one in 1 - 0.4^8 = 99.9 % */
	DUPLICATE_PLACES = 8
};

struct duplicate_text {
	struct duplicate_sketch sketch;
	uint32_t next[DUPLICATE_LEADS];	/* 1 + place on the shelf; 0: none */
	int64_t at;			/* time of the latest */
	uint32_t spam, ham;		/* rulings */
	uint32_t posts, nplaces;	/* how often and where it came */
	uint64_t places[DUPLICATE_PLACES];
};

/* Zeroed it is empty. What is on it is only believed within bounds. */
struct duplicate_shelf {
	uint32_t added, reserved;
	uint32_t heads[2 * DUPLICATE_TEXTS];
	struct duplicate_text texts[DUPLICATE_TEXTS];
};

/* The text most alike, if it is by at least `percent`; or NULL. */
struct duplicate_text *duplicate_shelf_find(struct duplicate_shelf *,
    const struct duplicate_sketch *, int percent, int *alike);
struct duplicate_text *duplicate_shelf_add(struct duplicate_shelf *,
    const struct duplicate_sketch *);

#endif
