/* main.c: the table of subcommands, their help, and the choice of one. */
#include <stdio.h>
#include <string.h>

#include "ctl/ctl.h"

const struct ctl_command *const ctl_commands[] = {
	&ctl_setup, &ctl_migrate, &ctl_review_import, &ctl_review_list,
	&ctl_thread_set, &ctl_account_add, &ctl_account_list,
	&ctl_account_password, &ctl_account_revoke, &ctl_account_reviewer,
	&ctl_account_totp_reset, &ctl_key_list, &ctl_key_new, &ctl_key_rotate,
	&ctl_key_retire,
	&ctl_sso_key, &ctl_sso_token, &ctl_filter_list, &ctl_filter_try,
	&ctl_filter_eval, &ctl_filter_retrain, &ctl_log_verify,
	&ctl_log_seal, &ctl_log_export, &ctl_mail_test, &ctl_search_rebuild,
	&ctl_statistics_rebuild,
	&ctl_export, &ctl_import, &ctl_person_export,
	&ctl_person_erase, &ctl_check, &ctl_completion, &ctl_version,
};
const size_t ctl_commands_size = COUNT(ctl_commands);

static void
list(FILE *to, const char *below)
{
	fputs("usage: foyerctl [--conf FILE] [--database CONNINFO] COMMAND "
	    "...\n\n", to);
	for (size_t k = 0; k < ctl_commands_size; k++)
		if (strncmp(ctl_commands[k]->name, below, strlen(below)) == 0)
			fprintf(to, "  %-18s  %s\n", ctl_commands[k]->name,
			    ctl_commands[k]->what);
	fputs("\nfoyerctl COMMAND --help tells more; foyerctl(8) tells all.\n",
	    to);
}

static void
help(const struct ctl_command *command)
{
	printf("usage: foyerctl [--conf FILE] [--database CONNINFO] %s%s%s\n\n"
	    "%s", command->name, command->usage[0] != '\0' ? " " : "",
	    command->usage, command->help);
}

/* The words of the name that argv begins with; 0 if it begins otherwise. */
static int
matches(const struct ctl_command *command, int argc, char **argv)
{
	struct str rest = str_of(command->name), word;
	int n = 0;

	while (str_split(&rest, ' ', &word)) {
		if (n == argc || !str_is(word, argv[n]))
			return 0;
		n++;
	}
	return n;
}

static bool
wants_help(int argc, char **argv)
{
	for (int i = 0; i < argc && strcmp(argv[i], "--") != 0; i++)
		if (strcmp(argv[i], "--help") == 0 ||
		    strcmp(argv[i], "-h") == 0)
			return true;
	return false;
}

static int
choose(struct ctl *c, int argc, char **argv)
{
	for (size_t k = 0; k < ctl_commands_size; k++) {
		int words = matches(ctl_commands[k], argc, argv);

		if (words == 0)
			continue;
		c->command = ctl_commands[k];
		if (wants_help(argc - words, argv + words)) {
			help(c->command);
			return CTL_DONE;
		}
		return c->command->run(c, argc - words, argv + words);
	}
	for (size_t k = 0; k < ctl_commands_size; k++)
		if (str_begins(str_of(ctl_commands[k]->name), argv[0]) &&
		    ctl_commands[k]->name[strlen(argv[0])] == ' ') {
			list(argc > 1 && wants_help(argc, argv) ? stdout :
			    stderr, argv[0]);
			return wants_help(argc, argv) ? CTL_DONE : CTL_USAGE;
		}
	return ctl_say_usage(c, "there is no command %s", argv[0]);
}

/* How many words are global options with their values. */
static int
leading(int argc, char **argv)
{
	int i = 0;

	while (i < argc && strncmp(argv[i], "--", 2) == 0 &&
	    strcmp(argv[i], "--help") != 0 && strcmp(argv[i], "--version") != 0)
		i += strchr(argv[i], '=') != NULL ? 1 : 2;
	return i < argc ? i : argc;
}

int
ctl_main(int argc, char **argv)
{
	struct ctl c = { .arena = arena_new(CTL_ARENA) };
	int first = leading(argc - 1, argv + 1), status = CTL_USAGE;

	if (ctl_options(&c, first, argv + 1, NULL, 0) < 0)
		goto end;
	argc -= 1 + first;
	argv += 1 + first;
	if (argc > 0 && (strcmp(argv[0], "--version") == 0 ||
	    strcmp(argv[0], "-V") == 0))
		argv[0] = "version";
	if (argc == 0) {
		list(stderr, "");
	} else if (wants_help(1, argv) || strcmp(argv[0], "help") == 0) {
		list(stdout, "");
		status = CTL_DONE;
	} else {
		status = choose(&c, argc, argv);
	}
	if (fflush(stdout) != 0 && status == CTL_DONE)
		status = ctl_say_failed("standard output could not be written");
end:
	store_close(c.store);
	arena_free(c.arena);
	return status;
}
