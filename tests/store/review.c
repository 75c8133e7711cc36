/* review.c: a review comes back as it was put, and keeps its thread. */
#include <stdio.h>

#include "house.h"

#define S(literal)	{ "" literal, sizeof(literal) - 1 }

static struct str directors[] = { S("A. B"), S("\"C\", D\\") };
static struct str paragraphs[] = {
	S("First, {braces} and \"quotes\"."), S("NULL"), S(""),
	S("\xd0\x9a\xd0\xb8\xd0\xbd\xd0\xbe\nsecond line")
};
static struct str works[] = { S("Somebody. Something. 2001.") };
static struct str cast[] = { S("One"), S("Two, Jr."), S("\\Three") };
static struct str music[] = { S("Four") };
static struct model_credit credits[] = {
	{ S("Cast"), cast, 3 }, { S("Nobody"), NULL, 0 },
	{ S("Music, \"score\""), music, 1 }
};

static struct review
full(void)
{
	return (struct review){
		.slug = STR("closeness-2017"), .path = STR("/2018/61/x.html"),
		.issue = 61, .year = 2018, .heading = STR("A. B: Film (2017)"),
		.title = STR("Film"), .original = STR("\xd0\xa4\xd0\xb8"),
		.film_year = 2017, .minutes = 118,
		.directors = directors, .ndirectors = COUNT(directors),
		.reviewer = STR("E. F"), .affiliation = STR("Somewhere"),
		.epigraph = STR("one\ntwo"), .paragraphs = paragraphs,
		.nparagraphs = COUNT(paragraphs), .works = works,
		.nworks = COUNT(works), .credits = credits,
		.ncredits = COUNT(credits), .colour = STR("Color"),
		.country = STR("Russia"), .language = STR("en"),
		.published = STR("2018"), .updated = STR("2018-07-01")
	};
}

static void
check_strs(const struct str *a, size_t na, const struct str *b, size_t nb)
{
	size_t i;

	assert_int_equal(na, nb);
	for (i = 0; i < na; i++)
		assert_true(str_eq(a[i], b[i]));
}

static void
check_same(const struct review *a, const struct review *b)
{
	size_t i;

	assert_true(a->id == b->id && a->issue == b->issue);
	assert_true(a->year == b->year && a->film_year == b->film_year);
	assert_true(a->minutes == b->minutes && str_eq(a->slug, b->slug));
	assert_true(str_eq(a->path, b->path));
	assert_true(str_eq(a->heading, b->heading));
	assert_true(str_eq(a->title, b->title));
	assert_true(str_eq(a->original, b->original));
	assert_true(str_eq(a->reviewer, b->reviewer));
	assert_true(str_eq(a->affiliation, b->affiliation));
	assert_true(str_eq(a->epigraph, b->epigraph));
	assert_true(str_eq(a->colour, b->colour));
	assert_true(str_eq(a->country, b->country));
	assert_true(str_eq(a->language, b->language));
	assert_true(str_eq(a->published, b->published));
	assert_true(str_eq(a->updated, b->updated));
	check_strs(a->directors, a->ndirectors, b->directors, b->ndirectors);
	check_strs(a->paragraphs, a->nparagraphs, b->paragraphs,
	    b->nparagraphs);
	check_strs(a->works, a->nworks, b->works, b->nworks);
	assert_int_equal(a->ncredits, b->ncredits);
	for (i = 0; i < a->ncredits; i++) {
		assert_true(str_eq(a->credits[i].role, b->credits[i].role));
		check_strs(a->credits[i].names, a->credits[i].nnames,
		    b->credits[i].names, b->credits[i].nnames);
	}
}

static void
every_field_comes_back(void **state)
{
	struct house *h = *state;
	struct review r = full(), got;
	bool created;

	assert_int_equal(store_review_put(h->store, h->arena, &r, &created),
	    OK);
	assert_true(created && r.id > 0);
	assert_int_equal(store_review_get(h->store, h->arena, r.slug, &got),
	    OK);
	check_same(&r, &got);
	r.ncredits = r.ndirectors = r.nworks = r.nparagraphs = 0;
	assert_int_equal(store_review_put(h->store, h->arena, &r, &created),
	    OK);
	assert_false(created);
	assert_int_equal(store_review_get(h->store, h->arena, r.slug, &got),
	    OK);
	check_same(&r, &got);
	assert_int_equal(store_review_get(h->store, h->arena, STR("no"), &got),
	    ERR_NOT_FOUND);
}

static void
put_again_it_keeps_its_thread(void **state)
{
	struct store_view view = { .slug = STR("a-film") };
	struct house *h = *state;
	struct thread_page page;
	struct review r = full(), got;
	int64_t version, id, trips;
	bool created;

	house_sql(h, "UPDATE site SET policy = 'all'");
	r.slug = view.slug;
	assert_int_equal(store_review_put(h->store, h->arena, &r, &created),
	    OK);
	id = r.id;
	assert_int_equal(house_page(h).thread.policy, POLICY_ALL);
	house_sql(h, "UPDATE thread SET policy = 'open'");
	house_say(h, "a-film", 0);
	version = house_page(h).thread.version;
	r.title = STR("Another");
	assert_int_equal(store_review_put(h->store, h->arena, &r, &created),
	    OK);
	assert_true(!created && r.id == id);
	trips = store_trips(h->store);
	assert_int_equal(store_page_review(h->store, h->arena, &view, &got,
	    &page), OK);
	assert_int_equal(store_trips(h->store), trips + 1);
	assert_true(str_is(got.title, "Another"));
	assert_true(str_is(page.thread.title, "Another"));
	assert_int_equal(page.thread.policy, POLICY_OPEN);
	assert_int_equal(page.ncomments, 1);
	assert_true(page.thread.version > version);
}

static void
the_newest_issue_is_listed_first(void **state)
{
	struct house *h = *state;
	struct store_reviews list;
	struct review r = full();
	char slug[24];
	bool created;
	int i;

	for (i = 0; i < 130; i++) {
		snprintf(slug, sizeof(slug), "film-%d", i);
		r.slug = str_of(slug);
		r.issue = i / 10;
		assert_int_equal(store_review_put(h->store, h->arena, &r,
		    &created), OK);
	}
	house_say(h, "film-129", 0);
	assert_int_equal(store_review_list(h->store, h->arena, 0, 0, &list),
	    OK);
	assert_int_equal(list.n, 100);
	assert_int_equal(list.rows[0].issue, 12);
	assert_true(str_is(list.rows[0].slug, "film-129"));
	assert_int_equal(list.rows[0].count, 1);
	assert_int_equal(list.rows[99].issue, 3);
	assert_int_equal(store_review_list(h->store, h->arena,
	    list.rows[99].issue, list.rows[99].id, &list), OK);
	assert_int_equal(list.n, 30);
	assert_true(str_is(list.rows[29].slug, "film-0"));
}

static const struct CMUnitTest tests[] = {
	HOUSE_TEST(every_field_comes_back),
	HOUSE_TEST(put_again_it_keeps_its_thread),
	HOUSE_TEST(the_newest_issue_is_listed_first),
};

HOUSE_MAIN(tests)
