/*
 * apart.c: puts letters together again: "b u y" and "b.u-y" are read as "buy".
 */
#include "bayes.h"

enum { APART = 4, MARKED = 3 };

/* ---- letters apart ---- */

/* A letter by itself. */
static bool
single(const struct bayes_text *t, size_t i)
{
	return bayes_mask_letter(t, i) && bayes_glyph_script(t->at[i]) != 4 &&
	    (i == 0 || !bayes_glyph_word(t->at[i - 1])) &&
	    (i + 1 == t->n || !bayes_glyph_word(t->at[i + 1]));
}

/* Where a run of single letters with one sign between them ends, or `from`.
 * It takes four: "I, a b" may be meant. */
static size_t
letters_apart(const struct bayes_text *t, size_t from)
{
	size_t to = from, n = 1;

	if (!single(t, from))
		return from;
	for (; to + 2 < t->n && single(t, to + 2); to += 2)
		n++;
	return n >= APART ? to + 1 : from;
}

/* Two spaces in a row stood between words. */
static void
join(struct bayes_text *t, size_t from, size_t to)
{
	size_t i;

	t->masked[BAYES_APART]++;
	for (i = from; i < to; i += 2) {
		bayes_mask_put(t, i, t->at[i]);
		if (i + 1 < to)
			bayes_text_note(t, BAYES_APART, t->at[i + 1], 0);
		if (i + 1 < to && (t->flags[i + 1] & BAYES_WIDE))
			bayes_mask_put(t, i + 1, ' ');
	}
}

/* ---- marks between letters ---- */

static bool
mark_inside(const struct bayes_text *t, size_t i)
{
	static const uint32_t marks[] = { '.', '-', '_', '*', '~', '|', '^',
	    0xb7, 0x2022 };
	size_t k;

	for (k = 0; k < sizeof(marks) / sizeof(marks[0]); k++)
		if (t->at[i] == marks[k])
			return i > 0 && bayes_mask_letter(t, i - 1) &&
			    bayes_mask_letter(t, i + 1);
	return false;
}

static size_t
chunk(const struct bayes_text *t, size_t from)
{
	while (from < t->n && t->at[from] != ' ')
		from++;
	return from;
}

/* How many in what may be words, but is no host and no address. */
static uint32_t
marks_inside(const struct bayes_text *t, size_t from, size_t to)
{
	uint32_t marks = 0, dots = 0;

	for (; from < to; from++) {
		if (t->at[from] == '/' || t->at[from] == '@')
			return 0;
		marks += mark_inside(t, from);
		dots += mark_inside(t, from) && t->at[from] == '.';
	}
	return marks > dots ? marks : 0;
}

bool
bayes_apart_marked(const struct bayes_text *t)
{
	uint32_t marks = 0, chunks = 0;
	size_t i, to;

	for (i = 0; i < t->n; i = to + 1) {
		to = chunk(t, i);
		marks += marks_inside(t, i, to);
		chunks++;
	}
	return marks >= MARKED && 2 * marks >= chunks;
}

/* Where it ends, or `from` if it has no marks inside. */
static size_t
put_marked(struct bayes_text *t, size_t from)
{
	size_t to = chunk(t, from), i;

	if (marks_inside(t, from, to) == 0)
		return from;
	t->masked[BAYES_APART]++;
	for (i = from; i < to; i++)
		if (mark_inside(t, i))
			bayes_text_note(t, BAYES_APART, t->at[i], 0);
		else
			bayes_mask_put(t, i, t->at[i]);
	return to;
}

/* A link says nothing by the letters of its path. */
static size_t
put_address(struct bayes_text *t, size_t from)
{
	size_t to = chunk(t, from), i;
	bool slash = false, dot = false;

	for (i = from; i < to; i++) {
		slash |= t->at[i] == '/';
		dot |= t->at[i] == '.';
	}
	if (!slash || !dot)
		return from;
	for (i = from; i < to; i++)
		bayes_mask_put(t, i, t->at[i]);
	return to;
}

size_t
bayes_apart_join(struct bayes_text *t, size_t from, bool marks)
{
	size_t to = letters_apart(t, from);

	if (to > from) {
		join(t, from, to);
		return to;
	}
	if (from > 0 && t->at[from - 1] != ' ')
		return from;
	to = put_address(t, from);
	return to == from && marks ? put_marked(t, from) : to;
}
