/* version.c: foyerctl version. */
#include <stdio.h>

#include "ctl/ctl.h"

static int
run(struct ctl *c, int argc, char **argv)
{
	int words = ctl_options(c, argc, argv, NULL, 0);

	if (!ctl_options_words(c, words, 0, 0))
		return CTL_USAGE;
	printf("foyer %s, schema %d\n", CTL_VERSION, store_migration_last());
	return CTL_DONE;
}

const struct ctl_command ctl_version = {
	"version", "", "tell this program's version",
	"The program's version and the schema it needs.\n\n"
	"  foyerctl version\n",
	run
};
