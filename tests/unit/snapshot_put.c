/* snapshot_put.c: pages are put, found, dropped; only where they belong. */
#include "snapshot_house.h"

#include <zlib.h>

static void
what_is_put_is_found_until_its_thread_is_dropped(void **state)
{
	(void)state;
	assert_null(get_text("a", "one.html"));
	assert_true(put_text("a", "one.html", "<p>1"));
	assert_true(put_text("a", "two.html", "<p>2"));
	assert_true(put_text("b", "one.html", "<p>b"));
	assert_string_equal(get_text("a", "one.html"), "<p>1");
	snapshot_drop(cache, STR("a"));
	assert_null(get_text("a", "one.html"));
	assert_null(get_text("a", "two.html"));
	assert_string_equal(get_text("b", "one.html"), "<p>b");
	assert_true(put_text("a", "one.html", "<p>3"));
	assert_string_equal(get_text("a", "one.html"), "<p>3");
}

static void
a_drop_of_all_leaves_nothing_and_new_pages_find_room(void **state)
{
	(void)state;
	assert_true(put_text("a", "one.html", "1"));
	assert_true(put_text("b", "one.html", "2"));
	snapshot_drop_all(cache);
	assert_int_equal(measure("t"), 0);
	assert_true(put_text("b", "one.html", "3"));
	assert_string_equal(get_text("b", "one.html"), "3");
	sweep();
	assert_int_equal(measure("trash"), 0);
	assert_int_equal(measure(""), 2);
}

static void
a_page_is_taken_back_alone_and_with_its_twin(void **state)
{
	struct snapshot_page page = page_of("a", "one.html", "");

	(void)state;
	assert_true(put_text("a", "one.html", "1"));
	assert_true(put_text("a", "two.html", "2"));
	snapshot_take_back(cache, &page);
	assert_null(get_text("a", "one.html"));
	assert_false(there("t/a/one.html.gz"));
	assert_string_equal(get_text("a", "two.html"), "2");
	snapshot_take_back(cache, &page);	/* harmless */
	page.thread = STR("none");
	snapshot_take_back(cache, &page);
}

static void
rename_to(const char *from, const char *to)
{
	assert_int_equal(rename(arena_fmt(arena, "%s%s", folder, from).at,
	    arena_fmt(arena, "%s%s", folder, to).at), 0);
}

/* Somebody cleaned up; then there are pages again. */
static void
a_folder_that_was_taken_away_is_made_again(void **state)
{
	static const char *const parts[] = { "/tmp", "/trash", "" };
	bool mended;
	size_t i;

	(void)state;
	assert_int_equal(snapshot_mend(cache, &mended), OK);
	assert_false(mended);
	for (i = 0; i < COUNT(parts); i++) {
		rename_to(parts[i], "-gone");
		assert_int_equal(snapshot_mend(cache, &mended), OK);
		assert_true(mended);
		assert_true(put_text("a", "one.html", "1"));
		assert_true(there("t/a/one.html"));
		rename_to("-gone", "/old");
		sweep();
	}
}

static void
pages_of_another_folder_in_its_place_are_not_found(void **state)
{
	bool mended;

	(void)state;
	assert_true(put_text("a", "one.html", "of old"));
	rename_to("", "-gone");
	assert_int_equal(snapshot_mend(cache, &mended), OK);
	assert_true(put_text("a", "one.html", "of now"));
	rename_to("", "-made");
	rename_to("-gone", "");
	rename_to("-made", "/made");
	assert_int_equal(snapshot_mend(cache, &mended), OK);
	assert_true(mended);
	assert_null(get_text("a", "one.html"));
	assert_true(put_text("a", "one.html", "of now"));
}

static void
who_finds_a_page_there_leaves_it(void **state)
{
	(void)state;
	assert_true(put_text("a", "one.html", "first"));
	assert_false(put_text("a", "one.html", "second"));
	assert_string_equal(get_text("a", "one.html"), "first");
	assert_int_equal(measure(""), 2);
}

