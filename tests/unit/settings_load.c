/* settings_load.c: a good foyer.conf is read whole; the shipped one is. */
#include "settings_folder.h"

static void
assert_defaults(const struct settings *set)
{
	assert_string_equal(set->site, "main");
	assert_string_equal(set->name, "Journal");
	assert_string_equal(set->origin, "http://localhost");
	assert_string_equal(set->reviews, "/reviews/");
	assert_string_equal(set->language, "en");
	assert_int_equal(set->norigins, 0);
	assert_string_equal(set->listen, "/run/foyer/foyer.sock");
	assert_string_equal(set->group, "");
	assert_int_equal(set->workers, 4);
	assert_int_equal(set->request_timeout, 5000);
	assert_int_equal(set->body_limit, 131072);
	assert_int_equal(set->memory_limit, 64);
	assert_int_equal(set->log, LOG_NOTE);
	assert_string_equal(set->database, "dbname=foyer");
	assert_string_equal(set->keys, "/etc/foyer/keys");
	assert_int_equal(set->session_days, 180);
	assert_int_equal(set->edit_window, 900);
	assert_int_equal(set->sender_days, 30);
	assert_string_equal(set->plugins, "/usr/lib/foyer/plugins");
	assert_int_equal(set->filter_deadline, 50);
	assert_int_equal(set->filter_memory, 256);
	assert_int_equal(set->filter_pause, 60);
	assert_int_equal(set->hold_at, 30);
	assert_int_equal(set->spam_at, 90);
	assert_string_equal(set->cache, "/var/cache/foyer");
	assert_int_equal(set->cache_size, 1024);
	assert_int_equal(set->cache_files, 100000);
	assert_int_equal(set->change_days, 30);
	assert_int_equal(set->sender_keep, 90);
	assert_int_equal(set->mail_keep, 365);
	assert_int_equal(set->spam_keep, 365);
	assert_int_equal(set->revision_keep, 0);
}

static void
an_empty_file_is_all_defaults(void **state)
{
	static const char *const rows[] = {
		"", "\n", "#\n", "#", "# 4\n", " \t\r\n", "#x\n#\n"
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct settings set = load_text(rows[i]);

		assert_defaults(&set);
		assert_int_equal(set.nfilters, 0);
		assert_string_equal(set.file, file);
	}
}

static void
the_shipped_file_is_all_defaults_and_four_filters(void **state)
{
	static const struct {
		const char *name, *path;
		struct settings_pair pairs[6];
		size_t npairs;
	} want[] = {
		{ "links", "/usr/lib/foyer/plugins/links.so",
		    { { "max_links", "2" } }, 1 },
		{ "honeypot", "/usr/lib/foyer/plugins/honeypot.so",
		    { { "min_seconds", "3" } }, 1 },
		{ "bayes", "/usr/lib/foyer/plugins/bayes.so",
		    { { "table_bits", "18" }, { "refused_per_mille", "10" } },
		    2 },
		{ "pace", "/usr/lib/foyer/plugins/pace.so",
		    { { "per_minute", "5" }, { "per_hour", "30" },
		    { "person_per_minute", "5" }, { "person_per_hour", "30" },
		    { "thread_per_minute", "30" },
		    { "thread_per_hour", "300" } }, 6 }
	};
	struct settings set = load("conf/foyer.conf");
	size_t i, k;

	(void)state;
	assert_defaults(&set);
	assert_int_equal(set.nfilters, COUNT(want));
	for (i = 0; i < COUNT(want); i++) {
		const struct settings_filter *f = &set.filters[i];

		assert_string_equal(f->name, want[i].name);
		assert_string_equal(f->path, want[i].path);
		assert_int_equal(f->weight, 100);
		assert_true(f->enabled);
		assert_int_equal(f->npairs, want[i].npairs);
		for (k = 0; k < f->npairs; k++) {
			assert_string_equal(f->pairs[k].key,
			    want[i].pairs[k].key);
			assert_string_equal(f->pairs[k].value,
			    want[i].pairs[k].value);
		}
	}
}

static struct str
slurp(const char *path)
{
	FILE *f = fopen(path, "r");
	char *text = arena_alloc(arena, 1 << 16);
	size_t len;

	assert_non_null(f);
	len = fread(text, 1, 1 << 16, f);
	fclose(f);
	assert_in_range(len, 1, (1 << 16) - 1);
	return (struct str){ text, len };
}

/* Each name begins a line of the text, after `before`; they come in order. */
static void
in_order(const char *path, const char *before)
{
	struct str text = slurp(path);
	size_t i, at = 0;

	for (i = 0; i < settings_table_size; i++) {
		struct str line = arena_fmt(arena, "\n%s%s%s", before,
		    settings_table[i].name, before[0] == '.' ? "\n" : " = ");
		size_t found = str_find(str_cut(text, at, text.len), line);

		if (found == (size_t)-1)
			fail_msg("%s: no %s where it should be", path,
			    settings_table[i].name);
		at += found;
	}
}

static void
the_file_and_its_manual_name_every_setting_in_order(void **state)
{
	struct str manual = slurp("conf/foyer.conf.5");
	struct str shipped = slurp("conf/foyer.conf");
	size_t i;

	(void)state;
	in_order("conf/foyer.conf", "");
	in_order("conf/foyer.conf.5", ".It Ic ");
	assert_true(str_find(shipped, STR("\norigins = {}\n")) != (size_t)-1);
	assert_true(str_find(manual, STR("\n.It Ic origins\n")) != (size_t)-1);
	for (i = 0; i < settings_table_filter_size; i++)
		assert_true(str_find(manual, arena_fmt(arena,
		    "\n.It Ic %s\n", settings_table_filter[i].name)) !=
		    (size_t)-1);
}

