/* account_revoke.c: foyerctl account revoke: ends an account's sessions. */
#include <stdio.h>

#include "ctl/ctl.h"

static int
run(struct ctl *c, int argc, char **argv)
{
	int words = ctl_options(c, argc, argv, NULL, 0);
	struct str name;
	enum err e;

	if (!ctl_options_words(c, words, 1, 1))
		return CTL_USAGE;
	if (ctl_open_store(c) == NULL)
		return CTL_FAILED;
	name = str_of(argv[0]);
	e = store_account_revoke(c->store, c->arena, name);
	if (e == ERR_NOT_FOUND)
		return ctl_say_failed("there is no account " STR_FMT,
		    STR_ARG(name));
	if (e != OK)
		return ctl_open_trouble(c, e, "the account");
	printf("all sessions of " STR_FMT " are over\n", STR_ARG(name));
	return ctl_act_log(c, LOGGED_REVOKE, name);
}

const struct ctl_command ctl_account_revoke = {
	"account revoke", "NAME", "end all sessions of an account",
	"Whoever is signed in as NAME has to sign in again: at once for "
	"moderators, within\n5 seconds for readers. The moderation log tells "
	"it.\n\n"
	"  foyerctl account revoke editor\n",
	run
};
