/*
 * explain.c: what weighed most, in words that a moderator can read.
 *
 * What pieces of words, their forms and their letters add is told as the
 * word's, and what is in a link as the link's: nobody reads "ubsc" or "http".
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "bayes.h"

enum { TOP = 40, ROOM = 60 };

struct top {
	const struct bayes_feature *what;
	float share;
};

static void
keep(struct top *top, size_t *n, struct top one)
{
	size_t i;

	if (*n == TOP && fabsf(top[TOP - 1].share) >= fabsf(one.share))
		return;
	i = *n < TOP ? (*n)++ : TOP - 1;
	for (; i > 0 && fabsf(top[i - 1].share) < fabsf(one.share); i--)
		top[i] = top[i - 1];
	top[i] = one;
}

static size_t
encode(uint32_t cp, char *to)
{
	size_t i, n = cp < 0x80 ? 1 : cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
	static const unsigned char first[] = { 0, 0, 0xc0, 0xe0, 0xf0 };

	for (i = n - 1; i > 0; i--) {
		to[i] = (char)(0x80 | (cp & 0x3f));
		cp >>= 6;
	}
	to[0] = (char)(first[n] | cp);
	return n;
}

/* A part of the text, in quotation marks. */
static void
quote(const struct bayes_text *t, const struct bayes_feature *w, char *to)
{
	bool link = w->group == BAYES_LINKS;
	const uint32_t *from = link ? t->at : t->read;
	size_t i, n = 0, end = w->at + w->len, size = link ? t->n : t->nread;

	if (link)
		n = (size_t)sprintf(to, "link ");
	to[n++] = '"';
	for (i = w->at; i < end && i < size && n < ROOM - 12; i++)
		n += encode(from[i], to + n);
	to[n++] = '"';
	to[n] = '\0';
}

static const char *const links[] = { "no links", "1 link", "2 links",
    "3 or more links" };

static void
name(const struct bayes_text *t, const struct bayes_feature *w, char *to)
{
	if (w->group == BAYES_SHAPE)
		bayes_shape_name(w, to, ROOM);
	else if (w->len > 0)
		quote(t, w, to);
	else if (w->kind == BAYES_MANY)
		snprintf(to, ROOM, "%s", links[w->at & 3]);
	else
		snprintf(to, ROOM, w->kind == BAYES_TAG ? "HTML" : "a link");
}

/* One of the same place was named before it. */
static bool
named(const struct top *top, size_t n, const struct bayes_feature *w)
{
	size_t i;

	if (w->group == BAYES_SHAPE || w->len == 0)
		return false;
	for (i = 0; i < n; i++) {
		const struct bayes_feature *o = top[i].what;

		if (o->group != BAYES_SHAPE && o->len > 0 &&
		    w->at < o->at + o->len && o->at < w->at + w->len)
			return true;
	}
	return false;
}

static void
say(const struct bayes_text *t, const struct top *top, size_t n,
    struct bayes_why *ret)
{
	struct top chosen[BAYES_NAMED];
	char word[ROOM + 8];
	size_t i, k = 0, len = strlen(ret->reason);

	for (i = 0; i < n && k < BAYES_NAMED; i++) {
		int more;

		if (named(chosen, k, top[i].what) ||
		    fabsf(top[i].share) < 0.05f)
			continue;
		name(t, top[i].what, word);
		more = snprintf(ret->reason + len, sizeof(ret->reason) - len,
		    "%s %s %+.1f", k ? "," : ":", word,
		    (double)top[i].share);
		if (more < 0 || (size_t)more >= sizeof(ret->reason) - len) {
			ret->reason[len] = '\0';
			break;
		}
		len += (size_t)more;
		chosen[k++] = top[i];
	}
}

enum { NOBODY = BAYES_FEATURES };

/* Whose word it is that stands there. */
static void
own(const struct bayes_features *f, const struct bayes_text *t,
    uint32_t *owner)
{
	size_t i, k;

	for (i = 0; i < t->nread; i++)
		owner[i] = NOBODY;
	for (i = 0; i < f->n; i++) {
		const struct bayes_feature *w = &f->all[i];

		for (k = w->at; w->group == BAYES_WORDS && k < w->at + w->len;
		    k++)
			owner[k] = (uint32_t)i;
	}
}

