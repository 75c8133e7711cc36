/* keep.h: what export and import share: how an export is signed. */
#ifndef CTL_KEEP_H
#define CTL_KEEP_H

#include "base/base.h"
#include "ctl/ctl.h"
#include "seal/seal.h"

/* The last line: what was written before it, and a token of just that. */
#define CTL_KEEP_MANIFEST	"{\"manifest\":"
#define CTL_KEEP_SIGNED		",\"signed\":\""

struct str ctl_keep_claims(struct arena *, int64_t bytes, int64_t lines,
    struct str digest);
/* The keys that sign; false: complained. */
bool ctl_keep_keys(struct ctl *, struct seal_keys **ret);

#endif
