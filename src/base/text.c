/* text.c: Unicode: reading, cleaning and romanising text. */
#include <stdlib.h>
#include <utf8proc.h>

#include "base/base.h"

enum { MARKS_MOST = 8 };		/* on one base */

int32_t
text_next(struct str s, size_t *i)
{
	utf8proc_int32_t c;
	utf8proc_ssize_t n;

	if (*i >= s.len)
		return -1;
	n = utf8proc_iterate((const utf8proc_uint8_t *)s.at + *i,
	    (utf8proc_ssize_t)(s.len - *i), &c);
	if (n <= 0) {
		*i += 1;
		return -1;
	}
	*i += (size_t)n;
	return c;
}

void
text_put(struct buf *b, int32_t c)
{
	utf8proc_uint8_t bytes[4];
	utf8proc_ssize_t n = utf8proc_encode_char(c, bytes);

	if (n > 0)
		buf_add(b, bytes, (size_t)n);
}

bool
text_valid(struct str s)
{
	size_t i = 0;

	while (i < s.len)
		if (text_next(s, &i) <= 0)
			return false;
	return true;
}

size_t
text_length(struct str s)
{
	size_t i = 0, n = 0;

	for (; i < s.len; n++)
		text_next(s, &i);
	return n;
}

struct str
text_first(struct str s, size_t chars)
{
	size_t i = 0;

	while (i < s.len && chars-- > 0)
		text_next(s, &i);
	return str_cut(s, 0, i);
}

bool
text_space(int32_t c)
{
	switch (utf8proc_category(c)) {
	case UTF8PROC_CATEGORY_ZS:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
		return true;
	default:
		return (c >= '\t' && c <= '\r') || c == 0x200b ||
		    c == 0x2060 || c == 0xfeff;
	}
}

struct str
text_trim(struct str s)
{
	size_t i = 0, from, end;

	do {
		from = i;
	} while (i < s.len && text_space(text_next(s, &i)));
	for (end = i = from; i < s.len; )
		if (!text_space(text_next(s, &i)))
			end = i;
	return str_cut(s, from, end - from);
}

/* Letters and symbols that have no ink: fillers, the blank Braille cell. */
static bool
inkless(int32_t c)
{
	return c == 0x115f || c == 0x1160 || c == 0x2800 || c == 0x3164 ||
	    c == 0xffa0;
}

static bool
is_mark(int32_t c)
{
	utf8proc_category_t k = utf8proc_category(c);

	return k == UTF8PROC_CATEGORY_MN || k == UTF8PROC_CATEGORY_MC ||
	    k == UTF8PROC_CATEGORY_ME;
}

bool
text_blank(struct str s)
{
	size_t i = 0;

	while (i < s.len) {
		int32_t c = text_next(s, &i);
		utf8proc_category_t k = utf8proc_category(c);

		if (!text_space(c) && !is_mark(c) && !inkless(c) &&
		    k != UTF8PROC_CATEGORY_CC && k != UTF8PROC_CATEGORY_CF)
			return false;
	}
	return true;
}

/* Controls, bidi controls (UAX #9, Bidi_Control), noncharacters. */
static bool
unwanted(int32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x61c ||
	    c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) ||
	    (c >= 0x2066 && c <= 0x2069) || c == 0xfeff ||
	    (c >= 0xfdd0 && c <= 0xfdef) || (c & 0xfffe) == 0xfffe;
}

/* What stands for a line break or tab; -1 if c is neither. */
static int32_t
break_of(struct str s, size_t *i, int32_t c, bool lines)
{
	if (c == '\r' && *i < s.len && s.at[*i] == '\n')
		++*i;
	if (c == '\t')
		return lines ? '\t' : ' ';
	if (c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029)
		return lines ? '\n' : ' ';
	return -1;
}

/* Code points into text, without the marks that are too many on one base. */
static struct str
join_capped(struct arena *a, const int32_t *c, size_t n)
{
	struct buf b = buf_new(a, n + n / 4 + 8);
	size_t i, marks = 0;

	for (i = 0; i < n; i++) {
		marks = is_mark(c[i]) ? marks + 1 : 0;
		if (marks <= MARKS_MOST)
			text_put(&b, c[i]);
	}
	return buf_view(&b);
}

/* Canonical composition. The library orders marks in quadratic time: what it
 * is given has few on a base. */
static struct str
compose(struct arena *a, struct str s)
{
	const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)s.at;
	utf8proc_ssize_t len = (utf8proc_ssize_t)s.len, n;
	utf8proc_option_t how = UTF8PROC_STABLE | UTF8PROC_COMPOSE;
	utf8proc_int32_t *c;

	if ((n = utf8proc_decompose(at, len, NULL, 0, how)) < 0)
		abort();		/* was checked to be valid */
	c = arena_alloc(a, ((size_t)n + 1) * sizeof(*c));
	if (utf8proc_decompose(at, len, c, n, how) != n ||
	    (n = utf8proc_normalize_utf32(c, n, how)) < 0)
		abort();
	return join_capped(a, c, (size_t)n);
}

