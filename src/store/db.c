/* db.c: a store: one connection of one process, opened when it is needed. */
#include <string.h>
#include <sys/socket.h>

#include "store/internal.h"

enum err
store_open(struct arena *a, const char *conninfo, const char *site,
    struct store **ret)
{
	struct store *s = arena_alloc(a, sizeof(*s));

	s->conninfo = arena_cstr(a, str_of(conninfo));
	s->site_name = arena_cstr(a, str_of(site));
	s->refusal = ERR_DATABASE;
	store_hosts_read(s, a);
	store_guess_open(s, a);
	store_fault_say(s, "the database was not asked yet");
	*ret = s;
	return OK;
}

void
store_close(struct store *s)
{
	if (s != NULL)
		store_fault_drop(s);
}

void
store_until(struct store *s, int64_t until)
{
	s->until = until;
}

/* Asks even when connected: a server may hold its sockets and say nothing. */
enum err
store_check(struct store *s)
{
	struct store_flight f;

	store_flight_open(&f, s, NULL);
	store_query_str(store_flight_add(&f, SQL_DB_SCHEMA),
	    str_of(s->site_name));
	return store_flight_end(&f);
}

enum err
store_role(struct store *s, struct arena *a, struct store_role *ret)
{
	struct store_flight f;
	struct store_row row;
	enum err e;

	store_flight_open(&f, s, a);
	store_flight_add(&f, SQL_DB_ROLE);
	e = store_flight_run(&f);
	if (e == OK && PQntuples(store_flight_result(&f, 0)) == 0)
		e = ERR_SCHEMA;
	if (e == OK) {
		row = store_row_at(store_flight_result(&f, 0), 0, a);
		ret->name = store_row_str(&row);
		ret->owns = store_row_bool(&row);
		ret->writes = store_row_bool(&row);
	}
	store_flight_close(&f);
	return e;
}

enum err
store_server(struct store *s, struct arena *a, struct store_server *ret)
{
	struct store_flight f;
	struct store_row row;
	enum err e;

	store_flight_open(&f, s, a);
	store_flight_add(&f, SQL_DB_SERVER);
	e = store_flight_run(&f);
	if (e == OK) {
		row = store_row_at(store_flight_result(&f, 0), 0, a);
		ret->version = (int)store_row_int(&row);
		ret->utf8 = store_row_bool(&row);
		ret->now = store_row_int(&row);
		ret->standby = store_row_bool(&row);
		ret->read_only = store_row_bool(&row);
		ret->log = store_row_int(&row);
		ret->folder = store_row_str(&row);
	}
	store_flight_close(&f);
	return e;
}

enum err
store_writes(struct store *s)
{
	struct store_flight f;

	store_flight_open(&f, s, NULL);
	store_flight_add(&f, SQL_BEGIN);
	store_flight_site(&f, SQL_DB_WRITE);
	store_flight_add(&f, SQL_ROLLBACK);
	return store_flight_end(&f);
}

pid_t
store_peer(const struct store *s)
{
	int fd = s->conn != NULL ? PQsocket(s->conn) : -1;
	struct ucred peer = { .pid = 0 };
	socklen_t n = sizeof(peer);

	if (fd >= 0 && getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &n) != 0)
		return 0;
	return peer.pid;
}

const char *
store_trouble(const struct store *s)
{
	return s->trouble;
}

const char *
store_trouble_log(const struct store *s)
{
	return s->quoting ? "it refuses a value: its own log says which" :
	    s->trouble;
}

bool
store_connected(const struct store *s)
{
	return s->conn != NULL && !s->drop;
}

int64_t
store_trips(const struct store *s)
{
	return s->trips;
}

int64_t
store_waited(const struct store *s)
{
	return s->waited;
}
