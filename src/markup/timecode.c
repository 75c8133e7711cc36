/* timecode.c: moments of the film: 1:02:03, 62:03. */
#include "markup/internal.h"

enum { LONGEST = 12 * 3600 };		/* of a film whose length is unknown */

static bool
digit_at(struct str s, size_t i)
{
	return i < s.len && s.at[i] >= '0' && s.at[i] <= '9';
}

/* A letter, a digit or what joins numbers: no moment begins behind it, and
 * none ends before it. */
static bool
joins(struct str s, size_t i)
{
	char c = i < s.len ? s.at[i] : ' ';

	return digit_at(s, i) || (c & 0x80) != 0 || c == ':' || c == '/' ||
	    c == '_' || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* U+2010..2015 and U+2026, dashes of a range and an ellipsis; quotes. */
static bool
punctuation_at(struct str s, size_t i)
{
	return s.len - i >= 3 && (unsigned char)s.at[i] == 0xe2 &&
	    (unsigned char)s.at[i + 1] == 0x80;
}

static bool
begins(struct str s, size_t i)
{
	if (i == 0)
		return true;
	if (i >= 3 && punctuation_at(s, i - 3))
		return true;
	return !joins(s, i - 1) && s.at[i - 1] != '.' && s.at[i - 1] != ',' &&
	    s.at[i - 1] != '+';
}

/* "9:30 pm" is a time of day, "1:37.5" a ratio. */
static bool
ends(struct str s, size_t i)
{
	size_t word = i + (i < s.len && s.at[i] == ' ');
	struct str rest = str_cut(s, word, 2);

	if (str_eq_nocase(rest, "am") || str_eq_nocase(rest, "pm") ||
	    str_eq_nocase(rest, "a.") || str_eq_nocase(rest, "p."))
		return false;
	if (i < s.len && (s.at[i] == '.' || s.at[i] == ','))
		return !digit_at(s, i + 1);
	return i >= s.len || punctuation_at(s, i) || !joins(s, i);
}

/* Two digits below 60 after a colon at s[*i]; moves past them. */
static bool
sixtieth(struct str s, size_t *i, int *ret)
{
	if (*i >= s.len || s.at[*i] != ':' || !digit_at(s, *i + 1) ||
	    !digit_at(s, *i + 2) || s.at[*i + 1] > '5')
		return false;
	*ret = (s.at[*i + 1] - '0') * 10 + s.at[*i + 2] - '0';
	*i += 3;
	return true;
}

size_t
markup_timecode(struct str s, size_t i, int minutes, int *seconds)
{
	/* Prints differ: a film is 4 % longer at 24 frames than at 25. */
	int most = minutes > 0 ? minutes * 63 : LONGEST, first = 0, a, b;
	size_t end = i;
	bool hours;

	if (!digit_at(s, i) || !begins(s, i))
		return 0;
	for (; digit_at(s, end) && end - i < 3; end++)
		first = first * 10 + s.at[end] - '0';
	if (!sixtieth(s, &end, &a))
		return 0;
	hours = sixtieth(s, &end, &b);
	*seconds = hours ? (first * 60 + a) * 60 + b : first * 60 + a;
	if ((!hours && minutes == 0) || *seconds > most || !ends(s, end))
		return 0;
	return end - i;
}
