/*
 * internal.h: what the files of store share.
 *
 * A flight is what crosses to the server and back at once: statements sent
 * together, one Sync, their results. Without a BEGIN of its own it is one
 * transaction (PostgreSQL, "Pipelining").
 */
#ifndef STORE_INTERNAL_H
#define STORE_INTERNAL_H

#include <libpq-fe.h>

#include "statements.h"
#include "store/store.h"

enum store_sql {
#define ID(id, name, params, text) id,
	STATEMENTS(ID)
#undef ID
	SQL_COUNT
};

enum {
	STORE_PARAMS = 24,		/* of one statement, at most */
	STORE_NUMBERS = 8,		/* among them */
	STORE_FLIGHT = 10,		/* statements of one flight, at most */
	STORE_TIMEOUT = 3000000,	/* us: connecting and asking, in all */
	STORE_FIRST = 8000000,		/* us: that, before it ever answered */
	STORE_PATIENCE = 1000000,	/* us: with one of several hosts */
	STORE_THROTTLE = 250000		/* us between two tries to connect */
};

/* What may be done about the last failure. */
enum store_again {
	STORE_GIVE_UP,
	STORE_AGAIN_LOST,		/* nothing was done, or harmless */
	STORE_AGAIN_SERIAL		/* 40001, 40P01 */
};

struct store_host {			/* NULL: as the conninfo says */
	const char *host, *addr, *port;
};

struct store {
	const char *conninfo, *site_name;
	const struct store_host *hosts;
	size_t nhosts, host;		/* host: the one to try first */
	bool silent;			/* it has not answered in time */
	bool met;			/* it has answered once */
	PGconn *conn;			/* NULL: none; in pipeline mode */
	int64_t deadline;		/* of the call, clock_mono */
	int64_t until;			/* of all calls, or 0 */
	int64_t next_try;		/* no connecting before */
	enum err refusal;		/* what the last try ended with */
	int newest;			/* migration of the database */
	int64_t waited;			/* usec, for the server */
	int64_t trips;
	struct store_guess *guesses;	/* guess.c */
	char site[24];			/* the row's id */
	bool drop;			/* the connection is of no more use */
	bool pooled;			/* through a pool, with our names */
	bool prepared[SQL_COUNT];	/* on this connection, or sent */
	enum store_again again;
	char trouble[400];
	bool quoting;			/* it may hold what somebody wrote */
};

/* ---- fault.c: what went wrong, as an error and a sentence. ---- */

enum err store_fault_result(struct store *, const PGresult *) MUST_CHECK;
/* The connection is given up, whatever it was doing. */
enum err store_fault_lost(struct store *, const char *why) MUST_CHECK;
void store_fault_drop(struct store *);
void store_fault_say(struct store *, const char *fmt, ...) LIKE_PRINTF(2, 3);

/* ---- wait.c: libpq, never longer than the deadline. ---- */

enum err store_wait(struct store *, short events) MUST_CHECK;
enum err store_wait_flush(struct store *) MUST_CHECK;
/* One statement's result; a Sync's too. */
enum err store_wait_result(struct store *, PGresult **ret) MUST_CHECK;
/* The server has not hung up while nobody looked. */
bool store_wait_alive(struct store *);

/* ---- connect.c ---- */

/* OK at once when connected; else connects and checks the schema. */
enum err store_connect(struct store *) MUST_CHECK;

/* ---- prepare.c ---- */

const char *store_prepare_name(enum store_sql);	/* as it is prepared */
int store_prepare_params(enum store_sql);
/* Before its use in a pipeline, where this connection has not yet. *sent: its
 * result is to be heard before that of its use. */
bool store_prepare_send(struct store *, enum store_sql, bool *sent) MUST_CHECK;
/* *refused: its result, where it is not prepared now; else untouched. */
enum err store_prepare_hear(struct store *, enum store_sql,
    PGresult **refused) MUST_CHECK;

/* ---- hosts.c ---- */

