/*
 * insight.h: insight.c: sums of the past (a part of store.h).
 */
#ifndef STORE_INSIGHT_H
#define STORE_INSIGHT_H

/* One step of counting what is new; more: there is more to do at once. */
enum err store_insight_follow(struct store *, bool *more) MUST_CHECK;
/* All of it is to be counted again, by whoever follows. */
enum err store_insight_reset(struct store *) MUST_CHECK;
/* Of insight->span; fills in the rest. */
enum err store_insight_read(struct store *, struct arena *, struct insight *)
    MUST_CHECK;

struct store_time {			/* of the last 500 comments */
	struct str filter;
	int64_t n, half, most;		/* answers; us: median, 99th */
};
struct store_past {			/* a ruling that stands */
	bool spam;
	struct str why;			/* the rule that held it */
	struct verdict verdict;		/* name, silent, score */
};
struct store_wish {			/* that a filter learns anew */
	struct str filter;
	int64_t asked, done;
};
struct store_filters {
	struct store_time *times;
	struct store_past *rulings;	/* the last first, MODEL_RULINGS */
	struct store_wish *wishes;
	struct insight_quality *qualities;
	size_t ntimes, nrulings, nwishes, nqualities;
};
/* Qualities of the weeks of these days. */
enum err store_insight_filters(struct store *, struct arena *,
    const struct span *, struct store_filters *) MUST_CHECK;
enum err store_insight_wishes(struct store *, struct arena *,
    struct store_filters *) MUST_CHECK;

/* A moderator wishes it, and the log says so. */
enum err store_insight_wish(struct store *, struct arena *, struct str filter,
    const struct account *) MUST_CHECK;
enum err store_insight_granted(struct store *, const struct store_wish *)
    MUST_CHECK;

#endif
