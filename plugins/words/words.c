/* words.c: what the operator does not want to see, by lists of words. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <foyer/plugin.h>

#include "words.h"

/* Of one rule on one text: a pattern that runs wild gives up. */
enum { MATCH_LIMIT = 100000, DEPTH_LIMIT = 1000, HEAP_LIMIT = 1024 /* KiB */ };
enum { REASON = 300 };

struct words {
	const struct foyer_host *host;
	const char *path;
	uint64_t version;		/* of the file that was read */
	struct list lists[2], *list;	/* one in use, one to read into */
	pcre2_match_context *limits;
	pcre2_match_data *match;
	const struct rule *wild;	/* gave up on this comment, or NULL */
	char reason[REASON];
	struct foyer_feature rules;
};

static struct words words;

static void
say(const struct words *w, const char *what)
{
	char line[300];

	snprintf(line, sizeof(line), "%s: %s", w->path, what);
	w->host->log(w->host, line);
}

/* As the file is now; a wrong one is told of and left alone. */
static bool
load(struct words *w)
{
	struct list *spare = &w->lists[w->list == &w->lists[0]];
	struct foyer_file file;
	char why[160];

	if (w->host->file(w->host, w->path, &file) != 0) {
		say(w, "it can't be read, or is larger than 256 KiB");
		return false;
	}
	if (file.version == w->version)
		return true;
	w->version = file.version;
	if (file.size > WORDS_FILE) {
		say(w, "it is larger than 256 KiB");
		return false;
	}
	if (!words_list_read(spare, file.bytes, (size_t)file.size, why)) {
		say(w, why);
		return false;
	}
	w->list = spare;
	return true;
}

static int
words_open(const struct foyer_host *host, const struct foyer_setting *set,
    uint64_t n, void **state)
{
	struct words *w = &words;

	if (n != 1 || strcmp(set[0].key, "file") != 0 ||
	    set[0].value[0] != '/') {
		host->log(host, "the only setting is file, a full path");
		return -1;
	}
	w->host = host;
	w->path = strdup(set[0].value);
	w->limits = pcre2_match_context_create(NULL);
	w->match = pcre2_match_data_create(1, NULL);
	if (w->path == NULL || w->limits == NULL || w->match == NULL)
		return -1;
	pcre2_set_match_limit(w->limits, MATCH_LIMIT);
	pcre2_set_depth_limit(w->limits, DEPTH_LIMIT);
	pcre2_set_heap_limit(w->limits, HEAP_LIMIT);
	if (!load(w))
		return -1;
	*state = w;
	return 0;
}

/* Whoever writes chooses the text, so a rule stays: or one comment would rid
 * the next ones of it. */
static void
gives_up(struct words *w, struct rule *r)
{
	char what[80];

	w->wild = r;
	if (r->told)
		return;
	r->told = true;
	snprintf(what, sizeof(what), "rule %s takes too long on some text",
	    r->name);
	say(w, what);
}

static bool
matches(struct words *w, struct rule *r, const char *text)
{
	int e;

	if (text[0] == '\0' || w->wild != NULL)
		return false;
	e = pcre2_match(r->code, (PCRE2_SPTR)text, strlen(text), 0,
	    PCRE2_NO_UTF_CHECK, w->match, w->limits);
	if (e == PCRE2_ERROR_MATCHLIMIT || e == PCRE2_ERROR_DEPTHLIMIT ||
	    e == PCRE2_ERROR_HEAPLIMIT)
		gives_up(w, r);
	return e >= 0;
}

static bool
applies(struct words *w, struct rule *r, const struct foyer_comment *c)
{
	uint64_t i;

	if ((r->where & IN_BODY && matches(w, r, c->body)) ||
	    (r->where & IN_NAME && matches(w, r, c->author)) ||
	    (r->where & IN_MAIL && matches(w, r, c->mail_domain)))
		return true;
	for (i = 0; r->where & IN_LINK && i < c->nlinks; i++)
		if (matches(w, r, c->links[i]))
			return true;
	return false;
}

static int
words_judge(void *state, const struct foyer_comment *c,
    struct foyer_verdict *v)
{
	struct words *w = state;
	int64_t hits = 0, score = 0;
	size_t i, len = 0;

	load(w);
	w->reason[0] = '\0';
	w->wild = NULL;
	for (i = 0; i < w->list->n && w->wild == NULL; i++) {
		struct rule *r = &w->list->rules[i];

		if (!applies(w, r, c))
			continue;
		hits++;
		score += r->score;
		if (len < sizeof(w->reason))
			len += (size_t)snprintf(w->reason + len,
			    sizeof(w->reason) - len, "%s%s",
			    len > 0 ? ", " : "", r->name);
	}
	if (w->wild != NULL) {
		snprintf(w->reason, sizeof(w->reason), "rule %s takes too long "
		    "on this text", w->wild->name);
		v->reason = w->reason;
		v->abstains = 1;
		return 0;
	}
	if (hits == 0)
		return 0;
	w->rules = (struct foyer_feature){ "rules", hits };
	v->features = &w->rules;
	v->nfeatures = 1;
	v->score = (int32_t)(score > 100 ? 100 : score < -100 ? -100 : score);
	v->reason = w->reason;
	return 0;
}

static void
words_close(void *state)
{
	struct words *w = state;

	words_list_free(&w->lists[0]);
	words_list_free(&w->lists[1]);
	pcre2_match_data_free(w->match);
	pcre2_match_context_free(w->limits);
}

FOYER_PLUGIN(.name = "words", .version = "1.1", .open = words_open,
    .judge = words_judge, .close = words_close);
