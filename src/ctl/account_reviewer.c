/* account_reviewer.c: foyerctl account reviewer: whose reviews these are. */
#include <stdio.h>

#include "ctl/ctl.h"

static int
set(struct ctl *c, struct str name, struct str reviewer)
{
	struct deed d = {
		.kind = DEED_REVIEWER, .target = name, .value = reviewer
	};
	struct account account;
	struct str before;
	enum err e;

	e = store_account_by_name(c->store, c->arena, name, &account);
	if (e == ERR_NOT_FOUND)
		return ctl_say_failed("there is no account " STR_FMT,
		    STR_ARG(name));
	if (e == OK)
		e = store_deed_put(c->store, c->arena, &d, &before);
	if (e != OK)
		return ctl_open_trouble(c, e, "the account");
	if (reviewer.len > 0)
		printf(STR_FMT " is the reviewer " STR_FMT "\n",
		    STR_ARG(name), STR_ARG(reviewer));
	else
		printf(STR_FMT " is no reviewer\n", STR_ARG(name));
	return CTL_DONE;
}

static int
run(struct ctl *c, int argc, char **argv)
{
	int words = ctl_options(c, argc, argv, NULL, 0);
	struct str reviewer;

	if (!ctl_options_words(c, words, 2, 2))
		return CTL_USAGE;
	if (!ctl_options_name(c, argv[1], true, &reviewer))
		return CTL_USAGE;
	if (ctl_open_store(c) == NULL)
		return CTL_FAILED;
	return set(c, str_of(argv[0]), reviewer);
}

const struct ctl_command ctl_account_reviewer = {
	"account reviewer", "NAME REVIEWER",
	"say whose reviews an account's are",
	"REVIEWER is a name as reviews print it; \"\" takes it back. Comments "
	"that NAME\nthen leaves on these reviews, under either name, are "
	"marked as by the author of\nthe review. The moderation log tells "
	"it.\n\n"
	"  foyerctl account reviewer anna 'Anna Critic'\n",
	run
};
