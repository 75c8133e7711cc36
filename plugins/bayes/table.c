/* table.c: what is learned, laid out in the memory that the host keeps. */
#include <string.h>
#include <sys/random.h>

#include "bayes.h"

enum { VERSION = 4, MAGIC = 0x62617930 + VERSION };

static uint32_t
slots(uint32_t bits)
{
	return 3u << bits;
}

static uint32_t
ring_words(uint32_t bits)
{
	return slots(bits) / 2;
}

/* Each version has another size: with that the host tells all rulings again. */
static size_t
head_size(void)
{
	return ((sizeof(struct bayes_head) + 4095) & ~(size_t)4095) +
	    VERSION * 64;
}

uint64_t
bayes_table_size(uint32_t bits)
{
	return head_size() +
	    (uint64_t)slots(bits) * sizeof(struct bayes_slot) +
	    (uint64_t)ring_words(bits) * sizeof(uint32_t);
}

static bool
make(struct bayes_table *t, uint64_t seed)
{
	struct bayes_head *h = t->head;

	memset((void *)h, 0, bayes_table_size(t->bits));
	if (seed == 0 && getrandom(&seed, sizeof(seed), 0) != sizeof(seed))
		return false;
	h->seed = seed * 0x9e3779b97f4a7c15u + 1;
	h->random = h->seed | 1;
	h->bits = t->bits;
	atomic_store(&h->stack[0], 0.9f);
	atomic_store(&h->stack[1], 0.4f);
	atomic_store(&h->stack[2], 0.3f);
	h->magic = MAGIC;
	return true;
}

bool
bayes_table_lay(struct bayes_table *t, void *memory, uint32_t bits)
{
	t->head = memory;
	t->bits = bits;
	t->slots = (void *)((char *)memory + head_size());
	t->nslots = slots(bits);
	t->ring_words = ring_words(bits);
	t->ring = (void *)(t->slots + t->nslots);
	return t->head->magic == MAGIC && t->head->bits == bits &&
	    t->head->seed != 0;
}

bool
bayes_table_open(struct bayes_table *t, void *memory, uint32_t bits,
    uint64_t seed)
{
	return bayes_table_lay(t, memory, bits) || make(t, seed);
}
