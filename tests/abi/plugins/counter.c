/* counter.c: a plugin of 1.5 that counts in bytes that outlive the process. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <foyer/plugin.h>

static uint64_t *count;
static char reason[40];

static int
counter_open(const struct foyer_host *host, const struct foyer_setting *set,
    uint64_t n, void **state)
{
	(void)set;
	(void)n;
	(void)state;
	if (host->scratch(host, 0) != NULL ||
	    host->scratch(host, UINT64_MAX) != NULL)
		return -1;
	count = host->scratch(host, sizeof(*count));
	return count == NULL;
}

static int
counter_judge(void *state, const struct foyer_comment *c,
    struct foyer_verdict *v)
{
	(void)state;
	++*count;
	if (strcmp(c->body, "own") == 0)
		abort();
	snprintf(reason, sizeof(reason), "%llu", (unsigned long long)*count);
	v->reason = reason;
	return 0;
}

FOYER_PLUGIN(.name = "counter", .open = counter_open,
    .judge = counter_judge);
