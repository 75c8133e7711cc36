/* page.c: a page of a thread shows what readers may see, all of it, once. */
#include "house.h"
#include "walk.h"

/* `roots` comments; those that a divisor fits are not shown, one has 1200
 * replies (more than two pages hold), some have three in a chain. */
static void
fill(struct house *h, int roots)
{
	house_review(h, "a-film", "open");
	house_sql(h, "INSERT INTO comment (thread_id, id, root, state, visible,"
	    " person, author, sender, body, html, client_key, votes, best)"
	    " SELECT 1, i, i, (CASE WHEN i %% 7 = 0 THEN 'held' ELSE 'shown'"
	    " END)::comment_state, i %% 7 <> 0, gen_random_uuid(), 'A', '',"
	    " 'b', '<p>b</p>', gen_random_uuid(), i %% 5,"
	    " helpful(i %% 5, 0) FROM generate_series(1, %d) i", roots);
	house_sql(h, "INSERT INTO comment (thread_id, id, parent, root, state,"
	    " visible, person, author, sender, body, html, client_key)"
	    " SELECT 1, 1000 + i, 3, 3, 'shown', true, gen_random_uuid(), 'A',"
	    " '', 'b', '', gen_random_uuid() FROM generate_series(1, 1200) i");
	house_sql(h, "INSERT INTO comment (thread_id, id, parent, root, state,"
	    " visible, person, author, sender, body, html, client_key)"
	    " SELECT 1, 10 * (1000 + i) + j, CASE WHEN j > 1 THEN"
	    " 10 * (1000 + i) + j - 1 ELSE i END, i, 'shown', true,"
	    " gen_random_uuid(), 'A', '', 'b', '', gen_random_uuid()"
	    " FROM generate_series(1, %d, 4) i, generate_series(1, 3) j"
	    " WHERE i %% 7 <> 0", roots);
}

static void
paging_visits_every_comment_once(void **state)
{
	static struct seen seen;
	struct house *h = *state;

	fill(h, 400);
	walk_pages(h, SORT_OLDEST, &seen);
	walk_all_once(h, &seen);
	walk_pages(h, SORT_NEWEST, &seen);
	walk_all_once(h, &seen);
	walk_pages(h, SORT_BEST, &seen);
	walk_all_once(h, &seen);
}

/* Of a pinned root the first page has but so many replies. */
static void
paging_visits_what_is_pinned_once_with_all_its_replies(void **state)
{
	static const enum model_sort sorts[] = {
		SORT_OLDEST, SORT_NEWEST, SORT_BEST
	};
	static struct seen seen;
	struct house *h = *state;
	size_t i;

	fill(h, 100);
	house_sql(h, "UPDATE thread SET pinned = '{9,3}'");
	for (i = 0; i < COUNT(sorts); i++) {
		walk_pages(h, sorts[i], &seen);
		assert_int_equal(seen.ids[0], 9);
		walk_all_once(h, &seen);
	}
}

/* 600 of 60 kB each: a thread that somebody fills on purpose. */
static void
a_page_of_long_comments_ends_before_it_is_too_much(void **state)
{
	static struct seen seen;
	struct house *h = *state;

	house_review(h, "a-film", "open");
	house_sql(h, "INSERT INTO comment (thread_id, id, parent, root, state,"
	    " visible, person, author, sender, body, html, client_key)"
	    " SELECT 1, i, nullif((i / 12) * 12, i), (i / 12) * 12, 'shown',"
	    " true, gen_random_uuid(), 'A', '', 'b', repeat('&quot;', 10000),"
	    " gen_random_uuid() FROM generate_series(12, 611) i");
	walk_pages(h, SORT_OLDEST, &seen);
	walk_all_once(h, &seen);
	assert_true(seen.pages > 600 * 60000 / MODEL_PAGE_BYTES);
	walk_pages(h, SORT_NEWEST, &seen);
	walk_all_once(h, &seen);
	walk_pages(h, SORT_BEST, &seen);
	walk_all_once(h, &seen);
}

static void
roots_come_in_the_order_asked_for(void **state)
{
	struct store_view view = { STR("a-film"), SORT_NEWEST, 0 };
	struct house *h = *state;
	struct thread_page page;
	size_t i;

	fill(h, 20);
	house_sql(h, "DELETE FROM comment WHERE parent IS NOT NULL");
	assert_int_equal(store_page_thread(h->store, h->arena, &view, &page),
	    OK);
	assert_int_equal(page.comments[0].id, 20);
	view.sort = SORT_BEST;
	assert_int_equal(store_page_thread(h->store, h->arena, &view, &page),
	    OK);
	for (i = 1; i < page.ncomments; i++)
		assert_true(page.comments[i].votes <=
		    page.comments[i - 1].votes);
	assert_int_equal(page.comments[0].id, 19);
}

