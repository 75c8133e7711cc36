/* language.c: a comment in letters or a language that nobody here uses. */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <foyer/plugin.h>

#include "language.h"

enum { SCORE_SCRIPT = 60, SCORE_LANGUAGE = 30 };
enum { LETTERS_LEAST = 10, WORDS_LEAST = 8, HITS_LEAST = 3 };

struct language {
	char expected[200];		/* " en ru " */
	char reason[100];
	struct foyer_feature features[2];
};

static int
language_open(const struct foyer_host *host, const struct foyer_setting *set,
    uint64_t n, void **state)
{
	static struct language l = { .expected = " en ru " };

	if (n > 1 || (n == 1 && strcmp(set[0].key, "languages") != 0)) {
		host->log(host, "the only setting is languages");
		return -1;
	}
	if (n == 1 && (size_t)snprintf(l.expected, sizeof(l.expected), " %s ",
	    set[0].value) >= sizeof(l.expected)) {
		host->log(host, "languages is too long");
		return -1;
	}
	*state = &l;
	return 0;
}

/* The primary tag is the review's, or one of those that are set. */
static bool
expects(const struct language *l, const struct foyer_comment *c,
    const char *tag)
{
	char word[16];

	if (strncmp(c->language, tag, 2) == 0 &&
	    (c->language[2] == '\0' || c->language[2] == '-'))
		return true;
	snprintf(word, sizeof(word), " %s ", tag);
	return strstr(l->expected, word) != NULL;
}

/* Some expected language is written in it. */
static bool
expects_script(const struct language *l, const struct foyer_comment *c,
    enum script script)
{
	const char *tag;
	size_t i;

	for (i = 0; (tag = language_of_script(script, i)) != NULL; i++)
		if (expects(l, c, tag))
			return true;
	return false;
}

static int
language_judge(void *state, const struct foyer_comment *c,
    struct foyer_verdict *v)
{
	struct language *l = state;
	struct letters letters;
	struct guess guess;
	enum script main;

	language_letters(c->body, &letters);
	if (letters.all < LETTERS_LEAST)
		return 0;
	main = language_script(&letters);
	if (!expects_script(l, c, main)) {
		l->features[0] = (struct foyer_feature){ "foreign",
		    letters.of[main] * 100 / letters.all };
		v->features = l->features;
		v->nfeatures = 1;
		v->score = SCORE_SCRIPT;
		snprintf(l->reason, sizeof(l->reason), "written in %s letters",
		    language_script_name(main));
		v->reason = l->reason;
		return 0;
	}
	language_guess(c->body, main, &guess);
	if (guess.words < WORDS_LEAST || guess.hits < HITS_LEAST ||
	    guess.hits < 2 * guess.second || expects(l, c, guess.tag))
		return 0;
	l->features[0] = (struct foyer_feature){ "words", guess.words };
	l->features[1] = (struct foyer_feature){ "hits", guess.hits };
	v->features = l->features;
	v->nfeatures = 2;
	v->score = SCORE_LANGUAGE;
	snprintf(l->reason, sizeof(l->reason), "looks %s", guess.name);
	v->reason = l->reason;
	return 0;
}

FOYER_PLUGIN(.name = "language", .version = "1.0", .open = language_open,
    .judge = language_judge);
