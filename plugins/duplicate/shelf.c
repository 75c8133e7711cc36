/* shelf.c: texts found by the smallest of their hashes, as in a hash table. */
#include <string.h>

#include "duplicate.h"

enum { HEADS = 2 * DUPLICATE_TEXTS, STEPS = 256 };

static uint32_t
leads(const struct duplicate_sketch *s)
{
	return s->n < DUPLICATE_LEADS ? s->n : DUPLICATE_LEADS;
}

/* Which of its links goes on in this chain. */
static uint32_t *
next_of(struct duplicate_text *t, uint32_t head)
{
	uint32_t k;

	for (k = 0; k < DUPLICATE_LEADS && k < t->sketch.n; k++)
		if (t->sketch.least[k] % HEADS == head)
			return &t->next[k];
	return NULL;
}

/* The next of a chain; NULL at its end, or where it can't be right. */
static struct duplicate_text *
follow(struct duplicate_shelf *shelf, uint32_t place)
{
	if (place == 0 || place > DUPLICATE_TEXTS ||
	    shelf->texts[place - 1].sketch.n > DUPLICATE_KEPT)
		return NULL;
	return &shelf->texts[place - 1];
}

static void
chain_find(struct duplicate_shelf *shelf, uint32_t head,
    const struct duplicate_sketch *s, struct duplicate_text **best, int *most)
{
	struct duplicate_text *t = follow(shelf, shelf->heads[head]);
	uint32_t *next;
	int steps, alike;

	for (steps = 0; t != NULL && steps < STEPS; steps++) {
		alike = duplicate_sketch_alike(&t->sketch, s);
		if (alike > *most) {
			*most = alike;
			*best = t;
		}
		next = next_of(t, head);
		t = next != NULL ? follow(shelf, *next) : NULL;
	}
}

struct duplicate_text *
duplicate_shelf_find(struct duplicate_shelf *shelf,
    const struct duplicate_sketch *s, int percent, int *alike)
{
	struct duplicate_text *best = NULL;
	uint32_t k;

	*alike = percent - 1;
	for (k = 0; k < leads(s); k++)
		chain_find(shelf, s->least[k] % HEADS, s, &best, alike);
	return best;
}

static void
chain_cut(struct duplicate_shelf *shelf, uint32_t head, uint32_t place)
{
	uint32_t *at = &shelf->heads[head], *next;
	struct duplicate_text *t;
	int steps;

	for (steps = 0; steps < DUPLICATE_TEXTS; steps++) {
		if ((t = follow(shelf, *at)) == NULL ||
		    (next = next_of(t, head)) == NULL)
			return;
		if (*at == place) {
			*at = *next;
			return;
		}
		at = next;
	}
}

/* Two of a text's hashes may lead to the same chain: it is in it once. */
static bool
first_in_chain(struct duplicate_text *t, uint32_t k)
{
	return next_of(t, t->sketch.least[k] % HEADS) == &t->next[k];
}

struct duplicate_text *
duplicate_shelf_add(struct duplicate_shelf *shelf,
    const struct duplicate_sketch *s)
{
	uint32_t place = shelf->added % DUPLICATE_TEXTS + 1, k;
	struct duplicate_text *t = &shelf->texts[place - 1];

	for (k = 0; k < leads(&t->sketch); k++)
		if (first_in_chain(t, k))
			chain_cut(shelf, t->sketch.least[k] % HEADS, place);
	memset(t, 0, sizeof(*t));
	t->sketch = *s;
	for (k = 0; k < leads(s); k++) {
		uint32_t *head = &shelf->heads[s->least[k] % HEADS];

		if (!first_in_chain(t, k))
			continue;
		t->next[k] = *head;
		*head = place;
	}
	shelf->added++;
	return t;
}
