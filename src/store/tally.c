/* tally.c: what moderators did, by month, for everybody to see. */
#include "store/internal.h"

static void
take(const struct store_flight *f, struct arena *a, struct tally *ret)
{
	const PGresult *months = store_flight_result(f, 0);
	const PGresult *reasons = store_flight_result(f, 1);
	struct store_row row;
	size_t i;

	ret->n = (size_t)PQntuples(months);
	ret->months = arena_alloc(a, (ret->n + 1) * sizeof(*ret->months));
	for (i = 0; i < ret->n; i++) {
		struct tally_month *m = &ret->months[i];

		row = store_row_at(months, (int)i, a);
		m->month = store_row_str(&row);
		m->shown = store_row_int(&row);
		m->removed = store_row_int(&row);
		m->spam = store_row_int(&row);
		m->ruled = store_row_int(&row);
		m->wait = store_row_int(&row);
	}
	ret->nreasons = (size_t)PQntuples(reasons);
	ret->reasons = arena_alloc(a,
	    (ret->nreasons + 1) * sizeof(*ret->reasons));
	for (i = 0; i < ret->nreasons; i++) {
		row = store_row_at(reasons, (int)i, a);
		ret->reasons[i].month = store_row_str(&row);
		ret->reasons[i].reason = store_row_str(&row);
		ret->reasons[i].n = store_row_int(&row);
	}
}

enum err
store_tally_get(struct store *s, struct arena *a, struct tally *ret)
{
	struct store_flight f;
	enum err e;

	store_flight_open(&f, s, a);
	store_flight_site(&f, SQL_TALLY_MONTHS);
	store_flight_site(&f, SQL_TALLY_REASONS);
	if ((e = store_flight_run(&f)) == OK)
		take(&f, a, ret);
	store_flight_close(&f);
	return e;
}
