/* forget.h: part of store.h: what there is of a person, and their end. */
#ifndef STORE_FORGET_H
#define STORE_FORGET_H

#include "base/base.h"
#include "model/model.h"

struct store;

/* ---- forget.c ---- */

/* Writes down that they shall be erased. ERR_FORBIDDEN: they moderate. */
enum err store_forget_ask(struct store *, const struct uuid *person)
    MUST_CHECK;
/* Erases some comments, or what else there is and the log's row about it, of
 * who asked first. *left: there is more to do. Safe to repeat. */
enum err store_forget_step(struct store *, struct arena *, bool *left)
    MUST_CHECK;
/* Whose account has this name, or (name "") whose comment this is. */
enum err store_forget_find(struct store *, struct str name, int64_t comment,
    struct uuid *person) MUST_CHECK;

struct store_trace {			/* goes on behind this comment */
	struct uuid person;
	int64_t thread, id;		/* 0: from the first; moves on */
	struct str *lines;		/* of JSON; comments, at most 200 */
	size_t n;
};
/* What there is of somebody, as they may know it; no lines: that is all. */
enum err store_forget_data(struct store *, struct arena *,
    struct store_trace *) MUST_CHECK;
struct store_own_page {
	struct uuid person;
	int64_t thread, id;		/* behind this comment */
	struct comment *rows;		/* at most 50 */
	size_t n;
	bool more;
};
/* One's own comments on this site, a review's together. */
enum err store_forget_comments(struct store *, struct arena *,
    struct store_own_page *) MUST_CHECK;

/* ---- retain.c ---- */

struct store_ages {			/* in days; 0: for ever */
	int senders, mail, spam, revisions;
};
/* Takes what was kept long enough from the next 500 comments of a walk over
 * all that begins anew when it is over. */
enum err store_retain(struct store *, const struct store_ages *) MUST_CHECK;

#endif
