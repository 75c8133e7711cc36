/* person_export.c: foyerctl person export: what there is of somebody. */
#include <stdio.h>

#include "ctl/person.h"

static int
print(struct ctl *c, struct store_trace *t)
{
	struct arena *a = arena_new(CTL_ARENA);
	enum err e;

	do {
		arena_reset(a);
		e = store_forget_data(c->store, a, t);
		for (size_t i = 0; e == OK && i < t->n; i++)
			printf(STR_FMT "\n", STR_ARG(t->lines[i]));
	} while (e == OK && t->n > 0 && t->id > 0);
	arena_free(a);
	return e == OK ? CTL_DONE : ctl_open_trouble(c, e, "the database");
}

static int
run(struct ctl *c, int argc, char **argv)
{
	int words = ctl_options(c, argc, argv, NULL, 0);
	struct store_trace t = { .n = 0 };

	if (!ctl_options_words(c, words, 1, 1))
		return CTL_USAGE;
	if (ctl_open_store(c) == NULL ||
	    !ctl_person_find(c, argv[0], &t.person))
		return CTL_FAILED;
	return print(c, &t);
}

const struct ctl_command ctl_person_export = {
	"person export", "NAME | UUID | '#'COMMENT",
	"print what there is of somebody, for them",
	"Account, comments with their revisions, votes and reports, a line of "
	"JSON each,\nas the person may know them. A guest is named by a "
	"comment of theirs. Readers can\ndo it themselves: /foyer/me.\n\n"
	"  foyerctl person export '#4711' > for-them.jsonl\n",
	run
};
