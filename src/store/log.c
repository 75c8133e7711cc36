/* log.c: the moderation log: a chain that its writers take turns at. */
#include <assert.h>
#include <string.h>

#include "store/internal.h"

static store_chain_fn *chain;

void
store_log_chain(store_chain_fn *fn)
{
	chain = fn;
}

void
store_log_actor(struct log_row *log, const struct account *actor)
{
	if (actor == NULL) {
		log->actor_name = STR("foyerctl");
		return;
	}
	log->actor = actor->id;
	log->actor_name = actor->name;
}

static enum err
headless(struct store *s)
{
	store_fault_say(s, "the moderation log of site %s has no head: its row "
	    "of log_head is missing", s->site_name);
	return ERR_SCHEMA;
}

/* The slug is no part of the row: a review may get another. */
enum err
store_log_link(struct store *s, const PGresult *head, struct log_row *log)
{
	struct store_row row = store_row_at(head, 0, NULL);

	assert(chain != NULL);
	if (PQntuples(head) == 0)
		return headless(s);
	log->id = store_row_int(&row) + 1;
	store_row_hash(&row, log->prev);
	log->at = clock_now();
	chain(log, log->hash);
	return OK;
}

void
store_log_follow(const struct log_row *head, struct log_row *log)
{
	log->id = head->id + 1;
	log->at = head->at;
	memcpy(log->prev, head->hash, sizeof(log->prev));
	chain(log, log->hash);
}

void
store_log_put(struct store_flight *f, const struct log_row *log)
{
	struct store_query *q = store_flight_site(f, SQL_LOG_ADD);

	store_query_int(q, log->thread);
	store_query_int(q, log->id);
	store_query_int(q, log->at);
	store_query_uuid(q, &log->actor);
	store_query_str(q, log->actor_name);
	store_query_str(q, log->act);
	store_query_int(q, log->comment);
	store_query_str(q, log->reason);
	store_query_str(q, log->before);
	store_query_str(q, log->after);
	store_query_bytes(q, log->prev, sizeof(log->prev));
	store_query_bytes(q, log->hash, sizeof(log->hash));
	store_query_int(q, log->ref);
}

enum err
store_log_end(struct store *s, struct arena *a, const struct log_row *log)
{
	struct store_flight f;
	enum err e;

	store_flight_open(&f, s, a);
	f.once = true;
	store_log_put(&f, log);
	store_flight_add(&f, SQL_COMMIT);
	e = store_flight_go(&f);
	store_flight_close(&f);
	return e;
}

struct add {
	struct arena *arena;
	struct log_row *log;
};

static enum err
lock_head(struct store *s, const struct add *add)
{
	struct store_flight f;
	enum err e;

	store_flight_open(&f, s, add->arena);
	store_flight_add(&f, SQL_BEGIN);
	store_flight_site(&f, SQL_LOG_LOCK);
	e = store_flight_go(&f);
	if (e == OK)
		e = store_log_link(s, store_flight_result(&f, 1), add->log);
	store_flight_close(&f);
	return e;
}

static enum err
add_work(struct store *s, void *arg)
{
	const struct add *add = arg;
	enum err e = lock_head(s, add);

	return e == OK ? store_log_end(s, add->arena, add->log) : e;
}

enum err
store_log_add(struct store *s, struct arena *a, struct log_row *log)
{
	struct add add = { a, log };

	return store_flight_work(s, add_work, &add);
}

static void
take_log(struct store_row *r, struct log_row *log)
{
	log->id = store_row_int(r);
	log->at = store_row_int(r);
	log->actor = store_row_uuid(r);
	log->actor_name = store_row_str(r);
	log->act = store_row_str(r);
	log->thread = store_row_int(r);
	log->comment = store_row_int(r);
	log->slug = store_row_str(r);
	log->reason = store_row_str(r);
	log->before = store_row_str(r);
	log->after = store_row_str(r);
	store_row_hash(r, log->prev);
	store_row_hash(r, log->hash);
	log->ref = store_row_int(r);
	log->undone = store_row_int(r);
}

