/* post.c: a comment is added once, whatever is repeated. */
#include <string.h>

#include "house.h"

static const struct verdict none;

static enum err
add(struct house *h, const struct draft *d, enum model_state state,
    struct store_added *ret)
{
	const struct store_judged judged = { &none, state, "newcomer" };

	return store_comment_add(h->store, h->arena, d, &judged, ret);
}

static void
a_post_costs_one_round_trip(void **state)
{
	struct house *h = *state;
	struct store_context context;
	struct store_added added;
	struct draft d;
	int64_t trips;

	house_review(h, "a-film", "open");
	d = house_draft(h, "a-film", 1, "First!");
	trips = store_trips(h->store);
	assert_int_equal(store_comment_context(h->store, h->arena, &d,
	    &context), OK);
	assert_int_equal(store_trips(h->store), trips + 1);
	assert_int_equal(add(h, &d, STATE_SHOWN, &added), OK);
	assert_int_equal(store_trips(h->store), trips + 2);
	assert_int_equal(added.comment.state, STATE_SHOWN);
	assert_int_equal(added.comment.root, added.comment.id);
	assert_true(added.comment.posted > d.sent - 60LL * SECOND);
	assert_int_equal(house_page(h).ncomments, 1);
	assert_int_equal(house_page(h).thread.count, 1);
}

/* By a new person, as a reader without a session is. */
static struct draft
stranger(struct house *h, int person)
{
	struct draft d = house_draft(h, "a-film", person, "Who am I?");

	d.stranger = true;
	d.policy = "open";
	return d;
}

/* With its context, which must be a guess or not. */
static struct draft
asked(struct house *h, int person, bool guessed, struct store_context *c)
{
	struct draft d = stranger(h, person);

	assert_int_equal(store_comment_context(h->store, h->arena, &d, c), OK);
	assert_int_equal(d.guessed, guessed);
	d.policy = model_policy_name(c->thread.policy);
	return d;
}

static void
a_strangers_post_costs_one_round_trip_in_all(void **state)
{
	struct house *h = *state;
	struct store_context context;
	struct store_added added;
	struct draft d;
	int64_t trips;
	int i;

	house_review(h, "a-film", "open");
	for (i = 1; i < 4; i++) {
		trips = store_trips(h->store) + (i == 1);
		d = asked(h, i, i > 1, &context);
		assert_int_equal(add(h, &d, STATE_SHOWN, &added), OK);
		assert_int_equal(store_trips(h->store), trips + 1);
		assert_true(str_is(context.thread.slug, "a-film"));
		assert_int_equal(context.thread.id, added.comment.thread);
		assert_true(context.policy.newcomer);
	}
	d = stranger(h, 9);
	d.parent = added.comment.id;
	assert_int_equal(store_comment_context(h->store, h->arena, &d,
	    &context), OK);
	assert_false(d.guessed);
	assert_true(str_is(context.parent_body, "Who am I?"));
}

static void
what_a_stranger_was_judged_by_must_still_be_so(void **state)
{
	static const char *const changes[] = {
		"UPDATE thread SET policy = 'first'",
		"INSERT INTO ban (site_id, sender) VALUES (1, '\\x00ff00ff')"
	};
	struct house *h = *state;
	struct store_context c;
	struct store_added added;
	struct draft d;
	size_t i;

	house_review(h, "a-film", "open");
	asked(h, 1, false, &c);
	for (i = 0; i < COUNT(changes); i++) {
		d = asked(h, 2, true, &c);
		house_sql(h, "%s", changes[i]);
		assert_int_equal(add(h, &d, STATE_SHOWN, &added),
		    ERR_CONFLICT);
		d = asked(h, 2, false, &c);
		assert_int_equal(c.policy.thread, POLICY_FIRST);
		assert_int_equal(c.policy.banned, i == 1);
	}
	assert_int_equal(house_sql(h, "SELECT count(*) FROM comment"), 0);
	assert_int_equal(add(h, &d, STATE_HELD, &added), OK);
	d = asked(h, 3, true, &c);
	house_sql(h, "UPDATE thread SET policy = 'closed'");
	assert_int_equal(add(h, &d, STATE_SHOWN, &added), ERR_THREAD_CLOSED);
}

static void
the_same_key_gets_the_same_answer(void **state)
{
	struct house *h = *state;
	struct store_added first, again;
	struct draft d;

	house_review(h, "a-film", "open");
	d = house_draft(h, "a-film", 1, "Only once.");
	assert_int_equal(add(h, &d, STATE_HELD, &first), OK);
	assert_int_equal(add(h, &d, STATE_SHOWN, &again), OK);
	assert_false(first.again);
	assert_true(again.again);
	assert_int_equal(again.comment.id, first.comment.id);
	assert_int_equal(again.comment.state, STATE_HELD);
	assert_int_equal(again.comment.posted, first.comment.posted);
	assert_int_equal(house_sql(h, "SELECT count(*) FROM comment"), 1);
}

