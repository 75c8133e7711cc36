/* cutoff.c: from which odds on so few of the approved would be refused. */
#include <math.h>
#include <string.h>

#include "bayes.h"

enum { HOLD = 30, REFUSE = 90, LOWEST = -25 };

/* The first place in `sorted` that is not below x. */
static uint32_t
place(const struct bayes_head *h, float x)
{
	uint32_t low = 0, high = h->approved;

	while (low < high) {
		uint32_t mid = (low + high) / 2;

		if (h->sorted[mid] < x)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static void
forget_oldest(struct bayes_head *h)
{
	uint32_t at = place(h, h->scores[h->oldest]);

	if (at == h->approved)
		at--;
	memmove(h->sorted + at, h->sorted + at + 1,
	    (h->approved - at - 1) * sizeof(float));
	h->approved--;
}

void
bayes_cutoff_note(struct bayes_table *t, float odds, float alpha)
{
	struct bayes_head *h = t->head;
	uint32_t at, beyond;

	if (h->approved > BAYES_APPROVED || h->oldest >= BAYES_APPROVED)
		h->approved = h->oldest = 0;
	if (h->approved == BAYES_APPROVED)
		forget_oldest(h);
	h->scores[h->oldest] = odds;
	h->oldest = (h->oldest + 1) % BAYES_APPROVED;
	at = place(h, odds);
	memmove(h->sorted + at + 1, h->sorted + at,
	    (h->approved - at) * sizeof(float));
	h->sorted[at] = odds;
	h->approved++;
	beyond = (uint32_t)(alpha * (float)h->approved);
	atomic_store(&h->cutoff, beyond == 0 ? INFINITY :
	    h->sorted[h->approved - beyond]);
}

bool
bayes_cutoff_set(const struct bayes_table *t, float *odds)
{
	float at = atomic_load(&t->head->cutoff);

	*odds = at > 0.5f ? at : 0.5f;	/* even odds never refuse */
	return t->head->approved >= BAYES_TRAINED && isfinite(at);
}

/* From 0 at even odds towards 1. */
static float
rise(float odds)
{
	return odds / (odds + 2);
}

int32_t
bayes_cutoff_score(const struct bayes_table *t, float odds)
{
	float cutoff, share;
	bool set = bayes_cutoff_set(t, &cutoff);

	if (odds < 0)
		return LOWEST + (int32_t)((HOLD - LOWEST) * 2 /
		    (1 + expf(-odds)) - 0.001f);
	if (set && odds > cutoff) {
		share = (rise(odds) - rise(cutoff)) / (1 - rise(cutoff));
		return REFUSE + (int32_t)((100 - REFUSE) * share);
	}
	share = rise(odds) / (set ? rise(cutoff) : 1);
	share = share < 1 ? share : 1;
	return HOLD + (int32_t)((REFUSE - 1 - HOLD) * share);
}
