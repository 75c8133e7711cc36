/* queue.c: what waits, what a moderator rules, and the log of it. */
#include <string.h>

#include "house.h"
#include "seal/seal.h"

static enum err
house_queue(struct house *h, int64_t after, struct store_queue *ret)
{
	const struct store_wanted all = { .after = after };

	return store_queue_list(h->store, h->arena, &all, ret);
}

static void
the_queue_shows_what_each_filter_said(void **state)
{
	struct house *h = *state;
	const struct verdict v = { .n = 2, .each = {
		{ .filter = STR("links"), .score = 40,
		    .reason = STR("2 \"links\", {x}\\"),
		    .features = STR("n=2 hosts=1"), .usec = 120 },
		{ .filter = STR("pace"), .silent = true, .usec = 50000 }
	} };
	const struct store_judged judged = { &v, STATE_HELD, "silent filter" };
	struct store_added added;
	struct store_queue q;
	struct draft d;
	int64_t root;

	house_review(h, "a-film", "open");
	root = house_say(h, "a-film", 0);
	d = house_draft(h, "a-film", 1, "I wait.");
	d.parent = root;
	assert_int_equal(store_comment_add(h->store, h->arena, &d, &judged,
	    &added), OK);
	d = house_draft(h, "a-film", 2, "I too.");
	house_post(h, &d, STATE_HELD);
	assert_int_equal(house_queue(h, 0, &q), OK);
	assert_true(q.n == 2 && q.total == 2);
	assert_int_equal(q.rows[0].comment.id, added.comment.id);
	assert_true(str_is(q.rows[0].why, "silent filter"));
	assert_true(str_is(q.rows[0].parent_body, "words"));
	assert_true(str_is(q.rows[0].comment.title, "A Film"));
	assert_int_equal(q.rows[0].shown_before, 1);
	assert_int_equal(q.rows[0].verdict.n, 2);
	assert_true(q.rows[0].verdict.silent);
	assert_true(str_is(q.rows[0].verdict.each[0].reason,
	    "2 \"links\", {x}\\"));
	assert_int_equal(q.rows[0].verdict.each[0].score, 40);
	assert_true(q.rows[0].verdict.each[1].silent);
	assert_int_equal(q.rows[0].verdict.each[1].usec, 50000);
	assert_int_equal(q.rows[1].verdict.n, 0);
	assert_int_equal(house_queue(h, q.rows[0].comment.id, &q), OK);
	assert_true(q.n == 1 && q.total == 2);
}

static void
a_ruling_is_written_down(void **state)
{
	struct house *h = *state;
	struct store_queue q;
	struct log_row *log;
	struct draft d;
	int64_t id;
	size_t n;

	house_review(h, "a-film", "first");
	d = house_draft(h, "a-film", 1, "I wait.");
	id = house_post(h, &d, STATE_HELD);
	assert_int_equal(house_rule(h, id, ACT_APPROVE, STATE_HELD), OK);
	assert_int_equal(house_page(h).thread.count, 1);
	assert_int_equal(house_queue(h, 0, &q), OK);
	assert_true(q.n == 0 && q.total == 0);
	assert_int_equal(store_log_list(h->store, h->arena, 0, &log, &n), OK);
	assert_int_equal(n, 1);
	assert_true(str_is(log->act, "approve"));
	assert_true(str_is(log->before, "held") && str_is(log->after, "shown"));
	assert_true(str_is(log->reason, "because"));
	assert_true(str_is(log->slug, "a-film") && log->comment == id);
	assert_true(str_is(log->actor_name, "mod"));
	assert_true(uuid_eq(&log->actor, &h->moderator.id));
}

static void
who_rules_on_what_has_changed_is_told(void **state)
{
	struct house *h = *state;
	int64_t id;

	house_review(h, "a-film", "open");
	id = house_say(h, "a-film", 0);
	assert_int_equal(house_rule(h, id, ACT_APPROVE, STATE_HELD),
	    ERR_CONFLICT);
	assert_int_equal(house_rule(h, id + 1, ACT_APPROVE, STATE_HELD),
	    ERR_NOT_FOUND);
	assert_int_equal(house_rule(h, id, ACT_REMOVE, STATE_SHOWN), OK);
	assert_int_equal(house_rule(h, id, ACT_REMOVE, STATE_SHOWN),
	    ERR_CONFLICT);
	assert_int_equal(house_sql(h, "SELECT count(*) FROM moderation_log"),
	    1);
}

/* Walks the whole log; its length. */
static int64_t
verify(struct house *h)
{
	unsigned char prev[32] = { 0 }, hash[32];
	struct log_row *rows;
	int64_t id = 0;
	size_t i, n;

	do {
		assert_int_equal(store_log_walk(h->store, h->arena, id, &rows,
		    &n), OK);
		for (i = 0; i < n; i++) {
			assert_int_equal(rows[i].id, ++id);
			assert_memory_equal(rows[i].prev, prev, 32);
			seal_chain_hash(&rows[i], hash);
			assert_memory_equal(rows[i].hash, hash, 32);
			memcpy(prev, hash, 32);
		}
	} while (n > 0);
	assert_int_equal(store_log_head(h->store, &id, hash), OK);
	assert_memory_equal(prev, hash, 32);
	return id;
}

