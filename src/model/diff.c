/* diff.c: two texts compared word by word. */
#include <string.h>

#include "model/model.h"

/*
 * Myers' greedy algorithm (An O(ND) Difference Algorithm, 1986), up to
 * DISTANCE words of difference and the caller's allowance of work. Past that
 * the middle, where the texts differ, counts as replaced.
 */
enum { DISTANCE = 400, ROOM = (DISTANCE + 1) * (DISTANCE + 1) };

struct words {
	struct str *at;
	size_t n;
};

struct compare {
	struct words old, new;
	size_t head;			/* words alike at both beginnings */
	ptrdiff_t n, m;			/* words between head and tail */
	int *trace;			/* how far diagonals came, by step */
	int64_t *allowance;
	struct model_change *out;
	size_t nout;
};

/* Whether a word begins at i, or all is over. */
static bool
begins(struct str s, size_t i)
{
	return i == s.len || ((unsigned char)s.at[i] > ' ' &&
	    (unsigned char)s.at[i - 1] <= ' ');
}

/* A word and the space behind it. */
static struct words
split(struct arena *a, struct str s)
{
	struct words w = { NULL, 0 };
	size_t i, from = 0, n = 0;

	for (i = 1; i <= s.len; i++)
		n += begins(s, i);
	w.at = arena_alloc(a, (n + 1) * sizeof(*w.at));
	for (i = 1; i <= s.len; i++) {
		if (!begins(s, i))
			continue;
		w.at[w.n++] = str_cut(s, from, i - from);
		from = i;
	}
	return w;
}

/* Adds a word, to the change before if it is of the same kind. */
static void
put(struct compare *c, enum model_diff kind, struct str word)
{
	struct model_change *last = &c->out[c->nout];

	if (c->nout > 0 && last[-1].kind == kind) {
		last[-1].text.len += word.len;
		return;
	}
	*last = (struct model_change){ kind, word };
	c->nout++;
}

static void
put_all(struct compare *c, enum model_diff kind, const struct str *w,
    size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		put(c, kind, w[i]);
}

/* The ends of step d's diagonals; diagonal k lies at index d + k. */
static int *
step(const struct compare *c, ptrdiff_t d)
{
	return &c->trace[d * d];
}

/* Whether diagonal k of step d was come to from the one above: a new word. */
static bool
down(const int *before, ptrdiff_t d, ptrdiff_t k)
{
	if (k == -d)
		return true;
	return k != d && before[d - 1 + k - 1] < before[d - 1 + k + 1];
}

/* Where diagonal k of step d begins. */
static ptrdiff_t
begin(const struct compare *c, ptrdiff_t d, ptrdiff_t k)
{
	const int *before;

	if (d == 0)
		return 0;
	before = step(c, d - 1);
	return down(before, d, k) ? before[d - 1 + k + 1] :
	    before[d - 1 + k - 1] + 1;
}

/* One step further on every diagonal; true: the end was reached. */
static bool
advance(struct compare *c, ptrdiff_t d)
{
	const struct str *old = c->old.at + c->head;
	const struct str *new = c->new.at + c->head;
	ptrdiff_t k;

	for (k = -d; k <= d; k += 2) {
		ptrdiff_t x = begin(c, d, k), from = x;

		while (x < c->n && x - k >= 0 && x - k < c->m &&
		    str_eq(old[x], new[x - k]))
			x++;
		*c->allowance -= x - from + 1;
		step(c, d)[d + k] = (int)x;
		if (x >= c->n && x - k >= c->m)
			return true;
	}
	return false;
}

/* Back from the end; the changes come out last first. */
static void
walk_back(struct compare *c, ptrdiff_t d, enum model_diff *way, size_t *n)
{
	ptrdiff_t x = c->n, k = c->n - c->m;

	for (; d >= 0; d--) {
		ptrdiff_t from = begin(c, d, k);
		bool new = d > 0 && down(step(c, d - 1), d, k);

		for (; x > from; x--)
			way[(*n)++] = DIFF_SAME;
		if (d == 0)
			return;
		way[(*n)++] = new ? DIFF_NEW : DIFF_GONE;
		x = new ? x : x - 1;
		k = new ? k + 1 : k - 1;
	}
}

static void
put_way(struct compare *c, const enum model_diff *way, size_t n)
{
	size_t x = c->head, y = c->head;

	while (n-- > 0) {
		put(c, way[n], way[n] == DIFF_NEW ? c->new.at[y] :
		    c->old.at[x]);
		x += way[n] != DIFF_NEW;
		y += way[n] != DIFF_GONE;
	}
}

static void
middle(struct compare *c, struct arena *a)
{
	enum model_diff *way;
	ptrdiff_t d;
	size_t n = 0;

	for (d = 0; d <= DISTANCE && *c->allowance > 0; d++)
		if (advance(c, d))
			break;
	if (d > DISTANCE || *c->allowance <= 0) {
		put_all(c, DIFF_GONE, c->old.at + c->head, (size_t)c->n);
		put_all(c, DIFF_NEW, c->new.at + c->head, (size_t)c->m);
		return;
	}
	way = arena_alloc(a, (size_t)(c->n + c->m + 1) * sizeof(*way));
	walk_back(c, d, way, &n);
	put_way(c, way, n);
}

void
model_diff_open(struct arena *a, struct model_differ *d)
{
	d->trace = arena_alloc(a, ROOM * sizeof(*d->trace));
	d->allowance = 4 * 1000 * 1000;
}

struct model_change *
model_diff(struct arena *a, struct model_differ *d, struct str old,
    struct str new, size_t *n)
{
	struct compare c = { .old = split(a, old), .new = split(a, new),
	    .trace = d->trace, .allowance = &d->allowance };
	size_t least = c.old.n < c.new.n ? c.old.n : c.new.n, tail = 0;

	c.out = arena_alloc(a, (c.old.n + c.new.n + 1) * sizeof(*c.out));
	while (c.head < least &&
	    str_eq(c.old.at[c.head], c.new.at[c.head]))
		c.head++;
	while (tail < least - c.head && str_eq(c.old.at[c.old.n - 1 - tail],
	    c.new.at[c.new.n - 1 - tail]))
		tail++;
	c.n = (ptrdiff_t)(c.old.n - c.head - tail);
	c.m = (ptrdiff_t)(c.new.n - c.head - tail);
	put_all(&c, DIFF_SAME, c.old.at, c.head);
	middle(&c, a);
	put_all(&c, DIFF_SAME, c.old.at + c.old.n - tail, tail);
	*n = c.nout;
	return c.out;
}