void store_hosts_read(struct store *, struct arena *);
void store_hosts_next(struct store *);

/* ---- pool.c ---- */

/* db_schema's row: in which columns the process and whether it has the name. */
void store_pool_look(struct store *, const PGresult *, int pid, int named);
/* ERR_SCHEMA: a pool forgets what was prepared. */
enum err store_pool_check(struct store *) MUST_CHECK;

/* ---- query.c: a statement and its parameters. ---- */

struct store_query {
	enum store_sql sql;
	int n;				/* parameters given */
	struct arena *arena;		/* for arrays; NULL if there are none */
	const char *values[STORE_PARAMS];
	int lengths[STORE_PARAMS], formats[STORE_PARAMS];
	char digits[STORE_NUMBERS][24];
	int ndigits;
	bool prepares;			/* it is the first of its kind here */
	PGresult *result;
};

/* An integer of any width; text as it is; a bytea; a uuid. */
void store_query_int(struct store_query *, int64_t);
void store_query_str(struct store_query *, struct str);
void store_query_bool(struct store_query *, bool);
void store_query_bytes(struct store_query *, const void *, size_t);
void store_query_uuid(struct store_query *, const struct uuid *);
/* For $n::text::text[] and $n::text::bigint[]. */
void store_query_strs(struct store_query *, const struct str *, size_t);
void store_query_ints(struct store_query *, const int64_t *, size_t);
/* For comment.verdict. */
void store_query_verdict(struct store_query *, const struct verdict *);

/* ---- flight.c ---- */

struct store_flight {
	struct store *store;
	struct arena *arena;
	bool once;			/* not again if its answer is lost */
	size_t n;
	struct store_query each[STORE_FLIGHT];
};

void store_flight_open(struct store_flight *, struct store *, struct arena *);
struct store_query *store_flight_add(struct store_flight *, enum store_sql);
/* The same with the site as first parameter; it is known once connected. */
struct store_query *store_flight_site(struct store_flight *, enum store_sql);
/* Sends and gathers once; for use inside `work`. */
enum err store_flight_go(struct store_flight *) MUST_CHECK;
void store_flight_close(struct store_flight *);
/* The statement's result after a flight. */
const PGresult *store_flight_result(const struct store_flight *, size_t);

/* Runs `work` connected and within the deadline; again as store.h says. A
 * transaction that it leaves open is rolled back. */
typedef enum err store_work_fn(struct store *, void *arg);
enum err store_flight_work(struct store *, store_work_fn *, void *arg)
    MUST_CHECK;
/* A flight that is all there is to do. */
enum err store_flight_run(struct store_flight *) MUST_CHECK;
/* The same, and closes it: nobody reads what it gave. */
enum err store_flight_end(struct store_flight *) MUST_CHECK;
struct store_row;
/* The same for one that begins with a statement of one row; ERR_NOT_FOUND where
 * it has none. */
enum err store_flight_row(struct store_flight *, struct store_row *ret)
    MUST_CHECK;

/* ---- row.c: one row of a binary result; text is copied into the arena.
 * A column's type is one of tests/sql/test_results.py. ---- */

struct store_row {
	const PGresult *rs;
	int row, col;			/* col moves on with each take */
	struct arena *arena;
};

struct store_row store_row_at(const PGresult *, int row, struct arena *);
bool store_row_null(const struct store_row *);		/* of the next */
int64_t store_row_int(struct store_row *);		/* NULL: 0 */
bool store_row_bool(struct store_row *);
struct str store_row_str(struct store_row *);		/* NULL: "" */
struct uuid store_row_uuid(struct store_row *);
void store_row_hash(struct store_row *, unsigned char ret[32]);
int64_t store_row_time(struct store_row *);	/* usec; NULL: 0 */
struct str *store_row_strs(struct store_row *, size_t *n);	/* text[] */
int64_t *store_row_ints(struct store_row *, size_t *n);	/* bigint[] */
enum model_state store_row_state(struct store_row *);
enum model_policy store_row_policy(struct store_row *);
/* The seventeen columns of comment_get. */
void store_row_comment(struct store_row *, struct comment *);
/* A comment as readers see it. */
void store_thread_comment(struct store_row *, const struct thread *,
    struct comment *);
