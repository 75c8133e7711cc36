/*
 * pow.c: whoever comments has their computer work for it a moment.
 *
 * It gives out challenges that ALTCHA's widget and foyer's own script solve,
 * and looks at the answer that came with a comment. Without a good one the
 * comment waits for a person; it is never spam for that.
 */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <foyer/plugin.h>

#include "pow.h"

enum { EASIER = 4 };			/* so much may be needed more by now */

static struct pow {
	char key[POW_KEY + 1];
	int64_t least, most, calm, seconds;
	struct pow_load *load;		/* goes on after others' faults */
	const char *site;
	char mark[POW_MARK];		/* of the proof judged last */
	struct foyer_feature features[2];
} pow_state;

static const struct {
	const char *name;
	size_t at;
	int64_t least, most, standard;
} numbers[] = {
	{ "least", offsetof(struct pow, least), 1000, 10000000, 50000 },
	{ "most", offsetof(struct pow, most), 1000, 10000000, 1000000 },
	{ "calm", offsetof(struct pow, calm), 1, 100000, 30 },
	{ "seconds", offsetof(struct pow, seconds), 30, 86400, 1200 },
};

enum { NUMBERS = sizeof(numbers) / sizeof(numbers[0]) };

static int64_t *
number(struct pow *pow, size_t i)
{
	return (int64_t *)(void *)((char *)pow + numbers[i].at);
}

static bool
set_one(struct pow *pow, const struct foyer_setting *set)
{
	size_t i, len = strlen(set->value);
	char *end;

	if (strcmp(set->key, "key") == 0) {
		snprintf(pow->key, sizeof(pow->key), "%s", set->value);
		return len >= POW_HASH && len <= POW_KEY;
	}
	for (i = 0; i < NUMBERS; i++) {
		int64_t *n = number(pow, i);

		if (strcmp(set->key, numbers[i].name) != 0)
			continue;
		*n = strtoll(set->value, &end, 10);
		return end != set->value && *end == '\0' &&
		    *n >= numbers[i].least && *n <= numbers[i].most;
	}
	return false;
}

static int
pow_open(const struct foyer_host *host, const struct foyer_setting *set,
    uint64_t n, void **state)
{
	struct pow *pow = &pow_state;
	char line[160];
	uint64_t i;

	*pow = (struct pow){ .site = host->site,
	    .load = host->scratch(host, sizeof(*pow->load)) };
	for (i = 0; i < NUMBERS; i++)
		*number(pow, i) = numbers[i].standard;
	for (i = 0; i < n; i++) {
		if (set_one(pow, &set[i]))
			continue;
		snprintf(line, sizeof(line), "a wrong setting: %.40s; there "
		    "are key (32 to 200 letters), least, most, calm and "
		    "seconds", set[i].key);
		host->log(host, line);
		return -1;
	}
	if (pow->key[0] == '\0' || pow->most < pow->least) {
		host->log(host, pow->key[0] == '\0' ? "the setting key is "
		    "missing: 32 to 200 letters that nobody can guess" :
		    "most is less than least");
		return -1;
	}
	if (pow->load == NULL || sodium_init() < 0)
		return -1;
	*state = pow;
	return 0;
}

static int64_t
needed(struct pow *pow, int64_t now)
{
	return pow_load_numbers(pow_load_count(pow->load, now), pow->calm,
	    pow->least, pow->most);
}

static int
pow_challenge(void *state, struct foyer_challenge *c)
{
	struct pow *pow = state;
	struct pow_salt salt = { .expires = c->now + pow->seconds,
	    .most = needed(pow, c->now) };

	pow_proof_review(pow->site, c->review, salt.review);
	c->json = pow_proof_challenge(pow->key, &salt);
	return 0;
}

/* NULL: it is good, if no other comment has used it. */
static const char *
wrong(struct pow *pow, const struct foyer_comment *c, int64_t need,
    struct foyer_mark *once)
{
	char review[POW_REVIEW];
	struct pow_salt salt;
	const char *why;

	if (c->answer[0] == '\0')
		return "no proof of work came with it";
	why = pow_proof_read(pow->key, c->answer, &salt, pow->mark);
	if (why != NULL)
		return why;
	pow->features[1] = (struct foyer_feature){ "numbers", salt.most };
	if (salt.expires <= c->now)
		return "the proof of work has expired";
	pow_proof_review(c->site, c->review, review);
	if (strcmp(salt.review, review) != 0)
		return "the proof of work is for another review";
	if (salt.most * EASIER < need)
		return "the proof of work was too easy for what comes in now";
	*once = (struct foyer_mark){ pow->mark,
	    "the proof of work was used before", salt.expires };
	return NULL;
}

static int
pow_judge(void *state, const struct foyer_comment *c, struct foyer_verdict *v)
{
	struct pow *pow = state;
	int64_t load = pow_load_count(pow->load, c->now);

	pow->features[0] = (struct foyer_feature){ "load", load };
	pow->features[1] = (struct foyer_feature){ NULL, 0 };
	v->features = pow->features;
	v->nfeatures = 2;
	v->reason = wrong(pow, c, needed(pow, c->now), &v->once);
	v->abstains = v->reason != NULL;
	pow_load_add(pow->load, c->now);
	if (v->abstains)
		pow_load_add(pow->load, c->now);
	return 0;
}

FOYER_PLUGIN(.name = "pow", .version = "1.2", .open = pow_open,
    .judge = pow_judge, .challenge = pow_challenge);
