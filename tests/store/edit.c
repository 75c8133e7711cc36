/* edit.c: authors change and erase what is theirs, for a while. */
#include "house.h"

enum { WINDOW = 300 * SECOND };

static const struct verdict none;

static enum err
edit(struct house *h, const struct draft *d, int64_t id,
    enum model_state state, struct comment *ret)
{
	static const struct verdict silent = {
		.n = 1, .each = { { .filter = { "links", 5 }, .silent = true } }
	};
	const struct store_edit e = {
		.own = { d->slug, id, d->person, WINDOW }, .draft = d,
		.seen = STATE_SHOWN, .judged = { &silent, state, "edited" }
	};

	return store_edit_save(h->store, h->arena, &e, ret);
}

static void
an_edit_keeps_what_was_said_before(void **state)
{
	struct house *h = *state;
	struct comment c;
	struct draft d;
	int64_t id;

	house_review(h, "a-film", "open");
	d = house_draft(h, "a-film", 1, "Frist!");
	id = house_post(h, &d, STATE_SHOWN);
	d.body = STR("First!");
	d.html = STR("<p>First!</p>");
	assert_int_equal(edit(h, &d, id, STATE_SHOWN, &c), OK);
	assert_true(str_is(c.body, "First!") && c.edited >= c.posted);
	assert_int_equal(house_sql(h, "SELECT count(*) FROM revision"
	    " WHERE body = 'Frist!' AND number = 1"), 1);
	assert_int_equal(house_sql(h, "SELECT count(*) FROM evidence"
	    " WHERE filter = 'links' AND silent"), 1);
	assert_true(str_is(house_page(h).comments[0].html, "<p>First!</p>"));
	assert_int_equal(edit(h, &d, id, STATE_SHOWN, &c), OK);
	assert_int_equal(house_sql(h, "SELECT count(*) FROM revision"), 1);
	d.body = STR("Foremost!");
	assert_int_equal(edit(h, &d, id, STATE_SHOWN, &c), OK);
	assert_int_equal(house_sql(h, "SELECT max(number) FROM revision"), 2);
}

static void
an_edit_that_must_wait_is_no_longer_shown(void **state)
{
	struct house *h = *state;
	struct comment c;
	struct draft d;
	int64_t id;

	house_review(h, "a-film", "open");
	d = house_draft(h, "a-film", 1, "Fine.");
	id = house_post(h, &d, STATE_SHOWN);
	d.body = STR("Buy!");
	assert_int_equal(edit(h, &d, id, STATE_HELD, &c), OK);
	assert_int_equal(c.state, STATE_HELD);
	assert_int_equal(house_page(h).ncomments, 0);
	assert_int_equal(house_page(h).thread.count, 0);
	assert_int_equal(edit(h, &d, id, STATE_SHOWN, &c), ERR_CONFLICT);
	assert_int_equal(house_rule(h, id, ACT_APPROVE, STATE_HELD), OK);
	assert_int_equal(house_page(h).thread.count, 1);
}

static void
only_its_author_in_the_window_may_edit(void **state)
{
	struct house *h = *state;
	struct store_own own;
	struct comment c;
	struct draft d, other;
	int64_t id;

	house_review(h, "a-film", "open");
	d = house_draft(h, "a-film", 1, "Mine.");
	id = house_post(h, &d, STATE_SHOWN);
	other = house_draft(h, "a-film", 2, "Yours.");
	assert_int_equal(edit(h, &other, id, STATE_SHOWN, &c), ERR_NOT_FOUND);
	assert_int_equal(edit(h, &d, id + 9, STATE_SHOWN, &c), ERR_NOT_FOUND);
	house_sql(h, "UPDATE comment SET posted_at = now()"
	    " - interval '300 s'");
	assert_int_equal(edit(h, &d, id, STATE_SHOWN, &c), ERR_WINDOW_OVER);
	own = (struct store_own){ d.slug, id, d.person, WINDOW };
	assert_int_equal(store_edit_erase(h->store, h->arena, &own),
	    ERR_WINDOW_OVER);
	own.window += 60LL * SECOND;
	assert_int_equal(house_rule(h, id, ACT_REMOVE, STATE_SHOWN), OK);
	assert_int_equal(store_edit_erase(h->store, h->arena, &own),
	    ERR_CONFLICT);
}

static void
what_is_erased_leaves_no_word(void **state)
{
	struct house *h = *state;
	struct store_added added;
	struct store_own own;
	struct thread_page page;
	struct comment c;
	struct draft d;
	int64_t id;

	house_review(h, "a-film", "open");
	d = house_draft(h, "a-film", 1, "Regret.");
	d.email_hash = STR("0a0b");
	id = house_post(h, &d, STATE_SHOWN);
	house_say(h, "a-film", id);
	d.body = STR("Regret it.");
	assert_int_equal(edit(h, &d, id, STATE_SHOWN, &c), OK);
	own = (struct store_own){ d.slug, id, d.person, WINDOW };
	assert_int_equal(store_edit_erase(h->store, h->arena, &own), OK);
	assert_int_equal(house_sql(h, "SELECT count(*) FROM comment WHERE"
	    " id = %lld AND state = 'erased' AND body || html || author = ''"
	    " AND email_hash IS NULL AND sender = ''", (long long)id), 1);
	assert_int_equal(house_sql(h, "SELECT (SELECT count(*) FROM revision)"
	    " + (SELECT count(*) FROM evidence)"), 0);
	page = house_page(h);
	assert_int_equal(page.ncomments, 2);
	assert_int_equal(page.thread.count, 1);
	assert_int_equal(page.comments[0].state, STATE_ERASED);
	assert_int_equal(store_edit_erase(h->store, h->arena, &own), OK);
	assert_int_equal(house_page(h).thread.count, 1);
	assert_int_equal(house_rule(h, id, ACT_APPROVE, STATE_ERASED),
	    ERR_NOT_FOUND);
	assert_int_equal(store_comment_add(h->store, h->arena, &d,
	    &(struct store_judged){ &none, STATE_SHOWN, "" },
	    &added), OK);
	assert_true(added.again && added.comment.state == STATE_ERASED);
}

static const struct CMUnitTest tests[] = {
	HOUSE_TEST(an_edit_keeps_what_was_said_before),
	HOUSE_TEST(an_edit_that_must_wait_is_no_longer_shown),
	HOUSE_TEST(only_its_author_in_the_window_may_edit),
	HOUSE_TEST(what_is_erased_leaves_no_word),
};

HOUSE_MAIN(tests)
