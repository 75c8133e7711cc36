/* chars.c: Latin and Cyrillic letters, years: what film titles are made of. */
#include <strings.h>

#include "ingest/internal.h"

enum { FIRST_FILM = 1880, LAST_YEAR = 2200 };

bool
ingest_chars_upper(int32_t c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7)
	    || (c >= 0x400 && c <= 0x42F);
}

bool
ingest_chars_lower(int32_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 0xDF && c <= 0xFF && c != 0xF7)
	    || (c >= 0x430 && c <= 0x45F);
}

bool
ingest_chars_cyrillic(int32_t c)
{
	return c >= 0x400 && c <= 0x4FF;
}

static int32_t
lower(int32_t c)
{
	if (!ingest_chars_upper(c))
		return c;
	return c + (c >= 0x400 && c <= 0x40F ? 80 : 32);
}

struct str
ingest_chars_lowered(struct arena *a, struct str s)
{
	struct buf b = buf_new(a, s.len + 1);

	for (size_t i = 0; i < s.len; )
		text_put(&b, lower(text_next(s, &i)));
	return buf_view(&b);
}

bool
ingest_chars_begins(struct str s, const char *prefix)
{
	struct str p = str_of(prefix);

	return s.len >= p.len && strncasecmp(s.at, p.at, p.len) == 0;
}

int
ingest_chars_year(struct str s)
{
	struct str first = str_cut(s, 0, 4), rest = str_cut(s, 4, s.len);
	int64_t year, until;

	if (first.len != 4 || !str_int64(first, &year) || year < FIRST_FILM ||
	    year > LAST_YEAR)
		return 0;
	if (rest.len == 0)
		return (int)year;
	if (str_begins(rest, "-"))
		rest = str_cut(rest, 1, rest.len);
	else if (str_begins(rest, "–"))
		rest = str_cut(rest, 3, rest.len);
	else
		return 0;
	if ((rest.len != 2 && rest.len != 4) || !str_int64(rest, &until))
		return 0;
	return (int)year;
}