enum err
text_clean(struct arena *a, struct str s, bool lines, struct str *ret)
{
	int32_t *kept = arena_alloc(a, (s.len + 1) * sizeof(*kept));
	size_t i = 0, n = 0;
	bool ascii = true;

	while (i < s.len) {
		int32_t c = text_next(s, &i), br;

		if (c <= 0)
			return ERR_UTF8;
		if ((br = break_of(s, &i, c, lines)) >= 0)
			c = br;
		else if (unwanted(c))
			continue;
		ascii &= c < 0x80;
		kept[n++] = c;
	}
	*ret = join_capped(a, kept, n);
	if (!ascii)
		*ret = compose(a, *ret);
	return OK;
}

/* Lower-case letters that are not an ASCII letter and marks. Cyrillic follows
 * BGN/PCGN with e for ye and nothing for the signs. */
static const struct {
	int32_t c;
	const char *latin;
} romans[] = {
	{ 0xdf, "ss" }, { 0xe6, "ae" }, { 0xf0, "d" }, { 0xf8, "o" },
	{ 0xfe, "th" }, { 0x111, "d" }, { 0x131, "i" }, { 0x142, "l" },
	{ 0x153, "oe" },
	{ 0x430, "a" }, { 0x431, "b" }, { 0x432, "v" }, { 0x433, "g" },
	{ 0x434, "d" }, { 0x435, "e" }, { 0x436, "zh" }, { 0x437, "z" },
	{ 0x438, "i" }, { 0x439, "y" }, { 0x43a, "k" }, { 0x43b, "l" },
	{ 0x43c, "m" }, { 0x43d, "n" }, { 0x43e, "o" }, { 0x43f, "p" },
	{ 0x440, "r" }, { 0x441, "s" }, { 0x442, "t" }, { 0x443, "u" },
	{ 0x444, "f" }, { 0x445, "kh" }, { 0x446, "ts" }, { 0x447, "ch" },
	{ 0x448, "sh" }, { 0x449, "shch" }, { 0x44a, "" }, { 0x44b, "y" },
	{ 0x44c, "" }, { 0x44d, "e" }, { 0x44e, "yu" }, { 0x44f, "ya" },
	{ 0x451, "yo" }, { 0x452, "dj" }, { 0x453, "g" }, { 0x454, "ye" },
	{ 0x455, "dz" }, { 0x456, "i" }, { 0x457, "yi" }, { 0x458, "j" },
	{ 0x459, "lj" }, { 0x45a, "nj" }, { 0x45b, "c" }, { 0x45c, "k" },
	{ 0x45e, "w" }, { 0x45f, "dz" }, { 0x491, "g" },
	{ 0x27, "" }, { 0x2bc, "" }, { 0x2019, "" }	/* don't: dont */
};

enum { PARTS = 18 };			/* Unicode's longest is U+FDFA */

/* c in ASCII: "" for nothing at all, NULL for the end of a word. */
static const char *
roman(int32_t c, char ret[PARTS + 1])
{
	utf8proc_int32_t parts[PARTS];
	utf8proc_ssize_t i, n;
	int class = 0;
	size_t k, len = 0;

	c = utf8proc_tolower(c);
	for (k = 0; k < COUNT(romans); k++)
		if (romans[k].c == c)
			return romans[k].latin;
	n = utf8proc_decompose_char(c, parts, PARTS,
	    UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT, &class);
	for (i = 0; i < n && i < PARTS; i++) {
		int32_t p = utf8proc_tolower(parts[i]);

		if ((p >= 'a' && p <= 'z') || (p >= '0' && p <= '9'))
			ret[len++] = (char)p;
	}
	ret[len] = '\0';
	return len > 0 || is_mark(c) ? ret : NULL;
}

struct str
text_slug(struct arena *a, struct str s)
{
	struct buf b = buf_new(a, s.len + 1);
	bool gap = false;
	size_t i = 0;

	if (text_clean(a, s, false, &s) != OK)
		return STR("");
	while (i < s.len) {
		char some[PARTS + 1];
		const char *latin = roman(text_next(s, &i), some);

		if (latin == NULL) {
			gap = b.len > 0;
			continue;
		}
		if (gap && latin[0] != '\0') {
			buf_char(&b, '-');
			gap = false;
		}
		buf_lit(&b, latin);
	}
	return buf_view(&b);
}
