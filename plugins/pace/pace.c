/*
 * pace.c: how fast a sender or a person posts, and how fast a thread grows.
 *
 * Counts in sliding windows of a minute and an hour: what the window before
 * held, by the part of it that is still in reach, and what this one holds. The
 * table is fixed: whoever is counted has WAYS places, the stalest makes room.
 * It outlives faults of other filters.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <foyer/plugin.h>

enum { SETS = 1024, WAYS = 4, LIMIT_MOST = 100000 };
enum { MINUTE, HOUR, WINDOWS };

enum { SENDER, PERSON, THREAD, SCOPES };

struct window {
	int64_t start, before, now;
};

struct counted {			/* one sender, person or thread */
	uint64_t key;			/* 0: nobody */
	int64_t seen;
	struct window windows[WINDOWS];
};

struct table {
	struct counted sets[SETS][WAYS];
};

struct pace {
	long limits[SCOPES][WINDOWS];
	struct table *table;
	char reason[80];
	struct foyer_feature features[SCOPES * WINDOWS];
};

static const struct {
	const char *name;
	int64_t seconds;
} periods[WINDOWS] = { { "minute", 60 }, { "hour", 3600 } };

/* Many may talk under a review at once: what is over its limit waits, and is
 * never spam for it. */
static const struct {
	const char *words;
	const char *settings[WINDOWS], *features[WINDOWS];
	long limits[WINDOWS];
	int32_t most;
} scopes[SCOPES] = {
	{ "from one sender", { "per_minute", "per_hour" },
	    { "minute", "hour" }, { 5, 30 }, 100 },
	{ "from one person", { "person_per_minute", "person_per_hour" },
	    { "person_minute", "person_hour" }, { 5, 30 }, 100 },
	{ "under one review", { "thread_per_minute", "thread_per_hour" },
	    { "thread_minute", "thread_hour" }, { 30, 300 }, 50 },
};

static int
pace_set(struct pace *pace, const struct foyer_setting *set)
{
	int i, k;

	for (i = 0; i < SCOPES; i++)
		for (k = 0; k < WINDOWS; k++) {
			long *limit = &pace->limits[i][k];
			char *end;

			if (strcmp(set->key, scopes[i].settings[k]) != 0)
				continue;
			*limit = strtol(set->value, &end, 10);
			return end != set->value && *end == '\0' &&
			    *limit >= 1 && *limit <= LIMIT_MOST;
		}
	return 0;
}

static int
pace_open(const struct foyer_host *host, const struct foyer_setting *set,
    uint64_t n, void **state)
{
	static struct pace pace;
	uint64_t i;

	for (i = 0; i < SCOPES; i++)
		memcpy(pace.limits[i], scopes[i].limits,
		    sizeof(pace.limits[i]));
	for (i = 0; i < n; i++) {
		if (pace_set(&pace, &set[i]))
			continue;
		host->log(host, "the settings are per_minute, per_hour, and "
		    "both with person_ or thread_ before: numbers from 1 to "
		    "100000");
		return -1;
	}
	pace.table = host->scratch(host, sizeof(*pace.table));
	if (pace.table == NULL) {
		host->log(host, "filter_memory leaves no room for its counts");
		return -1;
	}
	*state = &pace;
	return 0;
}

/* FNV-1a: the sender is a keyed hash already. */
static uint64_t
pace_key(int scope, const char *sender)
{
	uint64_t h = 14695981039346656037u ^ (uint64_t)scope;

	h *= 1099511628211u;
	for (; *sender != '\0'; sender++)
		h = (h ^ (unsigned char)*sender) * 1099511628211u;
	return h ? h : 1;
}

static struct counted *
pace_find(struct pace *pace, uint64_t key, int64_t now)
{
	struct counted *set = pace->table->sets[key % SETS], *stalest = set;
	int i;

	for (i = 0; i < WAYS; i++) {
		if (set[i].key == key)
			return &set[i];
		if (set[i].seen < stalest->seen)
			stalest = &set[i];
	}
	memset(stalest, 0, sizeof(*stalest));
	stalest->key = key;
	for (i = 0; i < WINDOWS; i++)
		stalest->windows[i].start = now;
	return stalest;
}

/* Counts one comment; how many the last `seconds` have seen. */
static int64_t
window_count(struct window *w, int64_t seconds, int64_t now)
{
	int64_t gone = now - w->start;

	if (gone < 0)
		gone = 0;		/* the clock was set back */
	if (gone >= 2 * seconds) {
		*w = (struct window){ .start = now };
		gone = 0;
	} else if (gone >= seconds) {
		*w = (struct window){ w->start + seconds, w->now, 0 };
		gone -= seconds;
	}
	w->now++;
	return w->now + w->before * (seconds - gone) / seconds;
}

/* 50 when it is just over the limit, 100 at twice the limit. */
static int32_t
pace_score(int64_t count, int64_t limit)
{
	if (count <= limit)
		return 0;
	if (count >= 2 * limit)
		return 100;
	return (int32_t)(50 + 50 * (count - limit) / limit);
}

static void
pace_one(struct pace *pace, int scope, const struct foyer_comment *c,
    struct foyer_verdict *v)
{
	const char *const keys[SCOPES] = { c->sender, c->person, c->review };
	struct counted *one;
	int i;

	if (keys[scope][0] == '\0')
		return;
	one = pace_find(pace, pace_key(scope, keys[scope]), c->now);
	one->seen = c->now;
	for (i = 0; i < WINDOWS; i++) {
		int64_t count = window_count(&one->windows[i],
		    periods[i].seconds, c->now);
		int32_t score = pace_score(count, pace->limits[scope][i]);

		pace->features[v->nfeatures++] = (struct foyer_feature){
		    scopes[scope].features[i], count };
		if (score > scopes[scope].most)
			score = scopes[scope].most;
		if (score <= v->score)
			continue;
		v->score = score;
		snprintf(pace->reason, sizeof(pace->reason), "%lld comments "
		    "%s in one %s", (long long)count, scopes[scope].words,
		    periods[i].name);
		v->reason = pace->reason;
	}
}

static int
pace_judge(void *state, const struct foyer_comment *c, struct foyer_verdict *v)
{
	struct pace *pace = state;
	int scope;

	v->features = pace->features;
	for (scope = 0; scope < SCOPES; scope++)
		pace_one(pace, scope, c, v);
	return 0;
}

FOYER_PLUGIN(.name = "pace", .version = "1.2", .open = pace_open,
    .judge = pace_judge);
