/* check_database.c: is PostgreSQL there, fit, and does it take what is
 * written? */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "ctl/check.h"
#include "seal/seal.h"

enum {
	SERVER_LEAST = 150000,		/* PostgreSQL 15 */
	CLOCK_OFF = 2 * 1000000,	/* usec */
	MIB = 1024 * 1024,
	TITLE = 4096			/* of a process */
};

static bool
check_role(struct ctl_check *c)
{
	struct store_role role;

	if (store_role(c->ctl->store, c->arena, &role) != OK)
		return ctl_check_wrong(c, "role", str_of(store_trouble(
		    c->ctl->store)));
	if (role.owns)
		return ctl_check_wrong(c, "role", arena_fmt(c->arena, STR_FMT
		    " may alter the tables: foyerd should run as foyer_web, "
		    "see sql/roles.sql", STR_ARG(role.name)));
	if (!role.writes)
		return ctl_check_wrong(c, "role", arena_fmt(c->arena, STR_FMT
		    " may not read and write comments: see sql/roles.sql",
		    STR_ARG(role.name)));
	return ctl_check_ok(c, "role", arena_cstr(c->arena, role.name));
}

/* Sessions, windows and closing times are by foyerd's clock, comments' times by
 * PostgreSQL's. */
static bool
check_server(struct ctl_check *c, const struct store_server *server)
{
	int64_t off = server->now - clock_now();

	if (server->version < SERVER_LEAST)
		return ctl_check_wrong(c, "server", arena_fmt(c->arena,
		    "PostgreSQL %d is too old: foyer needs %d",
		    server->version / 10000, SERVER_LEAST / 10000));
	if (!server->utf8)
		return ctl_check_wrong(c, "server", STR("the database is not "
		    "in UTF-8"));
	if (off > CLOCK_OFF || off < -CLOCK_OFF)
		return ctl_check_wrong(c, "server", arena_fmt(c->arena,
		    "PostgreSQL's clock is %lld seconds %s this machine's",
		    (long long)(off < 0 ? -off : off) / 1000000,
		    off < 0 ? "behind" : "ahead of"));
	return ctl_check_ok(c, "server", arena_fmt(c->arena, "PostgreSQL %d",
	    server->version / 10000).at);
}

/* ---- does it write? ---- */

static struct str
unwilling(const struct store_server *server)
{
	return server->standby ? STR("it is a standby, which only reads") :
	    server->read_only ? STR("default_transaction_read_only is on") :
	    STR("");
}

static bool
check_writes(struct ctl_check *c, const struct store_server *server)
{
	struct str why = unwilling(server);

	if (why.len == 0 && store_writes(c->ctl->store) != OK)
		why = str_of(store_trouble(c->ctl->store));
	return why.len > 0 ? ctl_check_wrong(c, "writes", why) :
	    ctl_check_ok(c, "writes", "a row was taken, and taken back");
}

/* foyer connects only to one that writes; whoever answers may say why none
 * does. */
static struct str
refusal(struct ctl_check *c, const char *conninfo)
{
	const struct store_conninfo any = { "target_session_attrs", "any" };
	const char *loose = store_conninfo_with(c->arena, conninfo, &any, 1);
	struct str said = str_of(arena_cstr(c->arena, str_of(store_trouble(
	    c->ctl->store)))), why = STR("");
	struct store_server server;
	struct store *s;

	if (loose == NULL || store_open(c->arena, loose, c->settings->site,
	    &s) != OK)
		return said;
	if (store_server(s, c->arena, &server) == OK)
		why = unwilling(&server);
	store_close(s);
	return why.len == 0 ? said : arena_fmt(c->arena, STR_FMT " (" STR_FMT
	    ")", STR_ARG(said), STR_ARG(why));
}

/* ---- is there room? ---- */

/* As its command line has it, which everybody may read; "": not told. */
static struct str
folder_of(struct arena *a, pid_t pid)
{
	int fd = open(arena_fmt(a, "/proc/%d/cmdline", (int)pid).at,
	    O_RDONLY | O_CLOEXEC);
	char *at = arena_bytes(a, TITLE);
	ssize_t n = fd < 0 ? -1 : read(fd, at, TITLE);
	struct str rest = { at, n < 0 ? 0 : (size_t)n }, word;
	bool next = false;

	if (fd >= 0)
		close(fd);
	while (str_split(&rest, '\0', &word)) {
		if (next)
			return word;
		next = str_is(word, "-D");
	}
	return STR("");
}

static bool
check_room(struct ctl_check *c, const struct store_server *server)
{
	pid_t pid = store_peer(c->ctl->store);
	struct str in = server->folder;
	const char *folder;
	struct statvfs st;
	uint64_t left;

	if (pid == 0)
		return ctl_check_ok(c, "room", "PostgreSQL is on another "
		    "machine: look there");
	if (in.len == 0)
		in = folder_of(c->arena, pid);
	folder = arena_cstr(c->arena, in);
	if (*folder != '/' || statvfs(folder, &st) != 0)
		return ctl_check_ok(c, "room", "where PostgreSQL keeps its "
		    "data this user can't see");
	left = st.f_bavail * st.f_frsize;
	if ((st.f_flag & ST_RDONLY) != 0)
		return ctl_check_wrong(c, "room", arena_fmt(c->arena, "%s, "
		    "PostgreSQL's, is mounted to read only", folder));
	if (left < (uint64_t)server->log)
		return ctl_check_wrong(c, "room", arena_fmt(c->arena, "%s, "
		    "PostgreSQL's: %llu MiB are left, and its log alone may "
		    "take %lld (max_wal_size)", folder, (unsigned long long)(
		    left / MIB), (long long)(server->log / MIB)));
	return ctl_check_ok(c, "room", arena_fmt(c->arena, "%s: %llu MiB",
	    folder, (unsigned long long)(left / MIB)).at);
}

bool
ctl_check_database(struct ctl_check *c)
{
	const char *conninfo = ctl_open_conninfo(c->ctl);
	struct store_server server;
	char detail[40];
	bool good;

	store_log_chain(seal_chain_hash);
	if (store_open(c->arena, conninfo, c->settings->site,
	    &c->ctl->store) != OK ||
	    store_prepare_all(c->ctl->store) != OK)
		return ctl_check_wrong(c, "database", refusal(c, conninfo));
	snprintf(detail, sizeof(detail), "schema %d", store_migration_last());
	ctl_check_ok(c, "database", detail);
	if (store_server(c->ctl->store, c->arena, &server) != OK)
		return ctl_check_wrong(c, "server", str_of(store_trouble(
		    c->ctl->store)));
	good = check_server(c, &server);
	good &= check_role(c);
	good &= check_room(c, &server);
	return check_writes(c, &server) && good;
}