static void
the_manual_gives_every_bound(void **state)
{
	struct str manual = slurp("conf/foyer.conf.5");
	size_t i;

	(void)state;
	for (i = 0; i < settings_table_size; i++) {
		const struct settings_row *row = &settings_table[i];
		struct str rest = str_cut(manual, str_find(manual,
		    arena_fmt(arena, ".It Ic %s\n", row->name)), manual.len);
		struct str entry = str_cut(rest, 1, str_find(str_cut(rest, 1,
		    rest.len), STR(".It Ic ")));

		if (row->kind != SETTINGS_NUMBER)
			continue;
		if (str_find(entry, arena_fmt(arena, "%d", row->most)) ==
		    (size_t)-1 || str_find(entry, arena_fmt(arena,
		    "The default is %s.", row->standard)) == (size_t)-1)
			fail_msg("%s", row->name);
	}
}

static void
every_setting_can_be_set(void **state)
{
	struct settings set = load_text(
	    "site = film-2 name = \"Za\xc5\xbc\xc3\xb3\xc5\x82\xc4\x87 #1\"\n"
	    "origin = https://journal.example:8443\r\n"
	    "reviews = /r/ language = pt-BR\n"
	    "origins = { 'https://a.example', \"http://[::1]:80\", }\n"
	    "listen = /tmp/s group = 'www-data' workers = 256\n"
	    "request_timeout=100 body_limit=1024 memory_limit=16 log=debug\n"
	    "database = 'host=/tmp password=a\\'b\\\\c\"${HOME}'\n"
	    "keys = \"/a \\\"b\\\\\" session_days = 1 edit_window = 0\n"
	    "sender_days = 365 plugins = /p # and so on }\n"
	    "filter_deadline = 1000 filter_memory = 16 filter_pause = 0\n"
	    "hold_at = -100 spam_at = 101 change_days = 365\n"
	    "cache = \"\" cache_size = 1048576 cache_files = 100");

	(void)state;
	assert_string_equal(set.site, "film-2");
	assert_string_equal(set.name, "Za\xc5\xbc\xc3\xb3\xc5\x82\xc4\x87 #1");
	assert_string_equal(set.origin, "https://journal.example:8443");
	assert_string_equal(set.reviews, "/r/");
	assert_string_equal(set.language, "pt-BR");
	assert_int_equal(set.norigins, 2);
	assert_string_equal(set.origins[0], "https://a.example");
	assert_string_equal(set.origins[1], "http://[::1]:80");
	assert_string_equal(set.listen, "/tmp/s");
	assert_string_equal(set.group, "www-data");
	assert_int_equal(set.workers, 256);
	assert_int_equal(set.log, LOG_DEBUG);
	assert_string_equal(set.database,
	    "host=/tmp password=a'b\\c\"${HOME}");
	assert_string_equal(set.keys, "/a \"b\\");
	assert_int_equal(set.edit_window, 0);
	assert_string_equal(set.plugins, "/p");
	assert_int_equal(set.hold_at, -100);
	assert_int_equal(set.spam_at, 101);
	assert_string_equal(set.cache, "");
	assert_int_equal(set.cache_size, 1048576);
	assert_int_equal(set.cache_files, 100);
	assert_int_equal(set.change_days, 365);
}

static void
a_filters_section_holds_ours_and_the_plugins(void **state)
{
	struct settings set = load_text("plugins = /p\n"
	    "filter a-1 { enabled = false weight = 0 path = /x/y.so }\n"
	    "filter b {\n\tone = 1\n\ttwo = 'x y' one = 3\n}\n");

	(void)state;
	assert_int_equal(set.nfilters, 2);
	assert_string_equal(set.filters[0].path, "/x/y.so");
	assert_int_equal(set.filters[0].weight, 0);
	assert_false(set.filters[0].enabled);
	assert_int_equal(set.filters[0].npairs, 0);
	assert_string_equal(set.filters[1].path, "/p/b.so");
	assert_int_equal(set.filters[1].npairs, 2);
	assert_string_equal(set.filters[1].pairs[0].key, "one");
	assert_string_equal(set.filters[1].pairs[0].value, "3");
	assert_string_equal(set.filters[1].pairs[1].value, "x y");
}

static void
the_environment_names_the_file(void **state)
{
	(void)state;
	unsetenv("FOYER_CONF");
	assert_string_equal(settings_file(), "/etc/foyer/foyer.conf");
	setenv("FOYER_CONF", "", 1);
	assert_string_equal(settings_file(), "/etc/foyer/foyer.conf");
	setenv("FOYER_CONF", "/tmp/x.conf", 1);
	assert_string_equal(settings_file(), "/tmp/x.conf");
	unsetenv("FOYER_CONF");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_empty_file_is_all_defaults),
		TEST(the_shipped_file_is_all_defaults_and_four_filters),
		TEST(the_file_and_its_manual_name_every_setting_in_order),
		TEST(the_manual_gives_every_bound),
		TEST(every_setting_can_be_set),
		TEST(a_filters_section_holds_ours_and_the_plugins),
		TEST(the_environment_names_the_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
