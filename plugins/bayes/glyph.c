/* glyph.c: what a code point is, and which letter it looks like. */
#include <utf8proc.h>

#include "bayes.h"

/* Code points that are there to be unseen. */
bool
bayes_glyph_hidden(uint32_t cp)
{
	const utf8proc_property_t *is =
	    utf8proc_get_property((utf8proc_int32_t)cp);

	return is->ignorable || is->category == UTF8PROC_CATEGORY_CF;
}

/* Letters in circles, boxes and flags, which NFKD leaves as they are. */
static uint32_t
boxed(uint32_t cp)
{
	static const uint32_t rows[] = { 0x249c, 0x1f110, 0x1f130, 0x1f150,
	    0x1f170, 0x1f1e6 };
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (cp >= rows[i] && cp < rows[i] + 26)
			return 'a' + cp - rows[i];
	return cp;
}

static const struct {
	uint32_t from, to;
} small[] = {				/* small capitals */
	{ 0x1d00, 'a' }, { 0x299, 'b' }, { 0x1d04, 'c' }, { 0x1d05, 'd' },
	{ 0x1d07, 'e' }, { 0xa730, 'f' }, { 0x262, 'g' }, { 0x29c, 'h' },
	{ 0x26a, 'i' }, { 0x1d0a, 'j' }, { 0x1d0b, 'k' }, { 0x29f, 'l' },
	{ 0x1d0d, 'm' }, { 0x274, 'n' }, { 0x1d0f, 'o' }, { 0x1d18, 'p' },
	{ 0x280, 'r' }, { 0xa731, 's' }, { 0x1d1b, 't' }, { 0x1d1c, 'u' },
	{ 0x1d20, 'v' }, { 0x1d21, 'w' }, { 0x28f, 'y' }, { 0x1d22, 'z' }
};

uint32_t
bayes_glyph_plain(uint32_t cp)
{
	size_t i;

	if (cp < 0x262 || cp > 0xa731 || (cp > 0x29f && cp < 0x1d00) ||
	    (cp > 0x1d22 && cp < 0xa730))
		return boxed(cp);
	for (i = 0; i < sizeof(small) / sizeof(small[0]); i++)
		if (small[i].from == cp)
			return small[i].to;
	return cp;
}

static const uint32_t cyrillic[] = {
	['a'] = 0x430, ['b'] = 0x432, ['c'] = 0x441, ['e'] = 0x435,
	['h'] = 0x43d, ['i'] = 0x456, ['j'] = 0x458, ['k'] = 0x43a,
	['m'] = 0x43c, ['n'] = 0x43f, ['o'] = 0x43e, ['p'] = 0x440,
	['r'] = 0x433, ['s'] = 0x455, ['t'] = 0x442, ['u'] = 0x438,
	['w'] = 0x448, ['x'] = 0x445, ['y'] = 0x443, ['z'] = 0
};

uint32_t
bayes_glyph_cyrillic(uint32_t cp)
{
	if (cp <= 'z')
		return cyrillic[cp] ? cyrillic[cp] : cp;
	switch (cp) {
	case 0x278: case 0x3c6: return 0x444;
	case 0x3c0: case 0x1d28: return 0x43f;
	case 0x1d26: return 0x433;
	case 0x1d27: return 0x43b;
	case 0x1d29: return 0x440;
	default: return cp;
	}
}

uint32_t
bayes_glyph_digit(uint32_t cp, int script)
{
	static const uint32_t meant[][8] = {
		[1] = { 'o', 'i', '2', 'e', 'a', 's', '6', 't' },
		[3] = { 0x43e, '1', '2', 0x437, 0x447, '5', 0x431, '7' }
	};

	return cp >= '0' && cp <= '7' && (script == 1 || script == 3) ?
	    meant[script][cp - '0'] : cp;
}

int
bayes_glyph_script(uint32_t cp)
{
	if (cp < 0x80)
		return (cp | 32) >= 'a' && (cp | 32) <= 'z';
	if (cp < 0x250 || (cp >= 0x1e00 && cp < 0x1f00))
		return cp >= 0xc0;
	if (cp >= 0x370 && cp < 0x400)
		return 2;
	if (cp >= 0x400 && cp < 0x530)
		return 3;
	return (cp >= 0x0e00 && cp < 0x1100) ||	/* Thai, Lao, ... Burmese */
	    (cp >= 0x1780 && cp < 0x1800) ||	/* Khmer */
	    (cp >= 0x3040 && cp < 0x3100) || (cp >= 0x3400 && cp < 0xa000) ||
	    (cp >= 0xf900 && cp < 0xfb00) || (cp >= 0x20000 && cp < 0x32000) ?
	    4 : 0;
}

bool
bayes_glyph_picture(uint32_t cp)
{
	return cp >= 0x1f000 || (cp >= 0x2190 && cp < 0x2c00);
}

bool
bayes_glyph_word(uint32_t cp)
{
	utf8proc_category_t c;

	if (cp < 0x80)
		return bayes_glyph_script(cp) == 1 || cp == '_' ||
		    (cp >= '0' && cp <= '9');
	if (cp >= 0x400 && cp < 0x482)	/* what Cyrillic is written with */
		return true;
	c = utf8proc_category((utf8proc_int32_t)cp);
	return c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_NO;
}