/* The link that a feature is in, which then tells for it. */
static uint32_t
link_of(const struct bayes_features *f, const struct bayes_text *t,
    const struct bayes_feature *w)
{
	uint32_t at = w->at;
	size_t i;

	if (w->group == BAYES_SHAPE || w->len == 0)
		return NOBODY;
	if (w->group != BAYES_LINKS)
		at = t->place[at];
	for (i = 0; i < f->nlinks; i++)
		if (at >= f->links[i].from && at < f->links[i].to)
			return f->links[i].host;
	return NOBODY;
}

static void
gather_links(const struct bayes_features *f, const struct bayes_text *t,
    float *shares)
{
	size_t i;

	for (i = 0; i < f->n; i++) {
		uint32_t host = link_of(f, t, &f->all[i]);

		if (host == NOBODY || host == i)
			continue;
		shares[host] += shares[i];
		shares[i] = 0;
	}
}

/* Gives how many masks there are what each of that kind added. */
static void
gather_masks(const struct bayes_features *f, float *shares)
{
	size_t i, k, shape[BAYES_MASK_KINDS];

	for (k = 0; k < BAYES_MASK_KINDS; k++)
		shape[k] = NOBODY;
	for (i = 0; i < f->n; i++)
		if (f->all[i].group == BAYES_SHAPE &&
		    f->all[i].kind < BAYES_MASK_KINDS)
			shape[f->all[i].kind] = i;
	for (i = 0; i < f->n; i++) {
		k = shape[f->all[i].kind % BAYES_MASK_KINDS];
		if (f->all[i].group != BAYES_MASKS)
			continue;
		shares[k] += shares[i];
		shares[i] = 0;
	}
}

/* Gives words what their parts added. */
static void
gather(const struct bayes_features *f, const struct bayes_text *text,
    const float *parts, float *shares)
{
	static uint32_t owner[BAYES_TEXT];
	size_t i, k;

	own(f, text, owner);
	shares[NOBODY] = 0;
	for (i = 0; i < text->nread; i++)
		if (isfinite(parts[i + 1]))
			shares[owner[i]] += parts[i + 1];
	for (i = 0; i < f->n; i++) {
		const struct bayes_feature *w = &f->all[i];

		if (w->group != BAYES_PIECES && w->group != BAYES_FORMS)
			continue;
		for (k = w->at; k + 1 < w->at + w->len && k < text->nread &&
		    owner[k] == NOBODY; k++)
			;
		if (k < text->nread)
			shares[owner[k]] += shares[i];
		shares[i] = 0;
	}
}

void
bayes_explain(const struct bayes_table *t, const struct bayes_features *f,
    const struct bayes_text *text, const struct bayes_scores *s,
    struct bayes_why *ret)
{
	/* Never sure. */
	int percent = 1 + (int)(98 / (1 + expf(-s->odds)) + 0.5f);
	static float shares[BAYES_FEATURES + 1], parts[BAYES_TEXT + 2];
	float part = bayes_model_chain_part(t, s);
	struct top top[TOP];
	size_t i, n = 0;

	bayes_model_shares(t, f, s, shares);
	bayes_chain_parts(t, f, parts);
	for (i = 1; i < f->nchain; i++)
		parts[i] *= part;
	gather(f, text, parts, shares);
	gather_links(f, text, shares);
	gather_masks(f, shares);
	for (i = 0; i < f->n; i++)
		keep(top, &n, (struct top){ &f->all[i], shares[i] });
	snprintf(ret->reason, sizeof(ret->reason), "spam to %d %%", percent);
	say(text, top, n, ret);
	ret->features[0] = (struct foyer_feature){ "percent", percent };
	ret->features[1] = (struct foyer_feature){ "known_ham",
	    atomic_load(&t->head->decisions[0]) };
	ret->features[2] = (struct foyer_feature){ "known_spam",
	    atomic_load(&t->head->decisions[1]) };
	ret->n = 3;
}
