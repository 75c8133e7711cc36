/*
 * duplicate.c: the same words elsewhere: a flood, or spam that is known.
 *
 * What was posted lately, on whichever node, is remembered as long as foyerd
 * runs, for all workers of the node; what moderators ruled is remembered for
 * longer, and every node hears of it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <foyer/plugin.h>

#include "duplicate.h"

enum { HOUR = 3600, FLOOD = 30, AGAIN = 10, EDITS = 3, KNOWN = 60 };

struct duplicate {
	long alike, hours, letters;
	struct duplicate_shelf *lately, *known;	/* known: NULL, no room */
	char reason[120];
	struct foyer_feature features[3];
};

static const struct {
	const char *key;
	size_t at;
	long least, most;
} settings[] = {
	{ "alike", offsetof(struct duplicate, alike), 40, 100 },
	{ "hours", offsetof(struct duplicate, hours), 1, 720 },
	{ "letters", offsetof(struct duplicate, letters), 4, 1000 },
};

static int
duplicate_set(struct duplicate *d, const struct foyer_setting *set)
{
	size_t i;
	long value;
	char *end;

	for (i = 0; i < sizeof(settings) / sizeof(settings[0]); i++) {
		if (strcmp(set->key, settings[i].key) != 0)
			continue;
		value = strtol(set->value, &end, 10);
		if (end == set->value || *end != '\0' ||
		    value < settings[i].least || value > settings[i].most)
			return -1;
		memcpy((char *)d + settings[i].at, &value, sizeof(value));
		return 0;
	}
	return -1;
}

static int
duplicate_open(const struct foyer_host *host, const struct foyer_setting *set,
    uint64_t n, void **state)
{
	static struct duplicate d = { .alike = 60, .hours = 24, .letters = 24 };
	uint64_t i;

	for (i = 0; i < n; i++)
		if (duplicate_set(&d, &set[i]) != 0) {
			host->log(host, "the settings are alike (40 to 100), "
			    "hours (1 to 720) and letters (4 to 1000)");
			return -1;
		}
	d.lately = host->scratch(host, sizeof(*d.lately));
	if (d.lately == NULL) {
		host->log(host, "filter_memory leaves no room for what was "
		    "posted lately");
		return -1;
	}
	d.known = host->memory(host, sizeof(*d.known));
	if (d.known == NULL)
		host->log(host, "filter_memory leaves no room for spam that is "
		    "known");
	*state = &d;
	return 0;
}

/* A sender under a review, FNV-1a. */
static uint64_t
place_of(const struct foyer_comment *c)
{
	const char *const texts[] = { c->sender, c->review };
	uint64_t h = UINT64_C(0xcbf29ce484222325);
	const char *s;
	int i;

	for (i = 0; i < 2; i++)
		for (s = texts[i]; ; s++) {
			h = (h ^ (unsigned char)*s) * UINT64_C(0x100000001b3);
			if (*s == '\0')
				break;
		}
	return h;
}

static void
count(struct duplicate_text *t, const struct foyer_comment *c)
{
	uint64_t place = place_of(c);
	uint32_t i;

	t->at = c->now;
	t->posts++;
	for (i = 0; i < t->nplaces; i++)
		if (t->places[i] == place)
			return;
	if (t->nplaces < DUPLICATE_PLACES)
		t->places[t->nplaces++] = place;
}

static bool
known_place(const struct duplicate_text *t, uint64_t place)
{
	uint32_t i;

	for (i = 0; i < t->nplaces; i++)
		if (t->places[i] == place)
			return true;
	return t->nplaces == DUPLICATE_PLACES;
}

/* How often it came, with this time. One person's under one review are edits,
 * as far as it goes. */
