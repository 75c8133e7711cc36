/* keeper.c: a plugin of 1.1 that remembers which rulings it has heard. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <foyer/plugin.h>

enum { SIZE = 100000 };

static char *memory, reason[300];

static int
keeper_open(const struct foyer_host *host, const struct foyer_setting *set,
    uint64_t n, void **state)
{
	uint64_t size = n > 0 ? strtoull(set[0].value, NULL, 10) : SIZE;

	(void)state;
	memory = host->memory(host, size);
	return memory == NULL;
}

static int
keeper_judge(void *state, const struct foyer_comment *c,
    struct foyer_verdict *v)
{
	(void)state;
	(void)c;
	snprintf(reason, sizeof(reason), "%s", memory);
	v->reason = reason;
	return 0;
}

static int
keeper_hear(void *state, const struct foyer_comment *c,
    const struct foyer_ruling *r)
{
	size_t len = strlen(memory);

	(void)state;
	snprintf(memory + len, SIZE - len, "%lld:%d-%d/%u ", (long long)r->id,
	    r->before, r->now, r->again);
	if (strcmp(c->body, "crash") == 0)
		abort();
	while (strcmp(c->body, "hang") == 0)
		;
	return strcmp(c->body, "fail") == 0;
}

static int
keeper_learn(void *state, const struct foyer_comment *c, int32_t spam)
{
	(void)state;
	(void)c;
	(void)spam;
	abort();			/* hear is there */
}

FOYER_PLUGIN(.name = "keeper", .open = keeper_open, .judge = keeper_judge,
    .learn = keeper_learn, .hear = keeper_hear);
