/* mark.c: what one comment has used, no other comes with. */
#include <string.h>

#include "house.h"

static const char *const marks[] = { "one", "two" };

/* As shown by a filter that names that mark. */
static struct verdict
with(const char *mark)
{
	return (struct verdict){ .n = 2, .each = {
		{ .filter = STR("links") },
		{ .filter = STR("pow"), .mark = str_of(mark),
		    .mark_ends = clock_now() + 60LL * SECOND }
	} };
}

static enum err
add(struct house *h, const struct draft *d, const char *mark,
    struct store_added *ret)
{
	const struct verdict v = with(mark);
	const struct store_judged judged = { &v, STATE_SHOWN, "" };

	return store_comment_add(h->store, h->arena, d, &judged, ret);
}

static struct draft
draft(struct house *h, const char *slug, int person)
{
	return house_draft(h, slug, person, "With a mark.");
}

static void
a_mark_is_used_once_under_a_review(void **state)
{
	struct house *h = *state;
	struct store_added added;
	struct draft d;
	int i;

	house_review(h, "a-film", "open");
	house_review(h, "b-film", "open");
	for (i = 1; i < 4; i++) {
		d = draft(h, "a-film", i);
		assert_int_equal(add(h, &d, "one", &added),
		    i == 1 ? OK : ERR_USED);
	}
	assert_int_equal(add(h, &d, "two", &added), OK);
	d = draft(h, "b-film", 5);
	assert_int_equal(add(h, &d, "one", &added), OK);
	assert_int_equal(house_sql(h, "SELECT count(*) FROM comment"), 3);
	assert_int_equal(house_sql(h, "SELECT count(*) FROM change "
	    "WHERE shown = 1"), 3);
}

static void
it_goes_with_the_comment_in_one_round_trip(void **state)
{
	struct house *h = *state;
	struct store_added added;
	struct draft d;
	int64_t trips;

	house_review(h, "a-film", "open");
	d = draft(h, "a-film", 1);
	trips = store_trips(h->store);
	assert_int_equal(add(h, &d, "one", &added), OK);
	assert_int_equal(store_trips(h->store), trips + 1);
	assert_int_equal(house_sql(h, "SELECT count(*) FROM mark_used"), 1);
}

static void
the_same_comment_again_is_no_second_use(void **state)
{
	struct house *h = *state;
	struct store_added first, again;
	struct draft d, other;
	size_t i;

	house_review(h, "a-film", "open");
	d = draft(h, "a-film", 1);
	assert_int_equal(add(h, &d, "one", &first), OK);
	for (i = 0; i < COUNT(marks); i++) {
		assert_int_equal(add(h, &d, marks[i], &again), OK);
		assert_true(again.again);
		assert_int_equal(again.comment.id, first.comment.id);
	}
	other = draft(h, "a-film", 1);
	assert_int_equal(add(h, &other, "one", &again), ERR_USED);
	assert_int_equal(house_sql(h, "SELECT count(*) FROM comment"), 1);
}

/* What was told before comes first, then why nothing can be added. */
static void
who_can_add_nothing_hears_that(void **state)
{
	struct house *h = *state;
	struct store_added added;
	struct draft d, other;

	house_review(h, "a-film", "open");
	d = draft(h, "a-film", 1);
	other = draft(h, "a-film", 2);
	assert_int_equal(add(h, &d, "one", &added), OK);
	house_sql(h, "UPDATE thread SET policy = 'closed'");
	assert_int_equal(add(h, &other, "one", &added), ERR_THREAD_CLOSED);
	assert_int_equal(add(h, &d, "one", &added), OK);
	assert_true(added.again);
	/* Refused for that, it may come with its own again. */
	assert_int_equal(add(h, &other, "two", &added), ERR_THREAD_CLOSED);
	house_sql(h, "UPDATE thread SET policy = 'open'");
	assert_int_equal(add(h, &other, "two", &added), OK);
	assert_false(added.again);
}

