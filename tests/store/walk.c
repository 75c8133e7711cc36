/* walk.c: the pages of a thread, from the first to the last. */
#include <string.h>

#include "walk.h"

void
walk_pages(struct house *h, enum model_sort sort, struct seen *seen)
{
	struct store_view view = { STR("a-film"), sort, 0 };
	struct thread_page page;
	int64_t trips, pins;
	size_t i;

	pins = house_sql(h, "SELECT cardinality(pinned) FROM thread");
	memset(seen, 0, sizeof(*seen));
	assert_int_equal(store_page_thread(h->store, h->arena, &view, &page),
	    OK);				/* its id is known now */
	do {
		trips = store_trips(h->store);
		assert_int_equal(store_page_thread(h->store, h->arena, &view,
		    &page), OK);
		assert_int_equal(store_trips(h->store), trips + 1 +
		    (view.after != 0) + (pins > 0));
		assert_true((int64_t)page.ncomments <=
		    MODEL_PAGE_MOST + 100 * pins);
		assert_true(page.ncomments > 0);
		for (i = 0; i < page.ncomments; i++)
			seen->ids[seen->n++] = page.comments[i].id;
		seen->pages++;
		view.after = page.next;
	} while (view.after != 0);
}

static int
by_id(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

void
walk_all_once(struct house *h, struct seen *seen)
{
	size_t i;

	assert_int_equal(seen->n, house_sql(h,
	    "SELECT count(*) FROM comment WHERE visible"));
	qsort(seen->ids, seen->n, sizeof(*seen->ids), by_id);
	for (i = 1; i < seen->n; i++)
		assert_true(seen->ids[i] > seen->ids[i - 1]);
	assert_int_equal(house_sql(h, "SELECT count(*) FROM comment WHERE"
	    " visible AND id BETWEEN %lld AND %lld", (long long)seen->ids[0],
	    (long long)seen->ids[seen->n - 1]), seen->n);
}
