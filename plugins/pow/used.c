/*
 * used.c: which proofs were used, until they expire.
 *
 * The table is fixed. A full set forgets what expires first, and from then on
 * believes nothing in it that expires as early: better one reader who waits
 * than a proof that is good twice.
 */
#include "pow.h"

bool
pow_used_first(struct pow_used *used, uint64_t mark, int64_t expires,
    int64_t now)
{
	struct pow_set *set = &used->sets[mark % POW_SETS];
	struct pow_place *soonest = &set->places[0];
	int i;

	if (expires <= now || expires <= set->floor)
		return false;
	for (i = 0; i < POW_WAYS; i++) {
		struct pow_place *p = &set->places[i];

		if (p->mark == mark && p->expires == expires)
			return false;
		if (p->expires < soonest->expires)
			soonest = p;
	}
	if (soonest->expires > set->floor && soonest->expires > now)
		set->floor = soonest->expires;
	if (expires <= set->floor)
		return false;
	*soonest = (struct pow_place){ mark, expires };
	return true;
}
