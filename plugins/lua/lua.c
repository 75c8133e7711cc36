/* lua.c: filters in small Lua scripts, for operators without a compiler. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "script.h"

enum { SCRIPTS = 8, MIB = 1024 * 1024 };

static struct script scripts[SCRIPTS];
static size_t nscripts;
static const struct foyer_host *our_host;
static char reason[400];
static struct script_said said[SCRIPTS];
static struct foyer_feature features[16];

static int
complain(const char *what, const char *why)
{
	char line[300];

	snprintf(line, sizeof(line), "%.100s: %.180s", what, why);
	our_host->log(our_host, line);
	return -1;
}

static int
number(const struct foyer_setting *set, long least, long most, long *ret)
{
	char *end;
	long n = strtol(set->value, &end, 10);

	if (end == set->value || *end != '\0' || n < least || n > most)
		return complain(set->key, "out of its bounds");
	*ret = n;
	return 0;
}

static int
read_script(const struct foyer_setting *set)
{
	struct script *s = &scripts[nscripts];
	int fd = open(set->value, O_RDONLY | O_CLOEXEC);
	ssize_t n = -1;

	if (nscripts == SCRIPTS)
		return complain(set->key, "there are more than 8 scripts");
	if (fd != -1 && (s->text = malloc(SCRIPT_TEXT)) != NULL)
		n = read(fd, s->text, SCRIPT_TEXT);
	if (fd != -1)
		close(fd);
	if (n < 0 || n == SCRIPT_TEXT)
		return complain(set->value, "the script can't be read, or is "
		    "too long");
	s->name = set->key;
	s->len = (size_t)n;
	nscripts++;
	return 0;
}

/* Every setting that begins with a slash is a script; its key, its name. */
static int
lua_open(const struct foyer_host *host, const struct foyer_setting *set,
    uint64_t n, void **state)
{
	long kib = 4096, steps = 1000000;
	uint64_t i;
	int bad = 0;

	(void)state;
	our_host = host;
	for (i = 0; i < n && !bad; i++) {
		if (strcmp(set[i].key, "memory_kib") == 0)
			bad = number(&set[i], 256, 65536, &kib);
		else if (strcmp(set[i].key, "steps") == 0)
			bad = number(&set[i], 1000, 100000000, &steps);
		else if (set[i].value[0] == '/')
			bad = read_script(&set[i]);
		else
			bad = complain(set[i].key, "neither memory_kib, steps "
			    "nor the path of a script");
	}
	if (!bad && nscripts == 0)
		bad = complain("settings", "no script is named");
	for (i = 0; i < nscripts && !bad; i++) {
		scripts[i].most = (size_t)kib * 1024;
		scripts[i].steps = (int)steps;
		if (!script_open(&scripts[i]))
			bad = complain("script", scripts[i].trouble);
	}
	return bad;
}

static void
add(const struct script *s, const struct script_said *is,
    struct foyer_verdict *v)
{
	size_t len = strlen(reason);
	uint32_t i;

	v->score += is->score;
	if (is->reason[0] != '\0')
		snprintf(reason + len, sizeof(reason) - len, "%s%s: %s",
		    len > 0 ? "; " : "", s->name, is->reason);
	for (i = 0; i < is->nfeatures && v->nfeatures < 16; i++)
		features[v->nfeatures++] = is->features[i];
}

static int
lua_judge(void *state, const struct foyer_comment *c, struct foyer_verdict *v)
{
	size_t i;

	(void)state;
	reason[0] = '\0';
	for (i = 0; i < nscripts; i++) {
		if (!script_judge(&scripts[i], c, &said[i]))
			return complain("script", scripts[i].trouble);
		add(&scripts[i], &said[i], v);
	}
	v->reason = reason[0] != '\0' ? reason : NULL;
	v->features = features;
	return 0;
}

FOYER_PLUGIN(.name = "lua", .version = "1.0", .open = lua_open,
    .judge = lua_judge);
