/* script.h: what the files of this plugin share. */
#ifndef SCRIPT_H
#define SCRIPT_H

#include <stdbool.h>
#include <stddef.h>

#include <foyer/plugin.h>

enum { SCRIPT_TEXT = 128 * 1024, SCRIPT_WORDS = 160, SCRIPT_FEATURES = 8 };

struct lua_State;

/* One script and the machine that it runs in. */
struct script {
	const char *name;		/* of its setting */
	char *text;
	size_t len;
	struct lua_State *machine;
	size_t used, most;		/* bytes */
	int steps;			/* instructions of one call */
	char trouble[SCRIPT_WORDS];
};

struct script_said {
	int score;
	char reason[SCRIPT_WORDS];
	char names[SCRIPT_FEATURES][25];
	struct foyer_feature features[SCRIPT_FEATURES];
	uint32_t nfeatures;
};

/* False: what was wrong is in `trouble`. */
bool script_open(struct script *);
bool script_judge(struct script *, const struct foyer_comment *,
    struct script_said *);
void script_close(struct script *);

#endif
