/*
 * wire_fcgi.h: FastCGI records made by hand, and a client that sends them.
 */
#ifndef WIRE_FCGI_H
#define WIRE_FCGI_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <poll.h>
#include <pthread.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "wire/internal.h"

enum { FCGI_ID = 1, TAPE_MAX = 2 << 20 };

enum {
	FCGI_BEGIN = 1, FCGI_ABORT = 2, FCGI_END = 3, FCGI_PARAMS = 4,
	FCGI_STDIN = 5, FCGI_STDOUT = 6, FCGI_DATA = 8, FCGI_GET_VALUES = 9
};

struct tape {
	unsigned char at[TAPE_MAX];
	size_t len;
};

static inline void
tape_raw(struct tape *t, const void *bytes, size_t len)
{
	memcpy(t->at + t->len, bytes, len);
	t->len += len;
}

static inline void
tape_record(struct tape *t, int type, int id, const void *content, size_t len)
{
	static const char padding[8];
	unsigned char pad = (unsigned char)((8 - len % 8) % 8);
	unsigned char h[8] = { 1, (unsigned char)type,
	    (unsigned char)(id >> 8), (unsigned char)id,
	    (unsigned char)(len >> 8), (unsigned char)len, pad, 0 };

	tape_raw(t, h, sizeof(h));
	if (len > 0)
		tape_raw(t, content, len);
	tape_raw(t, padding, pad);
}

static inline void
tape_begin(struct tape *t, int role, int flags)
{
	unsigned char body[8] = { 0, (unsigned char)role,
	    (unsigned char)flags };

	t->len = 0;
	tape_record(t, FCGI_BEGIN, FCGI_ID, body, sizeof(body));
}

/* pairs: name, value, name, value ..., NULL: into `to`; how many bytes. */
static inline size_t
tape_pairs(unsigned char *to, const char *const *pairs)
{
	size_t n = 0, i, len[2];

	for (; *pairs != NULL; pairs += 2) {
		for (i = 0; i < 2; i++) {
			len[i] = strlen(pairs[i]);
			if (len[i] > 127) {
				to[n++] = (unsigned char)(len[i] >> 24 | 0x80);
				to[n++] = (unsigned char)(len[i] >> 16);
				to[n++] = (unsigned char)(len[i] >> 8);
			}
			to[n++] = (unsigned char)len[i];
		}
		for (i = 0; i < 2; i++) {
			memcpy(to + n, pairs[i], len[i]);
			n += len[i];
		}
	}
	return n;
}

static inline void
tape_params(struct tape *t, const char *const *pairs)
{
	static unsigned char bytes[60000];
	size_t n = tape_pairs(bytes, pairs);

	if (n > 0)
		tape_record(t, FCGI_PARAMS, FCGI_ID, bytes, n);
	tape_record(t, FCGI_PARAMS, FCGI_ID, NULL, 0);
}

static inline void
tape_body(struct tape *t, const char *body, size_t len)
{
	size_t piece;

	for (; len > 0; body += piece, len -= piece) {
		piece = len < 32768 ? len : 32768;
		tape_record(t, FCGI_STDIN, FCGI_ID, body, piece);
	}
	tape_record(t, FCGI_STDIN, FCGI_ID, NULL, 0);
}

/* A client: sends its tape, reads what comes until the end. */
struct client {
	pthread_t thread;
	int fd;
	const unsigned char *send;
	size_t len;
	bool half_close;		/* after sending */
	bool trickle;			/* a byte at a time, for ever */
	bool deaf;			/* reads nothing until served */
	struct tape *got;
	int served;			/* a pipe's end: readable when served */
};

static inline void
client_send(struct client *c)
{
	struct pollfd p = { .fd = c->fd, .events = POLLIN };
	size_t i = 0;

	while (c->trickle && i < c->len && poll(&p, 1, 2) == 0)
		if (send(c->fd, c->send + i++, 1, MSG_NOSIGNAL) != 1)
			break;
	while (!c->trickle && i < c->len) {
		ssize_t n = send(c->fd, c->send + i, c->len - i, MSG_NOSIGNAL);

		if (n <= 0)
			break;
		i += (size_t)n;
	}
	if (c->half_close)
		shutdown(c->fd, SHUT_WR);
}

static inline void *
client_run(void *arg)
{
	struct client *c = arg;
	ssize_t n;
	char byte;

	client_send(c);
	if (c->deaf && read(c->served, &byte, 1) < 0)
		return NULL;
	while ((n = recv(c->fd, c->got->at + c->got->len,
	    TAPE_MAX - c->got->len, 0)) > 0)
		c->got->len += (size_t)n;
	close(c->fd);
	return NULL;
}

/* The text of STDOUT; *ended: END_REQUEST was the last record. */
static inline struct str
tape_stdout(struct tape *got, bool *ended)
{
	static char text[TAPE_MAX];
	size_t i, len, n = 0;

	*ended = false;
	for (i = 0; i + 8 <= got->len; i += 8 + len + got->at[i + 6]) {
		len = (size_t)got->at[i + 4] << 8 | got->at[i + 5];
		if (got->at[i + 1] == FCGI_STDOUT) {
			memcpy(text + n, got->at + i + 8, len);
			n += len;
		}
		*ended = got->at[i + 1] == FCGI_END;
	}
	return (struct str){ text, n };
}

/* ---- one request through wire_serve. ---- */

static struct tape tape, got;
static struct arena *arena;

struct seen {
	int calls;
	struct request rq;
	size_t body_len;
	const char *answer;
	size_t answer_len;
};

static inline void
handler(void *arg, struct request *rq, struct response *rs)
{
	struct seen *seen = arg;

	seen->calls++;
	seen->rq = *rq;
	rs->status = rq->refused == OK ? 200 : err_status(rq->refused);
	if (seen->answer != NULL)
		buf_add(&rs->body, seen->answer, seen->answer_len);
	else
		buf_str(&rs->body, rq->body);
}

/* seen NULL: only through the gate, so that it is not libfcgi that refuses. */
static inline bool
serve(struct client *c, int timeout_ms, struct seen *seen)
{
	const struct wire_limits limits = { timeout_ms, SIZE_MAX };
	struct wire_raw raw;
	int pair[2], done[2];
	bool served;

	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	assert_int_equal(pipe(done), 0);
	arena_reset(arena);
	got.len = 0;
	c->fd = pair[0];
	c->got = &got;
	c->served = done[0];
	c->send = tape.at;
	if (c->len == 0)
		c->len = tape.len;
	assert_int_equal(pthread_create(&c->thread, NULL, client_run, c), 0);
	if (seen != NULL)
		served = wire_serve(pair[1], arena, &limits, handler, seen);
	else {
		served = wire_gate(pair[1], arena, &limits, &raw);
		close(pair[1]);
	}
	close(done[1]);
	pthread_join(c->thread, NULL);
	close(done[0]);
	return served;
}

static const char *const get_params[] = {
	"REQUEST_METHOD", "GET", "REQUEST_URI", "/reviews/a%20b?x=1",
	"QUERY_STRING", "x=1", "HTTP_HOST", "journal.example",
	"HTTP_COOKIE", "a=b", "REMOTE_ADDR", "192.0.2.1", "HTTPS", "on", NULL
};

static inline void
make_get(int flags)
{
	tape_begin(&tape, 1, flags);
	tape_params(&tape, get_params);
	tape_body(&tape, NULL, 0);
}

static inline int
set_up(void **state)
{
	(void)state;
	wire_init();
	arena = arena_new(16 << 20);
	return 0;
}

static inline int
tear_down(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

#endif
