/*
 * alike.c: which letter of the Latin alphabet a sign looks like.
 *
 * What looks alike is Unicode's to say (UTS 39), and ICU knows it. It is asked
 * once for each sign, when that comes up first.
 */
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/uspoof.h>
#include <utf8proc.h>

#include "bayes.h"

enum {
	SIGNS = 0x1f000, ROOM = 32,
	ASKED = 1, LETTER = 0x7f, FOLDED = 0x80
};

/* A letter, and whether a sign is not told from it; 0 is not asked for yet. */
static _Atomic uint8_t known[SIGNS];
static USpoofChecker *checker;

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
skeleton(uint32_t sign)
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

static bool
is_latin(uint32_t sign)
{
	UErrorCode error = U_ZERO_ERROR;

	return uscript_getScript((UChar32)sign, &error) == USCRIPT_LATIN;
}

static uint8_t
look(uint32_t sign)
{
	uint8_t letter = 0;
	size_t i;

	for (i = 0; i < sizeof(more) / sizeof(more[0]); i++)
		if (more[i].sign == sign)
			letter = more[i].letter;
	if (letter == 0 && sign >= 0x80 && bayes_glyph_script(sign) != 4 &&
	    written(sign))
		letter = skeleton(sign);
	if (letter == 0)
		return ASKED;
	return is_latin(sign) && decomposed(sign) == 0 ? letter | FOLDED :
	    letter;
}

static uint8_t
ask(uint32_t sign)
{
	uint8_t is;

	if (sign >= SIGNS)
		return ASKED;
	is = atomic_load_explicit(&known[sign], memory_order_relaxed);
	if (is == 0) {
		is = look(sign);
		atomic_store_explicit(&known[sign], is, memory_order_relaxed);
	}
	return is;
}

bool
bayes_alike_open(void)
{
	UErrorCode error = U_ZERO_ERROR;

	if (checker == NULL)
		checker = uspoof_open(&error);
	return U_SUCCESS(error);
}

uint8_t
bayes_alike_latin(uint32_t sign)
{
	uint8_t is = ask(sign) & LETTER;

	return is == ASKED ? 0 : is;
}

uint32_t
bayes_alike_fold(uint32_t sign)
{
	uint8_t is = ask(sign);

	return is & FOLDED ? is & LETTER : sign;
}