static void
a_page_has_fifty_roots_and_their_replies(void **state)
{
	struct store_view view = { .slug = STR("a-film") };
	struct house *h = *state;
	struct thread_page page;
	int64_t root = 0, last = 0;
	int i;

	house_review(h, "a-film", "open");
	for (i = 0; i < 51; i++) {
		root = house_say(h, "a-film", 0);
		last = i < 50 ? root : last;
	}
	house_say(h, "a-film", last);
	page = house_page(h);
	assert_int_equal(page.ncomments, 51);
	assert_int_equal(page.comments[50].depth, 1);
	assert_int_equal(page.next, last);
	assert_int_equal(page.thread.count, 52);
	view.after = page.next;
	assert_int_equal(store_page_thread(h->store, h->arena, &view, &page),
	    OK);
	assert_int_equal(page.ncomments, 1);
	assert_int_equal(page.comments[0].id, root);
	assert_int_equal(page.next, 0);
}

static void
what_is_removed_leaves_a_tombstone(void **state)
{
	struct house *h = *state;
	const struct comment *c;
	struct thread_page page;
	int64_t root, reply, alone;

	house_review(h, "a-film", "open");
	root = house_say(h, "a-film", 0);
	reply = house_say(h, "a-film", root);
	alone = house_say(h, "a-film", 0);
	assert_int_equal(house_rule(h, root, ACT_REMOVE, STATE_SHOWN), OK);
	assert_int_equal(house_rule(h, alone, ACT_REMOVE, STATE_SHOWN), OK);
	page = house_page(h);
	assert_int_equal(page.thread.count, 1);
	assert_int_equal(page.ncomments, 3);
	c = house_find(&page, root);
	assert_non_null(c);
	assert_int_equal(c->state, STATE_REMOVED);
	assert_true(c->author.len == 0 && c->html.len == 0);
	assert_true(str_is(c->reason, "because"));
	assert_int_equal(house_rule(h, reply, ACT_SPAM, STATE_SHOWN), OK);
	assert_int_equal(house_page(h).ncomments, 2);
	assert_int_equal(house_rule(h, reply, ACT_APPROVE, STATE_SPAM), OK);
	assert_int_equal(house_page(h).ncomments, 3);
	assert_int_equal(house_rule(h, alone, ACT_SPAM, STATE_REMOVED), OK);
	assert_int_equal(house_page(h).ncomments, 2);
	assert_int_equal(house_rule(h, root, ACT_APPROVE, STATE_REMOVED), OK);
	page = house_page(h);
	assert_true(house_find(&page, root)->html.len > 0);
	assert_int_equal(page.thread.count, 2);
}

static void
a_deep_reply_keeps_all_that_is_above_it(void **state)
{
	struct house *h = *state;
	int64_t ids[5], parent = 0;
	struct thread_page page;
	int i;

	house_review(h, "a-film", "open");
	for (i = 0; i < 5; i++)
		parent = ids[i] = house_say(h, "a-film", parent);
	for (i = 0; i < 4; i++)
		assert_int_equal(house_rule(h, ids[i], ACT_SPAM, STATE_SHOWN),
		    OK);
	page = house_page(h);
	assert_int_equal(page.ncomments, 5);
	assert_int_equal(page.thread.count, 1);
	for (i = 0; i < 4; i++)
		assert_int_equal(page.comments[i].state, STATE_REMOVED);
	assert_int_equal(house_rule(h, ids[4], ACT_SPAM, STATE_SHOWN), OK);
	assert_int_equal(house_page(h).ncomments, 0);
}

static void
every_change_moves_the_version(void **state)
{
	struct house *h = *state;
	int64_t review, before, now, id;
	struct draft d;

	review = house_review(h, "a-film", "open");
	assert_int_equal(store_thread_version(h->store, review, &before), OK);
	id = house_say(h, "a-film", 0);
	assert_int_equal(store_thread_version(h->store, review, &now), OK);
	assert_true(now > before);
	assert_int_equal(house_page(h).thread.version, now);
	assert_int_equal(house_rule(h, id, ACT_REMOVE, STATE_SHOWN), OK);
	assert_int_equal(store_thread_version(h->store, review, &before), OK);
	assert_true(before > now);
	d = house_draft(h, "a-film", 1, "I wait.");
	house_post(h, &d, STATE_HELD);
	assert_int_equal(store_thread_version(h->store, review, &now), OK);
	assert_true(before == now);
	assert_int_equal(store_thread_version(h->store, 99, &now),
	    ERR_NOT_FOUND);
}

