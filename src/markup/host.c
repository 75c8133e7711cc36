/* host.c: a host's name in ASCII, and whether it may pass for another's. */
#include <idn2.h>

#include "markup/internal.h"

enum { HOST_MAX = 253, LABEL_MAX = 63 };	/* bytes, RFC 1035 2.3.4 */

enum script {
	COMMON = 0, LATIN = 1, GREEK = 2, CYRILLIC = 4, HEBREW = 8,
	ARABIC = 16, DEVANAGARI = 32, GEORGIAN = 64, HANGUL = 128, KANA = 256,
	HAN = 512, OTHER = 1024
};

/* Letters that names are made of; any other is not shown as it is. Latin goes
 * without its few letters that look like a plain one. */
static const struct {
	int32_t from, to;
	enum script script;
} ranges[] = {
	{ '-', '-', COMMON }, { '0', '9', COMMON }, { '_', '_', COMMON },
	{ 'A', 'Z', LATIN }, { 'a', 'z', LATIN }, { 0xc0, 0xd6, LATIN },
	{ 0xd8, 0xf6, LATIN }, { 0xf8, 0x130, LATIN }, { 0x134, 0x137, LATIN },
	{ 0x139, 0x148, LATIN }, { 0x14a, 0x17e, LATIN },
	{ 0x386, 0x3ce, GREEK }, { 0x400, 0x481, CYRILLIC },
	{ 0x48a, 0x52f, CYRILLIC }, { 0x5d0, 0x5ea, HEBREW },
	{ 0x620, 0x6d3, ARABIC }, { 0x901, 0x97f, DEVANAGARI },
	{ 0x10d0, 0x10ff, GEORGIAN }, { 0x3005, 0x3007, HAN },
	{ 0x3041, 0x3096, KANA }, { 0x30a1, 0x30fc, KANA },
	{ 0x3400, 0x4dbf, HAN }, { 0x4e00, 0x9fff, HAN },
	{ 0xac00, 0xd7a3, HANGUL }
};

/* Lower-case letters that can be taken for Latin ones: Greek, Cyrillic. */
static const char alike[] =
    "\u03b1\u03b3\u03b5\u03b7\u03b9\u03ba\u03bd\u03bf\u03c1\u03c4\u03c5\u03c7"
    "\u03c9\u0430\u0433\u0435\u043a\u043c\u043d\u043e\u043f\u0440\u0441\u0442"
    "\u0443\u0445\u044a\u044c\u0455\u0456\u0457\u0458\u0461\u0475\u04bb\u04bd"
    "\u04cf\u0501\u0517\u051b\u051d";

static enum script
script_of(int32_t c)
{
	size_t i;

	for (i = 0; i < COUNT(ranges); i++)
		if (c >= ranges[i].from && c <= ranges[i].to)
			return ranges[i].script;
	return OTHER;
}

/* What scripts a label is written in; *plain: no letter is only its own. */
static unsigned
label_scripts(struct str label, bool *plain)
{
	unsigned set = 0;
	size_t i = 0;

	*plain = true;
	while (i < label.len) {
		size_t from = i;
		enum script script = script_of(text_next(label, &i));

		set |= script;
		if (script != COMMON && str_find(str_of(alike),
		    str_cut(label, from, i - from)) == (size_t)-1)
			*plain = false;
	}
	return set;
}

static bool
label_odd(struct str label, bool own_top)
{
	bool plain;
	unsigned set = label_scripts(label, &plain);

	if ((set & ~(unsigned)(HAN | KANA)) == 0 ||
	    (set & ~(unsigned)(HAN | HANGUL)) == 0)
		return false;
	if ((set & OTHER) != 0 || (set & (set - 1)) != 0)
		return true;
	return plain && !own_top && (set & (GREEK | CYRILLIC)) != 0;
}

/* Names under a top of their own script (.рф) are not taken for Latin. */
static bool
host_odd(struct str host)
{
	struct str label;
	bool own_top = host.len > 0 && (host.at[host.len - 1] & 0x80);

	while (str_split(&host, '.', &label))
		if (label_odd(label, own_top))
			return true;
	return false;
}

static bool
is_ascii(struct str s)
{
	size_t i;

	for (i = 0; i < s.len && (s.at[i] & 0x80) == 0; i++)
		;
	return i == s.len;
}

/* Letters, digits, '-', '_' in labels that aren't empty; in lower case. */
static bool
ascii_read(struct arena *a, struct str host, struct str *ret)
{
	char *low = arena_cstr(a, host);
	struct str rest = host, label;
	size_t i;

	for (i = 0; i < host.len; i++) {
		if (low[i] >= 'A' && low[i] <= 'Z')
			low[i] = (char)(low[i] | 0x20);
		if (low[i] != '.' && (script_of(low[i]) & OTHER) != 0)
			return false;
	}
	while (str_split(&rest, '.', &label))
		if (label.len == 0 || label.len > LABEL_MAX)
			return false;
	*ret = (struct str){ low, host.len };
	return host.len <= HOST_MAX;
}

bool
markup_host_read(struct arena *a, struct str host, struct str *ascii,
    bool *odd)
{
	char *out = NULL;
	bool good;

	*odd = false;
	if (host.len == 0 || host.len > HOST_MAX * 4)
		return false;
	if (is_ascii(host))
		return ascii_read(a, host, ascii);
	*odd = host_odd(host);
	if (idn2_to_ascii_8z(arena_cstr(a, host), &out,
	    IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL) != IDN2_OK)
		return false;
	good = ascii_read(a, str_of(out), ascii);
	idn2_free(out);
	return good;
}
