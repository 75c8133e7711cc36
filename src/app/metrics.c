/* metrics.c: counts what happens, in memory that all processes share. */
#include <sys/mman.h>

#include "app/internal.h"

static const int statuses[METRICS_STATUSES - 1] = {
	200, 201, 202, 204, 206, 302, 303, 304, 400, 401, 403, 404, 405, 408,
	409, 410, 413, 415, 422, 429, 500, 503, 504
};

/* From what a file costs to what nobody waits for. */
static const int64_t steps[METRICS_STEPS - 1] = {
	500, 1000, 2500, 5000, 10000, 25000, 50000, 100000, 250000, 1000000,
	5000000
};

struct metrics *
app_metrics_open(void)
{
	struct metrics *m = mmap(NULL, sizeof(*m), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (m == MAP_FAILED)
		return NULL;
	m->began = clock_now();
	return m;
}

int
app_metrics_status(size_t place)
{
	return place < COUNT(statuses) ? statuses[place] : 0;
}

int64_t
app_metrics_step(size_t place)
{
	return place < COUNT(steps) ? steps[place] : 0;
}

void
app_metrics_request(struct metrics *m, const struct route *route, int status,
    int64_t usec)
{
	size_t r = route != NULL ? app_route_number(route) :
	    METRICS_ROUTES - 1, s = 0, t = 0;

	while (s < COUNT(statuses) && statuses[s] != status)
		s++;
	while (t < COUNT(steps) && steps[t] < usec)
		t++;
	app_metrics_add(&m->requests[r][s], 1);
	app_metrics_add(&m->within[r][t], 1);
	app_metrics_add(&m->usec[r], usec);
}

void
app_metrics_comment(struct metrics *m, enum model_state state)
{
	app_metrics_add(&m->comments[state], 1);
}
