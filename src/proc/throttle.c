/* throttle.c: when a dead child may be replaced. */
#include "proc/internal.h"

enum { FIRST_MS = 50, MOST_MS = 10000, GOOD_LIFE_MS = 10000 };

int64_t
proc_throttle_wait(struct proc_throttle *t, int64_t life)
{
	int64_t wait = FIRST_MS;
	int i;

	if (life >= (int64_t)GOOD_LIFE_MS * 1000)
		t->deaths = 0;
	t->deaths++;
	if (t->deaths <= t->quick)
		return 0;
	for (i = t->quick + 1; i < t->deaths && wait < MOST_MS; i++)
		wait *= 2;
	return (wait < MOST_MS ? wait : MOST_MS) * 1000;
}
