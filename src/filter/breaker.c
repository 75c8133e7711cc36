/* breaker.c: when a plugin is given a rest. */
#include "filter/internal.h"

bool
filter_breaker_out(const struct filter_record *r, int64_t now)
{
	return now < atomic_load(&r->until);
}

static void
breaker_open(struct filter_record *r, int64_t until)
{
	atomic_store(&r->until, until);
	atomic_store(&r->count, 0);
}

bool
filter_breaker_fault(struct filter_record *r, int64_t now, int64_t pause)
{
	int64_t window = atomic_load(&r->window);

	atomic_fetch_add(&r->faults, 1);
	if (pause == 0)
		return false;
	if (atomic_load(&r->until) != 0) {
		breaker_open(r, now + pause);	/* on trial, and failed */
		return true;
	}
	if (atomic_load(&r->count) == 0 || now - window > pause) {
		atomic_store(&r->window, now);
		atomic_store(&r->count, 0);
	}
	if (atomic_fetch_add(&r->count, 1) + 1 < FILTER_FAULTS)
		return false;
	breaker_open(r, now + pause);
	return true;
}

bool
filter_breaker_good(struct filter_record *r)
{
	if (atomic_load(&r->until) == 0)
		return false;
	atomic_store(&r->until, 0);
	return true;
}
