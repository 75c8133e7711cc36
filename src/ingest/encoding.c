/*
 * encoding.c: UTF-8 and Windows-1251 into UTF-8; everything else is refused.
 *
 * A declared charset is believed where the bytes agree. Undeclared bytes that
 * are not UTF-8 count as Windows-1251 only if their high bytes come in runs
 * (Latin-1's accents stand alone) that are mostly lower case (in KOI8-R the
 * cases lie the other way round), or if none is a letter.
 */
#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <strings.h>

#include "ingest/internal.h"

enum { SNIFF = 1024, RUNS_PERCENT = 85 };	/* bytes: WHATWG's prescan */

static int
line_of(struct str s, size_t at)
{
	int line = 1;

	for (size_t i = 0; i < at && i < s.len; i++)
		line += s.at[i] == '\n';
	return line;
}

static size_t
first_bad(struct str s)
{
	for (size_t i = 0, at = 0; i < s.len; at = i)
		if (text_next(s, &i) < 0)
			return at;
	return s.len;
}

static bool
is_ascii(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.at[i] >= 0x80)
			return false;
	return true;
}

/* What a page's <meta> says: a lower bound of a charset, or "". */
static struct str
declared(struct str s)
{
	static const char key[] = "charset";
	size_t i, n = 0;

	s = str_cut(s, 0, SNIFF);
	for (i = 0; i + sizeof(key) < s.len; i++)
		if (strncasecmp(s.at + i, key, sizeof(key) - 1) == 0)
			break;
	s = str_trim(str_cut(s, i + sizeof(key) - 1, s.len));
	if (!str_begins(s, "="))
		return STR("");
	s = str_trim(str_cut(s, 1, s.len));
	if (str_begins(s, "\"") || str_begins(s, "'"))
		s = str_cut(s, 1, s.len);
	while (n < s.len && strchr("\"'>;/ \t\r\n", s.at[n]) == NULL)
		n++;
	return str_cut(s, 0, n);
}

static bool
says_utf8(struct str charset)
{
	return str_eq_nocase(charset, "utf-8") ||
	    str_eq_nocase(charset, "utf8");
}

static bool
says_1251(struct str charset)
{
	return str_eq_nocase(charset, "windows-1251") ||
	    str_eq_nocase(charset, "cp1251");
}

/* What Windows-1251 and Windows-1252 read alike: quotation marks, dashes. */
static bool
western_too(unsigned char c)
{
	static const char same[] = "\x82\x84\x85\x86\x87\x89\x8b\x91\x92\x93"
	    "\x94\x95\x96\x97\x99\x9b\xa0\xa4\xa6\xa7\xa9\xab\xac\xad\xae"
	    "\xb0\xb1\xb5\xb6\xb7\xbb";

	return c < 0x80 || memchr(same, c, sizeof(same) - 1) != NULL;
}

static bool
looks_1251(struct str s)
{
	size_t letters = 0, runs = 0, small = 0, other = 0;

	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.at[i];

		other += !western_too(c);
		if (c < 0xC0)
			continue;
		letters++;
		small += c >= 0xE0;
		runs += (i > 0 && (unsigned char)s.at[i - 1] >= 0xC0) ||
		    (i + 1 < s.len && (unsigned char)s.at[i + 1] >= 0xC0);
	}
	return other == 0 || (letters > 0 && small * 2 > letters &&
	    runs * 100 >= letters * RUNS_PERCENT);
}

static enum err
from_1251(const struct fault *f, struct str s, struct str *ret)
{
	size_t inleft = s.len, room = 3 * s.len + 1, outleft = room;
	char *out = arena_alloc(f->arena, room), *to = out, *from;
	iconv_t cd = iconv_open("UTF-8", "WINDOWS-1251");
	size_t got;

	if (cd == (iconv_t)-1)
		return ingest_fault(f, 1, "Windows-1251, which this machine's "
		    "iconv can't read: expected UTF-8");
	from = arena_cstr(f->arena, s);
	got = iconv(cd, &from, &inleft, &to, &outleft);
	iconv_close(cd);
	if (got == (size_t)-1)
		return ingest_fault(f, line_of(s, s.len - inleft), "a byte "
		    "that Windows-1251 does not have: expected UTF-8 or "
		    "Windows-1251");
	*ret = (struct str){ out, room - outleft };
	return OK;
}

static enum err
refuse_wide(const struct fault *f, struct str s)
{
	const char *nul;

	if (str_begins(s, "\xFF\xFE") || str_begins(s, "\xFE\xFF"))
		return ingest_fault(f, 1,
		    "UTF-16: expected UTF-8 or Windows-1251");
	nul = s.len ? memchr(s.at, '\0', s.len) : NULL;
	if (nul != NULL)
		return ingest_fault(f, line_of(s, (size_t)(nul - s.at)),
		    "a NUL byte: expected text in UTF-8 or Windows-1251");
	return OK;
}

enum err
ingest_encoding_read(const struct fault *f, bool html, struct str s,
    struct str *ret, const char **encoding)
{
	bool bom = str_begins(s, "\xEF\xBB\xBF");
	struct str charset = html && !bom ? declared(s) : STR("");
	size_t bad;
	enum err e = refuse_wide(f, s);

	if (e != OK)
		return e;
	if (bom)
		s = str_cut(s, 3, s.len);
	if (charset.len > 0 && !says_utf8(charset) && !says_1251(charset) &&
	    !is_ascii(s))
		return ingest_fault(f, 1, "declared as " STR_FMT ": expected "
		    "UTF-8 or Windows-1251", STR_ARG(str_cut(charset, 0, 40)));
	bad = first_bad(s);
	*encoding = bad == s.len ? "UTF-8" : "windows-1251";
	if (bad == s.len) {
		*ret = s;
		return OK;
	}
	if (!bom && (says_1251(charset) ||
	    (charset.len == 0 && looks_1251(s))))
		return from_1251(f, s, ret);
	return ingest_fault(f, line_of(s, bad), "bytes that are not UTF-8: "
	    "expected UTF-8 or Windows-1251");
}
