/* guess.c: a text's language by the small words that every text has. */
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "language.h"

enum { WORD_MAX = 24 };

/* Small words, each between spaces; those that two of these languages share
 * count for both. */
static const struct {
	const char *tag, *name;
	enum script script;
	const char *words;
} languages[] = {
	{ "en", "English", LATIN, " the and of to is that it for was with as "
	    "this but not are have be on you what " },
	{ "de", "German", LATIN, " der die das und ist nicht ich ein eine zu "
	    "den mit auf auch es von sich aber wie " },
	{ "fr", "French", LATIN, " le la les et est pas que une des du en "
	    "dans pour ce qui je il vous mais avec " },
	{ "es", "Spanish", LATIN, " el la los las y es no que una de en por "
	    "con para se lo pero como muy más " },
	{ "it", "Italian", LATIN, " il la che di è non un una per con sono "
	    "del della le si ma come anche più questo " },
	{ "pt", "Portuguese", LATIN, " o os as e é não que uma de em por com "
	    "para do da se mas como mais você " },
	{ "nl", "Dutch", LATIN, " de het een en is niet van ik dat op te voor "
	    "met zijn maar je ook aan er " },
	{ "pl", "Polish", LATIN, " i w nie na się jest to że z do jak ale co "
	    "po tak dla od czy jego " },
	{ "cs", "Czech", LATIN, " a se na je to v že s z do ale jako jsem by "
	    "tak jak pro nebo když " },
	{ "tr", "Turkish", LATIN, " ve bir bu da de için çok ne ile o ama "
	    "gibi daha var değil ben kadar " },
	{ "id", "Indonesian", LATIN, " yang dan di ini itu dengan untuk tidak "
	    "dari dalam akan pada juga saya ke ada " },
	{ "ru", "Russian", CYRILLIC, " и в не на что с это как по но из а к "
	    "у за он же так все для был " },
	{ "uk", "Ukrainian", CYRILLIC, " і в не на що з це як та але із а до "
	    "у за він же так все для був є й " },
	{ "bg", "Bulgarian", CYRILLIC, " и в не на че с това как по но от а "
	    "за е да се са ще който " },
	{ "sr", "Serbian", CYRILLIC, " и у не на што са то као по али из а за "
	    "је да се су би који " },
};

enum { LANGUAGES = sizeof(languages) / sizeof(languages[0]) };

/* The next word between spaces, in lower case as far as ASCII and Russian go
 * (A-Z; А-Я in two bytes). NULL: one that is longer than any small word. */
static bool
word(const char **at, char ret[WORD_MAX + 3])
{
	const char *from;
	size_t i, n;

	*at += strspn(*at, " \t\n.,:;!?\"'()-*_>[]");
	from = *at;
	n = strcspn(from, " \t\n.,:;!?\"'()-*_>[]");
	*at += n;
	if (n == 0)
		return false;
	if (n > WORD_MAX)
		n = 0;
	ret[0] = ' ';
	for (i = 0; i < n; i++) {
		unsigned char c = (unsigned char)from[i];
		unsigned char d = i + 1 < n ? (unsigned char)from[i + 1] : 0;

		if (c >= 'A' && c <= 'Z')
			c = (unsigned char)(c + 'a' - 'A');
		ret[i + 1] = (char)c;
		if (c != 0xd0 || d < 0x90 || d > 0xaf)
			continue;
		ret[i + 1] = (char)(d < 0xa0 ? 0xd0 : 0xd1);
		ret[++i + 1] = (char)(d < 0xa0 ? d + 0x20 : d - 0x20);
	}
	ret[n + 1] = ' ';
	ret[n + 2] = '\0';
	return true;
}

void
language_guess(const char *text, enum script script, struct guess *ret)
{
	int64_t hits[LANGUAGES] = { 0 };
	char small[WORD_MAX + 3];
	size_t i;

	memset(ret, 0, sizeof(*ret));
	while (word(&text, small)) {
		ret->words++;
		for (i = 0; small[1] != ' ' && i < LANGUAGES; i++)
			if (languages[i].script == script)
				hits[i] += strstr(languages[i].words, small) !=
				    NULL;
	}
	ret->tag = ret->name = "";
	for (i = 0; i < LANGUAGES; i++) {
		if (hits[i] <= ret->hits) {
			if (hits[i] > ret->second)
				ret->second = hits[i];
			continue;
		}
		ret->second = ret->hits;
		ret->hits = hits[i];
		ret->tag = languages[i].tag;
		ret->name = languages[i].name;
	}
}
