/* floor_read.c: the least a read costs: libfcgi, one SELECT, as many bytes. */
#include <fcgiapp.h>
#include <libpq-fe.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * floor_read SOCKET WORKERS CONNINFO THREAD BYTES
 *
 * Answers whatever it is asked with the values of the first page's rows and
 * spaces up to BYTES, as JSON by name only.
 */

/* The rows and columns of page_whole (sql/queries/page.sql). */
static const char statement[] =
    "SELECT id, parent, root, state, author, badge, html, anchor::text, "
    "reason, posted_at, edited_at, votes, spoiler, "
    "uuid_hash_extended(person, 0), featured, locked, home, note FROM comment "
    "WHERE thread_id = $1 AND visible ORDER BY root, id LIMIT 100";

static void
give_up(const char *what)
{
	fprintf(stderr, "floor_read: %s\n", what);
	exit(1);
}

static PGconn *
prepare(const char *conninfo)
{
	PGconn *conn = PQconnectdb(conninfo);
	PGresult *rs = PQprepare(conn, "page", statement, 0, NULL);

	if (PQresultStatus(rs) != PGRES_COMMAND_OK)
		give_up(PQerrorMessage(conn));
	PQclear(rs);
	return conn;
}

static void
fill(FCGX_Stream *out, int left)
{
	static char spaces[4096];
	int n;

	memset(spaces, ' ', sizeof(spaces));
	for (; left > 0; left -= n) {
		n = left < (int)sizeof(spaces) ? left : (int)sizeof(spaces);
		FCGX_PutStr(spaces, n, out);
	}
}

static void
answer(FCGX_Stream *out, PGconn *conn, const char *thread, int bytes)
{
	PGresult *rs = PQexecPrepared(conn, "page", 1, &thread, NULL, NULL, 0);
	int row, col, n, left = bytes;

	if (PQresultStatus(rs) != PGRES_TUPLES_OK || PQntuples(rs) == 0)
		give_up(PQerrorMessage(conn));
	FCGX_FPrintF(out, "Content-Type: application/json\r\n"
	    "Content-Length: %d\r\n\r\n", bytes);
	for (row = 0; row < PQntuples(rs); row++) {
		for (col = 0; col < PQnfields(rs); col++) {
			n = PQgetlength(rs, row, col);
			n = n < left ? n : left;
			FCGX_PutStr(PQgetvalue(rs, row, col), n, out);
			left -= n;
		}
	}
	PQclear(rs);
	fill(out, left);
}

static void
serve(int listener, char **argv)
{
	PGconn *conn = prepare(argv[3]);
	int bytes = atoi(argv[5]);
	FCGX_Request request;

	if (FCGX_Init() != 0 || FCGX_InitRequest(&request, listener, 0) != 0)
		give_up("libfcgi");
	while (FCGX_Accept_r(&request) == 0) {
		answer(request.out, conn, argv[4], bytes);
		FCGX_Finish_r(&request);
	}
}

int
main(int argc, char **argv)
{
	int listener, i;

	if (argc != 6)
		return 64;
	signal(SIGPIPE, SIG_IGN);
	umask(0);
	listener = FCGX_OpenSocket(argv[1], 511);
	if (listener < 0)
		give_up(argv[1]);
	for (i = atoi(argv[2]); i > 0; i--)
		if (fork() == 0) {
			prctl(PR_SET_PDEATHSIG, SIGKILL);
			serve(listener, argv);
			return 0;
		}
	wait(NULL);			/* none ends by itself */
	return 1;
}
