/* person_export.c: foyerctl person export: what there is of somebody. */
#include <stdio.h>

#include "app/app.h"
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

/* Without the keys nobody can tell the addresses: then they are "". */
static int
followed(struct ctl *c, const struct uuid *person)
{
	struct app_follow_data is = { c->store, NULL, c->settings.site };
	struct seal_keys *keys = NULL;
	struct buf lines = buf_new(c->arena, 256);
	struct str why;
	enum err e;

	if (seal_init() == OK && seal_keys_load(c->arena, c->settings.keys,
	    &keys, &why) == OK)
		is.keys = keys;
	e = app_follow_data(&is, person, &lines);
	if (keys != NULL)
		seal_keys_wipe(keys);
	if (e != OK)
		return ctl_open_trouble(c, e, "the database");
	printf(STR_FMT, STR_ARG(buf_view(&lines)));
	return CTL_DONE;
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
	return followed(c, &t.person) == CTL_DONE ? print(c, &t) : CTL_FAILED;
}

const struct ctl_command ctl_person_export = {
	"person export", "NAME | UUID | '#'COMMENT",
	"print what there is of somebody, for them",
	"Account, comments with their revisions, votes, reports, what is "
	"mailed to them: a\nline of JSON each, as the person may know them. A "
	"guest is named by a comment of\ntheirs. Readers can do it "
	"themselves: /foyer/me.\n\n"
	"  foyerctl person export '#4711' > for-them.jsonl\n",
	run
};
