/* load.c: how much comes in, and how hard that makes the work. */
#include "pow.h"

enum { MINUTE = 60 };

/* Also when the clock was set back. */
static void
load_move(struct pow_load *l, int64_t now)
{
	int64_t gone = now - l->start;

	if (gone >= 0 && gone < MINUTE)
		return;
	if (gone >= MINUTE && gone < 2 * MINUTE)
		*l = (struct pow_load){ l->start + MINUTE, l->now, 0 };
	else
		*l = (struct pow_load){ .start = now };
}

void
pow_load_add(struct pow_load *l, int64_t now)
{
	load_move(l, now);
	l->now++;
}

int64_t
pow_load_count(struct pow_load *l, int64_t now)
{
	load_move(l, now);
	return l->now + l->before * (MINUTE - (now - l->start)) / MINUTE;
}

int64_t
pow_load_numbers(int64_t load, int64_t calm, int64_t least, int64_t most)
{
	double times = (double)load / (double)calm, numbers;

	if (times <= 1)
		return least;
	numbers = (double)least * times * times;
	return numbers < (double)most ? (int64_t)numbers : most;
}
