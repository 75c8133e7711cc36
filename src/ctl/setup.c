/* setup.c: foyerctl setup: what a new foyer needs, made once. */
#include <errno.h>
#include <fts.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ctl/ctl.h"
#include "seal/seal.h"

static void
say(const char *line)
{
	puts(line);
	fflush(stdout);
}

/* ---- what is in the database ---- */

/* -1: they can't be read. */
static int
owners(struct ctl *c)
{
	struct account *accounts;
	size_t i, n;
	int found = 0;
	enum err e;

	if (ctl_open_store(c) == NULL)
		return -1;
	e = store_account_list(c->store, c->arena, &accounts, &n);
	if (e != OK) {
		ctl_open_trouble(c, e, "the accounts");
		return -1;
	}
	for (i = 0; i < n; i++)
		found += accounts[i].role == ROLE_OWNER;
	return found;
}

static int
owner(struct ctl *c, const struct store_setup *setup, struct str name)
{
	struct account account = { .name = name, .role = ROLE_OWNER };
	bool done = store_setup_done(c->arena, setup);
	int there = 0;

	c->database = store_conninfo_as(c->arena, setup, "foyer_web");
	if (done && (there = owners(c)) < 0)
		return CTL_FAILED;
	if (there == 0 && !setup->dry_run)
		return ctl_account_make(c, &account,
		    seal_password_make(c->arena), true);
	printf("account of an owner: %s\n", there > 0 ? "there already" :
	    done ? "would be made" : "if there is none, it would be made");
	return CTL_DONE;
}

static int
in_database(struct ctl *c, const struct store_setup *setup, struct str name)
{
	if (store_setup(c->arena, setup) != OK)
		return ctl_say_failed("setup stopped there; what it made "
		    "stays, and it goes on when it is run again");
	return owner(c, setup, name);
}

/* The child's exit status. */
static int
in_child(struct ctl *c, const struct store_setup *setup, struct str name)
{
	int status;
	pid_t pid;

	fflush(stdout);
	if ((pid = fork()) < 0)
		return ctl_say_failed("can't fork: %s", strerror(errno));
	if (pid == 0) {
		/* Peer authentication knows the server's own user. */
		status = ctl_become("postgres") && chdir("/") == 0 ?
		    in_database(c, setup, name) : CTL_FAILED;
		fflush(stdout);
		_exit(status);
	}
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return CTL_FAILED;
	return WIFEXITED(status) ? WEXITSTATUS(status) : CTL_FAILED;
}

/* ---- keys ---- */

/* By root for foyerd's user: keys belong to their folder's. */
static bool
make_folder(const char *folder)
{
	const struct passwd *user = getpwnam("foyer_web");

	if (mkdir(folder, 0700) != 0)
		return errno == EEXIST;
	return geteuid() != 0 || user == NULL ||
	    chown(folder, user->pw_uid, user->pw_gid) == 0;
}

static bool
is_empty(const char *folder)
{
	char path[4096];
	char *const paths[] = { path, NULL };
	FTSENT *entry;
	bool found = false;
	FTS *tree;

	snprintf(path, sizeof(path), "%s", folder);
	if ((tree = fts_open(paths, FTS_PHYSICAL, NULL)) == NULL)
		return true;
	while (!found && (entry = fts_read(tree)) != NULL)
		found = entry->fts_level > 0 && entry->fts_info != FTS_DP;
	fts_close(tree);
	return !found;
}

static int
keys(struct ctl *c, bool dry_run)
{
	const char *folder = c->settings.keys, *state = "there already";
	struct seal_keys *loaded;
	struct str why = STR("libsodium does not work here");
	enum err e = seal_init();

	if (e == OK && is_empty(folder)) {
		state = dry_run ? "would be made" : "made";
		if (!dry_run && !make_folder(folder))
			return ctl_say_failed("%s: %s", folder,
			    strerror(errno));
		if (!dry_run)
			e = seal_keys_make(c->arena, folder, NULL, &why);
	} else if (e == OK) {
		e = seal_keys_load(c->arena, folder, &loaded, &why);
		if (e == OK)
			seal_keys_wipe(loaded);
	}
	if (e != OK)
		return ctl_say_failed(STR_FMT, STR_ARG(why));
	printf("keys in %s: %s\n", folder, state);
	return CTL_DONE;
}

/* ---- the command ---- */

/* foyerd's address with the server's own user, who makes roles. */
static const char *
admin(struct ctl *c)
{
	static const struct store_conninfo parts[] = {
		{ "user", "postgres" }, { "dbname", "postgres" },
		{ "password", NULL }, { "options", NULL }
	};
	static const struct store_conninfo given[] = {
		{ "dbname", "postgres" }
	};

	if (c->database != NULL)
		return store_conninfo_with(c->arena, c->database, given,
		    store_conninfo_get(c->arena, c->database, "dbname")[0] ==
		    '\0');
	return store_conninfo_with(c->arena, c->settings.database, parts,
	    COUNT(parts));
}

/* NULL: it can be set up. */
static const char *
unfit(struct ctl *c, const char *reach)
{
	const char *web = c->settings.database;
	const char *user = store_conninfo_get(c->arena, web, "user");

	if (reach == NULL)
		return "the setting database, or --database, is no connection "
		    "string";
	if (store_conninfo_get(c->arena, web, "dbname")[0] == '\0')
		return "the setting database names no dbname";
	if (user[0] != '\0' && strcmp(user, "foyer_web") != 0)
		return "the setting database has another user than foyer_web, "
		    "which setup makes";
	return NULL;
}

static int
run(struct ctl *c, int argc, char **argv)
{
	struct store_setup setup = { .say = say };
	const char *given = "editor", *why;
	const struct ctl_option options[] = {
		{ "dry-run", NULL, &setup.dry_run }, { "owner", &given, NULL }
	};
	struct str name;
	bool root;
	int status, words = ctl_options(c, argc, argv, options,
	    COUNT(options));

	if (!ctl_options_words(c, words, 0, 0) ||
	    !ctl_options_name(c, given, false, &name))
		return CTL_USAGE;
	if (!ctl_open_settings(c))
		return CTL_FAILED;
	setup.admin = admin(c);
	if ((why = unfit(c, setup.admin)) != NULL)
		return ctl_say_failed("%s", why);
	setup.web = c->settings.database;
	setup.site = c->settings.site;
	root = geteuid() == 0 && c->database == NULL;
	if ((status = keys(c, setup.dry_run)) != CTL_DONE)
		return status;
	return root ? in_child(c, &setup, name) : in_database(c, &setup, name);
}

const struct ctl_command ctl_setup = {
	"setup", "[--dry-run] [--owner NAME]",
	"make what a new foyer needs: roles, database, tables, keys, owner",
	"Makes what is missing and leaves what is there, a line for each: "
	"keys, the roles\nfoyer_owner and foyer_web, the database that the "
	"settings name, its tables, its\nsite, an account that may do all, "
	"whose password it prints. Run it again\nwhenever you like.\n\n"
	"As root it is user postgres towards PostgreSQL. Elsewhere "
	"--database says how a\nrole connects that may make roles and "
	"databases.\n\n"
	"  --owner NAME   of the account; default editor\n"
	"  --dry-run      only say what would be made\n\n"
	"  foyerctl setup\n",
	run
};
