/* unresolved.c: a plugin that needs a function nobody has. */
#include <foyer/plugin.h>

int nobody_has_this(void);

static int
judge(void *state, const struct foyer_comment *c, struct foyer_verdict *v)
{
	(void)state;
	(void)c;
	v->score = nobody_has_this();
	return 0;
}

FOYER_PLUGIN(.name = "unresolved", .judge = judge);
