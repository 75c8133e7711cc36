/* migrate.c: brings a database to this program's schema. */
#include <libpq-fe.h>
#include <stdio.h>
#include <string.h>

#include "store/internal.h"

#include "migrations.h"
#include "optional.h"

int
store_migration_last(void)
{
	return migrations[COUNT(migrations) - 1].number;
}

/* The newest migration of the database, 0 when it is empty. */
static int
newest(const struct store_plain *m)
{
	int there = store_plain_number(m, "SELECT (to_regclass("
	    "'schema_migration') IS NOT NULL)::integer", NULL);

	if (there <= 0)
		return there;
	return store_plain_number(m,
	    "SELECT coalesce(max(number), 0) FROM schema_migration", NULL);
}

static enum err
record(const struct store_plain *m, const struct store_migration *one)
{
	char number[16];
	const char *const values[] = { number, one->name };
	PGresult *rs;
	bool ok;

	snprintf(number, sizeof(number), "%d", one->number);
	rs = PQexecParams(m->conn, "INSERT INTO schema_migration"
	    " (number, name) VALUES ($1::integer, $2)", 2, NULL, values, NULL,
	    NULL, 0);
	ok = PQresultStatus(rs) == PGRES_COMMAND_OK;
	PQclear(rs);
	return ok ? OK : ERR_SCHEMA;
}

/* An optional one has no place among the others. */
static void
title(char *line, size_t size, const char *before,
    const struct store_migration *one)
{
	char number[16] = "";

	if (one->number > 0)
		snprintf(number, sizeof(number), "%04d ", one->number);
	snprintf(line, size, "%s%s%s", before, number, one->name);
}

static enum err
apply(const struct store_plain *m, const struct store_migration *one)
{
	char line[100];
	enum err e;

	title(line, sizeof(line), "", one);
	e = store_plain_run(m, "BEGIN");
	if (e == OK)
		e = store_plain_run(m, one->sql);
	if (e == OK)
		e = record(m, one);
	if (e == OK)
		e = store_plain_run(m, "COMMIT");
	if (e != OK)
		return store_plain_trouble(m, line, e);
	m->say(line);
	return OK;
}

static void
would(const struct store_plain *m, const struct store_migration *one)
{
	char line[100];

	title(line, sizeof(line), "would apply ", one);
	m->say(line);
}

static enum err
go_on_from(const struct store_plain *m, int at, bool dry_run)
{
	enum err e = OK;
	char line[120];
	size_t i;

	if (at > store_migration_last()) {
		snprintf(line, sizeof(line), "the database is at migration "
		    "%d, newer than this program's %d", at,
		    store_migration_last());
		m->say(line);
		return ERR_SCHEMA;
	}
	if (at == store_migration_last())
		m->say("nothing to do");
	for (i = 0; i < COUNT(migrations) && e == OK; i++) {
		if (migrations[i].number <= at)
			continue;
		if (dry_run)
			would(m, &migrations[i]);
		else
			e = apply(m, &migrations[i]);
	}
	return e;
}

static const struct store_migration *
find(const struct store_plain *m, const char *name)
{
	char line[200];
	size_t i, n;

	for (i = 0; i < COUNT(optional); i++)
		if (strcmp(optional[i].name, name) == 0)
			return &optional[i];
	n = (size_t)snprintf(line, sizeof(line), "there is no such optional "
	    "migration, only");
	for (i = 0; i < COUNT(optional) && n < sizeof(line); i++)
		n += (size_t)snprintf(line + n, sizeof(line) - n, " %s",
		    optional[i].name);
	m->say(line);
	return NULL;
}

/* Their numbers are below 0, so that none is the newest. */
static enum err
one_by_name(const struct store_plain *m, int at, const char *name,
    bool dry_run)
{
	const struct store_migration *one = find(m, name);
	int there;

	if (one == NULL)
		return ERR_NOT_FOUND;
	if (at != store_migration_last()) {
		m->say(at > store_migration_last() ? "the database is newer "
		    "than this program" : "run foyerctl migrate first");
		return ERR_SCHEMA;
	}
	there = store_plain_number(m, "SELECT count(*) FROM schema_migration"
	    " WHERE number < 0 AND name = $1", one->name);
	if (there < 0)
		return store_plain_trouble(m, one->name, ERR_SCHEMA);
	if (there > 0)
		m->say("nothing to do");
	else if (dry_run)
		would(m, one);
	return there > 0 || dry_run ? OK : apply(m, one);
}

/* The lock ends with the connection. Whoever waited for it finds the work
 * done. */
enum err
store_migrate(const char *conninfo, const char *name, bool dry_run,
    void (*say)(const char *))
{
	struct store_plain m;
	enum err e = store_plain_open(&m, conninfo, say);
	int at = 0;

	if (e == OK && store_plain_run(&m, "SELECT pg_advisory_lock("
	    "hashtext('foyer migrate'))") != OK)
		e = store_plain_trouble(&m, "can't lock", ERR_DATABASE);
	if (e == OK && (at = newest(&m)) < 0)
		e = store_plain_trouble(&m, "can't read schema_migration",
		    ERR_SCHEMA);
	if (e == OK)
		e = name != NULL ? one_by_name(&m, at, name, dry_run) :
		    go_on_from(&m, at, dry_run);
	store_plain_close(&m);
	return e;
}
