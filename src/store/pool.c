/* pool.c: a pool between us and the server must keep prepared statements. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/internal.h"

/*
 * PgBouncer gives each transaction whatever connection is free. From 1.21 on it
 * follows the statements a client prepared, under names of its own. Where they
 * keep ours, either a client keeps its connection (session mode), or the next
 * client stumbles over them: a second one tells which.
 */

void
store_pool_look(struct store *s, const PGresult *rs, int pid, int named)
{
	bool direct = atoi(PQgetvalue(rs, 0, pid)) == PQbackendPID(s->conn);

	s->pooled = !direct && PQgetvalue(rs, 0, named)[0] == 't';
}

enum err
store_pool_check(struct store *s)
{
	struct store second = { .conninfo = s->conninfo,
	    .site_name = s->site_name, .hosts = s->hosts,
	    .nhosts = s->nhosts, .host = s->host };
	enum err e;

	if (!s->pooled)
		return OK;
	e = store_check(&second);
	if (e != OK)
		store_fault_say(s, "%s", second.trouble);
	store_fault_drop(&second);
	return e;
}
