/* connect.c: opens the connection and asks which schema is there. */
#include <poll.h>
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

/* What stands before dbname is a default that the operator's conninfo may
 * change. Names are resolved here, which nothing bounds: give addresses where
 * the resolver can't be trusted. */
static PGconn *
start(const struct store *s)
{
	static const char *const keys[] = {
		"connect_timeout", "keepalives_idle", "keepalives_interval",
		"keepalives_count", "tcp_user_timeout",
		"target_session_attrs", "application_name", "dbname",
		"client_encoding", "host", "hostaddr", "port", NULL
	};
	const struct store_host *at = &s->hosts[s->host];
	const char *const values[] = {
		"3", "10", "2", "3", "1000", "read-write", "foyer",
		s->conninfo, "UTF8", at->host, at->addr, at->port, NULL
	};

	return PQconnectStartParams(keys, values, 1);
}

static enum err
shake_one(struct store *s)
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

/* The one that was good last time first, unless it fell silent. */
static enum err
shake_hands(struct store *s)
{
	int64_t deadline = s->deadline, patience;
	enum err e = ERR_DATABASE;
	size_t i;

	if (s->silent)
		store_hosts_next(s);
	for (i = 0; i < s->nhosts && e != OK; i++) {
		patience = clock_mono() + STORE_PATIENCE;
		if (s->nhosts > 1 && patience < deadline)
			s->deadline = patience;
		if ((e = shake_one(s)) != OK)
			store_hosts_next(s);
		s->deadline = deadline;
	}
	return e;
}

static bool
send_schema(struct store *s, bool *prepared)
{
	const char *site = s->site_name;

	return store_prepare_send(s, SQL_DB_SCHEMA, prepared) &&
	    PQsendQueryPrepared(s->conn, store_prepare_name(SQL_DB_SCHEMA), 1,
	    &site, NULL, NULL, 0) && PQpipelineSync(s->conn);
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
	store_pool_look(s, rs, 2, 3);
	return OK;
}

static enum err
explain(struct store *s, const PGresult *rs)
{
	const char *state = PQresultErrorField(rs, PG_DIAG_SQLSTATE);
	enum err e = store_fault_result(s, rs);

	if (state != NULL && strcmp(state, "42P01") == 0)
		store_fault_say(s, "the database has no tables of foyer: "
		    "run foyerctl migrate");
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
ask_schema(struct store *s)
{
	bool prepared, over = false;
	enum err e;

	s->newest = 0;
	s->trips++;
	memset(s->prepared, 0, sizeof(s->prepared));
	if (!send_schema(s, &prepared))
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
		e = ask_schema(s);
	s->met |= e == OK;
	if (e == OK)
		return OK;
	store_fault_drop(s);
	s->again = STORE_GIVE_UP;
	s->next_try = clock_mono() + STORE_THROTTLE;
	s->refusal = e;
	return e;
}
