/* language.h: what the two files of this plugin share. */
#ifndef LANGUAGE_H
#define LANGUAGE_H

#include <stdint.h>

enum script {
	LATIN, CYRILLIC, GREEK, ARMENIAN, HEBREW, ARABIC, INDIC, THAI,
	GEORGIAN, EAST_ASIAN, SCRIPTS
};

struct letters {
	int64_t of[SCRIPTS], all;
};

struct guess {
	const char *tag, *name;		/* the likeliest: "de", "German" */
	int64_t words;			/* in the text */
	int64_t hits, second;		/* its small words; the next one's */
};

/* ---- letters.c ---- */
void language_letters(const char *text, struct letters *);
enum script language_script(const struct letters *);	/* most letters */
const char *language_script_name(enum script);
/* The nth language that is written so, or NULL. */
const char *language_of_script(enum script, uint64_t n);

/* ---- guess.c: by the small words that every text has. ---- */
void language_guess(const char *text, enum script, struct guess *);

#endif
