/* check.c: foyerctl check: what foyerd needs to start, a line each. */
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ctl/ctl.h"
#include "ctl/nginx.h"
#include "filter/filter.h"
#include "seal/seal.h"

bool
ctl_check_ok(const char *what, const char *detail)
{
	printf("%s: ok (%s)\n", what, detail);
	return true;
}

bool
ctl_check_wrong(const char *what, struct str why)
{
	printf("%s: wrong: " STR_FMT "\n", what, STR_ARG(why));
	return false;
}

enum {
	SAID = 100,			/* a fork's status: it is wrong */
	SERVER_LEAST = 150000,		/* PostgreSQL 15 */
	CLOCK_OFF = 2 * 1000000,	/* usec */
	MIB = 1024 * 1024,
	DISK_LEAST = 64 * MIB, FILES_LEAST = 1000
};

static bool
check_settings(struct ctl *c)
{
	const char *file = c->conf != NULL ? c->conf : settings_file();
	struct str why = STR("");

	if (settings_load(c->arena, file, &c->settings, &why) != OK)
		return ctl_check_wrong("settings", why);
	c->loaded = true;
	return ctl_check_ok("settings", file);
}

static bool
check_keys(struct ctl *c)
{
	struct seal_keys *keys;
	struct str why = STR("libsodium does not work here");

	if (seal_init() != OK || seal_keys_load(c->arena, c->settings.keys,
	    &keys, &why) != OK)
		return ctl_check_wrong("keys", why);
	seal_keys_wipe(keys);
	return ctl_check_ok("keys", c->settings.keys);
}

static bool
check_role(struct ctl *c)
{
	struct store_role role;

	if (store_role(c->store, c->arena, &role) != OK)
		return ctl_check_wrong("role", str_of(store_trouble(c->store)));
	if (role.owns)
		return ctl_check_wrong("role", arena_fmt(c->arena, STR_FMT
		    " may alter the tables: foyerd should run as foyer_web, "
		    "see sql/roles.sql", STR_ARG(role.name)));
	if (!role.writes)
		return ctl_check_wrong("role", arena_fmt(c->arena, STR_FMT
		    " may not read and write comments: see sql/roles.sql",
		    STR_ARG(role.name)));
	return ctl_check_ok("role", arena_cstr(c->arena, role.name));
}

static bool
check_sso(struct ctl *c)
{
	struct seal_sso *sso;
	struct str why = STR("");

	if (seal_sso_load(c->arena, c->settings.sso_key, &sso, &why) != OK)
		return ctl_check_wrong("sso_key", why);
	return ctl_check_ok("sso_key", sso == NULL ? "none set" : "readable");
}

/* Sessions, windows and closing times are by foyerd's clock, comments' times by
 * PostgreSQL's. */
static bool
check_server(struct ctl *c)
{
	struct store_server server;
	int64_t off;

	if (store_server(c->store, &server) != OK)
		return ctl_check_wrong("server", str_of(store_trouble(
		    c->store)));
	off = server.now - clock_now();
	if (server.version < SERVER_LEAST)
		return ctl_check_wrong("server", arena_fmt(c->arena,
		    "PostgreSQL %d is too old: foyer needs %d",
		    server.version / 10000, SERVER_LEAST / 10000));
	if (!server.utf8)
		return ctl_check_wrong("server", STR("the database is not in "
		    "UTF-8"));
	if (off > CLOCK_OFF || off < -CLOCK_OFF)
		return ctl_check_wrong("server", arena_fmt(c->arena,
		    "PostgreSQL's clock is %lld seconds %s this machine's",
		    (long long)(off < 0 ? -off : off) / 1000000,
		    off < 0 ? "behind" : "ahead of"));
	return ctl_check_ok("server", arena_fmt(c->arena, "PostgreSQL %d",
	    server.version / 10000).at);
}

static bool
check_database(struct ctl *c)
{
	char detail[40];
	const char *conninfo = ctl_open_conninfo(c);
	bool good;

	store_log_chain(seal_chain_hash);
	if (store_open(c->arena, conninfo, c->settings.site, &c->store) != OK ||
	    store_prepare_all(c->store) != OK)
		return ctl_check_wrong("database", str_of(store_trouble(
		    c->store)));
	snprintf(detail, sizeof(detail), "schema %d", store_migration_last());
	ctl_check_ok("database", detail);
	good = check_server(c);
	return check_role(c) && good;
}

static bool
load_filter(struct ctl *c, const struct settings_filter *filter)
{
	const char *what = arena_fmt(c->arena, "filter %s", filter->name).at;
	struct filter_module *module;
	struct str why = STR("");

	if (filter_load(c->arena, filter->path, &module, &why) != OK)
		return ctl_check_wrong(what, why);
	if (filter_module_deferred(module) && !filter->deferred)
		return ctl_check_wrong(what, STR("it is asked later: its "
		    "section must say so (deferred = true)"));
	if (filter_module_challenges(module) && !filter->challenge)
		return ctl_check_wrong(what, STR("it gives challenges: its "
		    "section must say so (challenge = true)"));
	return ctl_check_ok(what, arena_fmt(c->arena, "%s %s",
	    filter_module_name(module), filter_module_version(module)).at);
}

