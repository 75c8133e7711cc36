/* plain.c: a connection that waits: for what is run once, by hand. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/internal.h"

static void
quiet(void *arg, const char *notice)
{
	(void)arg;
	(void)notice;
}

enum err
store_plain_trouble(const struct store_plain *p, const char *what, enum err e)
{
	char line[400];

	snprintf(line, sizeof(line), "%s: %s", what, PQerrorMessage(p->conn));
	line[strcspn(line, "\n")] = '\0';
	p->say(line);
	return e;
}

enum err
store_plain_open(struct store_plain *p, const char *conninfo,
    void (*say)(const char *))
{
	static const char *const keys[] = {
		"connect_timeout", "target_session_attrs", "application_name",
		"dbname", "client_encoding", NULL
	};
	const char *const values[] = {
		"5", "read-write", "foyerctl", conninfo, "UTF8", NULL
	};

	p->say = say;
	p->conn = PQconnectdbParams(keys, values, 1);
	if (PQstatus(p->conn) != CONNECTION_OK)
		return store_plain_trouble(p, "can't connect", ERR_DATABASE);
	PQsetNoticeProcessor(p->conn, quiet, NULL);
	return OK;
}

void
store_plain_close(struct store_plain *p)
{
	PQfinish(p->conn);
	p->conn = NULL;
}

enum err
store_plain_run(const struct store_plain *p, const char *sql)
{
	PGresult *rs = PQexec(p->conn, sql);
	ExecStatusType status = PQresultStatus(rs);

	PQclear(rs);
	if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
		return OK;
	return PQstatus(p->conn) == CONNECTION_OK ? ERR_SCHEMA : ERR_DATABASE;
}

int
store_plain_number(const struct store_plain *p, const char *sql,
    const char *value)
{
	PGresult *rs = PQexecParams(p->conn, sql, value != NULL, NULL, &value,
	    NULL, NULL, 0);
	int n = -1;

	if (PQresultStatus(rs) == PGRES_TUPLES_OK && PQntuples(rs) == 1)
		n = atoi(PQgetvalue(rs, 0, 0));
	PQclear(rs);
	return n;
}
