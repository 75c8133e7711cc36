/* seals.h: heads of the moderation log that were signed. */
#ifndef CTL_SEALS_H
#define CTL_SEALS_H

#include "ctl/ctl.h"
#include "seal/seal.h"

struct ctl_seals {
	struct seal_mark *marks;	/* by row */
	size_t n;
	size_t gone;			/* others, of keys that were retired */
};

/* The database's and those of the file, if it is not NULL. False: complained,
 * of one that is not ours, too; the database's by retired keys are counted. */
bool ctl_seals_read(struct ctl *, const char *file, struct ctl_seals *ret);
/* The keys of the settings' folder; NULL: complained. */
struct seal_keys *ctl_seals_keys(struct ctl *);

#endif