static int32_t
judge_lately(struct duplicate *d, const struct duplicate_sketch *s,
    const struct foyer_comment *c)
{
	struct duplicate_text *t;
	int32_t elsewhere, again;
	int alike;

	t = duplicate_shelf_find(d->lately, s, (int)d->alike, &alike);
	if (t == NULL || c->now - t->at > d->hours * HOUR) {
		count(duplicate_shelf_add(d->lately, s), c);
		return 0;
	}
	count(t, c);
	d->features[0] = (struct foyer_feature){ "alike", alike };
	d->features[1] = (struct foyer_feature){ "posts", t->posts };
	d->features[2] = (struct foyer_feature){ "places", t->nplaces };
	elsewhere = FLOOD * ((int32_t)t->nplaces - 1);
	again = t->posts > EDITS + 100 ? 100 :
	    AGAIN * ((int32_t)t->posts - EDITS);
	if (elsewhere >= again)
		snprintf(d->reason, sizeof(d->reason), "%d%% the same as a "
		    "comment sent to %u other place%s lately", alike,
		    t->nplaces - 1, t->nplaces == 2 ? "" : "s");
	else
		snprintf(d->reason, sizeof(d->reason), "sent %u times lately, "
		    "%d%% the same", t->posts, alike);
	return elsewhere >= again ? elsewhere : again;
}

static int
judge_known(struct duplicate *d, const struct duplicate_sketch *s, int *alike)
{
	const struct duplicate_text *t;

	if (d->known == NULL)
		return 0;
	t = duplicate_shelf_find(d->known, s, (int)d->alike, alike);
	if (t == NULL || t->spam <= t->ham)
		return 0;
	return *alike >= 100 ? 100 : KNOWN +
	    (100 - KNOWN) * (*alike - (int)d->alike) / (100 - (int)d->alike);
}

static int
duplicate_judge(void *state, const struct foyer_comment *c,
    struct foyer_verdict *v)
{
	struct duplicate *d = state;
	struct duplicate_sketch s;
	int alike, known;

	if (duplicate_sketch_make(&s, c->body, c->parent) < (size_t)d->letters)
		return 0;
	memset(d->features, 0, sizeof(d->features));
	v->score = judge_lately(d, &s, c);
	if (v->score < 0)
		v->score = 0;
	known = judge_known(d, &s, &alike);
	if (known > v->score) {
		v->score = known;
		snprintf(d->reason, sizeof(d->reason), "%d%% the same as what "
		    "a moderator ruled spam", alike);
		d->features[0] = (struct foyer_feature){ "alike", alike };
	}
	v->reason = v->score > 0 ? d->reason : NULL;
	v->features = d->features;
	v->nfeatures = 3;
	return 0;
}

/* One ruling more, or one less. */
static void
ruled(struct duplicate_text *t, int32_t as, int by)
{
	uint32_t *n = as == FOYER_SPAM ? &t->spam : &t->ham;

	if (as != FOYER_SPAM && as != FOYER_HAM)
		return;
	if (by > 0 || *n > 0)
		*n += (uint32_t)by;
}

static int
duplicate_hear(void *state, const struct foyer_comment *c,
    const struct foyer_ruling *is)
{
	struct duplicate *d = state;
	struct duplicate_text *t;
	struct duplicate_sketch s;
	int alike;

	if (d->known == NULL || is->again > 0 || duplicate_sketch_make(&s,
	    c->body, c->parent) < (size_t)d->letters)
		return 0;
	t = duplicate_shelf_find(d->known, &s, (int)d->alike, &alike);
	if (t == NULL && is->now == FOYER_SPAM)
		t = duplicate_shelf_add(d->known, &s);
	if (t == NULL)
		return 0;
	ruled(t, is->before, -1);
	ruled(t, is->now, 1);
	return 0;
}

/* What it has judged itself is where it came; what came to another node is
 * not, and counts as if it had come here. */
static int
duplicate_notice(void *state, const struct foyer_comment *c)
{
	struct duplicate *d = state;
	struct duplicate_text *t;
	struct duplicate_sketch s;
	int alike;

	if (duplicate_sketch_make(&s, c->body, c->parent) <
	    (size_t)d->letters)
		return 0;
	t = duplicate_shelf_find(d->lately, &s, (int)d->alike, &alike);
	if (t == NULL || c->now - t->at > d->hours * HOUR)
		t = duplicate_shelf_add(d->lately, &s);
	if (!known_place(t, place_of(c)))
		count(t, c);
	return 0;
}

FOYER_PLUGIN(.name = "duplicate", .version = "1.2", .open = duplicate_open,
    .judge = duplicate_judge, .hear = duplicate_hear,
    .notice = duplicate_notice);
