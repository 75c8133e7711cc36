/* good.c: a plugin that behaves; NAME is given when it is built. */
#include <stdio.h>
#include <string.h>

#include <foyer/plugin.h>

static int learned;
static char reason[64];

static int
good_judge(void *state, const struct foyer_comment *c,
    struct foyer_verdict *v)
{
	(void)state;
	v->score = 7;
	snprintf(reason, sizeof(reason), "%d learned, %zu bytes", learned,
	    strlen(c->body));
	v->reason = reason;
	return 0;
}

static int
good_learn(void *state, const struct foyer_comment *c, int32_t spam)
{
	(void)state;
	(void)c;
	learned += spam ? 10 : 1;
	return 0;
}

FOYER_PLUGIN(.name = NAME, .version = "1.0", .judge = good_judge,
    .learn = good_learn);
