/* change.c: the feed skips no commit, and the sums are exact. */
#include <string.h>

#include "house.h"

struct heard {
	int n;
};

static void
hear(struct str slug, void *arg)
{
	struct heard *heard = arg;

	assert_true(slug.len > 0);
	heard->n++;
}

static int
follow(struct house *h, struct store_cursor *c)
{
	struct heard heard = { 0 };

	assert_int_equal(store_change_follow(h->store, h->arena, c, hear,
	    &heard), OK);
	return heard.n;
}

static void
each_changed_thread_is_heard_of_once(void **state)
{
	struct house *h = *state;
	struct store_cursor c;
	int i;

	house_review(h, "a-film", "open");
	house_review(h, "b-film", "open");
	assert_int_equal(store_change_start(h->store, h->arena, &c), OK);
	assert_int_equal(follow(h, &c), 0);
	for (i = 0; i < 3; i++)
		house_say(h, "a-film", 0);
	assert_int_equal(follow(h, &c), 1);
	assert_int_equal(follow(h, &c), 0);
	house_say(h, "b-film", 0);
	house_say(h, "a-film", 0);
	assert_int_equal(follow(h, &c), 2);
	assert_int_equal(follow(h, &c), 0);
	store_change_end(&c);
}

/* One transaction has its number long before it commits. */
static void
a_late_commit_is_not_skipped_and_delays_nobody(void **state)
{
	struct house *h = *state;
	struct store_cursor c;
	int64_t review = house_review(h, "a-film", "open");

	house_review(h, "b-film", "open");
	assert_int_equal(store_change_start(h->store, h->arena, &c), OK);
	house_sql(h, "BEGIN");
	house_sql(h, "INSERT INTO change (thread_id, shown) VALUES (%lld, 0)",
	    (long long)review);
	house_say(h, "b-film", 0);
	assert_int_equal(follow(h, &c), 1);
	assert_int_equal(follow(h, &c), 0);
	house_say(h, "b-film", 0);
	assert_int_equal(follow(h, &c), 1);
	house_sql(h, "COMMIT");
	assert_int_equal(follow(h, &c), 1);
	assert_int_equal(follow(h, &c), 0);
	store_change_end(&c);
}

static void
more_threads_than_anybody_wants_to_hear_of_start_again(void **state)
{
	struct house *h = *state;
	struct heard heard = { 0 };
	struct store_cursor c;

	house_sql(h, "INSERT INTO review (site_id, slug, heading, title)"
	    " SELECT 1, 'film-' || n, '', '' FROM generate_series(1, 1001) n");
	assert_int_equal(store_change_start(h->store, h->arena, &c), OK);
	house_sql(h, "INSERT INTO change (thread_id, shown)"
	    " SELECT id, 0 FROM review LIMIT 1000");
	assert_int_equal(follow(h, &c), 1000);
	house_sql(h, "INSERT INTO change (thread_id, shown)"
	    " SELECT id, 0 FROM review");
	assert_int_equal(store_change_follow(h->store, h->arena, &c, hear,
	    &heard), ERR_CONFLICT);
	assert_int_equal(heard.n, 0);
	store_change_end(&c);
}

enum { WRITERS = 3, POSTS = 40 };

/* Writers post, erase and are ruled upon while another process folds. */
static void
write_or_fold(struct house *h, int i)
{
	int64_t folded, id;
	int n;

	for (n = 0; n < POSTS; n++) {
		if (i == WRITERS) {
			if (store_change_fold(h->store, &folded) != OK)
				abort();
			continue;
		}
		id = house_say(h, "a-film", 0);
		if (n % 4 == 0 &&
		    house_rule(h, id, ACT_SPAM, STATE_SHOWN) != OK)
			abort();
	}
}

static void
sums_are_exact_while_many_write_and_one_folds(void **state)
{
	struct house *h = *state;
	int64_t folded, version, shown;

	house_review(h, "a-film", "open");
	house_fork(h, WRITERS + 1, write_or_fold);
	house_reap(WRITERS + 1);
	shown = house_sql(h, "SELECT count(*) FROM comment"
	    " WHERE state = 'shown'");
	version = house_sql(h, "SELECT count(*) FROM change");
	assert_int_equal(shown, WRITERS * POSTS * 3 / 4);
	assert_int_equal(house_page(h).thread.count, shown);
	assert_int_equal(house_page(h).thread.version, version);
	assert_int_equal(store_change_fold(h->store, &folded), OK);
	assert_int_equal(house_page(h).thread.count, shown);
	assert_int_equal(house_page(h).thread.version, version);
	assert_int_equal(house_sql(h, "SELECT shown FROM thread"), shown);
	assert_int_equal(store_change_fold(h->store, &folded), OK);
	assert_int_equal(folded, 0);
}

static void
a_fold_waits_for_what_is_undecided(void **state)
{
	struct house *h = *state;
	int64_t review, folded;

	review = house_review(h, "a-film", "open");
	assert_int_equal(store_change_fold(h->store, &folded), OK);
	house_sql(h, "BEGIN");
	house_sql(h, "INSERT INTO change (thread_id, shown) VALUES (%lld, 1)",
	    (long long)review);
	house_say(h, "a-film", 0);
	assert_int_equal(store_change_fold(h->store, &folded), OK);
	assert_int_equal(folded, 0);
	assert_int_equal(house_page(h).thread.count, 1);
	house_sql(h, "COMMIT");
	assert_int_equal(house_page(h).thread.count, 2);
	assert_int_equal(store_change_fold(h->store, &folded), OK);
	assert_int_equal(folded, 2);
	assert_int_equal(house_page(h).thread.count, 2);
}