void store_row_thread(struct store_row *, struct thread *);

/* ---- guess.c: threads as they were at most two seconds ago. ---- */

void store_guess_open(struct store *, struct arena *);
void store_guess_keep(struct store *, const struct thread *);
bool store_guess_find(const struct store *, struct arena *, struct str slug,
    struct thread *ret);
void store_guess_drop(struct store *, struct str slug);
/* Of a thread that a page or a post was about; 0: not known. */
int64_t store_guess_id(const struct store *, struct str slug);
/* As many comments as it showed then; INT64_MAX: not known. */
int64_t store_guess_count(const struct store *, struct str slug);
void store_guess_forget(struct store *, struct str slug);

/* ---- log.c: a row of the log inside somebody's transaction. ---- */

void store_log_actor(struct log_row *, const struct account *);
/* head: log_lock's result. Fills id, at, prev, hash. */
enum err store_log_link(struct store *, const PGresult *head,
    struct log_row *) MUST_CHECK;
void store_log_put(struct store_flight *, const struct log_row *);
/* Adds it and commits; never sent twice. */
enum err store_log_end(struct store *, struct arena *,
    const struct log_row *) MUST_CHECK;
/* A new account; a new password. No row: there is none of that name. */
void store_account_put(struct store_flight *, const struct account *);
void store_account_renew(struct store_flight *, struct str name,
    struct str password);
/* The row behind `head` in the same transaction. */
void store_log_follow(const struct log_row *head, struct log_row *);

/* ---- change.c ---- */

/* comment: whose words changed; 0: the review's. */
void store_change_put(struct store_flight *, int64_t thread, int64_t comment,
    int shown);
/* What SQL_CHANGE_VERSION said, as the flight's first statement. */
int64_t store_change_taken(const struct store_flight *);

/* ---- follow.c ---- */

/* In the flight that adds the draft's comment. */
void store_follow_ask(struct store_flight *, const struct draft *);

/* ---- mark.c ---- */

/* In the flight that keeps the draft, before it and after what locks comments,
 * so that nobody waits in a circle: what its verdict names. */
void store_mark_put(struct store_flight *, const struct draft *,
    const struct verdict *);
/* After ERR_CONFLICT: it was for that. */
bool store_mark_refused(const struct store_flight *);

/* ---- review.c ---- */

enum err store_review_take(const PGresult *, struct arena *, struct review *)
    MUST_CHECK;

/* ---- letter.c ---- */

/* letter_of's or page_featured's rows. */
struct letter_row *store_letter_take(const PGresult *, struct arena *,
    size_t *n);
/* Featured comments, by their ids, as the page tells them. */
enum err store_letter_featured(struct store *, struct arena *, const int64_t *,
    size_t n, struct thread_page *) MUST_CHECK;

/* ---- passage.c ---- */

/* passage_list's rows into the review, by start. */
void store_passage_take(const PGresult *, struct arena *, struct review *);

/* ---- plain.c: a connection that waits: for what is run once, by hand. ---- */

struct store_plain {
	PGconn *conn;
	void (*say)(const char *line);
};

/* Close it in any case. Says what went wrong. */
enum err store_plain_open(struct store_plain *, const char *conninfo,
    void (*say)(const char *)) MUST_CHECK;
void store_plain_close(struct store_plain *);
/* Says "what: " and what PostgreSQL says; e. */
enum err store_plain_trouble(const struct store_plain *, const char *what,
    enum err e);
enum err store_plain_run(const struct store_plain *, const char *sql)
    MUST_CHECK;
/* value: $1, or NULL. -1: it could not be asked. */
int store_plain_number(const struct store_plain *, const char *sql,
    const char *value);

#endif
