/* cgi.c: one request as plain CGI: environment, fd 0, fd 1 (RFC 3875). */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "wire/internal.h"

bool
wire_is_cgi(void)
{
	int listening = 0;
	socklen_t len = sizeof(listening);

	if (getenv("GATEWAY_INTERFACE") == NULL)
		return false;
	return getsockopt(STDIN_FILENO, SOL_SOCKET, SO_ACCEPTCONN, &listening,
	    &len) != 0 || !listening;
}

static const char *
cgi_param(const char *name, void *ctx)
{
	(void)ctx;
	return getenv(name);
}

static bool
read_all(char *at, size_t len, int64_t deadline)
{
	ssize_t n;

	while (len > 0) {
		if (!wire_wait(STDIN_FILENO, POLLIN, deadline))
			return false;
		n = read(STDIN_FILENO, at, len);
		if (n == 0 || (n < 0 && errno != EINTR && errno != EAGAIN))
			return false;
		if (n > 0) {
			at += n;
			len -= (size_t)n;
		}
	}
	return true;
}

/* A pipe that is ready takes at least PIPE_BUF bytes without waiting. */
static bool
write_all(struct str text, int64_t deadline)
{
	ssize_t n;

	while (text.len > 0) {
		if (!wire_wait(STDOUT_FILENO, POLLOUT, deadline))
			return false;
		n = write(STDOUT_FILENO, text.at,
		    text.len < 4096 ? text.len : 4096);
		if (n < 0 && errno != EINTR && errno != EAGAIN)
			return false;
		if (n > 0)
			text = str_cut(text, (size_t)n, text.len);
	}
	return true;
}

/* false: the client went away before its body was whole. */
static bool
cgi_body(struct request *rq, size_t limit, int64_t deadline)
{
	struct str announced = str_of(getenv("CONTENT_LENGTH"));
	int64_t len = 0;
	char *at;

	rq->body = STR("");
	if (announced.len == 0)
		return true;
	if (!str_int64(announced, &len) || len < 0)
		rq->refused = ERR_SYNTAX;
	else if ((uint64_t)len > limit || len > WIRE_BODY_MAX)
		rq->refused = ERR_TOO_LARGE;
	if (rq->refused != OK)
		return true;
	at = arena_alloc(rq->arena, (size_t)len + 1);
	rq->body = (struct str){ at, (size_t)len };
	return read_all(at, (size_t)len, deadline);
}

/* The server bounds the environment; our arena must hold it too. */
static bool
environment_bounded(void)
{
	extern char **environ;
	size_t i, n, sum = 0;

	for (i = 0; environ[i] != NULL; i++) {
		n = str_of(environ[i]).len;
		if (n > WIRE_PARAMS_MAX || (sum += n) > 4 * WIRE_PARAMS_MAX)
			return false;
	}
	return true;
}

bool
wire_serve_cgi(struct arena *arena, const struct wire_limits *limits,
    wire_handler_fn *handler, void *arg)
{
	struct request *rq = arena_alloc(arena, sizeof(*rq));
	int64_t span = (int64_t)limits->timeout_ms * 1000;
	struct response rs;
	struct str answer[2];

	rq->arena = arena;
	rq->began = clock_mono();
	if (!environment_bounded() ||
	    !cgi_body(rq, limits->body, rq->began + span))
		return false;
	wire_request_fill(rq, cgi_param, NULL);
	wire_response_init(&rs, arena);
	handler(arg, rq, &rs);
	wire_response_parts(rq, &rs, answer);
	span += clock_mono();
	return write_all(answer[0], span) && write_all(answer[1], span);
}
