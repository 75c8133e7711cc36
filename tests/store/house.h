/*
 * house.h: what the tests of store share: a database of their own.
 *
 * tests/store/test_store.py runs each test in a process and a database of its
 * own and says where: FOYER_TEST_DB (as foyer_web), FOYER_TEST_ADMIN (as the
 * superuser), FOYER_TEST (the test), FOYER_TEST_CONTROL (a socket on which it
 * is asked to stop, start, hang and unhang the server).
 */
#ifndef TESTS_STORE_HOUSE_H
#define TESTS_STORE_HOUSE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <libpq-fe.h>

#include "store/store.h"

enum { SECOND = 1000000 };		/* us */

struct house {
	struct arena *arena;
	struct store *store;
	PGconn *admin;
	struct account moderator;
};

int house_open(void **state);		/* cmocka's setup and teardown */
int house_close(void **state);
int house_run(const struct CMUnitTest *, size_t n);
#define HOUSE_TEST(f)	cmocka_unit_test_setup_teardown(f, house_open, \
    house_close)
#define HOUSE_MAIN(tests)	int main(void)				\
{									\
	return house_run(tests, COUNT(tests));				\
}

/* Another store on the same database. */
struct store *house_store(struct house *);
/* Runs SQL as the superuser; the first cell as a number, else 0. */
int64_t house_sql(struct house *, const char *fmt, ...) LIKE_PRINTF(2, 3);
void house_ask(const char *command);	/* of the control socket */
/* Forks `n` of them, each with a store of its own; waits for them all. */
void house_fork(struct house *, int n, void (*child)(struct house *, int i));
void house_reap(int n);
/* Until somebody waits for another's lock. */
void house_await_lock(struct house *);

/* A review "a-film" (or another slug) whose thread has this policy. */
int64_t house_review(struct house *, const char *slug, const char *policy);
/* A draft by person number n (>= 1), with a fresh key. */
struct draft house_draft(struct house *, const char *slug, int person,
    const char *body);
/* Posts it; the new comment's id. */
int64_t house_post(struct house *, const struct draft *, enum model_state);
/* A shown comment by person 1, below `parent` or a root. */
int64_t house_say(struct house *, const char *slug, int64_t parent);
enum err house_rule(struct house *, int64_t id, enum model_act,
    enum model_state seen);
/* The first page, oldest first, of "a-film". */
struct thread_page house_page(struct house *);
const struct comment *house_find(const struct thread_page *, int64_t id);

#endif
