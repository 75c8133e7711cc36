/* review.c: a review's address; whether it says something new. */
#include "model/model.h"

bool
model_slug_ok(struct str s)
{
	size_t i;

	if (s.len == 0 || s.len > MODEL_SLUG_MAX || s.at[0] == '-')
		return false;
	for (i = 0; i < s.len; i++)
		if ((s.at[i] < 'a' || s.at[i] > 'z') &&
		    (s.at[i] < '0' || s.at[i] > '9') && s.at[i] != '-')
			return false;
	return true;
}

/* At most `most` bytes, cut between words where there are several. */
static struct str
cut_words(struct str slug, size_t most)
{
	size_t i = most;

	if (slug.len <= most)
		return slug;
	while (i > 0 && slug.at[i] != '-')
		i--;
	return str_cut(slug, 0, i > 0 ? i : most);
}

struct str
model_review_slug(struct arena *a, const struct review *r)
{
	const struct str from[] = { r->title, r->original, r->heading };
	struct str slug = STR("");
	size_t i;

	for (i = 0; i < COUNT(from) && slug.len == 0; i++)
		slug = text_slug(a, from[i]);
	if (slug.len == 0)
		slug = STR("review");
	slug = cut_words(slug, MODEL_SLUG_MAX - sizeof("-2147483647"));
	if (r->film_year <= 0)
		return slug;
	return arena_fmt(a, STR_FMT "-%d", STR_ARG(slug), r->film_year);
}

static bool
same_texts(const struct str *a, size_t na, const struct str *b, size_t nb)
{
	size_t i;

	for (i = 0; na == nb && i < na; i++)
		if (!str_eq(a[i], b[i]))
			return false;
	return na == nb;
}

static bool
same_credits(const struct review *a, const struct review *b)
{
	size_t i;

	for (i = 0; a->ncredits == b->ncredits && i < a->ncredits; i++)
		if (!str_eq(a->credits[i].role, b->credits[i].role) ||
		    !same_texts(a->credits[i].names, a->credits[i].nnames,
		    b->credits[i].names, b->credits[i].nnames))
			return false;
	return a->ncredits == b->ncredits;
}

bool
model_review_same(const struct review *a, const struct review *b)
{
	const struct str x[] = { a->slug, a->path, a->heading, a->title,
	    a->original, a->reviewer, a->affiliation, a->epigraph, a->colour,
	    a->country, a->language, a->published, a->updated };
	const struct str y[] = { b->slug, b->path, b->heading, b->title,
	    b->original, b->reviewer, b->affiliation, b->epigraph, b->colour,
	    b->country, b->language, b->published, b->updated };

	return same_texts(x, COUNT(x), y, COUNT(y)) &&
	    a->issue == b->issue && a->year == b->year &&
	    a->film_year == b->film_year && a->minutes == b->minutes &&
	    same_texts(a->directors, a->ndirectors, b->directors,
	    b->ndirectors) && same_texts(a->paragraphs, a->nparagraphs,
	    b->paragraphs, b->nparagraphs) &&
	    same_texts(a->works, a->nworks, b->works, b->nworks) &&
	    same_credits(a, b);
}