static void
an_older_ticket_than_the_drop_is_refused(void **state)
{
	struct snapshot_page a = page_of("a", "x.html", "a"),
	    b = page_of("b", "x.html", "b");
	struct snapshot_ticket of_a, of_b;

	(void)state;
	of_a = snapshot_ticket(cache, a.thread);
	of_b = snapshot_ticket(cache, b.thread);
	snapshot_drop(cache, a.thread);
	assert_false(snapshot_put(cache, arena, &a, of_a));
	assert_true(snapshot_put(cache, arena, &b, of_b));
	of_a = snapshot_ticket(cache, a.thread);
	snapshot_drop_all(cache);
	assert_false(snapshot_put(cache, arena, &a, of_a));
	assert_false(snapshot_put(cache, arena, &b, of_b));
	assert_int_equal(measure("t"), 0);
	assert_int_equal(measure("tmp"), 0);
}

static void
the_twin_is_the_page_packed(void **state)
{
	static char back[100001];
	const char *text = noise(sizeof(back) - 1);
	gzFile file;

	(void)state;
	assert_true(put_text("a", "one.json", text));
	file = gzopen(path_of("t/a/one.json.gz"), "rb");
	assert_non_null(file);
	assert_int_equal(gzdirect(file), 0);
	assert_int_equal(gzread(file, back, sizeof(back)), sizeof(back) - 1);
	assert_int_equal(gzclose(file), Z_OK);
	assert_string_equal(back, text);
	assert_string_equal(get_text("a", "one.json"), text);
}

static int64_t
time_of(const char *name)
{
	struct stat st;

	assert_int_equal(lstat(path_of(name), &st), 0);
	return (int64_t)st.st_mtim.tv_sec;
}

static void
each_version_has_a_second_of_its_own(void **state)
{
	static const int64_t versions[] = { 0, 1, 2, 1000, 999999999 };
	struct snapshot_page page = page_of("a", "x.html", "same");
	int64_t seen[COUNT(versions)];
	size_t i, k;

	(void)state;
	for (i = 0; i < COUNT(versions); i++) {
		page.version = versions[i];
		snapshot_drop(cache, page.thread);
		assert_true(snapshot_put(cache, arena, &page,
		    snapshot_ticket(cache, page.thread)));
		seen[i] = time_of("t/a/x.html");
		assert_int_equal(seen[i], time_of("t/a/x.html.gz"));
		for (k = 0; k < i; k++)
			assert_int_not_equal(seen[i], seen[k]);
	}
}

static void
nginx_may_read_it_whatever_the_umask_is(void **state)
{
	static const char *const made[] = { "t", "t/a", "t/a/x.html",
	    "t/a/x.html.gz" };
	mode_t mask = umask(077);
	struct stat st;
	size_t i;

	(void)state;
	snapshot_drop_all(cache);
	assert_true(put_text("a", "x.html", "1"));
	umask(mask);
	for (i = 0; i < COUNT(made); i++) {
		assert_int_equal(lstat(path_of(made[i]), &st), 0);
		assert_int_equal(st.st_mode & 0777, i < 2 ? 0755 : 0644);
	}
}

static void
an_odd_name_is_refused(void **state)
{
	static const char *const odd[] = { "", ".", "..", "../a", "a/b", "/",
	    "/tmp", ".a", "-a", "a+b", "a b", "a\n", "\xc3\xa9", "a\\b" };
	char longest[249], longer[250];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(odd); i++) {
		assert_false(put_text(odd[i], "x.html", "1"));
		assert_false(put_text("a", odd[i], "1"));
		assert_null(get_text(odd[i], "x.html"));
		assert_null(get_text("a", odd[i]));
		snapshot_drop(cache, str_of(odd[i]));
	}
	memset(longer, 'a', sizeof(longer));
	longer[249] = '\0';
	memset(longest, 'a', sizeof(longest));
	longest[248] = '\0';
	assert_false(put_text(longer, "x.html", "1"));
	assert_false(put_text("a", longer, "1"));
	assert_int_equal(measure(""), 0);
	assert_true(put_text(longest, longest, "1"));
	assert_int_equal(measure("t"), 2);
}

/* A folder elsewhere that somebody would like us to write or delete in. */
static void
away_make(void)
{
	assert_int_equal(mkdir(path_of("away"), 0755), 0);
	write_file("away/x.html", "secret");
	write_file("away/x.html.gz", "secret");
}

static void
away_is_whole(void)
{
	assert_true(there("away/x.html"));
	assert_true(there("away/x.html.gz"));
	assert_int_equal(measure("away"), 2);
}

