/*
 * metrics.h: part of internal.h: what is counted, for /foyer/metrics.
 *
 * One page of counters that all processes of a daemon share, old and new ones:
 * each adds with one atomic instruction and nobody waits. It outlives reloads
 * and ends with the daemon; a Prometheus server adds up the rest.
 */
#ifndef APP_METRICS_H
#define APP_METRICS_H

#include <stdatomic.h>

#include "base/base.h"
#include "model/model.h"
#include "proc/proc.h"

struct app;
struct request;
struct response;
struct route;

enum {
	METRICS_ROUTES = 112,		/* the last: no route */
	METRICS_STATUSES = 24,		/* the last: any other */
	METRICS_STEPS = 12,		/* of a histogram; the last: longer */
	METRICS_STATES = 8		/* of a comment */
};

enum metrics_page { METRICS_PUBLISHED, METRICS_SHARED, METRICS_DISCARDED,
    METRICS_PAGES };

enum metrics_mail { METRICS_SENT, METRICS_GIVEN_UP, METRICS_MAILS };

typedef _Atomic int64_t metrics_count;

struct metrics {
	metrics_count requests[METRICS_ROUTES][METRICS_STATUSES];
	metrics_count within[METRICS_ROUTES][METRICS_STEPS];
	metrics_count usec[METRICS_ROUTES];
	metrics_count trips, waited;	/* to PostgreSQL; usec */
	metrics_count comments[METRICS_STATES];
	metrics_count pages[METRICS_PAGES];
	metrics_count mails[METRICS_MAILS];
	metrics_count changes, heard;	/* heard: clock_mono of the feed */
	metrics_count lost[PROC_HOST + 1];
	metrics_count reloads, refused;
	int64_t began;			/* clock_now */
};

static inline void
app_metrics_add(metrics_count *count, int64_t n)
{
	atomic_fetch_add_explicit(count, n, memory_order_relaxed);
}

static inline int64_t
app_metrics_get(const metrics_count *count)
{
	return atomic_load_explicit(count, memory_order_relaxed);
}

/* ---- metrics.c ---- */

/* NULL: no memory. Forks share it. */
struct metrics *app_metrics_open(void);
/* An answer is ready; route: NULL if there was none. */
void app_metrics_request(struct metrics *, const struct route *,
    int status, int64_t usec);
void app_metrics_comment(struct metrics *, enum model_state);
/* The upper end of a step, in microseconds; 0: there is none. */
int64_t app_metrics_step(size_t);
/* What the place of a status stands for; 0: any other. */
int app_metrics_status(size_t);

/* ---- metrics_text.c ---- */

enum err app_metrics_show(struct app *, struct request *, struct response *);

#endif