static void
a_used_key_serves_nobody_else(void **state)
{
	struct house *h = *state;
	struct store_added added;
	struct draft d, other;

	house_review(h, "a-film", "open");
	d = house_draft(h, "a-film", 1, "Mine.");
	house_post(h, &d, STATE_SHOWN);
	other = d;
	other.body = STR("Yours.");
	assert_int_equal(add(h, &other, STATE_SHOWN, &added), ERR_KEY_USED);
	other = d;
	other.person.bytes[0] = 9;
	assert_int_equal(add(h, &other, STATE_SHOWN, &added), ERR_KEY_USED);
}

static struct uuid shared_key;

static void
post_shared(struct house *h, int i)
{
	struct draft d = house_draft(h, "a-film", 1, "At once.");
	struct store_added added;

	(void)i;
	d.key = shared_key;
	if (add(h, &d, STATE_SHOWN, &added) != OK)
		abort();
}

static void
one_key_sent_by_many_at_once_makes_one_comment(void **state)
{
	struct house *h = *state;
	int round;

	house_review(h, "a-film", "open");
	for (round = 1; round <= 10; round++) {
		uuid_random(&shared_key);
		house_fork(h, 4, post_shared);
		house_reap(4);
		assert_int_equal(house_sql(h,
		    "SELECT count(*) FROM comment"), round);
		assert_int_equal(house_page(h).thread.count, round);
	}
}

static void
post_and_be_told_again(struct house *h, int i)
{
	struct draft d = house_draft(h, "a-film", 1, "words");
	struct store_added added;

	(void)i;
	d.key = shared_key;
	if (add(h, &d, STATE_SHOWN, &added) != OK || !added.again)
		abort();
}

/* The first has inserted and not yet committed when the second comes: its
 * statement waits, and then can't see what it has waited for. */
static void
a_key_that_was_just_taken_is_asked_for_again(void **state)
{
	struct house *h = *state;
	char key[UUID_TEXT];

	house_review(h, "a-film", "open");
	uuid_random(&shared_key);
	uuid_text(&shared_key, key);
	house_sql(h, "BEGIN");
	house_sql(h, "INSERT INTO comment (thread_id, root, state, visible,"
	    " person, author, sender, body, html, client_key) SELECT id, 0,"
	    " 'held', false, '00000000-0000-0000-0000-000000000001', '', '',"
	    " 'words', '', '%s' FROM thread", key);
	house_fork(h, 1, post_and_be_told_again);
	house_await_lock(h);
	house_sql(h, "COMMIT");
	house_reap(1);
	assert_int_equal(house_sql(h, "SELECT count(*) FROM comment"), 1);
}

static void
a_closed_thread_takes_nothing_but_repeats_its_answers(void **state)
{
	struct house *h = *state;
	struct store_added added;
	struct draft d, late;

	house_review(h, "a-film", "open");
	d = house_draft(h, "a-film", 1, "In time.");
	late = house_draft(h, "a-film", 1, "Too late.");
	house_post(h, &d, STATE_SHOWN);
	house_sql(h, "UPDATE thread SET closes_at = now() - interval '1 s'");
	assert_int_equal(add(h, &late, STATE_SHOWN, &added),
	    ERR_THREAD_CLOSED);
	house_sql(h, "UPDATE thread SET closes_at = NULL, policy = 'closed'");
	assert_int_equal(add(h, &late, STATE_SHOWN, &added),
	    ERR_THREAD_CLOSED);
	assert_int_equal(add(h, &d, STATE_SHOWN, &added), OK);
	assert_true(added.again);
}

static void
a_reply_stands_below_its_parent_in_one_thread(void **state)
{
	struct house *h = *state;
	int64_t root, reply;
	struct store_added added;
	struct draft d;

	house_review(h, "a-film", "open");
	house_review(h, "b-film", "open");
	root = house_say(h, "a-film", 0);
	reply = house_say(h, "a-film", root);
	d = house_draft(h, "a-film", 2, "Deeper.");
	d.parent = reply;
	assert_int_equal(add(h, &d, STATE_SHOWN, &added), OK);
	assert_int_equal(added.comment.root, root);
	d = house_draft(h, "b-film", 2, "Astray.");
	d.parent = root;
	assert_int_equal(add(h, &d, STATE_SHOWN, &added), ERR_PARENT_BAD);
	d = house_draft(h, "c-film", 2, "Nowhere.");
	assert_int_equal(add(h, &d, STATE_SHOWN, &added), ERR_NOT_FOUND);
}