static void
a_long_backlog_is_folded_in_parts(void **state)
{
	struct house *h = *state;
	int64_t folded, sum = 0;
	int calls = 0;

	house_review(h, "a-film", "open");
	house_sql(h, "DO $$BEGIN FOR i IN 1..25 LOOP INSERT INTO change"
	    " (thread_id, shown) SELECT 1, 0 FROM generate_series(1, 1000);"
	    " COMMIT; END LOOP; END$$");
	do {
		assert_int_equal(store_change_fold(h->store, &folded), OK);
		sum += folded;
		calls++;
	} while (folded > 0);
	assert_int_equal(sum, 25001);
	assert_true(calls > 2);
	assert_int_equal(house_page(h).thread.version, 25001);
}

/* A site's terms change for all its reviews at once. */
static void
one_large_act_is_folded_whole(void **state)
{
	struct house *h = *state;
	int64_t folded;

	house_review(h, "a-film", "open");
	assert_int_equal(store_change_fold(h->store, &folded), OK);
	house_sql(h, "INSERT INTO change (thread_id, shown)"
	    " SELECT 1, 0 FROM generate_series(1, 10001)");
	assert_int_equal(store_change_fold(h->store, &folded), OK);
	assert_int_equal(folded, 10001);
	house_say(h, "a-film", 0);
	assert_int_equal(store_change_fold(h->store, &folded), OK);
	assert_int_equal(folded, 1);
	assert_int_equal(house_page(h).thread.version, 10003);
}

/* What a dump brought has other numbers than this server's transactions, and
 * rows of it have the number of the one that read it in. */
static void
a_dump_from_a_server_with_more_transactions_counts_on(void **state)
{
	struct house *h = *state;
	struct store_cursor c;
	int64_t folded, version;
	int i;

	house_review(h, "a-film", "open");
	house_say(h, "a-film", 0);
	assert_int_equal(store_change_fold(h->store, &folded), OK);
	house_say(h, "a-film", 0);
	version = house_page(h).thread.version;
	house_sql(h, "UPDATE change SET"
	    " xid = (xid::text::bigint + 1000000)::text::xid8");
	house_sql(h, "UPDATE thread SET"
	    " folded = (folded::text::bigint + 1000000)::text::xid8");
	house_sql(h, "UPDATE change_head SET"
	    " folded = (folded::text::bigint + 1000000)::text::xid8");
	assert_int_equal(house_page(h).thread.count, 2);
	house_say(h, "a-film", 0);
	for (i = 0; i < 2; i++)
		assert_int_equal(store_change_fold(h->store, &folded), OK);
	house_say(h, "a-film", 0);
	assert_int_equal(house_page(h).thread.count, 4);
	assert_true(house_page(h).thread.version >= version + 2);
	assert_int_equal(store_change_start(h->store, h->arena, &c), OK);
	assert_int_equal(follow(h, &c), 0);
	for (i = 0; i < 2; i++)
		assert_int_equal(store_change_fold(h->store, &folded), OK);
	assert_int_equal(house_page(h).thread.count, 4);
	assert_int_equal(house_sql(h, "SELECT shown FROM thread"), 4);
	store_change_end(&c);
}

static void
only_old_folded_rows_retire(void **state)
{
	struct house *h = *state;
	int64_t gone, folded, version;

	house_review(h, "a-film", "open");
	house_say(h, "a-film", 0);
	version = house_page(h).thread.version;
	assert_int_equal(store_change_retire(h->store, 0, &gone), OK);
	assert_int_equal(gone, 0);
	assert_int_equal(store_change_fold(h->store, &folded), OK);
	assert_int_equal(store_change_retire(h->store, 3600LL * SECOND,
	    &gone), OK);
	assert_int_equal(gone, 0);
	house_say(h, "a-film", 0);
	assert_int_equal(store_change_retire(h->store, 0, &gone), OK);
	assert_int_equal(gone, 2);
	assert_int_equal(house_page(h).thread.version, version + 1);
	assert_int_equal(house_page(h).thread.count, 2);
}

static const struct CMUnitTest tests[] = {
	HOUSE_TEST(each_changed_thread_is_heard_of_once),
	HOUSE_TEST(a_late_commit_is_not_skipped_and_delays_nobody),
	HOUSE_TEST(more_threads_than_anybody_wants_to_hear_of_start_again),
	HOUSE_TEST(sums_are_exact_while_many_write_and_one_folds),
	HOUSE_TEST(a_fold_waits_for_what_is_undecided),
	HOUSE_TEST(a_long_backlog_is_folded_in_parts),
	HOUSE_TEST(one_large_act_is_folded_whole),
	HOUSE_TEST(a_dump_from_a_server_with_more_transactions_counts_on),
	HOUSE_TEST(only_old_folded_rows_retire),
};

HOUSE_MAIN(tests)
