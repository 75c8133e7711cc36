/* http.c: requests, answers and tallies of load.c. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "load.h"

int64_t
load_now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

int
load_connect(int port)
{
	struct sockaddr_in to = { .sin_family = AF_INET,
	    .sin_port = htons((uint16_t)port) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;

	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (fd < 0 || connect(fd, (struct sockaddr *)&to, sizeof(to)) != 0 ||
	    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on)) != 0 ||
	    fcntl(fd, F_SETFL, O_NONBLOCK) != 0) {
		if (fd >= 0)
			close(fd);
		return -1;
	}
	return fd;
}

bool
load_text_read(struct load_text *t, const char *file)
{
	enum { MOST = 200000 };
	FILE *f = fopen(file, "r");
	char *mark;

	if (f == NULL || (t->at = calloc(1, MOST + 1)) == NULL)
		return false;
	t->len = fread(t->at, 1, MOST, f);
	fclose(f);
	for (mark = t->at; t->nmarks < LOAD_MARKS &&
	    (mark = strstr(mark, "@@@@@@@@@@@@")) != NULL;
	    mark += LOAD_DIGITS)
		t->marks[t->nmarks++] = (size_t)(mark - t->at);
	return t->len > 0;
}

void
load_text_number(struct load_text *t, long n)
{
	char digits[32];
	int i;

	snprintf(digits, sizeof(digits), "%0*ld", LOAD_DIGITS, n);
	for (i = 0; i < t->nmarks; i++)
		memcpy(t->at + t->marks[i], digits, LOAD_DIGITS);
}

void
load_conn_begin(struct load_conn *c, int64_t now)
{
	c->busy = true;
	c->began = now;
	c->status = 0;
	c->len = 0;
	c->bytes = 0;
}

/* A header's value, or "". */
static const char *
header(const char *head, const char *name)
{
	size_t len = strlen(name);
	const char *line = head;

	while ((line = strstr(line, "\r\n")) != NULL) {
		line += 2;
		if (strncasecmp(line, name, len) == 0 && line[len] == ':')
			return line + len + 1;
	}
	return "";
}

/* nginx gives every answer of these a length. */
static bool
head_read(struct load_conn *c, const char *end)
{
	const char *length = header(c->head, "Content-Length");

	if (sscanf(c->head, "HTTP/1.1 %d", &c->status) != 1)
		return false;
	if (*length == '\0' && c->status != 204 && c->status != 304)
		return false;
	c->closing = strncasecmp(header(c->head, "Connection"), " close",
	    6) == 0;
	c->left = atol(length) - (int64_t)(c->head + c->len - end - 4);
	return c->left >= 0;
}

static enum load_state
read_head(struct load_conn *c)
{
	size_t room = sizeof(c->head) - 1 - c->len;
	ssize_t n = recv(c->fd, c->head + c->len, room, 0);
	const char *end;

	if (n <= 0)
		return n < 0 && errno == EAGAIN ? LOAD_MORE : LOAD_BROKEN;
	c->len += (size_t)n;
	c->bytes += n;
	c->head[c->len] = '\0';
	if ((end = strstr(c->head, "\r\n\r\n")) == NULL)
		return (size_t)n < room ? LOAD_MORE : LOAD_BROKEN;
	if (!head_read(c, end))
		return LOAD_BROKEN;
	return c->left == 0 ? LOAD_DONE : LOAD_MORE;
}

/* The body is thrown away by the kernel (MSG_TRUNC, tcp(7)). */
static enum load_state
read_body(struct load_conn *c)
{
	ssize_t n = recv(c->fd, NULL, (size_t)c->left, MSG_TRUNC);

	if (n <= 0)
		return n < 0 && errno == EAGAIN ? LOAD_MORE : LOAD_BROKEN;
	c->left -= n;
	c->bytes += n;
	return c->left == 0 ? LOAD_DONE : LOAD_MORE;
}

enum load_state
load_conn_read(struct load_conn *c)
{
	enum load_state state;

	if (c->status != 0)
		return read_body(c);
	state = read_head(c);
	if (state == LOAD_MORE && c->status != 0)
		state = read_body(c);
	return state;
}

/* 64 buckets to each power of two: a time is known to 1.6 %. */
static int
bucket(int64_t usec)
{
	int power = 0;

	if (usec < 0)
		usec = 0;
	while (usec >> power >= 128)
		power++;
	power = power * 64 + (int)(usec >> power);
	return power < LOAD_BUCKETS ? power : LOAD_BUCKETS - 1;
}

static double
bucket_time(int i)
{
	int power = i < 128 ? 0 : i / 64 - 1;

	return (double)((int64_t)(i - power * 64) << power);
}

void
load_tally_add(struct load_tally *t, enum load_state state, int status,
    int64_t usec)
{
	if (state == LOAD_BROKEN) {
		t->broken++;
		return;
	}
	if (status < 200 || status > 399) {
		t->bad++;
		return;
	}
	t->good++;
	t->times[bucket(usec)]++;
	if (usec > t->most)
		t->most = usec;
}

void
load_tally_sum(struct load_tally *to, const struct load_tally *t)
{
	int i;

	to->good += t->good;
	to->bad += t->bad;
	to->broken += t->broken;
	to->bytes += t->bytes;
	if (t->most > to->most)
		to->most = t->most;
	for (i = 0; i < LOAD_BUCKETS; i++)
		to->times[i] += t->times[i];
}

static double
quantile(const struct load_tally *t, double q)
{
	long seen = 0;
	int i;

	for (i = 0; i < LOAD_BUCKETS; i++)
		if ((double)(seen += t->times[i]) > q * (double)t->good)
			return bucket_time(i);
	return (double)t->most;
}

void
load_tally_print(const struct load_tally *t)
{
	printf("{\"good\": %ld, \"bad\": %ld, \"broken\": %ld, "
	    "\"bytes\": %lld, \"p50\": %.0f, \"p99\": %.0f, \"most\": %lld}",
	    t->good, t->bad, t->broken, (long long)t->bytes,
	    quantile(t, 0.5), quantile(t, 0.99), (long long)t->most);
}
