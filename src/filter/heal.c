/*
 * heal.c: what a plugin has scribbled over, made good again.
 *
 * The page's records steer who is asked; a stray write may have left anything
 * there. What can't be right is put back to where nobody is hurt: a breaker
 * that is open for no longer than its pause, sums that begin anew, memories as
 * they were saved.
 */
#include "filter/internal.h"

/* Nobody counts or learns that far. */
#define MOST	(INT64_C(1) << 50)

static bool
number_ok(int64_t n)
{
	return n >= 0 && n < MOST;
}

static bool
record_ok(const struct filter_record *r, int64_t last)
{
	int32_t count = atomic_load(&r->count);
	int32_t refused = atomic_load(&r->refused);

	return number_ok(atomic_load(&r->asked)) &&
	    number_ok(atomic_load(&r->faults)) &&
	    number_ok(atomic_load(&r->abstained)) &&
	    number_ok(atomic_load(&r->challenges)) &&
	    number_ok(atomic_load(&r->usec)) &&
	    number_ok(atomic_load(&r->window)) &&
	    number_ok(atomic_load(&r->learned)) &&
	    atomic_load(&r->until) >= 0 && atomic_load(&r->until) <= last &&
	    count >= 0 && count <= FILTER_FAULTS &&
	    (refused == 0 || refused == 1);
}

static void
record_begin(struct filter_record *r, int64_t last)
{
	atomic_store(&r->asked, 0);
	atomic_store(&r->faults, 0);
	atomic_store(&r->abstained, 0);
	atomic_store(&r->challenges, 0);
	atomic_store(&r->usec, 0);
	atomic_store(&r->window, 0);
	atomic_store(&r->count, 0);
	atomic_store(&r->until, last);
	atomic_store(&r->refused, 0);
	atomic_store(&r->memory, 0);
	atomic_store(&r->learned, 0);
	atomic_store(&r->hearing, 0);
	r->trouble[0] = '\0';
}

/* Where one record is damaged, any memory may be: the learners' are read from
 * their files again (learn.c). */
void
filter_heal(struct filter_host *host)
{
	const struct filter_plan *plan = &host->job.plan;
	struct filter_record *records = host->page->records;
	int64_t last = clock_mono() + plan->pause_s * INT64_C(1000000);
	bool damaged = false;
	size_t k;

	for (k = 0; k < plan->nplugins; k++)
		damaged |= !record_ok(&records[k], last);
	if (!damaged)
		return;
	log_line(LOG_WARN, "a filter has written over what the filters' "
	    "process knows: it begins anew");
	for (k = 0; k < plan->nplugins; k++) {
		atomic_store(&records[k].scratch, 0);
		if (!record_ok(&records[k], last))
			record_begin(&records[k], last);
		else if (atomic_load(&records[k].memory) != 0)
			atomic_store(&records[k].hearing, -1);
	}
}
