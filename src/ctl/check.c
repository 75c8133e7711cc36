/* check.c: foyerctl check: what foyerd needs to start, a line each. */
#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ctl/check.h"
#include "seal/seal.h"

static const struct ctl_column columns[] = {
	{ "check", false }, { "ok", true }, { "told", false }
};

/* What is told may lie in what its check gives up when it returns. */
static bool
say(struct ctl_check *c, const char *what, bool good, struct str told)
{
	ctl_table_cell(&c->said, arena_str(c->arena, str_of(what)));
	ctl_table_cell(&c->said, good ? STR("true") : STR("false"));
	ctl_table_cell(&c->said, arena_str(c->arena, told));
	if (!c->json)
		printf(good ? "%s: ok (" STR_FMT ")\n" : "%s: wrong: " STR_FMT
		    "\n", what, STR_ARG(told));
	return good;
}

bool
ctl_check_ok(struct ctl_check *c, const char *what, const char *detail)
{
	return say(c, what, true, str_of(detail));
}

bool
ctl_check_wrong(struct ctl_check *c, const char *what, struct str why)
{
	return say(c, what, false, why);
}

/* Root may read everything, which proves nothing of foyerd. */
static bool
check_user(struct ctl_check *c)
{
	const struct passwd *user;

	if (geteuid() == 0 && !ctl_become("foyer_web"))
		return false;
	user = getpwuid(geteuid());
	return ctl_check_ok(c, "user", user != NULL ? arena_cstr(c->arena,
	    str_of(user->pw_name)) : "without a name");
}

static bool
check_settings(struct ctl_check *c)
{
	const char *file = c->ctl->conf != NULL ? c->ctl->conf :
	    settings_file();
	struct str why = STR("");

	if (settings_load(c->arena, file, c->settings, &why) != OK)
		return ctl_check_wrong(c, "settings", why);
	c->ctl->loaded = true;
	return ctl_check_ok(c, "settings", file);
}

static bool
check_keys(struct ctl_check *c)
{
	struct seal_keys *keys;
	struct str why = STR("libsodium does not work here");

	if (seal_init() != OK || seal_keys_load(c->arena, c->settings->keys,
	    &keys, &why) != OK)
		return ctl_check_wrong(c, "keys", why);
	seal_keys_wipe(keys);
	return ctl_check_ok(c, "keys", c->settings->keys);
}

static bool
check_sso(struct ctl_check *c)
{
	struct seal_sso *sso;
	struct str why = STR("");

	if (seal_sso_load(c->arena, c->settings->sso_key, &sso, &why) != OK)
		return ctl_check_wrong(c, "sso_key", why);
	return ctl_check_ok(c, "sso_key", sso == NULL ? "none set" :
	    "readable");
}

static bool
check_listen(struct ctl_check *c)
{
	const char *slash = strrchr(c->settings->listen, '/');
	size_t n = slash != NULL ? (size_t)(slash - c->settings->listen) : 0;
	const char *folder = n == 0 ? "/" : arena_cstr(c->arena,
	    (struct str){ c->settings->listen, n });
	struct stat st;

	if (stat(folder, &st) != 0)
		return ctl_check_wrong(c, "listen", arena_fmt(c->arena,
		    "%s: %s", folder, strerror(errno)));
	if (!S_ISDIR(st.st_mode))
		return ctl_check_wrong(c, "listen", arena_fmt(c->arena,
		    "%s is not a folder", folder));
	return ctl_check_ok(c, "listen", c->settings->listen);
}

static bool
check_group(struct ctl_check *c)
{
	if (c->settings->group[0] == '\0')
		return ctl_check_ok(c, "group", "none set");
	if (getgrnam(c->settings->group) == NULL)
		return ctl_check_wrong(c, "group", arena_fmt(c->arena,
		    "there is no group %s", c->settings->group));
	return ctl_check_ok(c, "group", c->settings->group);
}

static bool
check_all(struct ctl_check *c, const char *nginx)
{
	static bool (*const checks[])(struct ctl_check *) = {
		check_keys, check_sso, ctl_check_database, ctl_check_filters,
		check_listen, check_group, ctl_check_cache, ctl_check_state,
		ctl_check_disk, ctl_check_mail, ctl_check_running
	};
	bool good = true;

	if (!check_user(c) || !check_settings(c))
		return false;
	for (size_t k = 0; k < COUNT(checks); k++)
		good &= checks[k](c);
	return ctl_check_nginx(c, nginx) && good;
}

static int
run(struct ctl *ctl, int argc, char **argv)
{
	struct ctl_check c = { .ctl = ctl, .arena = ctl->arena,
	    .settings = &ctl->settings, .said = { .arena = ctl->arena,
	    .columns = columns, .ncolumns = COUNT(columns) } };
	const char *nginx = NULL;
	const struct ctl_option options[] = {
		{ "nginx", &nginx, NULL }, { "json", NULL, &c.json }
	};
	int words = ctl_options(ctl, argc, argv, options, COUNT(options));
	bool good;

	if (!ctl_options_words(ctl, words, 0, 0))
		return CTL_USAGE;
	good = check_all(&c, nginx);
	if (c.json)
		ctl_table_print(&c.said, true);
	return good ? CTL_DONE : CTL_FAILED;
}

const struct ctl_command ctl_check = {
	"check", "[--nginx FILE] [--json]",
	"look at everything that foyerd needs",
	"Settings, keys and their modes, PostgreSQL, its clock, schema, "
	"role, room on its\ndisk and whether it takes a row, plugins and "
	"whether they take their settings,\nthe socket's folder and group, "
	"the folders of cache and state, the disk, the mail\nserver; what a "
	"running foyerd says of its filters; what nginx's settings ask, and\n"
	"whether its user reaches socket and cache: a line each, \"ok\" or "
	"\"wrong\" and\nwhy. Ends with 1 if any is wrong. Root looks as "
	"foyer_web, foyerd's user, if there\nis one.\n\n"
	"  --nginx FILE   its settings; default: of those that run here and "
	"the system's,\n                 the one that serves this foyer\n"
	"  --json         an object each: check, ok, told\n\n"
	"  sudo foyerctl check\n",
	run
};
