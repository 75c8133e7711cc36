/*
 * used.c: which proofs were used, until they expire.
 *
 * The table is fixed. A full set forgets what expires first, and from then on
 * believes nothing in it that expires as early: better one reader who waits
 * than a proof that is good twice.
 */
#include "pow.h"

enum { SETS = 4096, WAYS = 8 };

static struct set {
	int64_t floor;			/* what expires till then is refused */
	struct place {
		uint64_t mark;
		int64_t expires;	/* 0: free */
	} places[WAYS];
} sets[SETS];				/* untouched parts cost no memory */

bool
pow_used_first(uint64_t mark, int64_t expires, int64_t now)
{
	struct set *set = &sets[mark % SETS];
	struct place *soonest = &set->places[0];
	int i;

	if (expires <= now || expires <= set->floor)
		return false;
	for (i = 0; i < WAYS; i++) {
		struct place *p = &set->places[i];

		if (p->mark == mark && p->expires == expires)
			return false;
		if (p->expires < soonest->expires)
			soonest = p;
	}
	if (soonest->expires > set->floor && soonest->expires > now)
		set->floor = soonest->expires;
	if (expires <= set->floor)
		return false;
	*soonest = (struct place){ mark, expires };
	return true;
}
