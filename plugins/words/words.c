/* words.c: what the operator does not want to see, by lists of words. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <foyer/plugin.h>

#include "words.h"

/* Of one rule on one text: a pattern that runs wild gives up. */
enum { MATCH_LIMIT = 20000, DEPTH_LIMIT = 1000, HEAP_LIMIT = 1024 /* KiB */ };
enum { REASON = 300, TRIES = 3 };

struct words {
	const struct foyer_host *host;
	const char *path;
	int fd;				/* kept: nothing is opened later */
	struct stat read;		/* the file as it was read */
	struct list lists[2], *list;	/* one in use, one to read into */
	pcre2_match_context *limits;
	pcre2_match_data *match;
	char text[WORDS_FILE + 1];
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

static bool
same(const struct stat *a, const struct stat *b)
{
	return a->st_size == b->st_size && a->st_ino == b->st_ino &&
	    a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
	    a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

/* The whole file, and nothing that was written while it was read. */
static bool
load(struct words *w)
{
	struct list *spare = &w->lists[w->list == &w->lists[0]];
	struct stat before, after;
	char why[160] = "it is being written";
	ssize_t n;
	int i;

	for (i = 0; i < TRIES; i++) {
		if (fstat(w->fd, &before) != 0)
			return false;
		n = pread(w->fd, w->text, sizeof(w->text), 0);
		if (n < 0 || fstat(w->fd, &after) != 0)
			return false;
		if (n > WORDS_FILE) {
			say(w, "it is larger than 256 KiB");
			return false;
		}
		if (!same(&before, &after))
			continue;
		w->read = before;
		if (!words_list_read(spare, w->text, (size_t)n, why))
			break;
		w->list = spare;
		return true;
	}
	say(w, why);
	return false;
}

/* An edited file is read again, a wrong one is told of and left alone. What
 * was put in its place can't be opened from here. */
static void
look(struct words *w)
{
	struct stat now;

	if (stat(w->path, &now) != 0 || same(&now, &w->read))
		return;
	if (now.st_ino != w->read.st_ino) {
		say(w, "there is another file now: reload foyerd to read it");
		w->read = now;
	} else if (!load(w)) {
		w->read = now;
	}
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
	w->fd = open(w->path, O_RDONLY | O_CLOEXEC);
	if (w->fd == -1) {
		say(w, "it can't be opened");
		return -1;
	}
	if (!load(w))
		return -1;
	*state = w;
	return 0;
}

static bool
matches(struct words *w, struct rule *r, const char *text)
{
	int e;

	if (r->code == NULL || text[0] == '\0')
		return false;
	e = pcre2_match(r->code, (PCRE2_SPTR)text, strlen(text), 0,
	    PCRE2_NO_UTF_CHECK, w->match, w->limits);
	if (e == PCRE2_ERROR_MATCHLIMIT || e == PCRE2_ERROR_DEPTHLIMIT ||
	    e == PCRE2_ERROR_HEAPLIMIT) {
		char what[80];

		snprintf(what, sizeof(what), "rule %s takes too long: it is "
		    "left out", r->name);
		say(w, what);
		pcre2_code_free(r->code);
		r->code = NULL;
	}
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

	look(w);
	w->reason[0] = '\0';
	for (i = 0; i < w->list->n; i++) {
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

FOYER_PLUGIN(.name = "words", .version = "1.0", .open = words_open,
    .judge = words_judge, .close = words_close);