static enum err
read_rows(struct store_flight *f, struct log_row **ret, size_t *n)
{
	enum err e = store_flight_run(f);
	const PGresult *rs;
	size_t i;

	if (e == OK) {
		rs = store_flight_result(f, 0);
		*n = (size_t)PQntuples(rs);
		*ret = arena_alloc(f->arena, (*n + 1) * sizeof(**ret));
		for (i = 0; i < *n; i++) {
			struct store_row row = store_row_at(rs, (int)i,
			    f->arena);

			take_log(&row, &(*ret)[i]);
		}
	}
	store_flight_close(f);
	return e;
}

enum err
store_log_list(struct store *s, struct arena *a, int64_t before,
    struct log_row **ret, size_t *n)
{
	struct store_flight f;

	store_flight_open(&f, s, a);
	store_query_int(store_flight_site(&f, SQL_LOG_LIST),
	    before != 0 ? before : INT64_MAX);
	return read_rows(&f, ret, n);
}

static void
find_query(struct store_flight *f, const struct store_log_find *find)
{
	struct store_query *q = store_flight_site(f, SQL_LOG_FIND);

	store_query_int(q, find->before != 0 ? find->before : INT64_MAX);
	store_query_str(q, find->slug);
	store_query_str(q, find->actor);
	store_query_str(q, find->act);
	store_query_int(q, find->since);
	store_query_int(q, find->until);
	store_query_int(q, find->most);
}

enum { LOOKED_AT = 2000 };		/* log_find's limit */

/* Without a row that fits there is one that says how far it looked. */
static void
find_take(const PGresult *rs, struct arena *a, struct store_log_find *find)
{
	int64_t floor = 0, looked = 0;
	int i, n = PQntuples(rs);

	find->rows = arena_alloc(a, ((size_t)n + 1) * sizeof(*find->rows));
	find->n = 0;
	for (i = 0; i < n; i++) {
		struct store_row row = store_row_at(rs, i, a);
		bool none = store_row_null(&row);

		take_log(&row, &find->rows[find->n]);
		find->n += !none;
		floor = store_row_int(&row);
		looked = store_row_int(&row);
	}
	find->next = looked == LOOKED_AT ? floor : 0;
	if (find->n > 0 && (int64_t)find->n == find->most)
		find->next = find->rows[find->n - 1].id;
}

enum err
store_log_find(struct store *s, struct arena *a, struct store_log_find *find)
{
	struct store_flight f;
	enum err e;

	store_flight_open(&f, s, a);
	find_query(&f, find);
	if ((e = store_flight_run(&f)) == OK)
		find_take(store_flight_result(&f, 0), a, find);
	store_flight_close(&f);
	return e;
}

enum err
store_log_walk(struct store *s, struct arena *a, int64_t after,
    struct log_row **ret, size_t *n)
{
	struct store_flight f;

	store_flight_open(&f, s, a);
	store_query_int(store_flight_site(&f, SQL_LOG_WALK), after);
	return read_rows(&f, ret, n);
}

enum err
store_log_get(struct store *s, struct arena *a, const int64_t *ids, size_t n,
    struct store_rows *ret)
{
	struct store_flight f;

	store_flight_open(&f, s, a);
	store_query_ints(store_flight_site(&f, SQL_LOG_GET), ids, n);
	return read_rows(&f, &ret->rows, &ret->n);
}

enum err
store_log_head(struct store *s, int64_t *id, unsigned char hash[32])
{
	struct store_flight f;
	struct store_row row;
	enum err e;

	store_flight_open(&f, s, NULL);
	store_flight_site(&f, SQL_LOG_HEAD);
	e = store_flight_run(&f);
	if (e == OK && PQntuples(store_flight_result(&f, 0)) == 0)
		e = headless(s);
	if (e == OK) {
		row = store_row_at(store_flight_result(&f, 0), 0, NULL);
		*id = store_row_int(&row);
		store_row_hash(&row, hash);
	}
	store_flight_close(&f);
	return e;
}
