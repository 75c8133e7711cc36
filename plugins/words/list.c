/* list.c: the operator's list: a rule each line. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "words.h"

static const struct {
	const char *name;
	unsigned where;
} places[] = {
	{ "body", IN_BODY }, { "name", IN_NAME }, { "link", IN_LINK },
	{ "mail", IN_MAIL },
};

void
words_list_free(struct list *l)
{
	size_t i;

	for (i = 0; i < l->n; i++)
		pcre2_code_free(l->rules[i].code);
	l->n = 0;
}

/* "body,name" */
static unsigned
read_where(char *word)
{
	unsigned where = 0;
	char *part, *rest = NULL;
	size_t i;

	for (part = strtok_r(word, ",", &rest); part != NULL;
	    part = strtok_r(NULL, ",", &rest)) {
		for (i = 0; i < 4 && strcmp(part, places[i].name) != 0; i++)
			;
		if (i == 4)
			return 0;
		where |= places[i].where;
	}
	return where;
}

/* /a pattern/ or words as they stand; letters' case never counts. */
static const char *
read_pattern(struct rule *r, char *text)
{
	static char why[100];
	size_t len = strlen(text), at;
	uint32_t how = PCRE2_UTF | PCRE2_CASELESS;
	int error;

	if (len > 2 && text[0] == '/' && text[len - 1] == '/') {
		text++;
		len -= 2;
		how |= PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C;
	} else {
		how |= PCRE2_LITERAL;
	}
	r->code = pcre2_compile((PCRE2_SPTR)text, len, how, &error, &at, NULL);
	if (r->code != NULL)
		return NULL;
	if (pcre2_get_error_message(error, (PCRE2_UCHAR *)why,
	    sizeof(why)) < 0)
		return "the pattern is wrong";
	return why;
}

static const char *
read_rule(struct rule *r, char *line)
{
	char *rest = NULL, *end;
	char *name = strtok_r(line, " \t", &rest);
	char *where = strtok_r(NULL, " \t", &rest);
	char *score = strtok_r(NULL, " \t", &rest);
	long n;

	if (score == NULL)
		return "a rule is NAME WHERE SCORE PATTERN";
	rest += strspn(rest, " \t");
	if (*rest == '\0')
		return "the pattern is missing";
	if (strlen(name) >= sizeof(r->name))
		return "the name is too long";
	snprintf(r->name, sizeof(r->name), "%s", name);
	if ((r->where = read_where(where)) == 0)
		return "where: body, name, link, mail, with commas between";
	n = strtol(score, &end, 10);
	if (*end != '\0' || n < -100 || n > 100)
		return "the score is a number, -100 to 100";
	r->score = (int)n;
	return read_pattern(r, rest);
}

/* One line without its end; NULL if it is a rule or none. */
static const char *
read_line(struct list *l, const char *at, size_t len)
{
	char line[WORDS_LINE + 1];
	const char *wrong;

	if (len > WORDS_LINE)
		return "the line is too long";
	memcpy(line, at, len);
	line[len] = '\0';
	if (strlen(line) != len)
		return "there is a NUL in it";
	while (len > 0 && strchr(" \t\r", line[len - 1]) != NULL)
		line[--len] = '\0';
	if (len == 0 || line[strspn(line, " \t")] == '#')
		return NULL;
	if (l->n == WORDS_RULES)
		return "there are too many rules";
	if ((wrong = read_rule(&l->rules[l->n], line)) == NULL)
		l->n++;
	return wrong;
}

bool
words_list_read(struct list *l, const char *text, size_t len, char why[160])
{
	size_t number = 1;

	words_list_free(l);
	while (len > 0) {
		const char *end = memchr(text, '\n', len);
		size_t n = end != NULL ? (size_t)(end - text) : len;
		const char *wrong = read_line(l, text, n);

		if (wrong != NULL) {
			snprintf(why, 160, "line %zu: %s", number, wrong);
			words_list_free(l);
			return false;
		}
		n += end != NULL;
		text += n;
		len -= n;
		number++;
	}
	return true;
}
