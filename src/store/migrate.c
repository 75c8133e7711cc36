/* migrate.c: brings a database to this program's schema. */
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/store.h"

#include "migrations.h"

struct migrator {
	PGconn *conn;
	void (*say)(const char *line);
};

int
store_migration_last(void)
{
	return migrations[COUNT(migrations) - 1].number;
}

static enum err
trouble(const struct migrator *m, const char *what, enum err e)
{
	char line[400];

	snprintf(line, sizeof(line), "%s: %s", what, PQerrorMessage(m->conn));
	line[strcspn(line, "\n")] = '\0';
	m->say(line);
	return e;
}

static enum err
run(const struct migrator *m, const char *sql)
{
	PGresult *rs = PQexec(m->conn, sql);
	ExecStatusType status = PQresultStatus(rs);

	PQclear(rs);
	if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
		return OK;
	return PQstatus(m->conn) == CONNECTION_OK ? ERR_SCHEMA : ERR_DATABASE;
}

/* -1: it could not be asked. */
static int
number_of(const struct migrator *m, const char *sql)
{
	PGresult *rs = PQexec(m->conn, sql);
	int n = -1;

	if (PQresultStatus(rs) == PGRES_TUPLES_OK && PQntuples(rs) == 1)
		n = atoi(PQgetvalue(rs, 0, 0));
	PQclear(rs);
	return n;
}

/* The newest migration of the database, 0 when it is empty. */
static int
newest(const struct migrator *m)
{
	int there = number_of(m, "SELECT (to_regclass('schema_migration')"
	    " IS NOT NULL)::integer");

	if (there <= 0)
		return there;
	return number_of(m,
	    "SELECT coalesce(max(number), 0) FROM schema_migration");
}

static enum err
record(const struct migrator *m, const struct store_migration *one)
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

static enum err
apply(const struct migrator *m, const struct store_migration *one)
{
	char line[100];
	enum err e;

	snprintf(line, sizeof(line), "%04d %s", one->number, one->name);
	e = run(m, "BEGIN");
	if (e == OK)
		e = run(m, one->sql);
	if (e == OK)
		e = record(m, one);
	if (e == OK)
		e = run(m, "COMMIT");
	if (e != OK)
		return trouble(m, line, e);
	m->say(line);
	return OK;
}

static void
would(const struct migrator *m, const struct store_migration *one)
{
	char line[100];

	snprintf(line, sizeof(line), "would apply %04d %s", one->number,
	    one->name);
	m->say(line);
}

static enum err
go_on_from(const struct migrator *m, int at, bool dry_run)
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

static void
quiet(void *arg, const char *notice)
{
	(void)arg;
	(void)notice;
}

/* The lock ends with the connection. Whoever waited for it finds the work
 * done. */
enum err
store_migrate(const char *conninfo, bool dry_run, void (*say)(const char *))
{
	static const char *const keys[] = {
		"connect_timeout", "target_session_attrs", "application_name",
		"dbname", "client_encoding", NULL
	};
	const char *const values[] = {
		"5", "read-write", "foyerctl", conninfo, "UTF8", NULL
	};
	struct migrator m = { PQconnectdbParams(keys, values, 1), say };
	enum err e = OK;
	int at;

	if (PQstatus(m.conn) != CONNECTION_OK)
		e = trouble(&m, "can't connect", ERR_DATABASE);
	PQsetNoticeProcessor(m.conn, quiet, NULL);
	if (e == OK && run(&m, "SELECT pg_advisory_lock("
	    "hashtext('foyer migrate'))") != OK)
		e = trouble(&m, "can't lock", ERR_DATABASE);
	if (e == OK && (at = newest(&m)) < 0)
		e = trouble(&m, "can't read schema_migration", ERR_SCHEMA);
	if (e == OK)
		e = go_on_from(&m, at, dry_run);
	PQfinish(m.conn);
	return e;
}
