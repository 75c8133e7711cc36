/* keep.c: everything that is kept, a page of a table at a time, out and in. */
#include "store/internal.h"

enum { PAGE_ROWS = 500 };

struct keep {
	struct arena *arena;
	struct str slug;
	struct store_keep *ret;
};

static void
take_tables(const PGresult *rs, const struct keep *k)
{
	size_t rows = (size_t)PQntuples(rs);

	k->ret->tables = arena_alloc(k->arena,
	    (rows + 1) * sizeof(*k->ret->tables));
	for (size_t i = 0; i < rows; i++) {
		struct store_row row = store_row_at(rs, (int)i, k->arena);
		struct store_keep_table *t = &k->ret->tables[k->ret->ntables];

		t->name = store_row_str(&row);
		t->keys = store_row_strs(&row, &t->nkeys);
		t->review = store_row_str(&row);
		k->ret->ntables += k->ret->review == 0 || t->review.len > 0;
	}
}

static enum err
open_work(struct store *s, void *arg)
{
	const struct keep *k = arg;
	struct store_flight f;
	struct store_row row;
	enum err e;

	*k->ret = (struct store_keep){ .review = 0 };
	store_flight_open(&f, s, k->arena);
	store_flight_add(&f, SQL_KEEP_BEGIN);
	store_flight_add(&f, SQL_KEEP_PATIENT);
	store_query_str(store_flight_site(&f, SQL_KEEP_HEAD), k->slug);
	store_flight_add(&f, SQL_KEEP_TABLES);
	e = store_flight_go(&f);
	if (e == OK && PQntuples(store_flight_result(&f, 2)) == 0)
		e = ERR_NOT_FOUND;
	if (e == OK) {
		row = store_row_at(store_flight_result(&f, 2), 0, k->arena);
		k->ret->header = store_row_str(&row);
		k->ret->review = store_row_int(&row);
		k->ret->rows = store_row_int(&row);
		take_tables(store_flight_result(&f, 3), k);
	}
	store_flight_close(&f);
	return e;
}

enum err
store_keep_open(struct store *s, struct arena *a, struct str slug,
    struct store_keep *ret)
{
	struct keep k = { a, slug, ret };

	return store_flight_work(s, open_work, &k);
}

/* On a new connection the moment that the export is of is over. */
static enum err
same_moment(struct store *s, void *arg)
{
	if (PQtransactionStatus(s->conn) == PQTRANS_INTRANS)
		return store_flight_go(arg);
	store_fault_say(s, "the connection was lost; begin anew");
	return ERR_DATABASE;
}

static void
take_page(const PGresult *rs, struct arena *a, struct store_keep_page *page)
{
	struct store_row row = { NULL, 0, 0, NULL };

	page->n = (size_t)PQntuples(rs);
	page->lines = arena_alloc(a, (page->n + 1) * sizeof(*page->lines));
	for (size_t i = 0; i < page->n; i++) {
		row = store_row_at(rs, (int)i, a);
		page->lines[i] = store_row_str(&row);
	}
	if (page->n > 0)
		page->at = store_row_strs(&row, &page->nat);
}

enum err
store_keep_rows(struct store *s, struct arena *a, const struct store_keep *k,
    size_t table, struct store_keep_page *page)
{
	const struct store_keep_table *t = &k->tables[table];
	struct store_flight f;
	struct store_query *q;
	enum err e;

	store_flight_open(&f, s, a);
	q = store_flight_add(&f, SQL_KEEP_ROWS);
	store_query_str(q, t->name);
	store_query_strs(q, t->keys, t->nkeys);
	store_query_str(q, t->review);
	store_query_int(q, k->review);
	store_query_strs(q, page->at, page->nat);
	store_query_int(q, PAGE_ROWS);
	e = store_flight_work(s, same_moment, &f);
	if (e == OK)
		take_page(store_flight_result(&f, 0), a, page);
	store_flight_close(&f);
	return e;
}

void
store_keep_close(struct store *s)
{
	struct store_flight f;

	store_flight_open(&f, s, NULL);
	store_flight_add(&f, SQL_ROLLBACK);
	if (store_flight_run(&f) != OK)
		store_fault_drop(s);
	store_flight_close(&f);
}

enum err
store_keep_import(struct store *s, struct arena *a, struct store_import *is)
{
	struct store_flight f;
	struct store_query *q;
	struct store_row row;
	enum err e;

	store_flight_open(&f, s, a);
	q = store_flight_site(&f, SQL_KEEP_IMPORT);
	store_query_str(q, is->header);
	store_query_str(q, is->which);
	e = store_flight_run(&f);
	if (e == OK) {
		row = store_row_at(store_flight_result(&f, 0), 0, a);
		is->at = store_row_int(&row);
		if (!store_row_null(&row))
			e = ERR_CONFLICT;
		is->why = store_row_str(&row);
	}
	store_flight_close(&f);
	return e;
}

enum err
store_keep_put(struct store *s, struct str table, struct str rows, int64_t at)
{
	struct store_flight f;
	struct store_query *q;

	store_flight_open(&f, s, NULL);
	q = store_flight_add(&f, SQL_KEEP_PUT);
	store_query_str(q, table);
	store_query_str(q, rows);
	store_query_int(q, at);
	return store_flight_end(&f);
}

enum err
store_keep_done(struct store *s)
{
	struct store_flight f;

	store_flight_open(&f, s, NULL);
	store_flight_add(&f, SQL_KEEP_DONE);
	return store_flight_end(&f);
}
