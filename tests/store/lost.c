/* lost.c: a database that goes, hangs, comes back, or never fitted. */
#include <string.h>

#include "house.h"
#include "relay.h"

static const struct verdict none;
static const struct store_judged shown = { &none, STATE_SHOWN, "" };

static enum err
read_page(struct house *h)
{
	const struct store_view view = { .slug = STR("a-film") };
	struct thread_page page;

	return store_page_thread(h->store, h->arena, &view, &page);
}

/* Ends every session but the superuser's own, and waits for it. */
static void
terminate(struct house *h)
{
	house_sql(h, "SELECT pg_terminate_backend(pid, 10000) FROM"
	    " pg_stat_activity WHERE usename = 'foyer_web'");
}

static void
again_admin(struct house *h)
{
	PQreset(h->admin);
	assert_int_equal(PQstatus(h->admin), CONNECTION_OK);
}

static void
a_session_that_was_ended_is_opened_again(void **state)
{
	struct house *h = *state;
	int64_t id;

	house_review(h, "a-film", "open");
	terminate(h);
	assert_int_equal(read_page(h), OK);
	terminate(h);
	id = house_say(h, "a-film", 0);
	terminate(h);
	assert_int_equal(house_rule(h, id, ACT_REMOVE, STATE_SHOWN), OK);
}

/* Until the store works: the microseconds that took. */
static int64_t
back(struct house *h)
{
	int64_t from = clock_mono();

	while (read_page(h) != OK)
		assert_true(clock_mono() - from < 10LL * SECOND);
	return clock_mono() - from;
}

static void
a_stopped_server_is_told_at_once_and_found_again(void **state)
{
	struct house *h = *state;
	int64_t from;
	int i;

	house_review(h, "a-film", "open");
	house_ask("stop");
	from = clock_mono();
	for (i = 0; i < 100; i++)
		assert_int_equal(read_page(h), ERR_DATABASE);
	assert_int_equal(store_check(h->store), ERR_DATABASE);
	assert_true(clock_mono() - from < 1LL * SECOND);
	assert_true(strlen(store_trouble(h->store)) > 0);
	house_ask("start");
	again_admin(h);
	assert_true(back(h) < 2LL * SECOND);
}

static void
a_hanging_server_is_given_up_in_time(void **state)
{
	struct house *h = *state;
	struct store *fresh = house_store(h);
	struct store_added added;
	struct draft d;
	int64_t from;

	house_review(h, "a-film", "open");
	d = house_draft(h, "a-film", 1, "words");
	house_ask("hang");
	from = clock_mono();
	assert_int_equal(store_comment_add(h->store, h->arena, &d, &shown,
	    &added), ERR_DATABASE);
	assert_true(clock_mono() - from < 4LL * SECOND);
	assert_true(clock_mono() - from > 2LL * SECOND);
	from = clock_mono();	/* it serves nobody yet, and is patient */
	assert_int_equal(store_check(fresh), ERR_DATABASE);
	assert_true(clock_mono() - from < 9LL * SECOND);
	assert_true(clock_mono() - from > 7LL * SECOND);
	house_ask("unhang");
	assert_true(back(h) < 2LL * SECOND);
	store_close(fresh);
}

/* Through a relay, the store of the house; put back by `direct`. */
static struct relay *
through_relay(struct house *h)
{
	struct relay *relay = relay_start(getenv("FOYER_TEST_DB"));

	store_close(h->store);
	assert_int_equal(store_open(h->arena, relay_conninfo(relay), "main",
	    &h->store), OK);
	assert_int_equal(read_page(h), OK);
	return relay;
}

static void
direct(struct house *h, struct relay *relay)
{
	store_close(h->store);
	h->store = house_store(h);
	relay_stop(relay);
}

