/* review.c: a review's address. */
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
