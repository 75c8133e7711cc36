/* person_erase.c: foyerctl person erase: somebody was never here. */
#include <stdio.h>

#include "ctl/person.h"

static int
erase(struct ctl *c, const struct uuid *person)
{
	struct arena *a = arena_new(CTL_ARENA);
	struct ctl_progress progress = { "erasing", 0, 0 };
	bool left = true;
	enum err e = store_forget_ask(c->store, person);

	for (int64_t n = 0; e == OK && left; n++) {
		arena_reset(a);
		e = store_forget_step(c->store, a, &left);
		ctl_progress_show(&progress, n);
	}
	ctl_progress_end(&progress);
	arena_free(a);
	if (e == ERR_FORBIDDEN)
		return ctl_say_failed("who moderates is in the log by name: "
		    "make the account a reader's first");
	return e == OK ? CTL_DONE : ctl_open_trouble(c, e, "the database");
}

static int
run(struct ctl *c, int argc, char **argv)
{
	bool yes = false;
	const struct ctl_option options[] = { { "yes", NULL, &yes } };
	int words = ctl_options(c, argc, argv, options, COUNT(options));
	struct uuid person;
	char text[UUID_TEXT];

	if (!ctl_options_words(c, words, 1, 1))
		return CTL_USAGE;
	if (ctl_open_store(c) == NULL ||
	    !ctl_person_find(c, argv[0], &person))
		return CTL_FAILED;
	uuid_text(&person, text);
	if (!yes)
		return ctl_say_usage(c, "%s would be erased for good: say "
		    "--yes", text);
	if (erase(c, &person) != CTL_DONE)
		return CTL_FAILED;
	printf("%s is erased\n", text);
	return CTL_DONE;
}

const struct ctl_command ctl_person_erase = {
	"person erase", "--yes NAME | UUID | '#'COMMENT",
	"erase somebody and all they wrote, for good",
	"Comments become empty places that hold the answers to them; the "
	"account, its name\nand sessions are gone; votes count on as "
	"nobody's. The log says that somebody was\nerased, not who. A guest "
	"is named by a comment of theirs. Backups keep what they\nhold until "
	"they are thrown away.\n\n"
	"  foyerctl person erase --yes '#4711'\n",
	run
};
