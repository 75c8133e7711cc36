/* hush.c: what a plugin says for the log, without what the comment says. */
#include <string.h>

#include "filter/internal.h"

#define LEFT_OUT "[...]"

enum {
	SHORT = sizeof(LEFT_OUT) - 1,	/* what is shorter says nothing */
	RUN = 8				/* bytes alike that are no chance */
};

static bool
inside(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* How many bytes both begin with, whole characters. */
static size_t
alike(const char *a, const char *b)
{
	size_t n = 0;

	while (a[n] != '\0' && lower(a[n]) == lower(b[n]))
		n++;
	while (n > 0 && inside(a[n]))
		n--;
	return n;
}

/* How much of the text stands there: all of it, or a part. */
static size_t
quoted(const char *at, const char *text)
{
	size_t most = 0, all = text != NULL ? strlen(text) : 0, n;
	const char *from;

	if (all < SHORT)
		return 0;
	for (from = text; *from != '\0'; from++)
		if (!inside(*from) && (n = alike(at, from)) > most)
			most = n;
	return most >= (all < RUN ? all : RUN) ? most : 0;
}

void
filter_hush(char *line, const struct foyer_comment *c)
{
	const char *const texts[] = { c->body, c->parent, c->author,
	    c->mail_domain, c->email_hash, c->sender, c->person, c->answer };
	char *end = line;
	size_t k, n, most;

	while (*line != '\0') {
		for (k = most = 0; k < COUNT(texts); k++)
			if ((n = quoted(line, texts[k])) > most)
				most = n;
		if (most == 0) {
			*end++ = *line++;
			continue;
		}
		memcpy(end, LEFT_OUT, SHORT);
		end += SHORT;
		line += most;
	}
	*end = '\0';
}
