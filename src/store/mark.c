/* mark.c: what filters let one comment alone use, on whichever node. */
#include "store/internal.h"

void
store_mark_put(struct store_flight *f, const struct draft *d,
    const struct verdict *v)
{
	struct store_query *q;
	size_t i;

	for (i = 0; i < v->n; i++) {
		if (v->each[i].mark.len == 0)
			continue;
		q = store_flight_add(f, SQL_MARK_USE);
		store_query_int(q, d->thread);
		store_query_str(q, v->each[i].mark);
		store_query_uuid(q, &d->key);
		store_query_int(q, v->each[i].mark_ends);
	}
}

bool
store_mark_refused(const struct store_flight *f)
{
	size_t i;

	for (i = 0; i < f->n; i++)
		if (f->each[i].sql == SQL_MARK_USE &&
		    PQresultStatus(f->each[i].result) == PGRES_FATAL_ERROR)
			return true;
	return false;
}

enum err
store_mark_retire(struct store *s)
{
	struct store_flight f;

	store_flight_open(&f, s, NULL);
	store_flight_add(&f, SQL_MARK_RETIRE);
	return store_flight_end(&f);
}
