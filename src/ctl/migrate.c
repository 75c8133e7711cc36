/* migrate.c: foyerctl migrate: the database's schema becomes this program's. */
#include <stdio.h>

#include "ctl/ctl.h"

static void
say(const char *line)
{
	puts(line);
	fflush(stdout);
}

static int
run(struct ctl *c, int argc, char **argv)
{
	bool dry_run = false;
	const char *optional = NULL, *conninfo;
	const struct ctl_option options[] = {
		{ "dry-run", NULL, &dry_run },
		{ "optional", &optional, NULL }
	};
	int words = ctl_options(c, argc, argv, options, COUNT(options));

	if (!ctl_options_words(c, words, 0, 0))
		return CTL_USAGE;
	if ((conninfo = ctl_open_conninfo(c)) == NULL)
		return CTL_FAILED;
	if (store_migrate(conninfo, optional, dry_run, say) != OK)
		return ctl_say_failed("the database was not migrated");
	return CTL_DONE;
}

const struct ctl_command ctl_migrate = {
	"migrate", "[--dry-run] [--optional NAME]",
	"bring the database to this program's schema",
	"Applies what is missing, each migration in a transaction of its own, "
	"and says\nwhat it did. Needs the role that owns the tables, not "
	"foyerd's. With --database\nno settings are read. A database that is "
	"newer than this program is refused.\n\n"
	"  --optional NAME   one that not every journal wants, after all "
	"others:\n                    comment_partitions, see scale.md; nobody "
	"posts meanwhile\n\n"
	"  foyerctl --database 'dbname=foyer user=foyer_owner' migrate\n",
	run
};
