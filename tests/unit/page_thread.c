/* page_thread.c: a thread's shape on the page. */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "page_samples.h"

enum { MANY = MODEL_PAGE_MOST };

static struct arena *arena;

static int
setup(void **state)
{
	(void)state;
	arena = arena_new(64 << 20);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static const char *
html(const struct thread_page *page)
{
	struct buf b = buf_new(arena, 64);

	page_thread_html(&b, &site, page);
	return buf_cstr(&b);
}

static int
count(const char *text, const char *what)
{
	int n = 0;

	while ((text = strstr(text, what)) != NULL) {
		text += strlen(what);
		n++;
	}
	return n;
}

static void
lists_nest_to_the_limit_and_all_close(void **state)
{
	const char *text = html(&thread);

	(void)state;
	assert_int_equal(count(text, "<ol class=\"thread\">"), 1);
	/* Six below the first root, one below the second. */
	assert_int_equal(count(text, "<ol class=\"replies\">"), 7);
	assert_int_equal(count(text, "<ol"), count(text, "</ol>"));
	assert_int_equal(count(text, "<li>"), count(text, "</li>"));
	assert_int_equal(count(text, "<article"), COUNT(comments));
}

static void
a_reply_that_stands_beside_its_parent_names_it(void **state)
{
	const char *text = html(&thread);

	(void)state;
	assert_int_equal(count(text, "in reply to "), 1);
	assert_non_null(strstr(text,
	    "in reply to <a href=\"#comment-17\"><bdi>Bela</bdi>"));
}

static void
a_reply_beside_a_removed_comment_does_not_name_its_author(void **state)
{
	struct comment c[COUNT(comments)];
	struct thread_page page = thread;
	const char *text;

	(void)state;
	memcpy(c, comments, sizeof(c));
	c[6].state = STATE_REMOVED;
	page.comments = c;
	text = html(&page);
	assert_null(strstr(text, "Bela"));
	assert_non_null(strstr(text, "<bdi>a removed comment</bdi>"));
}

static void
a_tombstone_keeps_its_place_but_no_word_and_no_name(void **state)
{
	const char *text = html(&thread);

	(void)state;
	assert_null(strstr(text, "HIDDEN"));
	assert_null(strstr(text, "Hidden"));
	assert_non_null(strstr(text, "removed by a moderator: "
	    "<q dir=\"auto\">Selling &quot;tickets&quot; &amp; more</q>"));
	assert_non_null(strstr(text, "was deleted by its author."));
	assert_null(strstr(text, "reply?parent=13\""));
	assert_null(strstr(text, "reply?parent=19\""));
}

static void
a_comment_has_a_permalink_a_time_and_a_way_to_reply(void **state)
{
	const char *text = html(&thread);

	(void)state;
	assert_non_null(strstr(text, "<article class=\"comment\" "
	    "id=\"comment-12\" data-id=\"12\" data-posted=\"1522587600\" "
	    "data-author=\"00000000000000ff\">"));
	assert_non_null(strstr(text, "<a href=\"#comment-12\"><time "
	    "datetime=\"2018-04-01T13:00:00Z\">1 April 2018, 13:00 UTC"));
	assert_non_null(strstr(text, "href=\"/foyer/threads/"
	    "man-with-a-movie-camera-1929/reply?parent=12\""));
	assert_int_equal(count(text, "/revisions\">edited <time"), 1);
}

static void
a_closed_thread_has_a_sentence_and_no_form(void **state)
{
	static const struct {
		enum model_policy policy;
		int64_t closes_at;
		bool open;
	} rows[] = {
		{ POLICY_OPEN, 0, true },
		{ POLICY_FIRST, INT64_MAX / 2, true },
		{ POLICY_OPEN, APRIL, false },
		{ POLICY_CLOSED, 0, false },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct thread_page page = thread;
		const char *text;

		page.thread.policy = rows[i].policy;
		page.thread.closes_at = rows[i].closes_at;
		text = html(&page);
		assert_int_equal(count(text, "<form class=\"comment-form\""),
		    rows[i].open);
		assert_int_equal(count(text, "is closed"), !rows[i].open);
		assert_int_equal(count(text, "/reply?parent=") > 0,
		    rows[i].open);
	}
}

static void
the_next_page_keeps_the_order(void **state)
{
	static const struct {
		enum model_sort sort;
		const char *href;
	} rows[] = {
		{ SORT_OLDEST, "1929/after-21#comments\"" },
		{ SORT_NEWEST, "1929/newest-after-21#comments\"" },
		{ SORT_BEST, "1929/best-after-21#comments\"" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct thread_page page = thread;

		page.sort = rows[i].sort;
		assert_non_null(strstr(html(&page), rows[i].href));
		page.next = 0;
		assert_null(strstr(html(&page), rows[i].href));
	}
}

static void
an_empty_thread_says_so(void **state)
{
	const char *text = html(&empty);

	(void)state;
	assert_non_null(strstr(text, "No comments yet."));
	assert_null(strstr(text, "<ol"));
	assert_null(strstr(text, "class=\"sort\""));
}

/* A broken order must not break the page: depth jumps, a reply comes first. */
static void
lists_close_whatever_the_depths_are(void **state)
{
	static const int depths[] = { 3, 0, 5, 5, 2, 9, 0, 1 };
	struct comment c[COUNT(depths)];
	struct thread_page page = thread;
	const char *text;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(depths); i++) {
		c[i] = comments[0];
		c[i].id = (int64_t)i + 1;
		c[i].depth = depths[i];
	}
	page.comments = c;
	page.ncomments = COUNT(depths);
	text = html(&page);
	assert_int_equal(count(text, "<ol"), count(text, "</ol>"));
	assert_int_equal(count(text, "<li>"), count(text, "</li>"));
}

/* Trees of every shape: whatever is folded, each fold says how many there are
 * in it, and all that is opened is closed. */
static void
folds_close_whatever_the_depths_are(void **state)
{
	static struct comment c[MANY];
	struct thread_page page = thread;
	unsigned long seed = 1;
	size_t i, round;

	(void)state;
	for (round = 0; round < 40; round++) {
		const char *text;
		int depth = 0, folded;

		for (i = 0; i < MANY; i++) {
			seed = seed * 1103515245 + 12345;
			depth = (seed >> 16) % 50 == 0 ? 0 :
			    1 + (int)((seed >> 20) % (unsigned)(depth + 1));
			c[i] = comments[0];
			c[i].id = (int64_t)i + 1;
			c[i].depth = depth;
		}
		page.comments = c;
		page.ncomments = MANY;
		text = html(&page);
		assert_int_equal(count(text, "<article"), MANY);
		assert_int_equal(count(text, "<ol"), count(text, "</ol>"));
		assert_int_equal(count(text, "<li>") + count(text,
		    "<li class=\"fold\">"), count(text, "</li>"));
		assert_int_equal(count(text, "<details>"),
		    count(text, "</details>"));
		folded = count(text, "more replies</summary>");
		assert_int_equal(folded, count(text, "<details>"));
		assert_true(folded > 0);
	}
}

/* The buf is sized once: no growing, nothing else allocated. */
static void
a_full_page_is_written_into_one_block(void **state)
{
	static void (*const writers[])(struct buf *, const struct page_site *,
	    const struct thread_page *) = {
		page_thread_html, page_thread_json
	};
	static struct comment c[MANY];
	struct thread_page page = thread;
	size_t i;

	(void)state;
	for (i = 0; i < MANY; i++) {
		c[i] = comments[i % COUNT(comments)];
		c[i].id = (int64_t)i + 1;
	}
	page.comments = c;
	page.ncomments = MANY;
	for (i = 0; i < COUNT(writers); i++) {
		struct buf b = buf_new(arena, 64);
		size_t before = arena_used(arena);

		writers[i](&b, &site, &page);
		assert_true(arena_used(arena) - before <= b.cap + 16);
		assert_true(b.cap < 3 * b.len);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists_nest_to_the_limit_and_all_close),
		cmocka_unit_test(
		    a_reply_that_stands_beside_its_parent_names_it),
		cmocka_unit_test(
		    a_reply_beside_a_removed_comment_does_not_name_its_author),
		cmocka_unit_test(
		    a_tombstone_keeps_its_place_but_no_word_and_no_name),
		cmocka_unit_test(
		    a_comment_has_a_permalink_a_time_and_a_way_to_reply),
		cmocka_unit_test(a_closed_thread_has_a_sentence_and_no_form),
		cmocka_unit_test(the_next_page_keeps_the_order),
		cmocka_unit_test(an_empty_thread_says_so),
		cmocka_unit_test(lists_close_whatever_the_depths_are),
		cmocka_unit_test(folds_close_whatever_the_depths_are),
		cmocka_unit_test(a_full_page_is_written_into_one_block),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