/* The comment is committed, its answer never comes. */
static void
a_post_whose_answer_is_lost_is_there_once(void **state)
{
	struct house *h = *state;
	struct store_added added;
	struct relay *relay;
	struct draft d;

	house_review(h, "a-film", "open");
	d = house_draft(h, "a-film", 1, "words");
	relay = through_relay(h);
	relay_lose_next_answer(relay);
	assert_int_equal(store_comment_add(h->store, h->arena, &d, &shown,
	    &added), OK);
	assert_true(added.again);
	assert_int_equal(house_sql(h, "SELECT count(*) FROM comment"), 1);
	direct(h, relay);
}

/* The statement was answered, then its COMMIT fails: as on a full disk. */
static void
a_comment_whose_commit_fails_is_not_acknowledged(void **state)
{
	struct house *h = *state;
	struct store_added added;
	struct draft d;

	house_review(h, "a-film", "open");
	house_sql(h, "CREATE FUNCTION full() RETURNS trigger LANGUAGE plpgsql"
	    " AS $$ BEGIN RAISE EXCEPTION USING ERRCODE = 'disk_full'; END $$;"
	    " CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON comment"
	    " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION"
	    " full(); SELECT 1");
	d = house_draft(h, "a-film", 1, "words");
	assert_int_equal(store_comment_add(h->store, h->arena, &d, &shown,
	    &added), ERR_DATABASE);
	house_sql(h, "DROP TRIGGER at_commit ON comment; SELECT 1");
	assert_int_equal(house_sql(h, "SELECT count(*) FROM comment"), 0);
	assert_int_equal(store_comment_add(h->store, h->arena, &d, &shown,
	    &added), OK);
	assert_false(added.again);
}

/* What has no key is not done again on a guess. */
static void
a_ruling_whose_answer_is_lost_is_not_repeated(void **state)
{
	struct log_row row = { .actor_name = STR("x"), .act = STR("y") };
	struct house *h = *state;
	struct account a = { .name = STR("mod"), .role = ROLE_MODERATOR };
	struct relay *relay;

	house_review(h, "a-film", "open");
	relay = through_relay(h);
	relay_lose_next_answer(relay);
	assert_int_equal(store_account_add(h->store, h->arena, &a),
	    ERR_DATABASE);
	assert_int_equal(house_sql(h, "SELECT count(*) FROM account"), 1);
	assert_int_equal(read_page(h), OK);
	relay_lose_next_answer(relay);
	assert_int_equal(store_log_add(h->store, h->arena, &row), OK);
	assert_int_equal(house_sql(h, "SELECT count(*) FROM moderation_log"),
	    1);
	direct(h, relay);
}

static void
a_deadlock_is_tried_again(void **state)
{
	struct house *h = *state;

	house_review(h, "a-film", "open");
	house_sql(h, "CREATE SEQUENCE tries");
	house_sql(h, "GRANT USAGE ON SEQUENCE tries TO PUBLIC");
	house_sql(h, "CREATE FUNCTION clash() RETURNS trigger LANGUAGE plpgsql"
	    " AS $$BEGIN IF nextval('tries') < 3 THEN RAISE EXCEPTION 'clash'"
	    " USING ERRCODE = '40P01'; END IF; RETURN NEW; END$$");
	house_sql(h, "CREATE TRIGGER clash BEFORE INSERT ON comment"
	    " FOR EACH ROW EXECUTE FUNCTION clash()");
	house_say(h, "a-film", 0);
	house_sql(h, "SELECT setval('tries', 1, false)");
	house_sql(h, "CREATE OR REPLACE FUNCTION clash() RETURNS trigger"
	    " LANGUAGE plpgsql AS $$BEGIN PERFORM nextval('tries');"
	    " RAISE EXCEPTION 'clash' USING ERRCODE = '40001'; END$$");
	{
		struct draft d = house_draft(h, "a-film", 1, "words");
		struct store_added added;

		assert_int_equal(store_comment_add(h->store, h->arena, &d,
		    &shown, &added), ERR_DATABASE);
	}
	assert_int_equal(house_sql(h, "SELECT last_value FROM tries"), 3);
}

