/*
 * alike.c: which letter of the Latin alphabet a sign looks like.
 *
 * What looks alike is Unicode's to say (UTS 39), and ICU knows it. It is asked
 * once for all signs, since a comment of one alphabet asks for each letter.
 */
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/uspoof.h>
#include <utf8proc.h>

#include "bayes.h"

enum { SIGNS = 0x1f000, ROOM = 32 };

static uint8_t latin[SIGNS], folded[SIGNS];

/* What Unicode leaves out: others are nearer, or it takes a word to see it. */
static const struct {
	uint32_t sign;
	uint8_t letter;
} more[] = {
	{ '@', 'a' }, { '$', 's' }, { 0x20ac, 'e' }, { 0x25b, 'e' },
	{ 0x138, 'k' }, { 0x28d, 'm' }, { 0x3b2, 'b' }, { 0x3b5, 'e' },
	{ 0x3c7, 'x' }, { 0x3c9, 'w' },
	/* syllables of Canada, of which whole alphabets are made */
	{ 0x144e, 'n' }, { 0x1455, 'c' }, { 0x146b, 'q' }, { 0x14f0, 'i' },
	{ 0x1515, 's' }, { 0x1548, 'p' }, { 0x156e, 'e' }, { 0x15e9, 'a' },
	{ 0x15ef, 'w' }, { 0x15f4, 'e' }, { 0x1614, 'z' }, { 0x161c, 'g' }
};

/* The one letter that is left without marks and case, or 0. */
static uint8_t
bare(const utf8proc_int32_t *parts, utf8proc_ssize_t n)
{
	utf8proc_ssize_t i;
	uint32_t letter = 0;

	for (i = 0; i < n && i < ROOM; i++) {
		utf8proc_category_t c = utf8proc_category(parts[i]);

		if (c == UTF8PROC_CATEGORY_MN || c == UTF8PROC_CATEGORY_ME)
			continue;
		if (letter != 0 || parts[i] < 'a' || parts[i] > 'z')
			return 0;
		letter = (uint32_t)parts[i];
	}
	return (uint8_t)letter;
}

static uint8_t
decomposed(uint32_t sign)
{
	utf8proc_int32_t parts[ROOM];
	int last = 0;

	return bare(parts, utf8proc_decompose_char((utf8proc_int32_t)sign,
	    parts, ROOM, UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE |
	    UTF8PROC_CASEFOLD, &last));
}

/* Its skeleton is in capitals, small ones and letters with marks. */
static uint8_t
skeleton(const USpoofChecker *checker, uint32_t sign)
{
	UErrorCode error = U_ZERO_ERROR;
	utf8proc_int32_t parts[ROOM];
	utf8proc_ssize_t n = 0, size;
	char from[4], to[ROOM];
	int32_t i = 0, len, cp;
	uint8_t letter;

	size = utf8proc_encode_char((utf8proc_int32_t)sign,
	    (utf8proc_uint8_t *)from);
	len = uspoof_getSkeletonUTF8(checker, 0, from, (int32_t)size, to,
	    ROOM, &error);
	if (U_FAILURE(error))
		return 0;
	while (i < len && n < ROOM && (size = utf8proc_iterate(
	    (const utf8proc_uint8_t *)to + i, len - i, &cp)) > 0) {
		letter = decomposed(bayes_glyph_plain((uint32_t)cp));
		parts[n++] = letter ? letter : cp;
		i += (int32_t)size;
	}
	letter = bare(parts, n);
	/* A capital that looks like a small l is an I. */
	return to[0] == 'l' && u_isupper((UChar32)sign) ? 'i' : letter;
}

static bool
written(uint32_t sign)
{
	int8_t c = u_charType((UChar32)sign);

	return (c >= U_UPPERCASE_LETTER && c <= U_OTHER_LETTER) ||
	    c == U_MATH_SYMBOL || c == U_CURRENCY_SYMBOL;
}

static void
fold(uint32_t sign)
{
	UErrorCode error = U_ZERO_ERROR;

	if (latin[sign] != 0 && decomposed(sign) == 0 &&
	    uscript_getScript((UChar32)sign, &error) == USCRIPT_LATIN)
		folded[sign] = latin[sign];
}

bool
bayes_alike_open(void)
{
	UErrorCode error = U_ZERO_ERROR;
	USpoofChecker *checker = uspoof_open(&error);
	uint32_t sign;
	size_t i;

	if (U_FAILURE(error))
		return false;
	for (sign = 0x80; sign < SIGNS; sign++)
		if (bayes_glyph_script(sign) != 4 && written(sign))
			latin[sign] = skeleton(checker, sign);
	uspoof_close(checker);
	for (i = 0; i < sizeof(more) / sizeof(more[0]); i++)
		latin[more[i].sign] = more[i].letter;
	for (sign = 0x80; sign < SIGNS; sign++)
		fold(sign);
	return true;
}

uint8_t
bayes_alike_latin(uint32_t sign)
{
	return sign < SIGNS ? latin[sign] : 0;
}

uint32_t
bayes_alike_fold(uint32_t sign)
{
	return sign < SIGNS && folded[sign] != 0 ? folded[sign] : sign;
}