static void
a_linked_thread_is_not_entered(void **state)
{
	struct snapshot_page page = page_of("a", "x.html", "");

	(void)state;
	away_make();
	assert_int_equal(symlink(path_of("away"), path_of("t/a")), 0);
	assert_null(get_text("a", "x.html"));
	assert_false(put_text("a", "y.html", "1"));
	snapshot_take_back(cache, &page);
	sweep();
	away_is_whole();
	snapshot_drop(cache, STR("a"));
	assert_false(there("t/a"));
	sweep();
	assert_int_equal(measure("trash"), 0);
	away_is_whole();
	assert_true(put_text("a", "y.html", "1"));
}

static void
a_linked_file_is_not_read_and_not_written(void **state)
{
	(void)state;
	away_make();
	assert_int_equal(mkdir(path_of("t/a"), 0755), 0);
	assert_int_equal(symlink(path_of("away/x.html"),
	    path_of("t/a/x.html")), 0);
	assert_int_equal(symlink(path_of("away/x.html.gz"),
	    path_of("t/a/y.html.gz")), 0);
	assert_null(get_text("a", "x.html"));
	assert_false(put_text("a", "x.html", "1"));
	assert_true(put_text("a", "y.html", "1"));	/* takes its place */
	sweep();
	snapshot_drop_all(cache);
	sweep();
	assert_int_equal(measure("trash"), 0);
	away_is_whole();
}

/* Each of the cache's own folders, the whole too, at the start. */
static void
a_linked_part_is_refused_at_the_start(void **state)
{
	static const char *const parts[] = { "t", "tmp", "trash", "" };
	struct snapshot *other;
	struct str why;
	size_t i;

	(void)state;
	away_make();
	for (i = 0; i < COUNT(parts); i++) {
		const char *top = arena_fmt(arena, "%s/top%zu", folder, i).at;

		if (*parts[i] != '\0')
			assert_int_equal(mkdir(top, 0755), 0);
		assert_int_equal(symlink(path_of("away"), arena_fmt(arena,
		    "%s%s%s", top, *parts[i] ? "/" : "", parts[i]).at), 0);
		why = STR("");
		assert_int_equal(snapshot_open(arena, top, &wide, &other,
		    &why), ERR_FILE);
		assert_true(str_begins(why, top));
		snapshot_close(other);
	}
	away_is_whole();
}

/* A link put there later: nothing is written beyond it. */
static void
a_linked_part_is_not_followed_later(void **state)
{
	(void)state;
	away_make();
	assert_int_equal(rmdir(path_of("t")), 0);
	assert_int_equal(symlink(path_of("away"), path_of("t")), 0);
	assert_false(put_text("a", "x.html", "1"));
	assert_false(there("away/a"));
	snapshot_drop(cache, STR("x.html"));
	away_is_whole();
	snapshot_drop_all(cache);
	sweep();
	away_is_whole();
	assert_true(put_text("a", "x.html", "1"));
}

static void
without_a_folder_nothing_happens(void **state)
{
	struct snapshot_page page = page_of("a", "x.html", "1");
	struct snapshot *none;
	struct str why;

	(void)state;
	assert_int_equal(snapshot_open(arena, "", &wide, &none, &why), OK);
	assert_false(snapshot_put(none, arena, &page,
	    snapshot_ticket(none, page.thread)));
	assert_false(snapshot_get(none, arena, &page));
	snapshot_take_back(none, &page);
	snapshot_drop(none, page.thread);
	snapshot_drop_all(none);
	snapshot_empty(none);
	assert_true(snapshot_sweep(none));
	snapshot_close(none);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_is_put_is_found_until_its_thread_is_dropped),
		TEST(a_drop_of_all_leaves_nothing_and_new_pages_find_room),
		TEST(a_page_is_taken_back_alone_and_with_its_twin),
		TEST(a_folder_that_was_taken_away_is_made_again),
		TEST(pages_of_another_folder_in_its_place_are_not_found),
		TEST(who_finds_a_page_there_leaves_it),
		TEST(an_older_ticket_than_the_drop_is_refused),
		TEST(the_twin_is_the_page_packed),
		TEST(each_version_has_a_second_of_its_own),
		TEST(nginx_may_read_it_whatever_the_umask_is),
		TEST(an_odd_name_is_refused),
		TEST(a_linked_thread_is_not_entered),
		TEST(a_linked_file_is_not_read_and_not_written),
		TEST(a_linked_part_is_refused_at_the_start),
		TEST(a_linked_part_is_not_followed_later),
		TEST(without_a_folder_nothing_happens),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
