/* statistics_rebuild.c: foyerctl statistics rebuild: counts everything anew. */
#include <stdio.h>

#include "ctl/ctl.h"

static int
run(struct ctl *c, int argc, char **argv)
{
	int words = ctl_options(c, argc, argv, NULL, 0);
	struct ctl_progress progress = { "statistics rebuild: step", 0, 0 };
	bool more = true;
	int64_t steps = 0;
	enum err e;

	if (!ctl_options_words(c, words, 0, 0))
		return CTL_USAGE;
	if (ctl_open_store(c) == NULL)
		return CTL_FAILED;
	e = store_insight_reset(c->store);
	while (e == OK && more) {
		e = store_insight_follow(c->store, &more);
		ctl_progress_show(&progress, ++steps);
	}
	ctl_progress_end(&progress);
	if (e != OK)
		return ctl_open_trouble(c, e, "the statistics");
	printf("comments and rulings are counted anew\n");
	return CTL_DONE;
}

const struct ctl_command ctl_statistics_rebuild = {
	"statistics rebuild", "",
	"count anew what the statistics tell",
	"Goes through all comments and the moderation log while readers read "
	"and write; a\nfoyerd that runs takes a part of it. Never needed in "
	"daily life: foyerd counts what\nchanges. Use it after a release that "
	"says so, or if a figure can't be right."
	"\n\n  foyerctl statistics rebuild\n",
	run
};
