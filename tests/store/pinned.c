/* pinned.c: what is pinned comes first and once, and nothing is lost by it. */
#include "walk.h"

static void
check_pinned_once(struct house *h, enum model_sort sort, int root)
{
	static struct seen seen;

	house_sql(h, "UPDATE thread SET pinned = '{%d}'", root);
	walk_pages(h, sort, &seen);
	assert_int_equal(seen.ids[0], root);
	walk_all_once(h, &seen);
}

/* The 500 comments of a page end among the first replies of one root. */
static void
a_page_that_ends_in_what_is_pinned_shows_none_again(void **state)
{
	struct house *h = *state;

	house_review(h, "a-film", "open");
	house_sql(h, "INSERT INTO comment (thread_id, id, parent, root, state,"
	    " visible, person, author, sender, body, html, client_key)"
	    " SELECT 1, i, nullif(i / 30 * 30 + 1, i), i / 30 * 30 + 1,"
	    " 'shown', true, gen_random_uuid(), 'A', '', 'b', '',"
	    " gen_random_uuid() FROM generate_series(1, 899) i"
	    " WHERE i %% 30 > 0");
	check_pinned_once(h, SORT_OLDEST, 511);
	check_pinned_once(h, SORT_NEWEST, 361);
	check_pinned_once(h, SORT_BEST, 361);
}

/* Five of 100 comments, of 60 kB each. */
static void
what_has_no_room_among_the_pinned_is_where_it_would_be(void **state)
{
	static struct seen seen;
	struct house *h = *state;

	house_review(h, "a-film", "open");
	house_sql(h, "INSERT INTO comment (thread_id, id, parent, root, state,"
	    " visible, person, author, sender, body, html, client_key)"
	    " SELECT 1, i, nullif(i / 100 * 100, i), i / 100 * 100, 'shown',"
	    " true, gen_random_uuid(), 'A', '', 'b', repeat('&quot;', 10000),"
	    " gen_random_uuid() FROM generate_series(100, 699) i");
	house_sql(h, "UPDATE thread SET pinned = '{200,100,300,400,500}'");
	walk_pages(h, SORT_NEWEST, &seen);
	assert_int_equal(seen.ids[0], 200);
	walk_all_once(h, &seen);
}

static const struct CMUnitTest tests[] = {
	HOUSE_TEST(a_page_that_ends_in_what_is_pinned_shows_none_again),
	HOUSE_TEST(what_has_no_room_among_the_pinned_is_where_it_would_be),
};

HOUSE_MAIN(tests)
