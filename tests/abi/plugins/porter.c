/* porter.c: asks who is there; lets in who answers. */
#include <stdlib.h>
#include <string.h>

#include <foyer/plugin.h>

static const char *said;

static int
porter_open(const struct foyer_host *host, const struct foyer_setting *set,
    uint64_t n, void **state)
{
	(void)host;
	(void)state;
	said = n > 0 ? set[0].value : "{\"who\":\"is there\"}";
	return 0;
}

static int
porter_challenge(void *state, struct foyer_challenge *c)
{
	(void)state;
	if (strcmp(said, "crash") == 0)
		abort();
	c->json = strcmp(said, "nothing") == 0 || c->now < 1500000000 ? NULL :
	    said;
	return strcmp(said, "fail") == 0;
}

static int
porter_judge(void *state, const struct foyer_comment *c,
    struct foyer_verdict *v)
{
	(void)state;
	v->score = -100;
	v->reason = c->answer;
	if (strcmp(c->answer, "a friend") == 0)
		return 0;
	v->abstains = 1;
	v->reason = "did not say who";
	return 0;
}

FOYER_PLUGIN(.name = "porter", .open = porter_open, .judge = porter_judge,
    .challenge = porter_challenge);