/* In a process of its own: one that is cut short kills who loads it. */
static bool
check_filter(struct ctl *c, const struct settings_filter *filter)
{
	const char *what = arena_fmt(c->arena, "filter %s", filter->name).at;
	int status = 0;
	pid_t pid;

	if (!filter->enabled)
		return ctl_check_ok(what, "not enabled");
	fflush(stdout);
	if ((pid = fork()) == 0) {
		status = load_filter(c, filter) ? CTL_DONE : SAID;
		fflush(stdout);
		_exit(status);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		return ctl_check_wrong(what, str_of(strerror(errno)));
	if (!WIFEXITED(status) || (WEXITSTATUS(status) != CTL_DONE &&
	    WEXITSTATUS(status) != SAID))
		return ctl_check_wrong(what, arena_fmt(c->arena, "%s: loading "
		    "it kills who does: the file is broken", filter->path));
	return WEXITSTATUS(status) == CTL_DONE;
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
		return ctl_check_wrong("listen", arena_fmt(c->arena, "%s: %s",
		    folder, strerror(errno)));
	if (!S_ISDIR(st.st_mode))
		return ctl_check_wrong("listen", arena_fmt(c->arena,
		    "%s is not a folder", folder));
	return ctl_check_ok("listen", c->settings.listen);
}

static bool
check_group(struct ctl *c)
{
	if (c->settings.group[0] == '\0')
		return ctl_check_ok("group", "none set");
	if (getgrnam(c->settings.group) == NULL)
		return ctl_check_wrong("group", arena_fmt(c->arena,
		    "there is no group %s", c->settings.group));
	return ctl_check_ok("group", c->settings.group);
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
		return ctl_check_ok("cache", "none set");
	fault = lstat(folder, &st) == 0 ? cache_fault(c, &st) :
	    str_of(strerror(errno));
	if (fault.len > 0)
		return ctl_check_wrong("cache", arena_fmt(c->arena, "%s: "
		    STR_FMT, folder, STR_ARG(fault)));
	return ctl_check_ok("cache", folder);
}

static bool
check_state(struct ctl *c)
{
	const char *folder = c->settings.state;

	if (folder[0] == '\0')
		return ctl_check_ok("state", "none set");
	if (faccessat(AT_FDCWD, folder, W_OK | X_OK, AT_EACCESS) != 0)
		return ctl_check_wrong("state", arena_fmt(c->arena, "%s: %s: "
		    "what filters learn is not kept", folder, strerror(errno)));
	return ctl_check_ok("state", folder);
}

/* Where foyerd writes. */
static bool
check_disk(struct ctl *c)
{
	const char *const folders[] = { c->settings.cache, c->settings.state };
	struct statvfs st;
	size_t i;

	for (i = 0; i < COUNT(folders); i++) {
		if (statvfs(folders[i], &st) != 0)
			continue;	/* said above */
		if (st.f_bavail * st.f_frsize < DISK_LEAST || (st.f_files >
		    0 && st.f_favail < FILES_LEAST))
			return ctl_check_wrong("disk", arena_fmt(c->arena,
			    "%s: %llu MiB and %llu files are left", folders[i],
			    (unsigned long long)(st.f_bavail * st.f_frsize /
			    MIB), (unsigned long long)st.f_favail));
	}
	return ctl_check_ok("disk", "room for pages");
}

static int
run(struct ctl *c, int argc, char **argv)
{
	static bool (*const checks[])(struct ctl *) = {
		check_keys, check_sso, check_database, check_filters,
		check_listen, check_group, check_cache, check_state,
		check_disk
	};
	const char *nginx = NULL;
	const struct ctl_option options[] = { { "nginx", &nginx, NULL } };
	int words = ctl_options(c, argc, argv, options, COUNT(options));
	bool good;

	if (!ctl_options_words(c, words, 0, 0))
		return CTL_USAGE;
	if (!check_settings(c))
		return CTL_FAILED;
	good = true;
	for (size_t k = 0; k < COUNT(checks); k++)
		good &= checks[k](c);
	good &= ctl_check_nginx(c, nginx);
	return good ? CTL_DONE : CTL_FAILED;
}

const struct ctl_command ctl_check = {
	"check", "[--nginx FILE]", "look at everything that foyerd needs",
	"Settings, keys and their modes, PostgreSQL, its clock, schema and "
	"role, plugins,\nthe socket's folder and group, the folders of cache "
	"and state, the disk; what\nnginx's settings ask, and whether its "
	"user reaches socket and cache: a line\neach, \"ok\" or \"wrong\" and "
	"why. Ends with 1 if any is wrong. Run it as foyerd's\nuser.\n\n"
	"  --nginx FILE   its settings; default /etc/nginx/nginx.conf, if it "
	"is there\n\n"
	"  sudo -u foyer_web foyerctl check\n",
	run
};
