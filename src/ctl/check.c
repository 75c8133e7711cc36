/* check.c: foyerctl check: what foyerd needs to start, a line each. */
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ctl/ctl.h"
#include "filter/filter.h"
#include "seal/seal.h"

static bool
ok(const char *what, const char *detail)
{
	printf("%s: ok (%s)\n", what, detail);
	return true;
}

static bool
wrong(const char *what, struct str why)
{
	printf("%s: wrong: " STR_FMT "\n", what, STR_ARG(why));
	return false;
}

static bool
check_settings(struct ctl *c)
{
	const char *file = c->conf != NULL ? c->conf : settings_file();
	struct str why = STR("");

	if (settings_load(c->arena, file, &c->settings, &why) != OK)
		return wrong("settings", why);
	c->loaded = true;
	return ok("settings", file);
}

static bool
check_keys(struct ctl *c)
{
	struct seal_keys *keys;
	struct str why = STR("libsodium does not work here");

	if (seal_init() != OK || seal_keys_load(c->arena, c->settings.keys,
	    &keys, &why) != OK)
		return wrong("keys", why);
	seal_keys_wipe(keys);
	return ok("keys", c->settings.keys);
}

static bool
check_role(struct ctl *c)
{
	struct store_role role;

	if (store_role(c->store, c->arena, &role) != OK)
		return wrong("role", str_of(store_trouble(c->store)));
	if (role.owns)
		return wrong("role", arena_fmt(c->arena, STR_FMT " may alter "
		    "the tables: foyerd should run as foyer_web, see "
		    "sql/roles.sql", STR_ARG(role.name)));
	if (!role.writes)
		return wrong("role", arena_fmt(c->arena, STR_FMT " may not "
		    "read and write comments: see sql/roles.sql",
		    STR_ARG(role.name)));
	return ok("role", arena_cstr(c->arena, role.name));
}

static bool
check_sso(struct ctl *c)
{
	struct seal_sso *sso;
	struct str why = STR("");

	if (seal_sso_load(c->arena, c->settings.sso_key, &sso, &why) != OK)
		return wrong("sso_key", why);
	return ok("sso_key", sso == NULL ? "none set" : "readable");
}

static bool
check_database(struct ctl *c)
{
	char detail[40];
	const char *conninfo = ctl_open_conninfo(c);

	store_log_chain(seal_chain_hash);
	if (store_open(c->arena, conninfo, c->settings.site, &c->store) != OK ||
	    store_check(c->store) != OK)
		return wrong("database", str_of(store_trouble(c->store)));
	snprintf(detail, sizeof(detail), "schema %d", store_migration_last());
	ok("database", detail);
	return check_role(c);
}

static bool
check_filter(struct ctl *c, const struct settings_filter *filter)
{
	const char *what = arena_fmt(c->arena, "filter %s", filter->name).at;
	struct filter_module *module;
	struct str why = STR("");

	if (!filter->enabled)
		return ok(what, "not enabled");
	if (filter_load(c->arena, filter->path, &module, &why) != OK)
		return wrong(what, why);
	return ok(what, arena_fmt(c->arena, "%s %s",
	    filter_module_name(module), filter_module_version(module)).at);
}

static bool
check_filters(struct ctl *c)
{
	bool good = true;

	for (size_t i = 0; i < c->settings.nfilters; i++)
		good &= check_filter(c, &c->settings.filters[i]);
	return good;
}

static bool
check_listen(struct ctl *c)
{
	const char *slash = strrchr(c->settings.listen, '/');
	size_t n = slash != NULL ? (size_t)(slash - c->settings.listen) : 0;
	const char *folder = n == 0 ? "/" : arena_cstr(c->arena,
	    (struct str){ c->settings.listen, n });
	struct stat st;

	if (stat(folder, &st) != 0)
		return wrong("listen", arena_fmt(c->arena, "%s: %s", folder,
		    strerror(errno)));
	if (!S_ISDIR(st.st_mode))
		return wrong("listen", arena_fmt(c->arena,
		    "%s is not a folder", folder));
	return ok("listen", c->settings.listen);
}

static bool
check_group(struct ctl *c)
{
	if (c->settings.group[0] == '\0')
		return ok("group", "none set");
	if (getgrnam(c->settings.group) == NULL)
		return wrong("group", arena_fmt(c->arena,
		    "there is no group %s", c->settings.group));
	return ok("group", c->settings.group);
}

/* nginx comes as another user, in its own group. */
static struct str
cache_fault(struct ctl *c, const struct stat *st)
{
	struct group *group = c->settings.group[0] != '\0' ?
	    getgrnam(c->settings.group) : NULL;
	mode_t need = group != NULL && group->gr_gid == st->st_gid ?
	    S_IRGRP | S_IXGRP : S_IROTH | S_IXOTH;

	if (!S_ISDIR(st->st_mode))
		return STR("is not a folder");
	if (faccessat(AT_FDCWD, c->settings.cache, W_OK | X_OK, AT_EACCESS) !=
	    0)
		return STR("this user can't write there");
	if ((st->st_mode & need) != need)
		return STR("nginx can't read it: let others in (chmod 755)");
	return STR("");
}

static bool
check_cache(struct ctl *c)
{
	const char *folder = c->settings.cache;
	struct str fault;
	struct stat st;

	if (folder[0] == '\0')
		return ok("cache", "none set");
	fault = lstat(folder, &st) == 0 ? cache_fault(c, &st) :
	    str_of(strerror(errno));
	if (fault.len > 0)
		return wrong("cache", arena_fmt(c->arena, "%s: " STR_FMT,
		    folder, STR_ARG(fault)));
	return ok("cache", folder);
}

static bool
check_state(struct ctl *c)
{
	const char *folder = c->settings.state;

	if (folder[0] == '\0')
		return ok("state", "none set");
	if (faccessat(AT_FDCWD, folder, W_OK | X_OK, AT_EACCESS) != 0)
		return wrong("state", arena_fmt(c->arena, "%s: %s: what "
		    "filters learn is not kept", folder, strerror(errno)));
	return ok("state", folder);
}

static int
run(struct ctl *c, int argc, char **argv)
{
	static bool (*const checks[])(struct ctl *) = {
		check_keys, check_sso, check_database, check_filters,
		check_listen, check_group, check_cache, check_state
	};
	int words = ctl_options(c, argc, argv, NULL, 0);
	bool good;

	if (!ctl_options_words(c, words, 0, 0))
		return CTL_USAGE;
	if (!check_settings(c))
		return CTL_FAILED;
	good = true;
	for (size_t k = 0; k < COUNT(checks); k++)
		good &= checks[k](c);
	return good ? CTL_DONE : CTL_FAILED;
}

const struct ctl_command ctl_check = {
	"check", "", "look at everything that foyerd needs",
	"Settings, keys and their modes, database, schema and role, plugins, "
	"the socket's\nfolder and group, the folders of cache and state: a "
	"line each, \"ok\" or\n\"wrong\" and why. Ends with 1 if any is wrong. "
	"Run it as foyerd's user.\n\n"
	"  sudo -u foyer_web foyerctl check\n",
	run
};
