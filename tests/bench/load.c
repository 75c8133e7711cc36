/* load.c: readers and posters, many connections on one thread; JSON out. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "load.h"

/*
 * load [-c CONNECTIONS] [-n REQUESTS] [-t SECONDS] [-r RATE] [-b FIRST]
 *     [-s SLOW -S FILE] PORT FILE...
 *
 * A FILE holds one whole request of HTTP/1.1; they are sent in turn, and each
 * run of twelve @ in them is replaced by the request's number, counted from
 * FIRST. Without -r a connection asks again as soon as it is answered; with it
 * all of them together ask RATE times a second, whether answered or not, and
 * the time of an answer counts from when its request was due. SLOW more
 * connections send the request of -S in pieces over all the time.
 */

enum {
	PIECES = 20,			/* of a slow request */
	GRACE = 10			/* seconds for the last answers */
};

static struct {
	long conns, slow, requests, first;
	double seconds, rate;
	const char *slow_file;
	int port;
	struct load_text texts[LOAD_KINDS + 1];	/* the last: the slow one */
	int kinds;
} option = { .conns = 8, .requests = 100000000, .seconds = 5 };

static struct load_tally tallies[LOAD_KINDS + 1];
static struct load_conn *conns;		/* fast ones, then slow ones */
static long sent, pieces, waiting;
static int64_t began, over;		/* over: nothing more is sent */
static int epoll;

static void
give_up(const char *what)
{
	fprintf(stderr, "load: %s: %s\n", what, strerror(errno));
	exit(1);
}

static void
reconnect(struct load_conn *c)
{
	struct epoll_event event = { .events = EPOLLIN, .data.ptr = c };

	if (c->fd >= 0)
		close(c->fd);
	c->fd = load_connect(option.port);
	if (c->fd < 0 || epoll_ctl(epoll, EPOLL_CTL_ADD, c->fd, &event) != 0)
		give_up("connect");
}

/* A request at once; a server that has closed meanwhile is asked again. */
static void
ask(struct load_conn *c, int64_t due)
{
	struct load_text *text;
	int tries;

	c->kind = (int)(sent % option.kinds);
	text = &option.texts[c->kind];
	load_text_number(text, option.first + sent);
	sent++;
	for (tries = 0; tries < 2; tries++) {
		if (send(c->fd, text->at, text->len, MSG_NOSIGNAL) ==
		    (ssize_t)text->len) {
			load_conn_begin(c, due);
			waiting++;
			return;
		}
		reconnect(c);
	}
	tallies[c->kind].broken++;
}

/* The next piece of a slow request; the last one begins its clock. */
static void
trickle(struct load_conn *c, long piece, int64_t now)
{
	struct load_text *text = &option.texts[option.kinds];
	size_t from = text->len * (size_t)piece / PIECES;
	size_t to = text->len * (size_t)(piece + 1) / PIECES;

	c->kind = option.kinds;
	load_text_number(text, option.first + 500000000 + (c - conns));
	if (send(c->fd, text->at + from, to - from, MSG_NOSIGNAL) !=
	    (ssize_t)(to - from))
		tallies[c->kind].broken++;
	if (piece + 1 == PIECES) {
		load_conn_begin(c, now);
		waiting++;
	}
}

static bool
may_send(int64_t now)
{
	return now < over && sent < option.requests;
}

static void
ready(struct load_conn *c, int64_t now)
{
	enum load_state state;

	if (!c->busy) {			/* closed while idle */
		reconnect(c);
		return;
	}
	state = load_conn_read(c);
	if (state == LOAD_MORE)
		return;
	waiting--;
	c->busy = false;
	load_tally_add(&tallies[c->kind], state, c->status, now - c->began);
	tallies[c->kind].bytes += c->bytes;
	if (state == LOAD_BROKEN || c->closing)
		reconnect(c);
	if (option.rate <= 0 && c < conns + option.conns && may_send(now))
		ask(c, now);
}

