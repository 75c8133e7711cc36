/* letters.c: hosts whose letters are made to deceive (UTS #39, in short). */
#include <idn2.h>
#include <stdlib.h>
#include <string.h>

#include "links.h"

enum script { COMMON, LATIN, CYRILLIC, GREEK, ASIAN, OTHER };

/* Cyrillic letters drawn as the Latin a c e o p x y i j s d h l q w. */
static const uint32_t twins[] = {
	0x430, 0x441, 0x435, 0x43e, 0x440, 0x445, 0x443, 0x456, 0x458, 0x455,
	0x501, 0x4bb, 0x4cf, 0x51b, 0x51d,
};

static enum script
script_of(uint32_t c)
{
	if (c >= 'a' && c <= 'z')
		return LATIN;
	if (c < 0xc0 || (c >= 0x300 && c < 0x370))
		return COMMON;
	if (c < 0x250 || (c >= 0x1e00 && c < 0x1f00))
		return LATIN;
	if (c >= 0x370 && c < 0x400)
		return GREEK;
	if (c >= 0x400 && c < 0x530)
		return CYRILLIC;
	return (c >= 0x3005 && c < 0xa000) || (c >= 0xac00 && c < 0xd7b0) ||
	    (c >= 0x20000 && c < 0x32400) ? ASIAN : OTHER;
}

static bool
is_twin(uint32_t c)
{
	size_t i;

	for (i = 0; i < sizeof(twins) / sizeof(twins[0]); i++)
		if (twins[i] == c)
			return true;
	return false;
}

/* libidn2 gives good UTF-8. */
static uint32_t
next(const unsigned char **at)
{
	uint32_t c = *(*at)++;
	int more = c >= 0xf0 ? 3 : c >= 0xe0 ? 2 : c >= 0xc0 ? 1 : 0;

	c &= more == 3 ? 7u : more == 2 ? 15u : more == 1 ? 31u : 127u;
	while (more-- > 0 && (**at & 0xc0) == 0x80)
		c = c << 6 | (*(*at)++ & 63u);
	return c;
}

/* One label, up to its dot. Latin goes with East Asian, nothing else. */
static bool
label_deceives(const unsigned char **at, bool latin_end)
{
	bool seen[OTHER + 1] = { false }, twin = true;
	int alone;

	while (**at != '\0') {
		uint32_t c = next(at);
		enum script s;

		if (c == '.')
			break;
		s = script_of(c);
		seen[s] = true;
		if (s == CYRILLIC && !is_twin(c))
			twin = false;
	}
	alone = seen[CYRILLIC] + seen[GREEK] + seen[OTHER];
	return alone + (seen[LATIN] || seen[ASIAN]) > 1 ||
	    (seen[CYRILLIC] && twin && latin_end);
}

bool
links_letters_deceive(const char *host)
{
	const char *end = strrchr(host, '.');
	bool latin_end = end != NULL && strncmp(end, ".xn--", 5) != 0 &&
	    (end[1] & 0x80) == 0;
	const unsigned char *at;
	bool bad = false;
	char *text;

	if (idn2_to_unicode_8z8z(host, &text, 0) != IDN2_OK)
		return strstr(host, "xn--") != NULL;
	for (at = (const unsigned char *)text; *at != '\0'; )
		bad |= label_deceives(&at, latin_end);
	free(text);
	return bad;
}
