/* letter.c: comments that the journal prints as letters. */
#include "store/internal.h"

struct letter_row *
store_letter_take(const PGresult *rs, struct arena *a, size_t *n)
{
	struct letter_row *all;
	size_t i;

	*n = (size_t)PQntuples(rs);
	all = arena_alloc(a, (*n + 1) * sizeof(*all));
	for (i = 0; i < *n; i++) {
		struct store_row row = store_row_at(rs, (int)i, a);

		all[i].comment = store_row_int(&row);
		all[i].heading = store_row_str(&row);
		all[i].author = store_row_str(&row);
	}
	return all;
}

/* Few threads have any, so they are asked for apart. */
enum err
store_letter_featured(struct store *s, struct arena *a, const int64_t *ids,
    size_t n, struct thread_page *page)
{
	struct store_flight f;
	struct store_query *q;
	enum err e;

	store_flight_open(&f, s, a);
	q = store_flight_add(&f, SQL_PAGE_FEATURED);
	store_query_int(q, page->thread.id);
	store_query_ints(q, ids, n);
	if ((e = store_flight_run(&f)) == OK)
		page->featured = store_letter_take(store_flight_result(&f, 0),
		    a, &page->nfeatured);
	store_flight_close(&f);
	return e;
}

static void
take_letter(struct store_row *row, struct letter_row *l)
{
	store_row_int(row);		/* the thread */
	l->comment = store_row_int(row);
	l->slug = store_row_str(row);
	l->title = store_row_str(row);
	l->heading = store_row_str(row);
	l->author = store_row_str(row);
	l->html = store_row_str(row);
	l->posted = store_row_int(row);
	l->spoiler = store_row_bool(row);
}

enum err
store_letter_list(struct store *s, struct arena *a, int64_t before,
    struct letter_row **ret, size_t *n)
{
	struct store_flight f;
	enum err e;
	size_t i;

	store_flight_open(&f, s, a);
	store_query_int(store_flight_site(&f, SQL_LETTER_LIST),
	    before != 0 ? before : INT64_MAX);
	if ((e = store_flight_run(&f)) == OK) {
		*n = (size_t)PQntuples(store_flight_result(&f, 0));
		*ret = arena_alloc(a, (*n + 1) * sizeof(**ret));
		for (i = 0; i < *n; i++) {
			struct store_row row = store_row_at(
			    store_flight_result(&f, 0), (int)i, a);

			take_letter(&row, &(*ret)[i]);
		}
	}
	store_flight_close(&f);
	return e;
}