/* What is due by now, of readers and of slow requests. */
static void
pace(int64_t now)
{
	double passed = (double)(now - began) / 1e6;
	double slow_rate = (double)(option.slow * PIECES) / option.seconds;

	while (option.rate > 0 && may_send(now) &&
	    (double)sent < passed * option.rate) {
		struct load_conn *c = &conns[sent % option.conns];

		if (c->busy) {		/* a whole round late */
			tallies[sent % option.kinds].broken++;
			sent++;
			continue;
		}
		ask(c, began + (int64_t)((double)sent / option.rate * 1e6));
	}
	while (pieces < option.slow * PIECES &&
	    (double)pieces < passed * slow_rate) {
		trickle(&conns[option.conns + pieces % option.slow],
		    pieces / option.slow, now);
		pieces++;
	}
}

static int64_t
run(void)
{
	struct epoll_event events[256];
	int64_t now = load_now(), last = now;
	int i, n, wait = option.rate > 0 || option.slow > 0 ? 1 : 50;

	began = now;
	over = began + (int64_t)(option.seconds * 1e6);
	for (i = 0; option.rate <= 0 && i < option.conns; i++)
		ask(&conns[i], now);
	while (waiting > 0 || may_send(now) || pieces < option.slow * PIECES) {
		n = epoll_wait(epoll, events, 256, wait);
		now = load_now();
		for (i = 0; i < n; i++)
			ready(events[i].data.ptr, now);
		if (n > 0)
			last = now;
		pace(now);
		if (now > over + (int64_t)GRACE * 1000000)
			break;
	}
	return last - began;
}

static void
options(int argc, char **argv)
{
	int c, i;

	while ((c = getopt(argc, argv, "c:n:t:r:b:s:S:")) != -1)
		switch (c) {
		case 'c': option.conns = atol(optarg); break;
		case 'n': option.requests = atol(optarg); break;
		case 't': option.seconds = atof(optarg); break;
		case 'r': option.rate = atof(optarg); break;
		case 'b': option.first = atol(optarg); break;
		case 's': option.slow = atol(optarg); break;
		case 'S': option.slow_file = optarg; break;
		default: exit(64);
		}
	option.kinds = argc - optind - 1;
	if (option.kinds < 1 || option.kinds > LOAD_KINDS ||
	    option.conns < 1 || option.conns + option.slow > 15000 ||
	    option.seconds > 600 || (option.slow > 0) != !!option.slow_file)
		exit(64);
	option.port = atoi(argv[optind]);
	for (i = 0; i < option.kinds; i++)
		if (!load_text_read(&option.texts[i], argv[optind + 1 + i]))
			give_up(argv[optind + 1 + i]);
	if (option.slow > 0 && !load_text_read(&option.texts[option.kinds],
	    option.slow_file))
		give_up(option.slow_file);
}

static void
report(int64_t usec)
{
	struct load_tally all = { 0 };
	int i;

	for (i = 0; i < option.kinds; i++)
		load_tally_sum(&all, &tallies[i]);
	printf("{\"seconds\": %.6f, \"rate\": %.2f, \"unanswered\": %ld, "
	    "\"all\": ", (double)usec / 1e6,
	    (double)all.good / ((double)usec / 1e6), waiting);
	load_tally_print(&all);
	printf(", \"slow\": ");
	load_tally_print(&tallies[option.kinds]);
	printf(", \"kinds\": [");
	for (i = 0; i < option.kinds; i++) {
		printf(i > 0 ? ", " : "");
		load_tally_print(&tallies[i]);
	}
	printf("]}\n");
}

int
main(int argc, char **argv)
{
	long i, all;

	options(argc, argv);
	all = option.conns + option.slow;
	conns = calloc((size_t)all, sizeof(*conns));
	epoll = epoll_create1(EPOLL_CLOEXEC);
	if (conns == NULL || epoll < 0)
		give_up("memory");
	for (i = 0; i < all; i++) {
		conns[i].fd = -1;
		reconnect(&conns[i]);
	}
	report(run());
	return 0;
}
