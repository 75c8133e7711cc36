/* keep.c: what is signed of an export, and with which keys. */
#include "ctl/keep.h"

struct str
ctl_keep_claims(struct arena *a, int64_t bytes, int64_t lines,
    struct str digest)
{
	return arena_fmt(a, "{\"bytes\":%lld,\"lines\":%lld,"
	    "\"blake2b\":\"" STR_FMT "\"}", (long long)bytes,
	    (long long)lines, STR_ARG(digest));
}

bool
ctl_keep_keys(struct ctl *c, struct seal_keys **ret)
{
	struct str why = STR("");

	if (seal_init() == OK && seal_keys_load(c->arena, c->settings.keys,
	    ret, &why) == OK)
		return true;
	ctl_say_failed(STR_FMT, STR_ARG(why));
	return false;
}
