/* deferred.h: part of store.h: comments that wait for slow filters. */
#ifndef STORE_DEFERRED_H
#define STORE_DEFERRED_H

/* ---- deferred.c ---- */

struct store_deferred {
	struct store_heard heard;	/* its id: heard.comment */
	int64_t edited, now;		/* now: the database's */
	struct str why;
	struct verdict verdict;		/* as it was stored */
};
/* Held comments that a filter is still to be asked about, oldest first, at most
 * 20. */
enum err store_deferred_list(struct store *, struct arena *, int64_t after,
    struct store_deferred **ret, size_t *n) MUST_CHECK;
/* Nothing happens if somebody else has ruled, edited or asked meanwhile. No
 * row of the log: no moderator has ruled, and filters don't learn from it. */
enum err store_deferred_settle(struct store *, struct arena *,
    const struct store_deferred *, const struct store_judged *) MUST_CHECK;

#endif
