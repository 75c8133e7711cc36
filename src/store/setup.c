/* setup.c: makes roles, database and schema for a new foyer. */
#include <libpq-fe.h>
#include <stdio.h>
#include <string.h>

#include "store/internal.h"

#include "roles.h"

enum { OLDEST = 150000 };		/* PostgreSQL 15 */

struct work {
	const struct store_setup *setup;
	struct arena *arena;
	const char *name;		/* the database's */
	struct store_plain server, inside;
};

static void
say(const struct work *w, const char *what, const char *state)
{
	w->setup->say(arena_fmt(w->arena, "%s: %s", what, state).at);
}

static const char *
made(const struct work *w)
{
	return w->setup->dry_run ? "would be made" : "made";
}

static enum err
refuse(const struct work *w, const char *what, const char *why)
{
	say(w, what, why);
	return ERR_SCHEMA;
}

static enum err
version(const struct work *w)
{
	int n = PQserverVersion(w->server.conn);

	if (n < OLDEST)
		return refuse(w, "PostgreSQL", arena_fmt(w->arena, "is version "
		    "%d, foyer needs %d or newer", n / 10000,
		    OLDEST / 10000).at);
	say(w, "PostgreSQL", arena_fmt(w->arena, "version %d", n / 10000).at);
	return OK;
}

static enum err
rights(const struct work *w)
{
	int n = store_plain_number(&w->server, "SELECT (rolsuper OR"
	    " rolcreaterole AND rolcreatedb)::integer FROM pg_roles"
	    " WHERE rolname = current_user", NULL);

	if (n < 0)
		return store_plain_trouble(&w->server, "rights", ERR_DATABASE);
	return n == 1 ? OK : refuse(w, arena_fmt(w->arena, "role %s",
	    PQuser(w->server.conn)).at, "may not make roles and databases: "
	    "connect as one that may (--database)");
}

/* roles.sql makes it; here it is only told. */
static enum err
tell_role(const struct work *w, const char *role)
{
	int n = store_plain_number(&w->server, "SELECT count(*) FROM pg_roles"
	    " WHERE rolname = $1", role);

	if (n < 0)
		return store_plain_trouble(&w->server, "roles", ERR_DATABASE);
	say(w, arena_fmt(w->arena, "role %s", role).at,
	    n > 0 ? "there already" : made(w));
	return OK;
}

static enum err
create_database(const struct work *w)
{
	char *name = PQescapeIdentifier(w->server.conn, w->name,
	    strlen(w->name));
	enum err e = ERR_DATABASE;

	if (name != NULL)
		e = store_plain_run(&w->server, arena_fmt(w->arena,
		    "CREATE DATABASE %s TEMPLATE template0 ENCODING 'UTF8'",
		    name).at);
	PQfreemem(name);
	return e;
}

static enum err
database(const struct work *w, bool *there)
{
	const char *what = arena_fmt(w->arena, "database %s", w->name).at;
	int n = store_plain_number(&w->server, "SELECT coalesce((SELECT"
	    " (encoding = pg_char_to_encoding('UTF8'))::integer"
	    " FROM pg_database WHERE datname = $1), 2)", w->name);

	*there = n == 1;
	if (n == 0)
		return refuse(w, what, "is not in UTF-8; make another");
	if (n == 2 && !w->setup->dry_run && create_database(w) != OK)
		n = -1;
	if (n < 0)
		return store_plain_trouble(&w->server, what, ERR_DATABASE);
	say(w, what, *there ? "there already" : made(w));
	return OK;
}

/* As a hash: no log of the server's shows it. */
static enum err
password(const struct work *w)
{
	const char *word = store_conninfo_get(w->arena, w->setup->web,
	    "password");
	char *hash, *literal = NULL;
	enum err e = ERR_DATABASE;

	if (word[0] == '\0')
		return OK;
	hash = PQencryptPasswordConn(w->server.conn, word, "foyer_web", NULL);
	if (hash != NULL)
		literal = PQescapeLiteral(w->server.conn, hash, strlen(hash));
	if (literal != NULL)
		e = store_plain_run(&w->server, arena_fmt(w->arena,
		    "ALTER ROLE foyer_web PASSWORD %s", literal).at);
	PQfreemem(hash);
	PQfreemem(literal);
	if (e != OK)
		return store_plain_trouble(&w->server, "password", e);
	say(w, "password of foyer_web", "as the settings have it");
	return OK;
}

static enum err
site(const struct work *w)
{
	const char *what = arena_fmt(w->arena, "site %s", w->setup->site).at;
	int n = store_plain_number(&w->inside, "SELECT count(*) FROM site"
	    " WHERE name = $1", w->setup->site);

	if (n == 0 && !w->setup->dry_run)
		n = store_plain_number(&w->inside, "WITH fresh AS (INSERT INTO"
		    " site (id, name) SELECT coalesce(max(id), 0) + 1, $1"
		    " FROM site RETURNING id) INSERT INTO log_head (site_id)"
		    " SELECT id FROM fresh RETURNING 0", w->setup->site);
	if (n < 0)
		return store_plain_trouble(&w->inside, what, ERR_DATABASE);
	say(w, what, n > 0 ? "there already" : made(w));
	return OK;
}

static enum err
fill(struct work *w)
{
	const char *owner = store_conninfo_as(w->arena, w->setup,
	    "foyer_owner");
	const struct store_conninfo part = { "dbname", w->name };
	enum err e = store_plain_open(&w->inside, store_conninfo_with(w->arena,
	    w->setup->admin, &part, 1), w->setup->say);

	if (e == OK && !w->setup->dry_run) {
		e = store_plain_run(&w->inside, roles[0].sql);
		if (e != OK)
			return store_plain_trouble(&w->inside, "rights", e);
		say(w, "rights of both roles", "set");
		e = password(w);
	}
	if (e == OK)
		e = store_migrate(w->setup->dry_run ? store_conninfo_with(
		    w->arena, w->setup->admin, &part, 1) : owner, NULL,
		    w->setup->dry_run, w->setup->say);
	if (e == OK && (!w->setup->dry_run || store_setup_done(w->arena,
	    w->setup)))
		e = site(w);
	return e;
}

enum err
store_setup(struct arena *a, const struct store_setup *setup)
{
	struct work w = { setup, a, store_conninfo_get(a, setup->web,
	    "dbname"), { NULL, NULL }, { NULL, NULL } };
	enum err e = store_plain_open(&w.server, setup->admin, setup->say);
	bool there = false;

	if (e == OK)
		e = version(&w);
	if (e == OK)
		e = rights(&w);
	if (e == OK)
		e = tell_role(&w, "foyer_owner");
	if (e == OK)
		e = tell_role(&w, "foyer_web");
	if (e == OK)
		e = database(&w, &there);
	if (e == OK && (there || !setup->dry_run))
		e = fill(&w);
	else if (e == OK)
		say(&w, "tables and rights", made(&w));
	store_plain_close(&w.inside);
	store_plain_close(&w.server);
	return e;
}

static void
silent(const char *line)
{
	(void)line;
}

bool
store_setup_done(struct arena *a, const struct store_setup *setup)
{
	const struct store_conninfo part = { "dbname",
	    store_conninfo_get(a, setup->web, "dbname") };
	struct store_plain p;
	int last = -1;

	if (store_plain_open(&p, store_conninfo_with(a, setup->admin, &part,
	    1), silent) == OK)
		last = store_plain_number(&p, "SELECT max(number) FROM"
		    " schema_migration", NULL);
	store_plain_close(&p);
	return last == store_migration_last();
}
