/* arrive.c: comments that were written elsewhere. */
#include "store/internal.h"

static enum err
places_page(struct store *s, struct arena *a, struct store_arrive_places *all,
    size_t *got)
{
	struct str after = all->n > 0 ? all->rows[all->n - 1].slug : STR("");
	struct store_flight f;
	struct store_arrive_place *more;
	const PGresult *rs;
	size_t i;
	enum err e;

	store_flight_open(&f, s, a);
	store_query_str(store_flight_site(&f, SQL_ARRIVE_PLACES), after);
	if ((e = store_flight_run(&f)) == OK) {
		rs = store_flight_result(&f, 0);
		*got = (size_t)PQntuples(rs);
		more = arena_alloc(a, (all->n + *got + 1) * sizeof(*more));
		if (all->n > 0)
			memcpy(more, all->rows, all->n * sizeof(*more));
		for (i = 0; i < *got; i++) {
			struct store_row row = store_row_at(rs, (int)i, a);

			more[all->n + i].slug = store_row_str(&row);
			more[all->n + i].path = store_row_str(&row);
		}
		all->rows = more;
		all->n += *got;
	}
	store_flight_close(&f);
	return e;
}

enum err
store_arrive_places(struct store *s, struct arena *a,
    struct store_arrive_places *ret)
{
	struct store_arrive_places all = { .n = 0 };
	size_t got = 1;
	enum err e = OK;

	while (e == OK && got > 0)
		e = places_page(s, a, &all, &got);
	if (e == OK)
		*ret = all;
	return e;
}

enum err
store_arrive_add(struct store *s, struct arena *a, const struct draft *d,
    struct store_arrival *is)
{
	struct store_flight f;
	struct store_query *q;
	struct store_row row;
	enum err e;

	store_flight_open(&f, s, a);
	q = store_flight_site(&f, SQL_ARRIVE_ADD);
	store_query_str(q, d->slug);
	store_query_uuid(q, &is->parent);
	store_query_uuid(q, &d->person);
	store_query_str(q, d->author);
	store_query_str(q, d->email_hash);
	store_query_str(q, d->body);
	store_query_str(q, d->html);
	store_query_uuid(q, &d->key);
	store_query_str(q, str_of(model_state_name(is->state)));
	store_query_int(q, d->sent);
	if ((e = store_flight_run(&f)) == OK) {
		is->added = PQntuples(store_flight_result(&f, 0)) == 1;
		if (is->added) {
			row = store_row_at(store_flight_result(&f, 0), 0, a);
			is->id = store_row_int(&row);
			is->state = store_row_state(&row);
			is->answers = store_row_bool(&row);
		}
	}
	store_flight_close(&f);
	return e;
}
