/* shape.c: what a text looks like from afar, in coarse steps. */
#include <stdio.h>

#include "bayes.h"

enum shape {
	LENGTH = BAYES_MASK_KINDS, WORDS, CAPITALS, DIGITS, MARKS, EXCLAIMS,
	ASKS, LINES, ABOVE, PHONE, MONEY, PICTURES
};

static const struct {
	const char *one, *many;
	enum { DOUBLING, TENTHS, WHETHER } steps;
} shapes[] = {
	[LENGTH] = { "character", "characters", DOUBLING },
	[WORDS] = { "word", "words", DOUBLING },
	[CAPITALS] = { "capital", "capitals", TENTHS },
	[DIGITS] = { "digit", "digits", TENTHS },
	[MARKS] = { "mark", "marks", TENTHS },
	[EXCLAIMS] = { "exclamation mark", "exclamation marks", DOUBLING },
	[ASKS] = { "question mark", "question marks", DOUBLING },
	[LINES] = { "line break", "line breaks", DOUBLING },
	[ABOVE] = { "symbol", "symbols", DOUBLING },
	[BAYES_MIXED] = { "word of two alphabets", "words of two alphabets",
	    DOUBLING },
	[BAYES_HIDDEN] = { "invisible character", "invisible characters",
	    DOUBLING },
	[PHONE] = { "telephone number", "telephone number", WHETHER },
	[MONEY] = { "currency sign", "currency sign", WHETHER },
	[PICTURES] = { "picture", "pictures", DOUBLING },
	[BAYES_FANCY] = { "fancy letter", "fancy letters", DOUBLING },
	[BAYES_STACKED] = { "stacked mark", "stacked marks", DOUBLING },
	[BAYES_LEET] = { "word with digits for letters",
	    "words with digits for letters", DOUBLING },
	[BAYES_APART] = { "word with letters apart", "words with letters apart",
	    DOUBLING }
};

void
bayes_shape_name(const struct bayes_feature *w, char *to, size_t room)
{
	unsigned low = w->at > 0 ? 1u << (w->at - 1) : 0;
	const char *many = shapes[w->kind].many;

	if (w->at == 0)
		snprintf(to, room, "no %s", many);
	else if (shapes[w->kind].steps == WHETHER)
		snprintf(to, room, "a %s", many);
	else if (shapes[w->kind].steps == TENTHS)
		snprintf(to, room, "%u to %u%% %s", w->at * 10 - 9,
		    w->at * 10, many);
	else if (low == 1)
		snprintf(to, room, "1 %s", shapes[w->kind].one);
	else
		snprintf(to, room, "%u to %u %s", low, 2 * low - 1, many);
}

static void
add(struct bayes_features *f, uint32_t kind, uint32_t bucket)
{
	bayes_features_add(f, BAYES_SHAPE, (uint64_t)kind << 32 | bucket,
	    (struct bayes_feature){ .kind = (uint16_t)kind, .at = bucket });
}

static void
add_count(struct bayes_features *f, uint32_t kind, uint32_t n)
{
	uint32_t bucket = 0;

	for (; n > 0; n >>= 1)
		bucket++;
	add(f, kind, bucket);
}

static void
add_share(struct bayes_features *f, enum shape kind, uint32_t n, uint32_t of)
{
	add(f, kind, of == 0 ? 0 : (n * 10 + of - 1) / of);
}

/* Seven digits or more, with nothing between them but what people write. */
static bool
phone(const struct bayes_text *t)
{
	uint32_t run = 0;
	size_t i;

	for (i = 0; i < t->n; i++) {
		uint32_t c = t->at[i];

		if (c >= '0' && c <= '9')
			run++;
		else if (c != ' ' && c != '-' && c != '(' && c != ')' &&
		    c != '.' && c != '+')
			run = 0;
		if (run >= 7)
			return true;
	}
	return false;
}

void
bayes_shape_cut(struct bayes_features *f, const struct bayes_text *t)
{
	uint32_t i;

	add_count(f, LENGTH, t->chars);
	add_count(f, WORDS, f->words);
	add_share(f, CAPITALS, t->capitals, t->letters);
	add_share(f, DIGITS, t->digits, t->chars);
	add_share(f, MARKS, t->marks, t->chars);
	add_count(f, EXCLAIMS, t->exclaims);
	add_count(f, ASKS, t->asks);
	add_count(f, LINES, t->lines);
	add_count(f, ABOVE, t->above);
	add_count(f, PICTURES, t->pictures);
	for (i = 0; i < BAYES_MASK_KINDS; i++)
		add_count(f, i, t->masked[i]);
	add(f, PHONE, phone(t));
	add(f, MONEY, t->money > 0);
}
