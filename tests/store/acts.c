/* acts.c: votes, reports and tokens, from several at once. */
#include "house.h"

enum { VOTERS = 6, ROUNDS = 10 };

static struct store_place
place(int64_t id, int person)
{
	struct store_place at = { STR("a-film"), id, { { 0 } } };

	at.person.bytes[0] = (unsigned char)person;
	return at;
}

static void
vote_by_turns(struct house *h, int i)
{
	int64_t id = house_sql(h, "SELECT min(id) FROM comment");
	struct store_place at = place(id, 100 + i);
	struct store_vote vote;
	int round;

	for (round = 0; round <= ROUNDS; round++)
		if (store_vote_cast(h->store, h->arena, &at, round % 2 == 0,
		    &vote) != OK)
			_Exit(1);
}

static void
votes_cast_at_once_are_all_counted(void **state)
{
	struct house *h = *state;
	int64_t threads;

	house_review(h, "a-film", "open");
	house_say(h, "a-film", 0);
	house_fork(h, VOTERS, vote_by_turns);
	house_reap(VOTERS);
	assert_int_equal(house_sql(h, "SELECT votes FROM comment"), VOTERS);
	assert_int_equal(house_sql(h, "SELECT count(*) FROM vote"), VOTERS);
	house_sql(h, "UPDATE vote_told SET due = true,"
	    " at = now() - interval '3 s'");
	assert_int_equal(store_vote_tell(h->store, &threads), OK);
	assert_int_equal(threads, 1);
	assert_int_equal(store_vote_tell(h->store, &threads), OK);
	assert_int_equal(threads, 0);
}

/* While somebody's vote is not written down, its thread is not told of; the
 * next call finds it. */
static void
no_vote_stays_untold(void **state)
{
	struct house *h = *state;
	int64_t id, threads;

	house_review(h, "a-film", "open");
	id = house_say(h, "a-film", 0);
	house_sql(h, "INSERT INTO vote_told SELECT thread_id, now()"
	    " - interval '9 s', true FROM comment WHERE id = %lld",
	    (long long)id);
	house_sql(h, "BEGIN");
	house_sql(h, "UPDATE vote_told SET due = true");
	assert_int_equal(store_vote_tell(h->store, &threads), OK);
	assert_int_equal(threads, 0);
	house_sql(h, "COMMIT");
	assert_int_equal(store_vote_tell(h->store, &threads), OK);
	assert_int_equal(threads, 1);
}

static void
old_tokens_are_forgotten_and_young_ones_stay_used(void **state)
{
	struct house *h = *state;
	struct store_sso who = {
		.jti = STR("one-of-many"), .subject = STR("4711"),
		.name = STR("Ann"), .role = ROLE_READER,
		.ends = clock_now() + 60LL * SECOND
	};
	struct account first, second;

	assert_int_equal(store_sso_enter(h->store, h->arena, &who, &first),
	    OK);
	assert_int_equal(store_sso_retire(h->store), OK);
	assert_int_equal(store_sso_enter(h->store, h->arena, &who, &second),
	    ERR_SSO_BAD);
	house_sql(h, "UPDATE sso_used SET ends = now() - interval '2 h'");
	assert_int_equal(store_sso_retire(h->store), OK);
	assert_int_equal(house_sql(h, "SELECT count(*) FROM sso_used"), 0);
	assert_int_equal(store_sso_enter(h->store, h->arena, &who, &second),
	    OK);
	assert_true(uuid_eq(&first.id, &second.id));
}

/* Whom an operator made a moderator stays one, whatever a token says. */
static void
a_token_takes_no_role_from_a_moderator(void **state)
{
	struct house *h = *state;
	struct store_sso who = {
		.jti = STR("first-token"), .subject = STR("12"),
		.name = STR("Bela"), .role = ROLE_REVIEWER,
		.ends = clock_now() + 60LL * SECOND
	};
	struct account account;

	assert_int_equal(store_sso_enter(h->store, h->arena, &who, &account),
	    OK);
	assert_int_equal(account.role, ROLE_REVIEWER);
	house_sql(h, "UPDATE account SET role = 'moderator'"
	    " WHERE name = 'sso:1:12'");
	who.jti = STR("second-token");
	who.role = ROLE_READER;
	assert_int_equal(store_sso_enter(h->store, h->arena, &who, &account),
	    OK);
	assert_int_equal(account.role, ROLE_MODERATOR);
}

static const struct CMUnitTest tests[] = {
	HOUSE_TEST(votes_cast_at_once_are_all_counted),
	HOUSE_TEST(no_vote_stays_untold),
	HOUSE_TEST(old_tokens_are_forgotten_and_young_ones_stay_used),
	HOUSE_TEST(a_token_takes_no_role_from_a_moderator),
};

HOUSE_MAIN(tests)