static void
a_schema_that_does_not_fit_is_told_in_a_sentence(void **state)
{
	struct house *h = *state;
	struct store *s;

	house_sql(h, "DELETE FROM schema_migration WHERE number ="
	    " (SELECT max(number) FROM schema_migration)");
	assert_int_equal(store_check(h->store), ERR_SCHEMA);
	assert_non_null(strstr(store_trouble(h->store),
	    "run foyerctl migrate"));
	house_sql(h, "INSERT INTO schema_migration (number, name)"
	    " SELECT max(number) + 2, 'later' FROM schema_migration");
	s = house_store(h);
	assert_int_equal(store_check(s), OK);
	store_close(s);
	house_sql(h, "ALTER TABLE comment RENAME COLUMN html TO markup");
	s = house_store(h);
	assert_int_equal(store_prepare_all(s), ERR_SCHEMA);
	assert_non_null(strstr(store_trouble(s), "newer than this program's"));
	store_close(s);
	house_sql(h, "DROP TABLE schema_migration");
	s = house_store(h);
	assert_int_equal(store_check(s), ERR_SCHEMA);
	assert_non_null(strstr(store_trouble(s), "no tables of foyer"));
	store_close(s);
}

static void
a_missing_site_or_right_is_told_in_a_sentence(void **state)
{
	struct house *h = *state;
	struct store *s;

	assert_int_equal(store_open(h->arena, getenv("FOYER_TEST_DB"),
	    "nowhere", &s), OK);
	assert_int_equal(store_check(s), ERR_SCHEMA);
	assert_non_null(strstr(store_trouble(s), "no site named nowhere"));
	store_close(s);
	house_review(h, "a-film", "open");
	house_sql(h, "REVOKE SELECT ON review FROM foyer_web");
	assert_int_equal(read_page(h), ERR_SCHEMA);
	assert_non_null(strstr(store_trouble(h->store), "sql/roles.sql"));
}

static void
a_statement_that_is_refused_is_tried_again_when_it_may_fit(void **state)
{
	struct house *h = *state;

	house_review(h, "a-film", "open");
	house_sql(h, "ALTER TABLE review RENAME COLUMN slug TO tag");
	terminate(h);
	assert_int_equal(read_page(h), ERR_SCHEMA);
	assert_int_equal(read_page(h), ERR_SCHEMA);
	house_sql(h, "ALTER TABLE review RENAME COLUMN tag TO slug");
	assert_int_equal(read_page(h), OK);
	assert_int_equal(store_prepare_all(h->store), OK);
	assert_int_equal(read_page(h), OK);
}

static void
a_database_that_was_migrated_is_read_on(void **state)
{
	struct house *h = *state;

	house_review(h, "a-film", "open");
	assert_int_equal(read_page(h), OK);
	house_sql(h, "DROP FUNCTION review_text(review) CASCADE");
	house_sql(h, "ALTER TABLE review ALTER minutes TYPE bigint");
	assert_int_equal(read_page(h), OK);
}

static const struct CMUnitTest tests[] = {
	HOUSE_TEST(a_session_that_was_ended_is_opened_again),
	HOUSE_TEST(a_stopped_server_is_told_at_once_and_found_again),
	HOUSE_TEST(a_hanging_server_is_given_up_in_time),
	HOUSE_TEST(a_post_whose_answer_is_lost_is_there_once),
	HOUSE_TEST(a_comment_whose_commit_fails_is_not_acknowledged),
	HOUSE_TEST(a_ruling_whose_answer_is_lost_is_not_repeated),
	HOUSE_TEST(a_deadlock_is_tried_again),
	HOUSE_TEST(a_schema_that_does_not_fit_is_told_in_a_sentence),
	HOUSE_TEST(a_missing_site_or_right_is_told_in_a_sentence),
	HOUSE_TEST(a_statement_that_is_refused_is_tried_again_when_it_may_fit),
	HOUSE_TEST(a_database_that_was_migrated_is_read_on),
};

HOUSE_MAIN(tests)
