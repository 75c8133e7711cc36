/* retain.c: takes from old comments what is kept for a time only. */
#include "store/internal.h"

enum err
store_retain(struct store *s, const struct store_ages *ages)
{
	struct store_flight f;
	struct store_query *q;

	store_flight_open(&f, s, NULL);
	q = store_flight_add(&f, SQL_RETAIN);
	store_query_int(q, ages->senders);
	store_query_int(q, ages->mail);
	store_query_int(q, ages->spam);
	store_query_int(q, ages->revisions);
	return store_flight_end(&f);
}
