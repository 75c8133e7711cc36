/* records.c: any bytes on foyerd's socket, with libfcgi behind the gate. */
#include <fcntl.h>
#include <sys/socket.h>

#include "fuzz.h"
#include "wire/wire.h"

static void
answer(void *arg, struct request *rq, struct response *rs)
{
	(void)arg;
	rs->status = wire_form_read(rq) == OK ? 200 : 400;
	buf_str(&rs->body, rq->path);
	wire_header(rs, "X-Query", rq->query);
	wire_cookie_set(rq, rs, rq->host, 60);
}

void
fuzz_one(struct arena *arena, struct str in)
{
	static const struct wire_limits limits = { 1000, 4096 };
	static bool begun;
	char spill[4096];
	int ends[2];

	if (!begun)
		wire_init();
	begun = true;
	assert(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0);
	assert(fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0);
	if (write(ends[0], in.at, in.len) == (ssize_t)in.len) {
		shutdown(ends[0], SHUT_WR);
		(void)wire_serve(ends[1], arena, &limits, answer, NULL);
		while (read(ends[0], spill, sizeof(spill)) > 0)
			;
	} else {
		close(ends[1]);
	}
	close(ends[0]);
}
