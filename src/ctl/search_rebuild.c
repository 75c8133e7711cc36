/* search_rebuild.c: foyerctl search rebuild: the index of words, made anew. */
#include <stdio.h>

#include "ctl/ctl.h"

static int
run(struct ctl *c, int argc, char **argv)
{
	int words = ctl_options(c, argc, argv, NULL, 0);
	struct ctl_progress progress = { "search rebuild: comment", 0, 0 };
	int64_t after = 0;
	enum err e;

	if (!ctl_options_words(c, words, 0, 0))
		return CTL_USAGE;
	if (ctl_open_store(c) == NULL)
		return CTL_FAILED;
	if ((e = store_search_reviews(c->store)) == OK)
		do {
			e = store_search_fill(c->store, &after);
			ctl_progress_show(&progress, after);
		} while (e == OK && after != 0);
	ctl_progress_end(&progress);
	if (e != OK)
		return ctl_open_trouble(c, e, "the index");
	printf("reviews and comments can be found by their words\n");
	return CTL_DONE;
}

const struct ctl_command ctl_search_rebuild = {
	"search rebuild", "",
	"make the index anew that readers search",
	"Goes through all reviews and comments while readers read, write and "
	"search. Never\nneeded in daily life: foyerd adds what is posted. Use "
	"it after a release that\nsays so, or if something can't be found."
	"\n\n  foyerctl search rebuild\n",
	run
};
