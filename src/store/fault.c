/* fault.c: what went wrong, as an error and a sentence. */
#include <stdio.h>
#include <string.h>

#include "store/internal.h"
#include "store/setup.h"

/* By SQLSTATE, whole or its class; the first that fits. */
static const struct row {
	const char *state;
	enum err e;
	enum store_again again;
	bool lost;			/* the connection is of no more use */
} rows[] = {
	{ "40001", ERR_DATABASE, STORE_AGAIN_SERIAL, false },
	{ "40P01", ERR_DATABASE, STORE_AGAIN_SERIAL, false },
	{ "55P03", ERR_TIMEOUT, STORE_GIVE_UP, false },	/* lock_timeout */
	{ "57014", ERR_TIMEOUT, STORE_GIVE_UP, false },	/* statement_timeout */
	{ "57", ERR_DATABASE, STORE_AGAIN_LOST, true },	/* shutting down */
	{ "08", ERR_DATABASE, STORE_AGAIN_LOST, true },
	{ "25006", ERR_DATABASE, STORE_AGAIN_LOST, true },	/* a standby */
	{ "0A000", ERR_DATABASE, STORE_AGAIN_LOST, true },	/* stale plan */
	{ "26000", ERR_DATABASE, STORE_AGAIN_LOST, true },	/* unprepared */
	{ "25P0", ERR_DATABASE, STORE_GIVE_UP, true },	/* left idle */
	{ "53", ERR_DATABASE, STORE_GIVE_UP, false },	/* disk, connections */
	{ "58", ERR_DATABASE, STORE_GIVE_UP, false },	/* the server's files */
	{ "42501", ERR_SCHEMA, STORE_GIVE_UP, true },	/* not granted */
	{ "42", ERR_SCHEMA, STORE_GIVE_UP, true },	/* no such table ... */
	{ "3F", ERR_SCHEMA, STORE_GIVE_UP, true },
	{ "22021", ERR_UTF8, STORE_GIVE_UP, false },
	{ "23505", ERR_CONFLICT, STORE_GIVE_UP, false },
	{ "", ERR_BROKEN, STORE_GIVE_UP, false }
};

void
store_fault_say(struct store *s, const char *fmt, ...)
{
	va_list ap;
	size_t n;

	va_start(ap, fmt);
	vsnprintf(s->trouble, sizeof(s->trouble), fmt, ap);
	va_end(ap);
	n = strcspn(s->trouble, "\n");
	s->trouble[n] = '\0';
	s->quoting = false;
}

void
store_fault_drop(struct store *s)
{
	if (s->conn != NULL)
		PQfinish(s->conn);
	s->conn = NULL;
	s->drop = false;
}

enum err
store_fault_lost(struct store *s, const char *why)
{
	store_fault_say(s, "%s", why);
	store_fault_drop(s);
	return ERR_DATABASE;
}

enum err
store_fault_result(struct store *s, const PGresult *rs)
{
	const char *state = PQresultErrorField(rs, PG_DIAG_SQLSTATE);
	const char *what = PQresultErrorField(rs, PG_DIAG_MESSAGE_PRIMARY);
	const struct row *row = rows;

	if (what == NULL)
		what = PQresultErrorMessage(rs);
	if (state == NULL)		/* libpq's own: the line is cut */
		state = "08000";
	while (strncmp(state, row->state, strlen(row->state)) != 0)
		row++;
	s->again = row->again;
	store_fault_say(s, "%s (%s)", what, state);
	if (strcmp(state, "42501") == 0)
		store_fault_say(s, "%s: run sql/roles.sql (%s)", what, state);
	else if (strcmp(state, "42P05") == 0 || strcmp(state, "26000") == 0)
		store_fault_say(s, "the pool before the database loses "
		    "prepared statements: PgBouncer must be 1.21 or newer with "
		    "max_prepared_statements set, or in session mode (%s)",
		    state);
	/* A newer database will do as long as every statement fits it, so that
	 * daemons go on while it is migrated. */
	else if (row->e == ERR_SCHEMA && s->newest > store_migration_last())
		store_fault_say(s, "the database is at migration %d, newer "
		    "than this program's %d, and does not fit it: %s",
		    s->newest, store_migration_last(), what);
	s->quoting = row->e == ERR_UTF8 || row->e == ERR_CONFLICT ||
	    row->e == ERR_BROKEN || strcmp(state, "42601") == 0;
	s->drop |= row->lost;
	return row->e;
}