static void
a_held_parent_is_there_for_its_author_alone(void **state)
{
	struct house *h = *state;
	struct store_context context;
	struct store_added added;
	struct draft d, held;

	house_review(h, "a-film", "open");
	held = house_draft(h, "a-film", 1, "I wait.");
	d = house_draft(h, "a-film", 2, "Hello?");
	d.parent = house_post(h, &held, STATE_HELD);
	assert_int_equal(store_comment_context(h->store, h->arena, &d,
	    &context), ERR_PARENT_BAD);
	assert_int_equal(add(h, &d, STATE_SHOWN, &added), ERR_PARENT_BAD);
	d.person = held.person;
	assert_int_equal(store_comment_context(h->store, h->arena, &d,
	    &context), OK);
	assert_true(str_is(context.parent_body, "I wait."));
	assert_int_equal(add(h, &d, STATE_SHOWN, &added), OK);
	assert_int_equal(added.comment.state, STATE_HELD);
}

static void
the_context_knows_newcomers_bans_and_moderators(void **state)
{
	struct house *h = *state;
	struct store_context c;
	struct draft d;
	char person[UUID_TEXT];

	house_review(h, "a-film", "first");
	d = house_draft(h, "a-film", 1, "words");
	uuid_text(&d.person, person);
	assert_int_equal(store_comment_context(h->store, h->arena, &d, &c),
	    OK);
	assert_true(c.policy.newcomer && !c.policy.banned);
	assert_int_equal(c.policy.thread, POLICY_FIRST);
	assert_int_equal(c.first_seen, 0);
	house_post(h, &d, STATE_SHOWN);
	d.key.bytes[0] ^= 1;
	house_post(h, &d, STATE_SPAM);
	house_sql(h, "INSERT INTO ban (site_id, person, until) VALUES"
	    " (1, '%s', now() - interval '1 s')", person);
	assert_int_equal(store_comment_context(h->store, h->arena, &d, &c),
	    OK);
	assert_true(!c.policy.newcomer && !c.policy.banned);
	assert_true(c.shown == 1 && c.removed == 1 && c.first_seen > 0);
	house_sql(h, "INSERT INTO ban (site_id, sender) VALUES"
	    " (1, '\\x00ff00ff')");
	assert_int_equal(store_comment_context(h->store, h->arena, &d, &c),
	    OK);
	assert_true(c.policy.banned && !c.policy.trusted);
	house_sql(h, "INSERT INTO account (id, name, password, role)"
	    " VALUES ('%s', 'm', '', 'moderator')", person);
	assert_int_equal(store_comment_context(h->store, h->arena, &d, &c),
	    OK);
	assert_true(c.policy.trusted);
}

static void
text_comes_back_as_it_was(void **state)
{
	struct house *h = *state;
	struct comment c;
	struct draft d;
	int64_t id;

	house_review(h, "a-film", "open");
	d = house_draft(h, "a-film", 1, "\"a\\b\", {c} \xd0\x96\n'; --");
	d.anchor = STR("{\"quote\": \"x\"}");
	d.email_hash = STR("0a0b");
	id = house_post(h, &d, STATE_SHOWN);
	assert_int_equal(store_comment_get(h->store, h->arena, d.slug, id,
	    &c), OK);
	assert_true(str_eq(c.body, d.body) && str_eq(c.html, d.html));
	assert_true(str_eq(c.anchor, d.anchor));
	assert_true(str_is(c.title, "A Film"));
	assert_true(uuid_eq(&c.person, &d.person));
	d = house_draft(h, "a-film", 1, "bad \xff");
	assert_int_equal(add(h, &d, STATE_SHOWN, &(struct store_added){ 0 }),
	    ERR_UTF8);
}

static const struct CMUnitTest tests[] = {
	HOUSE_TEST(a_post_costs_one_round_trip),
	HOUSE_TEST(a_strangers_post_costs_one_round_trip_in_all),
	HOUSE_TEST(what_a_stranger_was_judged_by_must_still_be_so),
	HOUSE_TEST(the_same_key_gets_the_same_answer),
	HOUSE_TEST(a_used_key_serves_nobody_else),
	HOUSE_TEST(one_key_sent_by_many_at_once_makes_one_comment),
	HOUSE_TEST(a_key_that_was_just_taken_is_asked_for_again),
	HOUSE_TEST(a_closed_thread_takes_nothing_but_repeats_its_answers),
	HOUSE_TEST(a_reply_stands_below_its_parent_in_one_thread),
	HOUSE_TEST(a_held_parent_is_there_for_its_author_alone),
	HOUSE_TEST(the_context_knows_newcomers_bans_and_moderators),
	HOUSE_TEST(text_comes_back_as_it_was),
};

HOUSE_MAIN(tests)
