/* porter.c: asks who is there; lets in who answers, each once. */
#include <stdio.h>
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
	said = n > 0 ? set[0].value : NULL;
	return 0;
}

static const char *
who(const char *review)
{
	static char json[200];

	snprintf(json, sizeof(json), "{\"who\":\"is there\",\"at\":\"%s\"}",
	    review);
	return json;
}

static int
porter_challenge(void *state, struct foyer_challenge *c)
{
	(void)state;
	if (said != NULL && strcmp(said, "crash") == 0)
		abort();
	if (said == NULL && c->now > 1500000000)
		c->json = who(c->review);
	return said != NULL && strcmp(said, "fail") == 0;
}

#define A50	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static const struct guest {
	const char *answer;
	struct foyer_mark once;
	uint32_t abstains;
} guests[] = {
	{ "a friend", { "friend", "was let in before", 1000 }, 0 },
	{ "a bore", { A50 A50, A50 A50, INT64_MAX }, 0 },
	{ "a mess", { "a\xff\nb", NULL, INT64_MIN }, 0 },
	{ "a ghost", { (const char *)16, NULL, 0 }, 0 },
	{ "a foe", { "foe", "was let in before", 1000 }, 1 }
};

static int
porter_judge(void *state, const struct foyer_comment *c,
    struct foyer_verdict *v)
{
	size_t i;

	(void)state;
	v->score = -100;
	v->reason = c->answer;
	for (i = 0; i < sizeof(guests) / sizeof(guests[0]); i++) {
		if (strcmp(c->answer, guests[i].answer) != 0)
			continue;
		v->once = guests[i].once;
		v->abstains = guests[i].abstains;
		return 0;
	}
	v->abstains = 1;
	v->reason = "did not say who";
	return 0;
}

FOYER_PLUGIN(.name = "porter", .open = porter_open, .judge = porter_judge,
    .challenge = porter_challenge);
