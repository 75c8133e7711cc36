/* account_totp.c: foyerctl account totp-reset: without a second factor. */
#include <stdio.h>

#include "ctl/ctl.h"

static int
run(struct ctl *c, int argc, char **argv)
{
	int words = ctl_options(c, argc, argv, NULL, 0);
	struct account account;
	struct str name;
	enum err e;

	if (!ctl_options_words(c, words, 1, 1))
		return CTL_USAGE;
	if (ctl_open_store(c) == NULL)
		return CTL_FAILED;
	name = str_of(argv[0]);
	e = store_account_by_name(c->store, c->arena, name, &account);
	if (e == ERR_NOT_FOUND)
		return ctl_say_failed("there is no account " STR_FMT,
		    STR_ARG(name));
	if (e == OK) {
		account.totp = STR("");
		account.totp_step = 0;
		e = store_totp_set(c->store, c->arena, &account, NULL, 0);
	}
	if (e != OK)
		return ctl_open_trouble(c, e, "the account");
	printf("account " STR_FMT " has no second factor now\n",
	    STR_ARG(name));
	return ctl_act_log(c, LOGGED_TOTP_RESET, name);
}

const struct ctl_command ctl_account_totp_reset = {
	"account totp-reset", "NAME", "take an account's second factor away",
	"For somebody whose telephone and codes for recovery are both lost: "
	"the password\nalone lets NAME in again. The moderation log tells "
	"it.\n\n"
	"  foyerctl account totp-reset editor\n",
	run
};
