/* letters.c: which script a text's letters are of (Unicode's blocks). */
#include <stddef.h>
#include <string.h>

#include "language.h"

static const struct {
	uint32_t first, last;
	enum script script;
} blocks[] = {
	{ 'A', 'Z', LATIN }, { 'a', 'z', LATIN }, { 0xc0, 0x24f, LATIN },
	{ 0x370, 0x3ff, GREEK }, { 0x400, 0x52f, CYRILLIC },
	{ 0x531, 0x587, ARMENIAN }, { 0x5d0, 0x5f2, HEBREW },
	{ 0x620, 0x6ff, ARABIC }, { 0x750, 0x77f, ARABIC },
	{ 0x900, 0xdff, INDIC }, { 0xe00, 0xe7f, THAI },
	{ 0x10a0, 0x10ff, GEORGIAN }, { 0x1100, 0x11ff, EAST_ASIAN },
	{ 0x1e00, 0x1eff, LATIN }, { 0x1f00, 0x1fff, GREEK },
	{ 0x3040, 0x30ff, EAST_ASIAN }, { 0x3400, 0x9fff, EAST_ASIAN },
	{ 0xac00, 0xd7af, EAST_ASIAN }, { 0xff66, 0xff9d, EAST_ASIAN },
	{ 0x20000, 0x323af, EAST_ASIAN },
};

static const struct {
	const char *name;
	const char *tags;		/* two letters each */
} scripts[SCRIPTS] = {
	[LATIN] = { "Latin", "endefresitptplcsskhrslsqhurofietlvlttr"
	    "azuzidmsvinlsvdanbnnnoiscagaeueoafcyglsw" },
	[CYRILLIC] = { "Cyrillic", "rubeukbgmksrkkkymntgttbacvoscekvud" },
	[GREEK] = { "Greek", "el" },
	[ARMENIAN] = { "Armenian", "hy" },
	[HEBREW] = { "Hebrew", "heyi" },
	[ARABIC] = { "Arabic", "arfaurpsugku" },
	[INDIC] = { "Indic", "hibnpaguortateknmlsimrne" },
	[THAI] = { "Thai", "th" },
	[GEORGIAN] = { "Georgian", "ka" },
	[EAST_ASIAN] = { "East Asian", "zhjako" },
};

/* The next code point of text that is known to be UTF-8. */
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

void
language_letters(const char *text, struct letters *ret)
{
	const unsigned char *at = (const unsigned char *)text;
	size_t i;

	memset(ret, 0, sizeof(*ret));
	while (*at != '\0') {
		uint32_t c = next(&at);

		for (i = 0; i < sizeof(blocks) / sizeof(blocks[0]); i++)
			if (c >= blocks[i].first && c <= blocks[i].last) {
				ret->of[blocks[i].script]++;
				ret->all++;
				break;
			}
	}
}

enum script
language_script(const struct letters *l)
{
	enum script s, most = LATIN;

	for (s = LATIN; s < SCRIPTS; s++)
		if (l->of[s] > l->of[most])
			most = s;
	return most;
}

const char *
language_script_name(enum script s)
{
	return scripts[s].name;
}

const char *
language_of_script(enum script s, uint64_t n)
{
	static char tag[3];

	if (2 * n >= strlen(scripts[s].tags))
		return NULL;
	memcpy(tag, scripts[s].tags + 2 * n, 2);
	return tag;
}
