/* follow.c: readers who want to hear of replies. */
#include "store/internal.h"

void
store_follow_ask(struct store_flight *f, const struct draft *d)
{
	struct store_query *q = store_flight_site(f, SQL_FOLLOW_ASK);

	store_query_int(q, d->thread);
	store_query_uuid(q, &d->key);
	store_query_uuid(q, &d->person);
	store_query_str(q, d->email_hash);
	store_query_str(q, d->follow);
}

static struct store_query *
ask(struct store_flight *f, enum store_sql sql, const struct store_follower *w)
{
	struct store_query *q = store_flight_add(f, sql);

	store_query_int(q, w->thread);
	store_query_int(q, w->comment);
	return q;
}

enum err
store_follow_get(struct store *s, struct arena *a, struct store_follower *w)
{
	struct store_flight f;
	struct store_row row;
	enum err e;

	store_flight_open(&f, s, a);
	store_query_uuid(ask(&f, SQL_FOLLOW_GET, w), &w->person);
	if ((e = store_flight_row(&f, &row)) == OK) {
		w->slug = store_row_str(&row);
		w->title = store_row_str(&row);
		w->language = store_row_str(&row);
		w->confirmed = store_row_bool(&row);
	}
	store_flight_close(&f);
	return e;
}

enum err
store_follow_confirm(struct store *s, const struct store_follower *w)
{
	struct store_flight f;
	struct store_row row;
	enum err e;

	store_flight_open(&f, s, NULL);
	store_query_uuid(ask(&f, SQL_FOLLOW_CONFIRM, w), &w->person);
	e = store_flight_row(&f, &row);
	if (e == OK && store_row_int(&row) == 0)
		e = ERR_NOT_FOUND;
	store_flight_close(&f);
	return e;
}

enum err
store_follow_stop(struct store *s, const struct store_follower *w, bool all)
{
	struct store_flight f;
	struct store_query *q;

	store_flight_open(&f, s, NULL);
	q = ask(&f, SQL_FOLLOW_STOP, w);
	store_query_uuid(q, &w->person);
	store_query_bool(q, all);
	return store_flight_end(&f);
}

static enum err
list(struct store_flight *f, bool titled, struct store_follower **ret,
    size_t *n)
{
	enum err e = store_flight_run(f);
	size_t i;

	*n = e == OK ? (size_t)PQntuples(store_flight_result(f, 0)) : 0;
	*ret = arena_alloc(f->arena, (*n + 1) * sizeof(**ret));
	for (i = 0; i < *n; i++) {
		struct store_follower *w = &(*ret)[i];
		struct store_row row = store_row_at(store_flight_result(f, 0),
		    (int)i, f->arena);

		w->thread = store_row_int(&row);
		w->comment = store_row_int(&row);
		w->person = store_row_uuid(&row);
		w->address = store_row_str(&row);
		w->asked = store_row_int(&row);
		w->confirmed = store_row_int(&row);
		if (!titled)
			continue;
		w->slug = store_row_str(&row);
		w->title = store_row_str(&row);
	}
	store_flight_close(f);
	return e;
}

enum err
store_follow_list(struct store *s, struct arena *a,
    const struct store_follower *after, struct store_follower **ret, size_t *n)
{
	struct store_flight f;

	store_flight_open(&f, s, a);
	ask(&f, SQL_FOLLOW_LIST, after);
	return list(&f, false, ret, n);
}

enum err
store_follow_of(struct store *s, struct arena *a, const struct uuid *person,
    struct store_follower **ret, size_t *n)
{
	struct store_flight f;
	struct store_query *q;

	store_flight_open(&f, s, a);
	q = store_flight_add(&f, SQL_FOLLOW_OF);
	store_query_uuid(q, person);
	store_query_int(q, (int64_t)*n);
	return list(&f, true, ret, n);
}

enum err
store_follow_end(struct store *s, const struct uuid *person, int64_t comment)
{
	struct store_flight f;
	struct store_query *q;

	store_flight_open(&f, s, NULL);
	q = store_flight_add(&f, SQL_FOLLOW_END);
	store_query_uuid(q, person);
	store_query_int(q, comment);
	return store_flight_end(&f);
}

enum err
store_follow_reseal(struct store *s, const struct store_follower *old,
    struct str address)
{
	struct store_flight f;
	struct store_query *q;
	struct store_row row;
	enum err e;

	store_flight_open(&f, s, NULL);
	q = ask(&f, SQL_FOLLOW_RESEAL, old);
	store_query_str(q, old->address);
	store_query_str(q, address);
	e = store_flight_row(&f, &row);
	store_flight_close(&f);
	return e;
}

enum err
store_follow_retire(struct store *s, int days)
{
	struct store_flight f;

	store_flight_open(&f, s, NULL);
	store_query_int(store_flight_add(&f, SQL_FOLLOW_RETIRE), days);
	return store_flight_end(&f);
}
