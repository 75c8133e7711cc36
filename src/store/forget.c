/* forget.c: what there is of a person, for them to have, and to be erased. */
#include "store/internal.h"

enum { OWN_PAGE = 50 };

enum err
store_forget_ask(struct store *s, const struct uuid *person)
{
	struct store_flight f;
	struct store_row row;
	enum err e;

	store_flight_open(&f, s, NULL);
	store_query_uuid(store_flight_add(&f, SQL_FORGET_ASK), person);
	e = store_flight_run(&f);
	if (e == OK) {
		row = store_row_at(store_flight_result(&f, 0), 0, NULL);
		if (!store_row_bool(&row))
			e = ERR_FORBIDDEN;
	}
	store_flight_close(&f);
	return e;
}

enum err
store_forget_find(struct store *s, struct str name, int64_t comment,
    struct uuid *person)
{
	struct store_flight f;
	struct store_query *q;
	struct store_row row;
	enum err e;

	store_flight_open(&f, s, NULL);
	q = store_flight_add(&f, SQL_FORGET_FIND);
	store_query_str(q, name);
	store_query_int(q, comment);
	if ((e = store_flight_row(&f, &row)) == OK)
		*person = store_row_uuid(&row);
	store_flight_close(&f);
	return e;
}

enum err
store_forget_data(struct store *s, struct arena *a, struct store_trace *t)
{
	struct store_flight f;
	struct store_query *q;
	struct store_row row;
	enum err e;

	store_flight_open(&f, s, a);
	q = store_flight_add(&f, SQL_FORGET_DATA);
	store_query_uuid(q, &t->person);
	store_query_int(q, t->thread);
	store_query_int(q, t->id);
	e = store_flight_run(&f);
	t->n = 0;
	if (e == OK) {
		const PGresult *rs = store_flight_result(&f, 0);
		int rows = PQntuples(rs);

		t->lines = arena_alloc(a,
		    ((size_t)rows + 1) * sizeof(*t->lines));
		for (int i = 0; i < rows; i++) {
			row = store_row_at(rs, i, a);
			t->lines[t->n++] = store_row_str(&row);
			t->thread = store_row_int(&row);
			t->id = store_row_int(&row);
		}
	}
	store_flight_close(&f);
	return e;
}

enum err
store_forget_comments(struct store *s, struct arena *a,
    struct store_own_page *p)
{
	struct store_flight f;
	struct store_query *q;
	enum err e;

	store_flight_open(&f, s, a);
	q = store_flight_site(&f, SQL_FORGET_COMMENTS);
	store_query_uuid(q, &p->person);
	store_query_int(q, p->thread);
	store_query_int(q, p->id);
	e = store_flight_run(&f);
	p->n = 0;
	if (e == OK) {
		const PGresult *rs = store_flight_result(&f, 0);

		p->more = PQntuples(rs) > OWN_PAGE;
		p->rows = arena_alloc(a, (OWN_PAGE + 1) * sizeof(*p->rows));
		for (; p->n < OWN_PAGE && (int)p->n < PQntuples(rs); p->n++) {
			struct store_row row = store_row_at(rs, (int)p->n, a);

			store_row_comment(&row, &p->rows[p->n]);
		}
	}
	store_flight_close(&f);
	return e;
}

/* ---- erasing ---- */

struct turn {				/* whose turn it is */
	struct arena *arena;
	struct uuid person;
	int64_t comments;		/* erased before */
	struct { int64_t thread, id, root; } at[50];
	size_t n;
	bool nobody;
};

