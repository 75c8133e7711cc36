/* flight.c: statements that cross to the server and back together. */
#include <assert.h>
#include <string.h>

#include "store/internal.h"

enum { SERIAL_TRIES = 3 };

void
store_flight_open(struct store_flight *f, struct store *s, struct arena *a)
{
	memset(f, 0, sizeof(*f));
	f->store = s;
	f->arena = a;
}

struct store_query *
store_flight_add(struct store_flight *f, enum store_sql sql)
{
	struct store_query *q = &f->each[f->n];

	assert(f->n < STORE_FLIGHT);
	f->n++;
	q->sql = sql;
	q->arena = f->arena;
	return q;
}

struct store_query *
store_flight_site(struct store_flight *f, enum store_sql sql)
{
	struct store_query *q = store_flight_add(f, sql);

	q->values[q->n++] = f->store->site;
	return q;
}

void
store_flight_close(struct store_flight *f)
{
	size_t i;

	for (i = 0; i < f->n; i++) {
		PQclear(f->each[i].result);
		f->each[i].result = NULL;
	}
}

const PGresult *
store_flight_result(const struct store_flight *f, size_t i)
{
	assert(i < f->n && f->each[i].result != NULL);
	return f->each[i].result;
}

static enum err
send_all(struct store_flight *f)
{
	PGconn *conn = f->store->conn;
	bool sent = true;
	size_t i;

	for (i = 0; i < f->n && sent; i++) {
		struct store_query *q = &f->each[i];

		assert(q->n == store_prepare_params(q->sql));
		sent = store_prepare_send(f->store, q->sql, &q->prepares) &&
		    PQsendQueryPrepared(conn, store_prepare_name(q->sql),
		    q->n, q->values, q->lengths, q->formats, 1);
	}
	if (sent && PQpipelineSync(conn))
		return store_wait_flush(f->store);
	f->store->again = STORE_AGAIN_LOST;
	return store_fault_lost(f->store, PQerrorMessage(conn));
}

/* Where preparing it was refused, that is its result. */
static enum err
gather_one(struct store *s, struct store_query *q)
{
	PGresult *refused = NULL;
	enum err e = OK;

	if (q->prepares)
		e = store_prepare_hear(s, q->sql, &refused);
	if (e == OK)
		e = store_wait_result(s, &q->result);
	if (refused != NULL) {
		PQclear(q->result);
		q->result = refused;
	}
	return e;
}

/* Statements are answered before the COMMIT that makes them true: where that
 * failed its error stands in the place of the Sync's answer. */
static enum err
gather(struct store_flight *f)
{
	PGresult *sync = NULL;
	enum err e;
	size_t i;

	for (i = 0; i < f->n; i++)
		if ((e = gather_one(f->store, &f->each[i])) != OK)
			return e;
	e = store_wait_result(f->store, &sync);
	if (e == OK && PQresultStatus(sync) != PGRES_PIPELINE_SYNC) {
		e = store_fault_result(f->store, sync);
		store_fault_drop(f->store);
	}
	PQclear(sync);
	return e;
}

/* The first statement that failed; those behind it were not tried. */
static enum err
judge(struct store_flight *f)
{
	enum err e = OK;
	size_t i;

	for (i = 0; i < f->n && e == OK; i++) {
		ExecStatusType status = PQresultStatus(f->each[i].result);

		if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
			e = store_fault_result(f->store, f->each[i].result);
	}
	if (f->store->drop)
		store_fault_drop(f->store);
	return e;
}

enum err
store_flight_go(struct store_flight *f)
{
	enum err e;

	store_flight_close(f);
	f->store->trips++;
	e = send_all(f);
	if (e == OK)
		e = gather(f);
	if (e == OK)
		e = judge(f);
	if (f->once && f->store->again == STORE_AGAIN_LOST)
		f->store->again = STORE_GIVE_UP;
	return e;
}

/* Leaves no transaction open behind a failure. */
static void
leave(struct store *s)
{
	enum store_again again = s->again;
	struct store_flight f;

	if (s->conn == NULL || PQtransactionStatus(s->conn) == PQTRANS_IDLE)
		return;
	store_flight_open(&f, s, NULL);
	store_flight_add(&f, SQL_ROLLBACK);
	if (store_flight_go(&f) != OK)
		store_fault_drop(s);
	store_flight_close(&f);
	s->again = again;
}

enum err
store_flight_work(struct store *s, store_work_fn *work, void *arg)
{
	int serial = 1;
	bool lost = false;
	enum err e;

	s->deadline = clock_mono() + (s->met ? STORE_TIMEOUT : STORE_FIRST);
	if (s->until != 0 && s->until < s->deadline)
		s->deadline = s->until;
	if (clock_mono() >= s->deadline)
		return ERR_TIMEOUT;
	for (;;) {
		s->again = STORE_GIVE_UP;
		e = store_connect(s);
		if (e == OK)
			e = work(s, arg);
		if (e == OK)
			return OK;
		leave(s);
		if (s->again == STORE_AGAIN_LOST && !lost)
			lost = true;
		else if (s->again != STORE_AGAIN_SERIAL ||
		    serial++ >= SERIAL_TRIES)
			return e;
	}
}

static enum err
whole(struct store *s, void *arg)
{
	(void)s;
	return store_flight_go(arg);
}

enum err
store_flight_run(struct store_flight *f)
{
	return store_flight_work(f->store, whole, f);
}

enum err
store_flight_end(struct store_flight *f)
{
	enum err e = store_flight_run(f);

	store_flight_close(f);
	return e;
}

enum err
store_flight_row(struct store_flight *f, struct store_row *ret)
{
	enum err e = store_flight_run(f);

	if (e != OK)
		return e;
	*ret = store_row_at(store_flight_result(f, 0), 0, f->arena);
	return PQntuples(ret->rs) > 0 ? OK : ERR_NOT_FOUND;
}
