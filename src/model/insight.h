/*
 * insight.h: what moderators are told of the past (a part of model.h).
 *
 * Days are counted from 1970-01-01, in UTC.
 */
#ifndef MODEL_INSIGHT_H
#define MODEL_INSIGHT_H

enum {
	MODEL_STATES = 5,		/* of enum model_state */
	MODEL_BUSIEST = 10,
	MODEL_RULINGS = 500		/* that a preview looks back on */
};

/* ---- span.c: weeks from Monday on, months and years. ---- */

enum model_span { SPAN_WEEK, SPAN_MONTH, SPAN_YEAR };

struct span {
	enum model_span is;
	int64_t first, after;		/* its first day; the day after it */
};

const char *model_span_name(enum model_span);
bool model_span_parse(struct str, enum model_span *);
/* The one that a day lies in. */
struct span model_span_of(enum model_span, int64_t day);
/* "2026-11-25". */
void model_span_date(int64_t day, char ret[CLOCK_TEXT]);
bool model_span_day(struct str date, int64_t *day);

/* ---- sums ---- */

struct insight_day {			/* or a month, of a year */
	int64_t first;
	int64_t posted[MODEL_STATES];	/* that day, by what they are now */
};

struct insight_wait {			/* for rulings of a day or month */
	int64_t first, n;
	int64_t half, most;		/* seconds: 50 and 90 in 100 waited
					 * no longer; right to 9 in 100 */
};

struct insight_quality {		/* a filter against moderators */
	int64_t week;			/* its first day */
	struct str filter;
	int64_t caught, wrong;		/* spam, other: score 30 or more */
	int64_t missed, passed;		/* spam, other: below that */
	int64_t silent;
};

struct insight_thread {
	struct str slug, heading;
	int64_t shown;
};

struct insight {
	struct span span;
	struct insight_day *days;
	struct insight_wait *waits, waited;	/* waited: in all */
	struct insight_quality *qualities;	/* by filter, then week */
	struct insight_thread *busiest;
	size_t ndays, nwaits, nqualities, nbusiest;
};

/* In thousandths, or -1: of nothing. */
int64_t model_span_mille(int64_t part, int64_t of);

#endif