static enum err
next(struct store *s, struct turn *t)
{
	struct store_flight f;
	enum err e;

	store_flight_open(&f, s, t->arena);
	store_flight_add(&f, SQL_FORGET_NEXT);
	e = store_flight_run(&f);
	if (e == OK) {
		const PGresult *rs = store_flight_result(&f, 0);

		t->nobody = PQntuples(rs) == 0;
		for (int i = 0; i < PQntuples(rs); i++) {
			struct store_row row = store_row_at(rs, i, t->arena);

			t->person = store_row_uuid(&row);
			t->comments = store_row_int(&row);
			if (store_row_null(&row))
				break;
			t->at[t->n].thread = store_row_int(&row);
			t->at[t->n].id = store_row_int(&row);
			t->at[t->n].root = store_row_int(&row);
			t->n++;
		}
	}
	store_flight_close(&f);
	return e;
}

static void
put(struct store_flight *f, enum store_sql sql, int64_t thread, int64_t id)
{
	struct store_query *q = store_flight_add(f, sql);

	store_query_int(q, thread);
	store_query_int(q, id);
}

/* One transaction; the tree's lock first, as whoever changes a state does. */
static enum err
erase(struct store *s, const struct turn *t, size_t i)
{
	int64_t thread = t->at[i].thread, id = t->at[i].id;
	struct store_flight f;

	store_flight_open(&f, s, t->arena);
	store_flight_add(&f, SQL_BEGIN);
	put(&f, SQL_FORGET_TREE, thread, t->at[i].root);
	put(&f, SQL_FORGET_CHANGE, thread, id);
	put(&f, SQL_FORGET_WHOSE, thread, id);
	put(&f, SQL_COMMENT_ERASE, thread, id);
	put(&f, SQL_COMMENT_PLACE, thread, t->at[i].root);
	store_flight_add(&f, SQL_COMMIT);
	return store_flight_end(&f);
}

static enum err
votes(struct store *s, const struct turn *t, int64_t *n)
{
	struct store_flight f;
	struct store_row row;
	enum err e;

	store_flight_open(&f, s, NULL);
	store_query_uuid(store_flight_add(&f, SQL_FORGET_VOTES), &t->person);
	e = store_flight_run(&f);
	if (e == OK) {
		row = store_row_at(store_flight_result(&f, 0), 0, NULL);
		*n = store_row_int(&row);
	}
	store_flight_close(&f);
	return e;
}

/* The log says that somebody was erased, and not who. */
static enum err
rest_work(struct store *s, void *arg)
{
	const struct turn *t = arg;
	struct log_row log = { .act = model_act_logged(LOGGED_ERASE) };
	struct store_flight f;
	enum err e;

	log.actor_name = STR("foyer");
	log.after = arena_fmt(t->arena, "%lld", (long long)t->comments);
	store_flight_open(&f, s, t->arena);
	store_flight_add(&f, SQL_BEGIN);
	store_flight_site(&f, SQL_LOG_LOCK);
	store_query_uuid(store_flight_add(&f, SQL_FORGET_STILL), &t->person);
	e = store_flight_go(&f);
	if (e == OK && PQntuples(store_flight_result(&f, 2)) == 0)
		e = ERR_CONFLICT;
	if (e == OK)
		e = store_log_link(s, store_flight_result(&f, 1), &log);
	store_flight_close(&f);
	if (e != OK)
		return e;
	store_flight_open(&f, s, t->arena);
	store_query_uuid(store_flight_add(&f, SQL_FORGET_REST), &t->person);
	store_log_put(&f, &log);
	store_flight_add(&f, SQL_COMMIT);
	e = store_flight_go(&f);
	store_flight_close(&f);
	return e;
}

enum err
store_forget_step(struct store *s, struct arena *a, bool *left)
{
	struct turn t = { .arena = a };
	int64_t n = 0;
	enum err e = next(s, &t);

	*left = false;
	if (e != OK || t.nobody)
		return e;
	*left = true;
	if (t.n > 0) {
		for (size_t i = 0; i < t.n && e == OK; i++)
			e = erase(s, &t, i);
		return e;
	}
	e = votes(s, &t, &n);
	if (e == OK && n == 0)
		e = store_flight_work(s, rest_work, &t);
	return e == ERR_CONFLICT ? OK : e;	/* another node did it */
}