static void
come_first_or_late(struct house *h, int i)
{
	struct store_added added;
	struct draft d = draft(h, "a-film", i + 1);
	enum err e = add(h, &d, "one", &added);

	if (e != OK && e != ERR_USED)
		abort();
}

static struct uuid shared_key;

static void
come_all_the_same(struct house *h, int i)
{
	struct store_added added;
	struct draft d = draft(h, "a-film", 1);

	(void)i;
	d.key = shared_key;
	if (add(h, &d, "one", &added) != OK)
		abort();
}

static void
of_many_at_once_one_has_it(void **state)
{
	static void (*const comes[])(struct house *, int) = {
		come_first_or_late, come_all_the_same
	};
	struct house *h = *state;
	size_t i;

	house_review(h, "a-film", "open");
	for (i = 0; i < COUNT(comes); i++) {
		house_sql(h, "DELETE FROM mark_used");
		house_sql(h, "DELETE FROM comment");
		uuid_random(&shared_key);
		house_fork(h, 4, comes[i]);
		house_reap(4);
		assert_int_equal(house_sql(h, "SELECT count(*) FROM comment"),
		    1);
	}
}

static enum err
edit(struct house *h, struct draft *d, int64_t id, const char *mark)
{
	const struct verdict v = with(mark);
	struct store_edit is = {
		.own = { .slug = d->slug, .id = id, .person = d->person,
		    .window = 60LL * SECOND },
		.draft = d, .seen = STATE_SHOWN,
		.judged = { &v, STATE_SHOWN, "" }
	};
	struct comment c;

	uuid_random(&d->key);
	return store_edit_save(h->store, h->arena, &is, &c);
}

static void
an_edit_uses_one_too(void **state)
{
	struct house *h = *state;
	struct store_added added;
	struct draft d;

	house_review(h, "a-film", "open");
	d = draft(h, "a-film", 1);
	assert_int_equal(add(h, &d, "one", &added), OK);
	d.body = STR("Changed.");
	assert_int_equal(edit(h, &d, added.comment.id, "one"), ERR_USED);
	assert_int_equal(house_sql(h, "SELECT count(*) FROM revision"), 0);
	assert_int_equal(edit(h, &d, added.comment.id, "two"), OK);
	/* Sent again it changes nothing. */
	assert_int_equal(edit(h, &d, added.comment.id, "two"), OK);
	d.body = STR("Changed again.");
	assert_int_equal(edit(h, &d, added.comment.id, "two"), ERR_USED);
	assert_int_equal(house_sql(h, "SELECT count(*) FROM revision"), 1);
}

static void
old_marks_are_forgotten_and_young_ones_stay(void **state)
{
	struct house *h = *state;
	struct store_added added;
	struct draft d;
	size_t i;

	house_review(h, "a-film", "open");
	for (i = 0; i < COUNT(marks); i++) {
		d = draft(h, "a-film", (int)i + 1);
		assert_int_equal(add(h, &d, marks[i], &added), OK);
	}
	house_sql(h, "UPDATE mark_used SET ends = now() - CASE mark "
	    "WHEN 'one' THEN interval '1 h' ELSE interval '1 min' END");
	assert_int_equal(store_mark_retire(h->store), OK);
	d = draft(h, "a-film", 9);
	assert_int_equal(add(h, &d, "two", &added), ERR_USED);
	assert_int_equal(add(h, &d, "one", &added), OK);
}

static const struct CMUnitTest tests[] = {
	HOUSE_TEST(a_mark_is_used_once_under_a_review),
	HOUSE_TEST(it_goes_with_the_comment_in_one_round_trip),
	HOUSE_TEST(the_same_comment_again_is_no_second_use),
	HOUSE_TEST(who_can_add_nothing_hears_that),
	HOUSE_TEST(of_many_at_once_one_has_it),
	HOUSE_TEST(an_edit_uses_one_too),
	HOUSE_TEST(old_marks_are_forgotten_and_young_ones_stay),
};

HOUSE_MAIN(tests)
