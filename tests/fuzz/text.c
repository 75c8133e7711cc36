/* text.c: cleaned text is valid, stays as it is, and holds no control. */
#include "fuzz.h"

static void
check(struct arena *arena, struct str in, bool lines)
{
	struct str once = STR(""), twice = STR("");
	size_t i;

	if (text_clean(arena, in, lines, &once) != OK)
		return;
	assert(text_valid(in) && text_valid(once));
	for (i = 0; i < once.len; i++)
		assert((unsigned char)once.at[i] >= ' ' || (lines &&
		    (once.at[i] == '\n' || once.at[i] == '\t')));
	assert(text_clean(arena, once, lines, &twice) == OK);
	assert(str_eq(once, twice));
	assert(text_length(text_first(once, 80)) <= 80);
	assert(text_trim(once).len > 0 || text_blank(once));
}

void
fuzz_one(struct arena *arena, struct str in)
{
	struct str slug;
	struct uuid uuid;
	int64_t n;
	size_t i;

	check(arena, in, true);
	check(arena, in, false);
	if (text_valid(in)) {
		slug = text_slug(arena, in);
		for (i = 0; i < slug.len; i++)
			assert(strchr("abcdefghijklmnopqrstuvwxyz0123456789-",
			    slug.at[i]) != NULL);
	}
	(void)(uuid_parse(in, &uuid) && str_int64(in, &n));
	(void)clock_parse(in, &n);
	(void)(address_loopback(in) && address_range_good(in));
	(void)address_within(in, STR("10.0.0.0/8"));
}
