/*
 * pace.c: how fast one sender posts.
 *
 * Counts in sliding windows of a minute and an hour: what the window before
 * held, by the part of it that is still in reach, and what this one holds. The
 * table is fixed: a sender has WAYS places, the stalest makes room.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <foyer/plugin.h>

enum { SETS = 1024, WAYS = 4, LIMIT_MOST = 100000 };
enum { MINUTE, HOUR, WINDOWS };

struct window {
	int64_t start, before, now;
};

struct sender {
	uint64_t key;			/* 0: nobody */
	int64_t seen;
	struct window windows[WINDOWS];
};

struct pace {
	long limits[WINDOWS];
	struct sender table[SETS][WAYS];
	char reason[80];
	struct foyer_feature features[WINDOWS];
};

static const struct {
	const char *setting, *name;
	int64_t seconds;
} periods[WINDOWS] = {
	{ "per_minute", "minute", 60 },
	{ "per_hour", "hour", 3600 }
};

static int
pace_set(struct pace *pace, const struct foyer_setting *set)
{
	char *end;
	int i;

	for (i = 0; i < WINDOWS; i++) {
		if (strcmp(set->key, periods[i].setting) != 0)
			continue;
		pace->limits[i] = strtol(set->value, &end, 10);
		return end != set->value && *end == '\0' &&
		    pace->limits[i] >= 1 && pace->limits[i] <= LIMIT_MOST;
	}
	return 0;
}

static int
pace_open(const struct foyer_host *host, const struct foyer_setting *set,
    uint64_t n, void **state)
{
	static struct pace pace;	/* untouched parts cost no memory */
	uint64_t i;

	pace.limits[MINUTE] = 5;
	pace.limits[HOUR] = 30;
	for (i = 0; i < n; i++) {
		if (pace_set(&pace, &set[i]))
			continue;
		host->log(host, "the settings are per_minute and per_hour, "
		    "numbers from 1 to 100000");
		return -1;
	}
	*state = &pace;
	return 0;
}

/* FNV-1a: the sender is a keyed hash already. */
static uint64_t
pace_key(const char *sender)
{
	uint64_t h = 14695981039346656037u;

	for (; *sender != '\0'; sender++)
		h = (h ^ (unsigned char)*sender) * 1099511628211u;
	return h ? h : 1;
}

static struct sender *
pace_find(struct pace *pace, uint64_t key, int64_t now)
{
	struct sender *set = pace->table[key % SETS], *stalest = set;
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

static int
pace_judge(void *state, const struct foyer_comment *c, struct foyer_verdict *v)
{
	struct pace *pace = state;
	struct sender *s;
	int i;

	if (c->sender[0] == '\0')
		return 0;
	s = pace_find(pace, pace_key(c->sender), c->now);
	s->seen = c->now;
	for (i = 0; i < WINDOWS; i++) {
		int64_t count = window_count(&s->windows[i],
		    periods[i].seconds, c->now);
		int32_t score = pace_score(count, pace->limits[i]);

		pace->features[i] = (struct foyer_feature){
		    periods[i].name, count };
		if (score <= v->score)
			continue;
		v->score = score;
		snprintf(pace->reason, sizeof(pace->reason), "%lld comments "
		    "from one sender in one %s", (long long)count,
		    periods[i].name);
		v->reason = pace->reason;
	}
	v->features = pace->features;
	v->nfeatures = WINDOWS;
	return 0;
}

FOYER_PLUGIN(.name = "pace", .version = "1.0", .open = pace_open,
    .judge = pace_judge);
