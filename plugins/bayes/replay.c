/* replay.c: past decisions, as slots only; the oldest are forgotten. */
#include <string.h>

#include "bayes.h"

enum { MOST = 1500, HEAD = BAYES_WEIGHED };	/* words of one decision */

static uint32_t
key_of(const struct bayes_features *f, bool spam)
{
	uint32_t key = 2166136261u;
	size_t i;

	for (i = 0; i < f->n; i++)
		key = (key ^ f->all[i].slot) * 16777619u;
	return key << 2 | 2 | spam;
}

static struct bayes_stored *
stored(const struct bayes_table *t, uint32_t i)
{
	return &t->head->stored[(t->head->stored_at + i) % BAYES_STORED];
}

static void
drop_oldest(struct bayes_head *h)
{
	h->stored_at = (h->stored_at + 1) % BAYES_STORED;
	h->stored_n--;
}

/* Makes room for `len` words; where they go. What was written longest ago
 * comes next in the ring. */
static uint32_t
make_room(struct bayes_table *t, uint32_t len)
{
	struct bayes_head *h = t->head;
	uint32_t at = h->ring_at;

	if (h->stored_n > BAYES_STORED || at > t->ring_words)
		h->stored_n = at = 0;
	if (at + len > t->ring_words) {
		while (h->stored_n > 0 && stored(t, 0)->at >= at)
			drop_oldest(h);
		at = 0;
	}
	while (h->stored_n > 0 && (h->stored_n == BAYES_STORED ||
	    (stored(t, 0)->at >= at && stored(t, 0)->at < at + len)))
		drop_oldest(h);
	h->ring_at = at + len;
	return at;
}

/* A long one is thinned: every group keeps its share. */
void
bayes_replay_store(struct bayes_table *t, const struct bayes_features *f,
    bool spam)
{
	uint32_t every = (uint32_t)(f->n / MOST) + 1, len = HEAD, g, n = 0;
	uint32_t *to;
	size_t i;

	for (g = 0; g < BAYES_WEIGHED; g++)
		len += (uint32_t)((f->each[g] + every - 1) / every);
	to = t->ring + make_room(t, len);
	*stored(t, t->head->stored_n) = (struct bayes_stored){
		(uint32_t)(to - t->ring), len, key_of(f, spam) };
	t->head->stored_n++;
	for (g = 0; g < BAYES_WEIGHED; g++) {
		uint32_t k = 0;

		to[g] = (uint32_t)((f->each[g] + every - 1) / every);
		for (i = 0; i < f->n; i++)
			if (f->all[i].group == g && k++ % every == 0)
				to[HEAD + n++] = f->all[i].slot;
	}
}

void
bayes_replay_undo(struct bayes_table *t, const struct bayes_features *f,
    bool spam)
{
	uint32_t i, key = key_of(f, spam);

	for (i = t->head->stored_n; i > 0; i--)
		if (stored(t, i - 1)->key == key) {
			stored(t, i - 1)->key = 0;
			return;
		}
}

/* xorshift64*: which one, out of so many. */
static uint32_t
draw(struct bayes_head *h, uint32_t n)
{
	uint64_t x = h->random;

	x ^= x >> 12;
	x ^= x << 25;
	x ^= x >> 27;
	h->random = x ? x : 1;
	return (uint32_t)((x * 0x2545f4914f6cdd1du) >> 33) % n;
}

void
bayes_replay_one(struct bayes_table *t)
{
	const struct bayes_stored *s;
	struct bayes_vector v;
	uint32_t g, i, n = 0;

	if (t->head->stored_n == 0 || t->head->stored_n > BAYES_STORED)
		return;
	s = stored(t, draw(t->head, t->head->stored_n));
	if (s->key == 0 || s->len < HEAD || s->len > t->ring_words ||
	    s->at > t->ring_words - s->len)
		return;
	memcpy(v.each, t->ring + s->at, sizeof(v.each));
	v.slots = t->ring + s->at + HEAD;
	for (g = 0; g < BAYES_WEIGHED; g++)
		n += v.each[g] <= MOST + 1 ? v.each[g] : BAYES_FEATURES;
	if (n != s->len - HEAD)
		return;
	for (i = 0; i < n; i++)
		if (v.slots[i] >= t->nslots)
			return;
	bayes_model_step(t, &v, s->key & 1);
}
