/* serve.c: one FastCGI connection, one request: the only user of libfcgi. */
#include <errno.h>
#include <fcgiapp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "wire/internal.h"

enum {
	BACK_OFF_MS = 5, BACK_OFF_MOST_MS = 250
};

/*
 * The library reads the request from this file in memory, not from the client:
 * gate.c has read it before, so the library can neither wait nor meet a record
 * that is not the request's. The answer is written by send.c.
 */
static int serve_memory = -1;
static size_t serve_memory_len;

static void
memory_open(void)
{
	serve_memory = memfd_create("foyer-request", MFD_CLOEXEC);
	serve_memory_len = 0;
	if (serve_memory < 0) {
		log_line(LOG_ERROR, "wire: no memory file: errno %d", errno);
		abort();
	}
}

void
wire_init(void)
{
	signal(SIGPIPE, SIG_IGN);
	/* Read by FCGX_Init: a closing peer is waited for 2 s otherwise. */
	setenv("LIBFCGI_OS_CLOSE_POLL_TIMEOUT", "10", 1);
	if (FCGX_Init() != 0)
		abort();
	if (serve_memory >= 0)
		close(serve_memory);
	memory_open();
}

static bool
memory_put(const struct wire_raw *raw)
{
	size_t done = 0;
	ssize_t n;

	if (raw->len < serve_memory_len &&
	    ftruncate(serve_memory, (off_t)raw->len) != 0)
		return false;
	serve_memory_len = raw->len;
	while (done < raw->len) {
		n = pwrite(serve_memory, raw->bytes + done, raw->len - done,
		    (off_t)done);
		if (n <= 0)
			return false;
		done += (size_t)n;
	}
	return lseek(serve_memory, 0, SEEK_SET) == 0;
}

/* With listen_sock -1 the library fails at once where it would accept again;
 * keepConnection stops it from closing ipcFd before it has begun. */
static bool
serve_begin(FCGX_Request *r, const struct wire_raw *raw)
{
	if (!memory_put(raw) || FCGX_InitRequest(r, -1, 0) != 0)
		return false;
	r->ipcFd = serve_memory;
	r->keepConnection = 1;
	if (FCGX_Accept_r(r) != 0) {
		memory_open();		/* it has closed the old one */
		return false;
	}
	return FCGX_GetError(r->in) == 0;
}

static const char *
serve_param(const char *name, void *envp)
{
	return FCGX_GetParam(name, envp);
}

/* To the end of the stream, and not a byte less than the gate counted. */
static bool
serve_body(FCGX_Request *r, const struct wire_raw *raw, struct request *rq)
{
	char *at = arena_bytes(rq->arena, raw->body + 1);

	if (FCGX_GetStr(at, (int)raw->body, r->in) != (int)raw->body ||
	    FCGX_GetChar(r->in) != EOF || FCGX_GetError(r->in) != 0)
		return false;
	rq->body = (struct str){ at, raw->body };
	return true;
}

static void
serve_answer(FCGX_Request *r, struct request *rq, int timeout_ms,
    wire_handler_fn *handler, void *arg)
{
	struct response rs;
	struct str answer[2];

	wire_request_fill(rq, serve_param, r->envp);
	wire_response_init(&rs, rq->arena);
	handler(arg, rq, &rs);
	wire_response_parts(rq, &rs, answer);
	if (!wire_send(r->ipcFd, (unsigned)r->requestId, answer,
	    clock_mono() + (int64_t)timeout_ms * 1000))
		return;		/* the client loses the rest */
}

bool
wire_serve(int fd, struct arena *arena, const struct wire_limits *limits,
    wire_handler_fn *handler, void *arg)
{
	struct request *rq = arena_alloc(arena, sizeof(*rq));
	FCGX_Request r = { 0 };
	struct wire_raw raw;
	bool good;

	rq->arena = arena;
	rq->began = clock_mono();
	good = wire_gate(fd, arena, limits, &raw) && serve_begin(&r, &raw);
	if (good && raw.over)
		rq->refused = ERR_TOO_LARGE;
	else if (good)
		good = serve_body(&r, &raw, rq);
	r.ipcFd = fd;
	if (good)
		serve_answer(&r, rq, limits->timeout_ms, handler, arg);
	FCGX_Free(&r, 0);
	close(fd);			/* a kept connection too */
	return good;
}

static void
back_off(int *wait_ms)
{
	struct timespec t = { 0, (long)*wait_ms * 1000000 };
	int why = errno;

	nanosleep(&t, NULL);
	errno = why;
	*wait_ms = *wait_ms * 2 < BACK_OFF_MOST_MS ? *wait_ms * 2 :
	    BACK_OFF_MOST_MS;
}

int
wire_accept(int listener)
{
	static int wait_ms = BACK_OFF_MS;
	int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);

	if (fd >= 0)
		wait_ms = BACK_OFF_MS;
	else if (errno == EMFILE || errno == ENFILE || errno == ENOMEM ||
	    errno == ENOBUFS)
		back_off(&wait_ms);
	return fd;
}
