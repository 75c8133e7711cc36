/* order.c: a page's comments into the order in which they are read. */
#include <stdlib.h>
#include <string.h>

#include "model/model.h"

#define NONE	((size_t)-1)

struct key {				/* to sort by without moving comments */
	int64_t first, second;
	size_t at;
};

struct link {				/* positions in the given order */
	size_t parent, child, next;	/* next: the next sibling */
};

static int
key_cmp(const void *va, const void *vb)
{
	const struct key *a = va, *b = vb;

	if (a->first != b->first)
		return a->first < b->first ? -1 : 1;
	if (a->second != b->second)
		return a->second < b->second ? -1 : 1;
	return a->at < b->at ? -1 : a->at > b->at;
}

/* The comment with this id, or NONE. */
static size_t
find(const struct key *by_id, size_t n, int64_t id)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (by_id[mid].first < id)
			low = mid + 1;
		else
			high = mid;
	}
	return low < n && by_id[low].first == id ? by_id[low].at : NONE;
}

/* A parent is older than its reply: a larger id can't close a circle. */
static void
find_parents(struct arena *a, const struct comment *c, size_t n,
    struct link *links)
{
	struct key *by_id = arena_alloc(a, n * sizeof(*by_id));
	size_t i;

	for (i = 0; i < n; i++)
		by_id[i] = (struct key){ c[i].id, 0, i };
	qsort(by_id, n, sizeof(*by_id), key_cmp);
	for (i = 0; i < n; i++) {
		links[i] = (struct link){ NONE, NONE, NONE };
		if (c[i].parent != 0 && c[i].parent < c[i].id)
			links[i].parent = find(by_id, n, c[i].parent);
	}
}

/* Replies by time; links[n] is the parent of the roots, as they came. */
static void
find_children(struct arena *a, const struct comment *c, size_t n,
    struct link *links)
{
	struct key *by_time = arena_alloc(a, n * sizeof(*by_time));
	size_t i;

	links[n] = (struct link){ NONE, NONE, NONE };
	for (i = 0; i < n; i++) {
		if (links[i].parent == NONE)
			by_time[i] = (struct key){ INT64_MIN, 0, i };
		else
			by_time[i] = (struct key){ c[i].posted, c[i].id, i };
	}
	qsort(by_time, n, sizeof(*by_time), key_cmp);
	for (i = n; i-- > 0; ) {
		struct link *l = &links[by_time[i].at];

		if (l->parent == NONE)
			l->parent = n;
		l->next = links[l->parent].child;
		links[l->parent].child = by_time[i].at;
	}
}

/* The next one down the page: a reply, else a sibling, else an uncle. */
static size_t
step(const struct link *links, size_t at)
{
	if (links[at].child != NONE)
		return links[at].child;
	while (links[at].parent != NONE && links[at].next == NONE)
		at = links[at].parent;
	return links[at].next;
}

void
model_order(struct arena *a, struct comment *c, size_t n)
{
	struct comment *given = arena_alloc(a, n * sizeof(*given));
	struct link *links = arena_alloc(a, (n + 1) * sizeof(*links));
	size_t i, at;

	if (n == 0)
		return;
	memcpy(given, c, n * sizeof(*c));
	find_parents(a, given, n, links);
	find_children(a, given, n, links);
	for (i = 0, at = links[n].child; at != NONE; at = step(links, at)) {
		size_t parent = links[at].parent;
		int depth = parent == n ? 0 : given[parent].depth + 1;

		given[at].depth = depth < MODEL_DEPTH_MAX ? depth :
		    MODEL_DEPTH_MAX;
		c[i++] = given[at];
	}
}
