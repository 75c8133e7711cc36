/* approx.c: where a pattern stands in a text, about as it is. */
#include <stdlib.h>
#include <string.h>

#include "model/model.h"

enum {
	WORD = 64,
	WORDS = MODEL_APPROX_MAX / WORD,
	SLOTS = 512			/* more than twice the alphabet */
};

/* Which places of the pattern are this code point, a bit each. */
struct letter {
	int32_t c;			/* 0: a free slot */
	uint64_t at[WORDS];
};

/* Rows of differences down a column of the edit matrix, a bit each. */
struct column {
	uint64_t plus[WORDS], minus[WORDS];
	size_t words, score;		/* score: its last row */
};

static struct letter *
letter_of(struct letter *letters, int32_t c)
{
	size_t i = ((uint32_t)c * 2654435761u) % SLOTS;

	while (letters[i].c != 0 && letters[i].c != c)
		i = (i + 1) % SLOTS;
	return &letters[i];
}

static void
letters_set(struct letter *letters, const struct model_approx *p)
{
	size_t i;

	for (i = 0; i < p->n; i++) {
		struct letter *l = letter_of(letters, p->pattern[i]);

		l->c = p->pattern[i];
		l->at[i / WORD] |= UINT64_C(1) << i % WORD;
	}
}

/* One step along the text: Myers 1999, "A fast bit-vector algorithm for
 * approximate string matching", with Hyyrö's carries between words. */
static void
step(struct column *col, const struct letter *l, uint64_t last)
{
	uint64_t up = 0, down = 0;	/* what the word before hands on */
	size_t w;

	for (w = 0; w < col->words; w++) {
		uint64_t eq = l->at[w], pv = col->plus[w], mv = col->minus[w];
		uint64_t xv = eq | mv, xh, ph, mh;

		eq |= down;
		xh = (((eq & pv) + pv) ^ pv) | eq;
		ph = mv | ~(xh | pv);
		mh = pv & xh;
		if (w + 1 == col->words) {
			col->score += (ph & last) != 0;
			col->score -= (mh & last) != 0;
		}
		eq = ph << 1 | up;
		up = ph >> (WORD - 1);
		ph = eq;
		eq = mh << 1 | down;
		down = mh >> (WORD - 1);
		mh = eq;
		col->plus[w] = mh | ~(xv | ph);
		col->minus[w] = ph & xv;
	}
}

static size_t
distance(size_t a, size_t b)
{
	return a < b ? b - a : a - b;
}

/* Where the best match ends, and how many edits it takes. */
static size_t
best_end(struct arena *a, const int32_t *text, size_t n,
    const struct model_approx *p, size_t *score)
{
	struct letter *letters = arena_alloc(a, SLOTS * sizeof(*letters));
	struct column col = {
		.words = (p->n + WORD - 1) / WORD, .score = p->n
	};
	uint64_t last = UINT64_C(1) << (p->n - 1) % WORD;
	size_t i, best = 0, near = p->near + p->n;

	letters_set(letters, p);
	memset(col.plus, 0xff, sizeof(col.plus));
	*score = p->n;
	for (i = 0; i < n; i++) {
		step(&col, letter_of(letters, text[i]), last);
		if (col.score < *score || (col.score == *score &&
		    distance(i + 1, near) < distance(best, near))) {
			*score = col.score;
			best = i + 1;
		}
	}
	return best;
}

/* The edit matrix of the pattern down and the stretch of text along, whose
 * first row is all 0: the match begins anywhere and ends where that does. */
struct matrix {
	const int32_t *text;
	size_t n, wide;
	unsigned char *cost;
};

static unsigned char *
cost(const struct matrix *m, size_t row, size_t col)
{
	return &m->cost[row * m->wide + col];
}

static unsigned char
least(int a, int b, int c)
{
	return (unsigned char)(a < b ? a < c ? a : c : b < c ? b : c);
}

static void
matrix_fill(struct arena *a, struct matrix *m, const struct model_approx *p)
{
	size_t i, j;

	m->wide = m->n + 1;
	m->cost = arena_alloc(a, (p->n + 1) * m->wide);
	for (i = 1; i <= p->n; i++) {
		*cost(m, i, 0) = (unsigned char)i;
		for (j = 1; j <= m->n; j++)
			*cost(m, i, j) = least(*cost(m, i - 1, j) + 1,
			    *cost(m, i, j - 1) + 1, *cost(m, i - 1, j - 1) +
			    (p->pattern[i - 1] != m->text[j - 1]));
	}
}

/* Back from the end: where the part ends and begins. What was put in at its
 * edges is not of it. False if too much of the part itself differs. */
static bool
trace(const struct matrix *m, struct model_approx *p)
{
	size_t i = p->n, j = m->n, from = 0, to = j;
	bool begun = false;

	while (i > 0) {
		unsigned char here = *cost(m, i, j);

		if (i == p->to)
			to = j;
		if (j > 0 && here == *cost(m, i - 1, j - 1) +
		    (p->pattern[i - 1] != m->text[j - 1])) {
			i--;
			j--;
		} else if (j > 0 && here == *cost(m, i, j - 1) + 1) {
			j--;
		} else {
			i--;
		}
		if (i == p->from && !begun) {
			from = j;
			begun = true;
		}
	}
	p->start = from;
	p->end = to;
	return to > from && (size_t)(*cost(m, p->to, to) -
	    *cost(m, p->from, from)) * 5 <= (p->to - p->from) * 2;
}

bool
model_approx_find(struct arena *a, const int32_t *text, size_t n,
    struct model_approx *p)
{
	struct matrix m;
	size_t stop, score, from;

	if (p->n == 0 || p->n > MODEL_APPROX_MAX)
		return false;
	stop = best_end(a, text, n, p, &score);
	if (score * 3 > p->n)
		return false;
	from = stop > p->n + score ? stop - p->n - score : 0;
	m = (struct matrix){ .text = text + from, .n = stop - from };
	matrix_fill(a, &m, p);
	if (!trace(&m, p))
		return false;
	p->start += from;
	p->end += from;
	return true;
}
