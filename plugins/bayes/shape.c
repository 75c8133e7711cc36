/* shape.c: what a text looks like from afar, in coarse steps. */
#include <stdio.h>

#include "bayes.h"

enum shape {
	LENGTH, WORDS, CAPITALS, DIGITS, MARKS, EXCLAIMS, ASKS, LINES, ABOVE,
	MIXED, HIDDEN, PHONE, MONEY
};

static const struct {
	const char *name;
	int step;			/* of its buckets: 0 doubling, else % */
} shapes[] = {
	[LENGTH] = { "characters", 0 }, [WORDS] = { "words", 0 },
	[CAPITALS] = { "capitals", 10 }, [DIGITS] = { "digits", 10 },
	[MARKS] = { "punctuation", 10 },
	[EXCLAIMS] = { "exclamation marks", 0 },
	[ASKS] = { "question marks", 0 }, [LINES] = { "line breaks", 0 },
	[ABOVE] = { "symbols", 0 },
	[MIXED] = { "words of mixed scripts", 0 },
	[HIDDEN] = { "invisible characters", 0 },
	[PHONE] = { "a telephone number", -1 },
	[MONEY] = { "a currency sign", -1 }
};

void
bayes_shape_name(const struct bayes_feature *w, char *to, size_t room)
{
	unsigned low = w->at > 1 ? 1u << (w->at - 1) : w->at;

	if (shapes[w->kind].step < 0)
		snprintf(to, room, "%s%s", w->at ? "" : "not ",
		    shapes[w->kind].name);
	else if (shapes[w->kind].step > 0)
		snprintf(to, room, "%s %u %%", shapes[w->kind].name,
		    w->at * 10);
	else
		snprintf(to, room, "%u%s %s", low, w->at > 1 ? "+" : "",
		    shapes[w->kind].name);
}

static void
add(struct bayes_features *f, enum shape kind, uint32_t bucket)
{
	bayes_features_add(f, BAYES_SHAPE, (uint64_t)kind << 32 | bucket,
	    (struct bayes_feature){ .kind = (uint16_t)kind, .at = bucket });
}

static void
add_count(struct bayes_features *f, enum shape kind, uint32_t n)
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
	add_count(f, LENGTH, t->chars);
	add_count(f, WORDS, f->words);
	add_share(f, CAPITALS, t->capitals, t->letters);
	add_share(f, DIGITS, t->digits, t->chars);
	add_share(f, MARKS, t->marks, t->chars);
	add_count(f, EXCLAIMS, t->exclaims);
	add_count(f, ASKS, t->asks);
	add_count(f, LINES, t->lines);
	add_count(f, ABOVE, t->above);
	add_count(f, MIXED, f->mixed);
	add_count(f, HIDDEN, t->hidden);
	add(f, PHONE, phone(t));
	add(f, MONEY, t->money > 0);
}
