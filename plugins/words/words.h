/* words.h: what the files of this plugin share. */
#ifndef WORDS_H
#define WORDS_H

#define PCRE2_CODE_UNIT_WIDTH 8

#include <pcre2.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { WORDS_RULES = 1000, WORDS_NAME = 32, WORDS_LINE = 1000 };
enum { WORDS_FILE = 256 * 1024 };	/* bytes of a list */

/* Where a rule looks. */
enum {
	IN_BODY = 1, IN_NAME = 2, IN_LINK = 4, IN_MAIL = 8
};

struct rule {
	char name[WORDS_NAME];
	unsigned where;
	int score;
	bool told;			/* that it takes too long */
	pcre2_code *code;
};

struct list {
	struct rule rules[WORDS_RULES];
	size_t n;
};

/* ---- list.c ---- */

/* Reads "NAME WHERE SCORE PATTERN" lines; false has set why, with the line's
 * number, and left the list empty. Frees what the list held before. */
bool words_list_read(struct list *, const char *text, size_t len,
    char why[160]);
void words_list_free(struct list *);

#endif
