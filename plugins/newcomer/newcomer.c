/* newcomer.c: what became of a person's comments so far. */
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <foyer/plugin.h>

enum { DAY = 86400, REMOVED_ALL = 70 };

struct newcomer {
	long first, known, after;
	char reason[100];
	struct foyer_feature features[3];
};

static const struct {
	const char *key;
	size_t at;
	long most;
} settings[] = {
	{ "first", offsetof(struct newcomer, first), 100 },
	{ "known", offsetof(struct newcomer, known), 100 },
	{ "known_after", offsetof(struct newcomer, after), 100 },
};

static int
newcomer_set(struct newcomer *n, const struct foyer_setting *set)
{
	size_t i;
	long value;
	char *end;

	for (i = 0; i < sizeof(settings) / sizeof(settings[0]); i++) {
		if (strcmp(set->key, settings[i].key) != 0)
			continue;
		value = strtol(set->value, &end, 10);
		if (end == set->value || *end != '\0' || value < 0 ||
		    value > settings[i].most)
			return -1;
		memcpy((char *)n + settings[i].at, &value, sizeof(value));
		return 0;
	}
	return -1;
}

static int
newcomer_open(const struct foyer_host *host, const struct foyer_setting *set,
    uint64_t n, void **state)
{
	static struct newcomer newcomer = {
		.first = 10, .known = 30, .after = 5
	};
	uint64_t i;

	for (i = 0; i < n; i++)
		if (newcomer_set(&newcomer, &set[i]) != 0) {
			host->log(host, "the settings are first, known and "
			    "known_after, each a number, 0 to 100");
			return -1;
		}
	*state = &newcomer;
	return 0;
}

/* Whole days since the first comment. */
static int64_t
newcomer_days(const struct foyer_comment *c)
{
	return c->first_seen > 0 && c->now > c->first_seen ?
	    (c->now - c->first_seen) / DAY : 0;
}

static int
newcomer_judge(void *state, const struct foyer_comment *c,
    struct foyer_verdict *v)
{
	struct newcomer *n = state;
	long long shown = c->shown, removed = c->removed, all = shown + removed;
	int64_t days = newcomer_days(c);

	n->features[0] = (struct foyer_feature){ "shown", shown };
	n->features[1] = (struct foyer_feature){ "removed", removed };
	n->features[2] = (struct foyer_feature){ "days", days };
	v->features = n->features;
	v->nfeatures = 3;
	v->reason = n->reason;
	if (removed > 0) {
		v->score = (int32_t)(REMOVED_ALL * removed / all);
		snprintf(n->reason, sizeof(n->reason), "%lld of their %lld "
		    "comments were taken away", removed, all);
	} else if (all == 0) {
		v->score = (int32_t)n->first;
		snprintf(n->reason, sizeof(n->reason), "their first comment");
	} else if (shown >= n->after && days > 0) {
		v->score = -(int32_t)n->known;
		snprintf(n->reason, sizeof(n->reason), "%lld comments shown in "
		    "%lld day%s, none taken away", shown, (long long)days,
		    days == 1 ? "" : "s");
	} else {
		v->reason = NULL;
	}
	return 0;
}

FOYER_PLUGIN(.name = "newcomer", .version = "1.0", .open = newcomer_open,
    .judge = newcomer_judge);
