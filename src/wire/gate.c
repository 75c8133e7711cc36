/* gate.c: reads a whole FastCGI request and lets only a sound one through. */
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

#include "wire/internal.h"

/*
 * FastCGI 1.0, sections 3.3 and 5. libfcgi trusts what it reads: GET_VALUES
 * can overflow its stack, a length can ask it for gigabytes, a slow client can
 * hold it for ever. So the records are read here first, under the deadline and
 * the limits, and the library is given them from memory.
 */

enum { TYPE_BEGIN = 1, TYPE_PARAMS = 4, TYPE_STDIN = 5 };

enum {
	HEADER = 8, PADDING = 6,	/* where its length is */
	BEGIN_BODY = 8, RESPONDER = 1,
	FIRST = 16 * 1024,		/* most requests fit */
	RAW_MAX = 256 * 1024,		/* with headers and padding */
	SPILL_MAX = 1024 * 1024		/* of a body past its limit */
};

struct gate {
	int fd;
	int64_t deadline;
	struct arena *arena;
	char *bytes;
	size_t len, cap;		/* received, room */
	size_t at;			/* what lies before was let through */
	unsigned id;
	struct buf params;
	size_t body, body_limit;
	size_t spilt;			/* thrown away: past the body's limit */
};

struct record {
	unsigned type, id;
	size_t content, size;		/* size: with header and padding */
	const unsigned char *at;	/* its content; valid until the next */
};

static void
gate_grow(struct gate *g)
{
	size_t cap = g->cap ? g->cap * 2 : FIRST;
	char *bytes = arena_bytes(g->arena, cap);

	if (g->len > 0)
		memcpy(bytes, g->bytes, g->len);
	g->bytes = bytes;
	g->cap = cap;
}

/* Most requests are here as a whole before they are looked at. */
static bool
gate_receive(struct gate *g)
{
	ssize_t n = recv(g->fd, g->bytes + g->len, g->cap - g->len,
	    MSG_DONTWAIT);

	if (n > 0)
		g->len += (size_t)n;
	if (n < 0 && errno == EAGAIN)
		return wire_wait(g->fd, POLLIN, g->deadline);
	return n > 0 || (n < 0 && errno == EINTR);
}

/* Waits until n bytes from `at` are here. */
static bool
gate_need(struct gate *g, size_t n)
{
	while (g->len - g->at < n) {
		if (g->len == g->cap)
			gate_grow(g);
		if (!gate_receive(g))
			return false;
	}
	return true;
}

/* The library does not skip the padding of an empty record, which ends a
 * stream, but reads the next stream's records from it. So it goes. */
static void
gate_unpad(struct gate *g, struct record *r)
{
	char *from = g->bytes + g->at;

	from[PADDING] = 0;
	g->len -= r->size - HEADER;
	memmove(from + HEADER, from + r->size, g->len - g->at - HEADER);
	r->size = HEADER;
}

static bool
gate_record(struct gate *g, struct record *r)
{
	const unsigned char *h;

	if (g->at > RAW_MAX || !gate_need(g, HEADER))
		return false;
	h = (const unsigned char *)g->bytes + g->at;
	r->type = h[1];
	r->id = (unsigned)h[2] << 8 | h[3];
	r->content = (size_t)h[4] << 8 | h[5];
	r->size = HEADER + r->content + h[PADDING];
	if (h[0] != 1 || r->id == 0 || !gate_need(g, r->size))
		return false;
	r->at = (const unsigned char *)g->bytes + g->at + HEADER;
	if (r->content == 0)
		gate_unpad(g, r);
	return true;
}

static bool
gate_begin(struct gate *g)
{
	struct record r;

	if (!gate_record(g, &r) || r.type != TYPE_BEGIN ||
	    r.content != BEGIN_BODY || r.at[0] != 0 || r.at[1] != RESPONDER)
		return false;
	g->id = r.id;
	g->at += r.size;
	return true;
}

/* One or four bytes. */
static bool
pair_length(struct str *rest, size_t *ret)
{
	const unsigned char *at = (const unsigned char *)rest->at;
	size_t size = rest->len > 0 && at[0] & 0x80 ? 4 : 1;

	if (rest->len < size)
		return false;
	*ret = size == 1 ? at[0] : (size_t)(at[0] & 0x7f) << 24 |
	    (size_t)at[1] << 16 | (size_t)at[2] << 8 | at[3];
	*rest = str_cut(*rest, size, rest->len);
	return true;
}

/* The library makes C strings "NAME=value" of these. */
static bool
pair_sound(struct str *rest)
{
	size_t name, value;

	if (!pair_length(rest, &name) || !pair_length(rest, &value) ||
	    name == 0 || name > rest->len || value > rest->len - name ||
	    memchr(rest->at, '\0', name + value) != NULL ||
	    memchr(rest->at, '=', name) != NULL)
		return false;
	*rest = str_cut(*rest, name + value, rest->len);
	return true;
}

static bool
params_sound(struct str rest)
{
	int n;

	for (n = 0; rest.len > 0; n++)
		if (n == WIRE_NPARAMS_MAX || !pair_sound(&rest))
			return false;
	return true;
}

static bool
gate_params(struct gate *g)
{
	struct record r;

	for (;;) {
		if (!gate_record(g, &r) || r.type != TYPE_PARAMS ||
		    r.id != g->id ||
		    r.content > WIRE_PARAMS_MAX - g->params.len)
			return false;
		buf_add(&g->params, r.at, r.content);
		g->at += r.size;
		if (r.content == 0)
			return params_sound(buf_view(&g->params));
	}
}

/* A body past its limit is read on, for the answer to be heard, not kept. */
static bool
gate_spill(struct gate *g, const struct record *r)
{
	char *from = g->bytes + g->at;

	g->spilt += r->size;
	g->len -= r->size;
	memmove(from, from + r->size, g->len - g->at);
	return g->spilt <= SPILL_MAX;
}

static bool
gate_stdin(struct gate *g)
{
	struct record r;

	do {
		if (!gate_record(g, &r) || r.type != TYPE_STDIN ||
		    r.id != g->id)
			return false;
		if (r.content > 0 &&
		    (g->spilt > 0 || r.content > g->body_limit - g->body)) {
			if (!gate_spill(g, &r))
				return false;
			continue;
		}
		g->body += r.content;
		g->at += r.size;
	} while (r.content > 0);
	return true;
}

bool
wire_gate(int fd, struct arena *arena, const struct wire_limits *limits,
    struct wire_raw *ret)
{
	struct gate g = {
		.fd = fd, .arena = arena, .params = buf_new(arena, 2048),
		.deadline = clock_mono() + (int64_t)limits->timeout_ms * 1000,
		.body_limit = limits->body < WIRE_BODY_MAX ? limits->body :
		    WIRE_BODY_MAX
	};

	if (!gate_begin(&g) || !gate_params(&g) || !gate_stdin(&g))
		return false;
	*ret = (struct wire_raw){
		.bytes = g.bytes, .len = g.at, .body = g.body,
		.over = g.spilt > 0
	};
	return true;
}
