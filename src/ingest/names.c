/* names.c: a list of names into names, whatever their commas. */
#include <string.h>

#include "ingest/internal.h"

static const struct {
	const char *open, *shut;
} pairs[] = {
	{ "(", ")" }, { "[", "]" }, { "“", "”" },
	{ "«", "»" }, { "„", "“" }, { "\"", "\"" },
};

static const char *const ands[] = { " and ", " & ", " и " };
static const char *const tails[] = {
	"Ltd", "Ltd.", "Inc", "Inc.", "LLC", "Jr", "Jr.", "Sr", "Sr.", "Co."
};

/* The end of the quotes or brackets that open at s[i], i if none do or if
 * they never close. */
static size_t
past_pair(struct str s, size_t i)
{
	size_t p = 0, at = i, depth = 0;

	while (p < COUNT(pairs) && !str_begins(str_cut(s, i, 4), pairs[p].open))
		p++;
	while (p < COUNT(pairs) && at < s.len) {
		struct str here = str_cut(s, at, 4);

		if (depth > 0 && str_begins(here, pairs[p].shut)) {
			at += strlen(pairs[p].shut);
			if (--depth == 0)
				return at;
		} else if (str_begins(here, pairs[p].open)) {
			at += strlen(pairs[p].open);
			depth++;
		} else {
			at++;
		}
	}
	return i;
}

static size_t
and_at(struct str rest)
{
	for (size_t k = 0; k < COUNT(ands); k++)
		if (str_begins(rest, ands[k]))
			return strlen(ands[k]);
	return 0;
}

static bool
is_tail(struct str name)
{
	for (size_t k = 0; k < COUNT(tails); k++)
		if (str_is(name, tails[k]))
			return true;
	return false;
}

static void
put(struct arena *a, struct list *names, struct str name)
{
	name = str_trim(name);
	if (name.len > 0)
		ingest_list_text(a, names, is_tail(name) ? ", " : NULL, name);
}

void
ingest_names_split(struct arena *a, struct str s, bool and, struct list *names)
{
	size_t from = 0, i = 0;

	while (i < s.len) {
		size_t cut = s.at[i] == ',' ? 1 : 0, past = past_pair(s, i);

		if (and && cut == 0)
			cut = and_at(str_cut(s, i, s.len));
		if (cut > 0)
			put(a, names, str_cut(s, from, i - from));
		i = cut > 0 ? i + cut : past > i ? past : i + 1;
		if (cut > 0)
			from = i;
	}
	put(a, names, str_cut(s, from, s.len));
}
