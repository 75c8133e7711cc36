/* connect.c: opens the connection and prepares every statement, in one call. */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/internal.h"

static const struct {
	const char *name;
	int params;
	const char *text;
} statements[] = {
#define ROW(id, name, params, text) { name, params, text },
	STATEMENTS(ROW)
#undef ROW
};

const char *
store_connect_name(enum store_sql sql)
{
	return statements[sql].name;
}

int
store_connect_params(enum store_sql sql)
{
	return statements[sql].params;
}

static void
quiet(void *arg, const char *notice)
{
	(void)arg;
	(void)notice;
}

/* What stands before dbname is a default that the operator's conninfo may
 * change. Of several hosts one that is unreachable is left after
 * tcp_user_timeout; one that takes the connection and then says nothing costs
 * the whole deadline. Names are resolved here, which nothing bounds: give
 * addresses where the resolver can't be trusted. */
static PGconn *
start(const struct store *s)
{
	static const char *const keys[] = {
		"connect_timeout", "keepalives_idle", "keepalives_interval",
		"keepalives_count", "tcp_user_timeout",
		"target_session_attrs", "application_name", "dbname",
		"client_encoding", NULL
	};
	const char *const values[] = {
		"3", "10", "2", "3", "1000", "read-write", "foyer",
		s->conninfo, "UTF8", NULL
	};

	return PQconnectStartParams(keys, values, 1);
}

static enum err
shake_hands(struct store *s)
{
	PostgresPollingStatusType want = PGRES_POLLING_WRITING;
	enum err e;

	s->conn = start(s);
	if (s->conn == NULL || PQstatus(s->conn) == CONNECTION_BAD)
		want = PGRES_POLLING_FAILED;
	while (want == PGRES_POLLING_READING || want == PGRES_POLLING_WRITING) {
		e = store_wait(s, want == PGRES_POLLING_READING ? POLLIN :
		    POLLOUT);
		if (e != OK)
			return e;
		want = PQconnectPoll(s->conn);
	}
	if (want != PGRES_POLLING_OK)
		return store_fault_lost(s, PQerrorMessage(s->conn));
	PQsetNoticeProcessor(s->conn, quiet, NULL);
	if (PQsetnonblocking(s->conn, 1) != 0 || !PQenterPipelineMode(s->conn))
		return store_fault_lost(s, PQerrorMessage(s->conn));
	return OK;
}

static bool
send_prepare(struct store *s, enum store_sql sql)
{
	return PQsendPrepare(s->conn, statements[sql].name,
	    statements[sql].text, 0, NULL);
}

/* The schema's number is asked for first: it explains what may fail after. */
static bool
send_all(struct store *s)
{
	const char *site = s->site_name;
	bool sent;
	int i;

	sent = send_prepare(s, SQL_DB_SCHEMA) && PQsendQueryPrepared(s->conn,
	    statements[SQL_DB_SCHEMA].name, 1, &site, NULL, NULL, 0);
	for (i = 0; i < SQL_COUNT && sent; i++)
		if (i != SQL_DB_SCHEMA)
			sent = send_prepare(s, (enum store_sql)i);
	return sent && PQpipelineSync(s->conn);
}

static enum err
misfit(struct store *s, const PGresult *rs)
{
	int newest = atoi(PQgetvalue(rs, 0, 0));
	int ours = store_migration_last();

	s->newest = newest;
	if (newest < ours) {
		store_fault_say(s, "the database is at migration %d, this "
		    "program needs %d: run foyerctl migrate", newest, ours);
		return ERR_SCHEMA;
	}
	if (PQgetisnull(rs, 0, 1)) {
		store_fault_say(s, "the database has no site named %s",
		    s->site_name);
		return ERR_SCHEMA;
	}
	snprintf(s->site, sizeof(s->site), "%s", PQgetvalue(rs, 0, 1));
	return OK;
}

/* A newer database will do as long as every statement fits it, so that
 * daemons go on while it is migrated; else it says what it is. */
static enum err
explain(struct store *s, const PGresult *rs)
{
	const char *state = PQresultErrorField(rs, PG_DIAG_SQLSTATE);
	enum err e = store_fault_result(s, rs);

	if (s->newest == 0 && state != NULL && strcmp(state, "42P01") == 0)
		store_fault_say(s, "the database has no tables of foyer: "
		    "run foyerctl migrate");
	else if (e == ERR_SCHEMA && s->newest > store_migration_last())
		store_fault_say(s, "the database is at migration %d, newer "
		    "than this program's %d, and does not fit it: %s",
		    s->newest, store_migration_last(),
		    PQresultErrorField(rs, PG_DIAG_MESSAGE_PRIMARY));
	return e;
}

static enum err
gather_one(struct store *s, bool *over)
{
	PGresult *rs;
	enum err e;

	if ((e = store_wait_result(s, &rs)) != OK)
		return e;
	switch (PQresultStatus(rs)) {
	case PGRES_PIPELINE_SYNC:
		*over = true;
		break;
	case PGRES_TUPLES_OK:
		e = misfit(s, rs);
		break;
	case PGRES_COMMAND_OK:
		break;
	default:
		e = explain(s, rs);
	}
	PQclear(rs);
	return e;
}

static enum err
prepare(struct store *s)
{
	bool over = false;
	enum err e;

	s->newest = 0;
	s->trips++;
	if (!send_all(s))
		return store_fault_lost(s, PQerrorMessage(s->conn));
	e = store_wait_flush(s);
	while (e == OK && !over)
		e = gather_one(s, &over);
	return e;
}

enum err
store_connect(struct store *s)
{
	enum err e;

	if (s->conn != NULL && store_wait_alive(s))
		return OK;
	store_fault_drop(s);
	if (clock_mono() < s->next_try)
		return s->refusal;
	e = shake_hands(s);
	if (e == OK)
		e = prepare(s);
	if (e == OK)
		return OK;
	store_fault_drop(s);
	s->again = STORE_GIVE_UP;
	s->next_try = clock_mono() + STORE_THROTTLE;
	s->refusal = e;
	return e;
}