static void
counts_come_in_the_order_asked_for(void **state)
{
	const struct str slugs[] = {
		STR("b-film"), STR("no-film"), STR("a-film")
	};
	struct house *h = *state;
	int64_t counts[3];

	house_review(h, "a-film", "open");
	house_review(h, "b-film", "open");
	house_say(h, "b-film", house_say(h, "b-film", 0));
	assert_int_equal(store_thread_counts(h->store, h->arena, slugs, 3,
	    counts), OK);
	assert_true(counts[0] == 2 && counts[1] == -1 && counts[2] == 0);
}

static void
only_what_readers_see_can_be_found_by_its_id(void **state)
{
	struct house *h = *state;
	int64_t shown, held;
	struct store_mine mine;
	struct comment c;
	struct draft d;

	house_review(h, "a-film", "open");
	shown = house_say(h, "a-film", 0);
	d = house_draft(h, "a-film", 1, "I wait.");
	held = house_post(h, &d, STATE_HELD);
	assert_int_equal(store_comment_find(h->store, h->arena, shown, &c),
	    OK);
	assert_true(str_is(c.slug, "a-film"));
	assert_int_equal(c.id, shown);
	assert_int_equal(store_comment_find(h->store, h->arena, held, &c),
	    ERR_NOT_FOUND);
	assert_int_equal(store_comment_mine(h->store, h->arena, STR("a-film"),
	    &d.person, &mine), OK);
	assert_int_equal(mine.n, 2);
	assert_int_equal(mine.rows[0].id, held);
	assert_true(str_is(mine.rows[0].body, "I wait."));
}

/* Every seventh of 1,700. */
static void
a_comment_is_on_the_page_that_is_told(void **state)
{
	struct store_view view = { STR("a-film"), SORT_OLDEST, 0 };
	static struct seen seen;
	struct house *h = *state;
	struct thread_page page;
	size_t i;

	fill(h, 200);
	walk_pages(h, SORT_OLDEST, &seen);
	for (i = 0; i < seen.n; i += 7) {
		struct arena *a = arena_new(64 << 20);
		struct comment c;

		assert_int_equal(store_comment_find(h->store, a, seen.ids[i],
		    &c), OK);
		assert_int_equal(store_place_find(h->store, a, &c), OK);
		assert_int_equal(c.after == 0, i < MODEL_PAGE_MOST);
		view.after = c.after;
		assert_int_equal(store_page_thread(h->store, a, &view, &page),
		    OK);
		assert_non_null(house_find(&page, c.id));
		assert_int_equal(house_find(&page, c.id)->after, c.after);
		arena_free(a);
	}
}

/* Wilson's lower bound: three of four do not beat two of two. */
static void
the_best_are_those_that_surely_help(void **state)
{
	static const struct {
		int votes, reports, place;
	} rows[] = {
		{ 0, 0, 7 }, { 2, 0, 3 }, { 3, 1, 4 }, { 0, 5, 6 }, { 9, 0, 0 },
		{ 90, 40, 1 }, { 2, 0, 2 }, { 0, 0, 5 }
	};
	struct store_view view = { STR("a-film"), SORT_BEST, 0 };
	struct house *h = *state;
	struct thread_page page;
	size_t i;

	house_review(h, "a-film", "open");
	for (i = 0; i < COUNT(rows); i++)
		house_sql(h, "UPDATE comment SET votes = %d, reports = %d"
		    " WHERE id = %lld", rows[i].votes, rows[i].reports,
		    (long long)house_say(h, "a-film", 0));
	assert_int_equal(store_page_thread(h->store, h->arena, &view, &page),
	    OK);
	for (i = 0; i < COUNT(rows); i++)
		assert_int_equal(page.comments[rows[i].place].id -
		    page.comments[7].id, (int64_t)i);
}

static const struct CMUnitTest tests[] = {
	HOUSE_TEST(paging_visits_every_comment_once),
	HOUSE_TEST(paging_visits_what_is_pinned_once_with_all_its_replies),
	HOUSE_TEST(a_page_of_long_comments_ends_before_it_is_too_much),
	HOUSE_TEST(roots_come_in_the_order_asked_for),
	HOUSE_TEST(a_comment_is_on_the_page_that_is_told),
	HOUSE_TEST(the_best_are_those_that_surely_help),
	HOUSE_TEST(a_page_has_fifty_roots_and_their_replies),
	HOUSE_TEST(what_is_removed_leaves_a_tombstone),
	HOUSE_TEST(a_deep_reply_keeps_all_that_is_above_it),
	HOUSE_TEST(every_change_moves_the_version),
	HOUSE_TEST(counts_come_in_the_order_asked_for),
	HOUSE_TEST(only_what_readers_see_can_be_found_by_its_id),
};

HOUSE_MAIN(tests)
