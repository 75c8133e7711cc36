/* relay.c: a process between a store and its server, which can cut the line. */
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "house.h"
#include "relay.h"

#define NAME	"/.s.PGSQL.5432"

struct relay {
	char folder[32], conninfo[400];
	struct sockaddr_un own, server;
	int control;
	pid_t pid;
};

static int
call(const struct relay *r)
{
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	if (connect(fd, (const struct sockaddr *)&r->server,
	    sizeof(r->server)) != 0)
		_exit(1);
	return fd;
}

static bool
pass_on(int from, int to)
{
	char bytes[8192];
	ssize_t n = read(from, bytes, sizeof(bytes)), put, at = 0;

	while (n > at) {
		put = write(to, bytes + at, (size_t)(n - at));
		if (put <= 0)
			return false;
		at += put;
	}
	return n > 0;
}

/* The control comes last, so that an order given before the client's bytes is
 * seen with them. */
static void
pump(int client, int server, int control)
{
	struct pollfd fds[] = {
		{ client, POLLIN, 0 }, { server, POLLIN, 0 },
		{ control, POLLIN, 0 }
	};
	bool lose = false, open = true;
	char order;

	while (open && poll(fds, 3, -1) > 0) {
		if (fds[2].revents) {
			if (read(control, &order, 1) != 1)
				_exit(0);
			lose = true;
		}
		if (fds[0].revents)
			open = pass_on(client, server);
		if (fds[1].revents)
			open = open && !lose && pass_on(server, client);
	}
}

static void
serve(const struct relay *r, int listener, int control)
{
	for (;;) {
		int client = accept(listener, NULL, NULL);
		int server = call(r);

		if (client < 0)
			_exit(1);
		pump(client, server, control);
		close(client);
		close(server);
	}
}

static void
addresses(struct relay *r, const char *conninfo)
{
	char host[90];

	assert_int_equal(sscanf(conninfo, "host=%89s", host), 1);
	r->own.sun_family = r->server.sun_family = AF_UNIX;
	snprintf(r->server.sun_path, sizeof(r->server.sun_path), "%s" NAME,
	    host);
	snprintf(r->own.sun_path, sizeof(r->own.sun_path), "%s" NAME,
	    r->folder);
	snprintf(r->conninfo, sizeof(r->conninfo), "%s host=%s", conninfo,
	    r->folder);
}

struct relay *
relay_start(const char *conninfo)
{
	struct relay *r = calloc(1, sizeof(*r));
	int listener = socket(AF_UNIX, SOCK_STREAM, 0), pipes[2];

	assert_non_null(r);
	strcpy(r->folder, "/tmp/foyer-relay-XXXXXX");
	assert_non_null(mkdtemp(r->folder));
	addresses(r, conninfo);
	assert_int_equal(bind(listener, (const struct sockaddr *)&r->own,
	    sizeof(r->own)), 0);
	assert_int_equal(listen(listener, 5), 0);
	assert_int_equal(pipe(pipes), 0);
	if ((r->pid = fork()) == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		signal(SIGPIPE, SIG_IGN);
		close(pipes[1]);
		serve(r, listener, pipes[0]);
	}
	close(listener);
	close(pipes[0]);
	r->control = pipes[1];
	return r;
}

const char *
relay_conninfo(const struct relay *r)
{
	return r->conninfo;
}

void
relay_lose_next_answer(struct relay *r)
{
	assert_int_equal(write(r->control, "x", 1), 1);
}

void
relay_stop(struct relay *r)
{
	kill(r->pid, SIGKILL);
	waitpid(r->pid, NULL, 0);
	close(r->control);
	unlink(r->own.sun_path);
	rmdir(r->folder);
	free(r);
}
