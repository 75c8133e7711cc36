/* change.h: part of store.h: how nodes hear of what changed. */
#ifndef STORE_CHANGE_H
#define STORE_CHANGE_H

#include "base/base.h"

struct store;

/* ---- change.c: the feed (DESIGN section 5). ---- */

struct store_cursor {
	char *seen;			/* PostgreSQL's snapshot: what was */
	int64_t xid;			/* all below it was */
	int64_t database;		/* which one: its xids mean nothing
					   to another */
};
/* Calls act(slug of the review, arg) once for each thread that changed since
 * it was last asked; moves the cursor. ERR_CONFLICT: this is not the database
 * that the cursor is of (a restored one, a promoted standby), or over 1000
 * threads changed: start again. */
enum err store_change_follow(struct store *, struct arena *,
    struct store_cursor *, void (*act)(struct str slug, void *arg), void *arg)
    MUST_CHECK;
/* Starts at now. */
enum err store_change_start(struct store *, struct arena *,
    struct store_cursor *) MUST_CHECK;
void store_change_end(struct store_cursor *);
/* The version of all threads together: every change of one moves it. */
enum err store_change_version(struct store *, int64_t *ret) MUST_CHECK;
/* Adds old change rows into their threads; at most one node at a time. */
enum err store_change_fold(struct store *, int64_t *folded) MUST_CHECK;
/* Deletes folded rows older than `keep` microseconds, in batches. */
enum err store_change_retire(struct store *, int64_t keep, int64_t *gone)
    MUST_CHECK;

#endif
