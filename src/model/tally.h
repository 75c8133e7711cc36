/* tally.h: part of model.h: what moderators did, by month, for everybody. */
#ifndef MODEL_TALLY_H
#define MODEL_TALLY_H

#include "base/base.h"

struct tally_month {
	struct str month;			/* 2026-01 */
	int64_t shown, removed, spam;		/* of those posted in it */
	int64_t ruled;				/* in it, after they waited */
	int64_t wait;				/* the median, in seconds */
};

struct tally_reason {
	struct str month, reason;
	int64_t n;				/* removed for it */
};

struct tally {
	struct tally_month *months;
	size_t n;
	struct tally_reason *reasons;
	size_t nreasons;
};

#endif
