/* load.h: what load.c and http.c share. */
#ifndef BENCH_LOAD_H
#define BENCH_LOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	LOAD_KINDS = 400,		/* different requests */
	LOAD_MARKS = 4,			/* numbers in one request */
	LOAD_DIGITS = 12,
	LOAD_BUCKETS = 2048		/* of times, 64 to each power of two */
};

int64_t load_now(void);			/* monotonic, microseconds */
int load_connect(int port);		/* to 127.0.0.1; -1: could not */

/* A request, and where in it numbers go. */
struct load_text {
	char *at;
	size_t len;
	size_t marks[LOAD_MARKS];
	int nmarks;
};

bool load_text_read(struct load_text *, const char *file);
void load_text_number(struct load_text *, long n);

struct load_conn {
	int fd, kind, status;
	bool busy, closing;		/* the server will close */
	int64_t began, left, bytes;	/* of the body; of the answer */
	size_t len;
	char head[2048];
};

enum load_state { LOAD_MORE, LOAD_DONE, LOAD_BROKEN };

void load_conn_begin(struct load_conn *, int64_t now);
/* Reads what has come of the answer. */
enum load_state load_conn_read(struct load_conn *);

/* Answers, and how long they took. */
struct load_tally {
	long good, bad, broken;		/* 2xx and 3xx, other, none */
	int64_t bytes, most;
	long times[LOAD_BUCKETS];
};

void load_tally_add(struct load_tally *, enum load_state, int status,
    int64_t usec);
void load_tally_sum(struct load_tally *, const struct load_tally *);
void load_tally_print(const struct load_tally *);	/* as JSON */

#endif
