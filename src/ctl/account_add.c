/* account_add.c: foyerctl account add: somebody may sign in. */
#include <stdio.h>

#include "ctl/ctl.h"
#include "seal/seal.h"

int
ctl_account_make(struct ctl *c, struct account *account, struct str password,
    bool made)
{
	const char *role = model_role_name(account->role);
	enum err e = seal_password_hash(c->arena, password,
	    &account->password);

	if (e != OK)
		return ctl_open_trouble(c, e, "the password");
	uuid_random(&account->id);
	e = store_account_add(c->store, c->arena, account);
	if (e == ERR_CONFLICT)
		return ctl_say_failed("there is an account " STR_FMT
		    " already", STR_ARG(account->name));
	if (e != OK)
		return ctl_open_trouble(c, e, "the account");
	printf("account " STR_FMT " (%s) added%s" STR_FMT "\n",
	    STR_ARG(account->name), role, made ? ", password: " : "",
	    STR_ARG(made ? password : STR("")));
	return ctl_act_log(c, LOGGED_ADD, arena_fmt(c->arena,
	    STR_FMT ": %s", STR_ARG(account->name), role));
}

static int
run(struct ctl *c, int argc, char **argv)
{
	const char *role = NULL, *word = NULL, *file = NULL, *reviewer = "";
	const struct ctl_option options[] = {
		{ "role", &role, NULL }, { "password", &word, NULL },
		{ "password-file", &file, NULL },
		{ "reviewer", &reviewer, NULL }
	};
	struct account account = { .epoch = 0 };
	struct str password;
	bool made;
	int words = ctl_options(c, argc, argv, options, COUNT(options));

	if (!ctl_options_words(c, words, 1, 1) ||
	    !ctl_options_name(c, argv[0], false, &account.name) ||
	    !ctl_options_name(c, reviewer, true, &account.reviewer))
		return CTL_USAGE;
	if (role == NULL || !model_role_parse(str_of(role), &account.role) ||
	    account.role == ROLE_GUEST)
		return ctl_say_usage(c, "--role is one of reader, reviewer, "
		    "moderator, owner");
	if (ctl_open_store(c) == NULL ||
	    !ctl_password_read(c, word, file, &password, &made))
		return CTL_FAILED;
	return ctl_account_make(c, &account, password, made);
}

const struct ctl_command ctl_account_add = {
	"account add",
	"NAME --role ROLE [--reviewer NAME] [--password - | "
	"--password-file FILE]",
	"make an account; prints its password unless one is given",
	"Roles: reader, reviewer, moderator, owner. Without a password one is "
	"made and\nprinted, as the last word. The moderation log tells it.\n\n"
	"  --reviewer NAME        as reviews print it: see account reviewer\n"
	"  --password -           read it from standard input\n"
	"  --password-file FILE   read the file's first line\n\n"
	"  foyerctl account add editor --role owner\n",
	run
};
