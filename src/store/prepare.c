/* prepare.c: a statement is prepared when a connection first needs it. */
#include <string.h>

#include "store/internal.h"

/*
 * Preparing takes the server a tenth of a millisecond each: all of them at
 * every connection would be what a restart waits for, and on a machine that is
 * too slow for that within the time limit it would never end.
 */

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
store_prepare_name(enum store_sql sql)
{
	return statements[sql].name;
}

int
store_prepare_params(enum store_sql sql)
{
	return statements[sql].params;
}

/* It may be needed twice in a flight: what was sent counts. */
bool
store_prepare_send(struct store *s, enum store_sql sql, bool *sent)
{
	*sent = !s->prepared[sql];
	s->prepared[sql] = true;
	return !*sent || PQsendPrepare(s->conn, statements[sql].name,
	    statements[sql].text, 0, NULL);
}

enum err
store_prepare_hear(struct store *s, enum store_sql sql, PGresult **refused)
{
	PGresult *rs;
	enum err e = store_wait_result(s, &rs);

	if (e != OK)
		return e;
	if (PQresultStatus(rs) == PGRES_COMMAND_OK) {
		PQclear(rs);
		return OK;
	}
	s->prepared[sql] = false;
	*refused = rs;
	return OK;
}

/* Those behind the first that is refused are not looked at. */
static enum err
hear_all(struct store *s, const bool *sent)
{
	PGresult *refused = NULL, *sync = NULL;
	enum err e = OK;
	int i;

	for (i = 0; i < SQL_COUNT && e == OK && refused == NULL; i++)
		if (sent[i])
			e = store_prepare_hear(s, (enum store_sql)i, &refused);
	if (refused != NULL) {
		e = store_fault_result(s, refused);
		store_fault_drop(s);
	} else if (e == OK)
		e = store_wait_result(s, &sync);
	PQclear(refused);
	PQclear(sync);
	return e;
}

static enum err
prepare_all(struct store *s, void *arg)
{
	bool sent[SQL_COUNT], good = true;
	enum err e;
	int i;

	(void)arg;
	s->trips++;
	for (i = 0; i < SQL_COUNT && good; i++)
		good = store_prepare_send(s, (enum store_sql)i, &sent[i]);
	if (!good || !PQpipelineSync(s->conn))
		return store_fault_lost(s, PQerrorMessage(s->conn));
	e = store_wait_flush(s);
	return e == OK ? hear_all(s, sent) : e;
}

enum err
store_prepare_all(struct store *s)
{
	enum err e = store_flight_work(s, prepare_all, NULL);

	return e == OK ? store_pool_check(s) : e;
}
