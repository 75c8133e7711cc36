/* account_password.c: foyerctl account password: a new one. */
#include <stdio.h>

#include "ctl/ctl.h"
#include "seal/seal.h"

static int
change(struct ctl *c, struct str name, struct str password, bool made)
{
	struct str hash;
	enum err e = seal_password_hash(c->arena, password, &hash);

	if (e != OK)
		return ctl_open_trouble(c, e, "the password");
	e = store_account_password(c->store, c->arena, name, hash);
	if (e == ERR_NOT_FOUND)
		return ctl_say_failed("there is no account " STR_FMT,
		    STR_ARG(name));
	if (e != OK)
		return ctl_open_trouble(c, e, "the account");
	printf("account " STR_FMT " has a new password%s" STR_FMT "\n",
	    STR_ARG(name), made ? ": " : "",
	    STR_ARG(made ? password : STR("")));
	return ctl_act_log(c, LOGGED_PASSWORD, name);
}

static int
run(struct ctl *c, int argc, char **argv)
{
	const char *word = NULL, *file = NULL;
	const struct ctl_option options[] = {
		{ "password", &word, NULL }, { "password-file", &file, NULL }
	};
	struct str password;
	bool made;
	int words = ctl_options(c, argc, argv, options, COUNT(options));

	if (!ctl_options_words(c, words, 1, 1))
		return CTL_USAGE;
	if (ctl_open_store(c) == NULL ||
	    !ctl_password_read(c, word, file, &password, &made))
		return CTL_FAILED;
	return change(c, str_of(argv[0]), password, made);
}

const struct ctl_command ctl_account_password = {
	"account password", "NAME [--password - | --password-file FILE]",
	"give an account a new password; ends its sessions",
	"Without a password one is made and printed, as the last word. All "
	"sessions of\nthe account end. The moderation log tells it.\n\n"
	"  --password -           read it from standard input\n"
	"  --password-file FILE   read the file's first line\n\n"
	"  foyerctl account password editor\n",
	run
};
