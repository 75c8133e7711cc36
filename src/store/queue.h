/*
 * queue.h: what waits for moderators, their rulings, and taking them back
 * (part of store.h).
 */
#ifndef STORE_QUEUE_H
#define STORE_QUEUE_H

#include "base/base.h"
#include "model/model.h"

struct store;

/* ---- queue.c ---- */
enum { STORE_QUEUE_PAGE = 50 };
struct store_wanted {			/* "" and 0: not asked for */
	int64_t after;			/* `next` of the page before */
	struct str slug, language;	/* of the review */
	struct str why;			/* a rule of model_policy_state, or
					 * "edited", "parent", "reported" */
	struct str filter;		/* that was silent or against it */
	bool spam;			/* instead of what waits */
};
struct store_queue {
	struct held *rows;
	size_t n;
	int64_t next;			/* to go on after; 0: that was all */
	int64_t total;			/* of all that waits, to 1000 */
	struct str *languages;		/* that reviews here are in */
	size_t nlanguages;
};
/* Held comments, and shown ones with reports that nobody has dealt with, oldest
 * first, at most STORE_QUEUE_PAGE, with what each filter said. Narrowed, a page
 * may be short though there is a next. */
enum err store_queue_list(struct store *, struct arena *,
    const struct store_wanted *, struct store_queue *ret) MUST_CHECK;
enum err store_queue_total(struct store *, int64_t *ret) MUST_CHECK;

/* ---- rule.c ---- */
enum { STORE_RULINGS = 200 };		/* at once */
enum store_ruled {
	RULED,
	RULED_BEFORE,			/* somebody else has ruled: `by` */
	RULED_CHANGED,			/* it is no longer what it was */
	RULED_GONE,			/* there is none, or it is erased */
	RULED_KEPT,			/* it can't be as it was before */
	RULED_RIGHT,			/* who asks may not undo that */
	RULED_NEVER			/* such an act can't be undone */
};
struct store_ruling {
	struct str slug;
	int64_t id;
	enum model_act act;
	enum model_state seen;		/* by the moderator */
	int64_t version;		/* so was `edited`; -1: not told */
	struct str reason;
	const char *why;		/* it is held; NULL: as before */
	const struct log_row *undone;	/* not NULL: undo this act; act, seen
					 * and version do not matter */
	const struct deed *also;	/* NULL, or done to its author, too, if
					 * nothing of the kind stands */
	/* what came of it: */
	enum store_ruled result;
	int64_t log, also_log;		/* its rows in the log; 0: none */
	struct uuid person;		/* whose comment it is */
	struct log_row by;		/* what was done to it last, in part */
};
/* Rules on at most STORE_RULINGS different comments and writes the log, in one
 * transaction of two round trips (one more where something is done besides, or
 * undone that is no ruling). Those that are no longer what the moderator
 * saw are left as they are and say so. An act is undone only while it is the
 * newest on its comment that stands. */
enum err store_rule_all(struct store *, struct arena *, struct store_ruling *,
    size_t n, const struct account *actor) MUST_CHECK;
/* One result as an error: OK, ERR_CONFLICT, ERR_NOT_FOUND. */
enum err store_rule_result(const struct store_ruling *);

/* ---- undo.c ---- */
struct store_undo {
	const int64_t *rows;		/* of the log, no two about one thing;
					 * at most twice STORE_RULINGS */
	size_t n;
	struct str reason;
	struct store_ruling *results;	/* of those rows that there are */
	size_t nresults;
};
/* Each undoing is a row of the log that names the one it undoes; all in one
 * transaction. model/acts.h says what can be undone, and by whom. */
enum err store_undo_all(struct store *, struct arena *, struct store_undo *,
    const struct account *actor) MUST_CHECK;

#endif
