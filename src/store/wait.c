/* wait.c: libpq, without ever waiting longer than the call's deadline. */
#include <errno.h>
#include <poll.h>

#include "store/internal.h"

/* Those who wait behind this one are refused, not each kept as long; where
 * there is another host it may answer them at once. */
static void
rest(struct store *s)
{
	if (s->nhosts == 1)
		s->next_try = clock_mono() + STORE_THROTTLE;
}

enum err
store_wait(struct store *s, short events)
{
	struct pollfd fd = { .fd = PQsocket(s->conn), .events = events };
	int64_t began = clock_mono(), left;
	int n;

	do {
		left = s->deadline - clock_mono();
		if (left <= 0) {
			s->silent = true;
			rest(s);
			return store_fault_lost(s,
			    "the database did not answer in time");
		}
		n = poll(&fd, 1, (int)(left / 1000) + 1);
	} while (n == 0 || (n < 0 && errno == EINTR));
	s->waited += clock_mono() - began;
	if (n < 0)
		return store_fault_lost(s, "poll failed");
	return OK;
}

static enum err
read_some(struct store *s)
{
	if (PQconsumeInput(s->conn))
		return OK;
	s->again = STORE_AGAIN_LOST;
	return store_fault_lost(s, PQerrorMessage(s->conn));
}

enum err
store_wait_flush(struct store *s)
{
	int left;
	enum err e;

	while ((left = PQflush(s->conn)) > 0) {
		if ((e = store_wait(s, POLLIN | POLLOUT)) != OK)
			return e;
		if ((e = read_some(s)) != OK)
			return e;
	}
	if (left == 0)
		return OK;
	s->again = STORE_AGAIN_LOST;
	return store_fault_lost(s, PQerrorMessage(s->conn));
}

static enum err
next_result(struct store *s, PGresult **ret)
{
	enum err e;

	while (PQisBusy(s->conn)) {
		if ((e = store_wait(s, POLLIN)) != OK)
			return e;
		if ((e = read_some(s)) != OK)
			return e;
	}
	*ret = PQgetResult(s->conn);
	return OK;
}

/* After a statement's result comes a NULL, after a Sync's none. */
enum err
store_wait_result(struct store *s, PGresult **ret)
{
	PGresult *rs, *end = NULL;
	enum err e;

	if ((e = next_result(s, &rs)) != OK)
		return e;
	if (rs != NULL && PQresultStatus(rs) != PGRES_PIPELINE_SYNC)
		e = next_result(s, &end);
	if (e == OK && (rs == NULL || end != NULL)) {
		s->again = STORE_AGAIN_LOST;
		e = store_fault_lost(s, "the connection is out of step");
	}
	PQclear(end);
	if (e == OK)
		*ret = rs;
	else
		PQclear(rs);
	return e;
}

bool
store_wait_alive(struct store *s)
{
	struct pollfd fd = { .fd = PQsocket(s->conn), .events = POLLIN };

	while (poll(&fd, 1, 0) > 0)
		if (!PQconsumeInput(s->conn) ||
		    PQstatus(s->conn) != CONNECTION_OK)
			return false;
	return true;
}
