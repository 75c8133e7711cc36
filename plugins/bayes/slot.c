/*
 * slot.c: numbers in few bits.
 *
 * A weight is the upper 20 bits of a float, the sum of its slopes' squares 12
 * bits of another, without the sign.
 */
#include "bayes.h"

enum { WEIGHT_CUT = 12, SQUARES = 12, SQUARES_CUT = 19 };

#define GET(x)		atomic_load_explicit(&(x), memory_order_relaxed)
#define PUT(x, v)	atomic_store_explicit(&(x), (v), memory_order_relaxed)

union number {
	uint32_t bits;
	float is;
};

/* Rounds up as often as the number is near to that: small steps, of which each
 * would be lost, still lead as far as they should. */
static uint32_t
narrow(float is, uint32_t cut, uint32_t *chance)
{
	*chance = *chance * 1664525u + 1013904223u;
	return ((union number){ .is = is }.bits +
	    (*chance >> (32 - cut))) >> cut;
}

static float
wide(uint32_t bits, uint32_t cut)
{
	return (union number){ .bits = bits << cut }.is;
}

static uint32_t
squares_of(uint32_t both)
{
	return both & ((1u << SQUARES) - 1);
}

float
bayes_slot_weight(const struct bayes_slot *s)
{
	return wide(GET(s->weight) >> SQUARES, WEIGHT_CUT);
}

void
bayes_slot_descend(struct bayes_slot *s, float slope, uint32_t *chance)
{
	uint32_t both = GET(s->weight);
	float squares = wide(squares_of(both), SQUARES_CUT) + slope * slope,
	    weight = wide(both >> SQUARES, WEIGHT_CUT) -
	    bayes_model_stride(slope, squares);

	PUT(s->weight, narrow(weight, WEIGHT_CUT, chance) << SQUARES |
	    squares_of(narrow(squares, SQUARES_CUT, chance)));
}

bool
bayes_slot_count(struct bayes_slot *s, bool spam, int by)
{
	_Atomic uint16_t *count = spam ? &s->spam : &s->ham;
	int n = GET(*count) + by;

	if (n < 0 || n > BAYES_COUNTED)
		return false;
	PUT(*count, (uint16_t)n);
	return true;
}

/* What was seen once stays seen. */
void
bayes_slot_halve(struct bayes_slot *s)
{
	PUT(s->spam, (uint16_t)((GET(s->spam) + 1) / 2));
	PUT(s->ham, (uint16_t)((GET(s->ham) + 1) / 2));
}
