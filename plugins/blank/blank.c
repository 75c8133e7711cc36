/* blank.c: the smallest filter that builds: copy the folder, then fill it. */
#include <foyer/plugin.h>

static int
blank_judge(void *state, const struct foyer_comment *c,
    struct foyer_verdict *v)
{
	(void)state;
	(void)c;
	(void)v;			/* zeroed: no opinion */
	return 0;
}

FOYER_PLUGIN(.name = "blank", .version = "1.0", .judge = blank_judge);