static void
write_log(struct house *h, int i)
{
	struct log_row row = { .actor_name = STR("foyerctl"),
	    .act = STR("export"), .reason = STR("\"why\"\\ \xd0\x96") };
	int n;

	(void)i;
	for (n = 0; n < 25; n++)
		if (store_log_add(h->store, h->arena, &row) != OK)
			abort();
}

static void
many_writers_make_one_chain(void **state)
{
	struct house *h = *state;

	house_fork(h, 4, write_log);
	house_reap(4);
	assert_int_equal(verify(h), 100);
}

static void
rule_all(struct house *h, int i)
{
	int64_t id;

	(void)i;
	for (id = 1; id <= 20; id++) {
		enum err e = house_rule(h, id, ACT_APPROVE, STATE_HELD);

		if (e != OK && e != ERR_CONFLICT)
			abort();
	}
}

static void
two_moderators_rule_on_each_comment_once(void **state)
{
	struct house *h = *state;
	struct draft d;
	int i;

	house_review(h, "a-film", "first");
	for (i = 0; i < 20; i++) {
		d = house_draft(h, "a-film", i, "I wait.");
		house_post(h, &d, STATE_HELD);
	}
	house_fork(h, 3, rule_all);
	house_reap(3);
	assert_int_equal(verify(h), 20);
	assert_int_equal(house_page(h).thread.count, 20);
}

static void
a_threads_terms_are_changed_and_logged(void **state)
{
	const struct store_terms until = {
		POLICY_ALL, 1767225600000000, false
	};
	const struct store_terms shut = { POLICY_CLOSED, 0, false };
	struct house *h = *state;
	struct log_row *log;
	struct thread t;
	size_t n;

	house_review(h, "a-film", "first");
	assert_int_equal(store_terms_set(h->store, h->arena, STR("a-film"),
	    &until, &h->moderator), OK);
	t = house_page(h).thread;
	assert_int_equal(t.policy, POLICY_ALL);
	assert_int_equal(t.closes_at, until.closes_at);
	assert_int_equal(store_terms_set(h->store, h->arena, STR("a-film"),
	    &shut, NULL), OK);
	t = house_page(h).thread;
	assert_int_equal(t.policy, POLICY_CLOSED);
	assert_int_equal(t.closes_at, 0);
	assert_int_equal(store_terms_set(h->store, h->arena, STR("no-film"),
	    &shut, NULL), ERR_NOT_FOUND);
	assert_int_equal(store_log_list(h->store, h->arena, 0, &log, &n), OK);
	assert_int_equal(n, 2);
	assert_true(str_is(log[0].actor_name, "foyerctl"));
	assert_true(uuid_null(&log[0].actor));
	assert_true(str_is(log[0].before, "all until 2026-01-01T00:00:00Z"));
	assert_true(str_is(log[0].after, "closed"));
	assert_true(str_is(log[1].before, "inherit"));
	assert_int_equal(verify(h), 2);
}

static void
an_account_is_kept_and_its_sessions_end(void **state)
{
	struct account a = { .name = STR("mod"), .password = STR("$x"),
	    .role = ROLE_MODERATOR }, b;
	struct house *h = *state;
	struct store_session session = { .device = STR("Firefox") };
	int64_t epoch;

	uuid_random(&a.id);
	uuid_random(&session.id);
	session.ends = clock_now() + SECOND;
	assert_int_equal(store_account_add(h->store, h->arena, &a), OK);
	uuid_random(&b.id);
	b = (struct account){ .id = b.id, .name = a.name };
	assert_int_equal(store_account_add(h->store, h->arena, &b),
	    ERR_CONFLICT);
	assert_int_equal(store_account_by_name(h->store, h->arena, a.name,
	    &b), OK);
	assert_true(uuid_eq(&a.id, &b.id) && b.role == ROLE_MODERATOR);
	assert_int_equal(store_account_password(h->store, h->arena, a.name,
	    STR("$y")), OK);
	assert_int_equal(store_account_revoke(h->store, h->arena, a.name), OK);
	assert_int_equal(store_session_check(h->store, &a.id, &session.id,
	    &epoch), ERR_NOT_FOUND);
	assert_int_equal(store_session_add(h->store, &a.id, &session), OK);
	assert_int_equal(store_session_check(h->store, &a.id, &session.id,
	    &epoch), OK);
	assert_int_equal(epoch, 2);
	assert_int_equal(store_session_end(h->store, &a.id, &session.id), OK);
	assert_int_equal(store_session_check(h->store, &a.id, &session.id,
	    &epoch), ERR_NOT_FOUND);
	assert_int_equal(store_account_by_id(h->store, h->arena, &a.id, &b),
	    OK);
	assert_true(str_is(b.password, "$y") && b.epoch == 2 && !b.suspended);
	assert_int_equal(store_account_revoke(h->store, h->arena, STR("x")),
	    ERR_NOT_FOUND);
}

static const struct CMUnitTest tests[] = {
	HOUSE_TEST(the_queue_shows_what_each_filter_said),
	HOUSE_TEST(a_ruling_is_written_down),
	HOUSE_TEST(who_rules_on_what_has_changed_is_told),
	HOUSE_TEST(many_writers_make_one_chain),
	HOUSE_TEST(two_moderators_rule_on_each_comment_once),
	HOUSE_TEST(a_threads_terms_are_changed_and_logged),
	HOUSE_TEST(an_account_is_kept_and_its_sessions_end),
};

HOUSE_MAIN(tests)
