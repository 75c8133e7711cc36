/* seal_keys.c: a folder of keys is made whole, and read strictly. */
#include "seal_folder.h"

/* Vectors of PASERK, see tests/data/paseto. */
#define LOCAL	"k4.local.cHFyc3R1dnd4eXp7fH1-f4CBgoOEhYaHiImKi4yNjo8"
#define SECRET	"k4.secret.cHFyc3R1dnd4eXp7fH1-f4CBgoOEhYaHiImKi4yNjo8c5WpIy" \
		"C_5kWKhS8VEYSZ05dYfuTF-ZdQFV4D9vLTcNQ"
/* The same seed with another key's public half. */
#define MIXED	"k4.secret.cHFyc3R1dnd4eXp7fH1-f4CBgoOEhYaHiImKi4yNjo9g_jdXG" \
		"l1ufTCxUVTOSp-5LHDIcISPTM3xYmWICX9z9w"

#define SIGN_NAME	"20260131-180000-000001.sign.key"
#define BOX_NAME	"20260131-180000-000002.box.key"
#define HASH_NAME	"20260131-180000-000003.hash.key"

static void
put_good(void)
{
	folder_put(SIGN_NAME, SECRET "\n", 0600);
	folder_put(BOX_NAME, LOCAL "\n", 0600);
	folder_put(HASH_NAME, LOCAL, 0400);
}

static void
refuse_as(enum err how, const char *sentence)
{
	struct seal_keys *keys = NULL;
	struct str why = STR("");

	assert_int_equal(seal_keys_load(arena, folder, &keys, &why), how);
	assert_null(keys);
	if (str_find(why, str_of(sentence)) == (size_t)-1)
		fail_msg("\"%s\" lacks \"%s\"", why.at, sentence);
	if (str_find(why, str_of(folder)) == (size_t)-1)
		fail_msg("\"%s\" does not name the folder", why.at);
}

static void
refuse(const char *sentence)
{
	refuse_as(ERR_FILE, sentence);
}

static size_t
count(const char *kind)
{
	struct seal_keys *keys = folder_load();
	struct seal_key_row *row;
	size_t n, i, found = 0;

	seal_keys_list(keys, arena, &row, &n);
	for (i = 0; i < n; i++)
		found += str_is(row[i].kind, kind);
	seal_keys_wipe(keys);
	return found;
}

static void
the_first_time_makes_two_signing_keys_and_one_of_others(void **state)
{
	(void)state;
	folder_make(NULL);
	assert_int_equal(count("sign"), 2);
	assert_int_equal(count("box"), 1);
	assert_int_equal(count("hash"), 1);
	folder_make(NULL);
	assert_int_equal(count("sign"), 3);
	assert_int_equal(count("box"), 2);
	assert_int_equal(count("hash"), 2);
	folder_make("box");
	assert_int_equal(count("sign"), 3);
	assert_int_equal(count("box"), 3);
}

static void
a_missing_folder_is_made_for_its_owner_alone(void **state)
{
	struct str why = STR(""), inner = arena_fmt(arena, "%s.d", folder);
	struct stat st;

	(void)state;
	assert_int_equal(seal_keys_make(arena, inner.at, "box", &why), OK);
	assert_int_equal(stat(inner.at, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0700);
	assert_int_equal(rename(inner.at, folder), 0);
}

static void
made_files_are_0600_and_nothing_else_is_left(void **state)
{
	DIR *dir;
	struct dirent *entry;
	struct stat st;
	int files = 0;

	(void)state;
	folder_make(NULL);
	dir = opendir(folder);
	assert_non_null(dir);
	while ((entry = readdir(dir)) != NULL) {
		if (entry->d_type == DT_DIR)
			continue;
		assert_int_equal(fstatat(dirfd(dir), entry->d_name, &st, 0), 0);
		assert_int_equal(st.st_mode & 07777, 0600);
		assert_true(str_ends(str_of(entry->d_name), ".key"));
		files++;
	}
	closedir(dir);
	assert_int_equal(files, 4);
}

static void
made_by_root_they_belong_to_the_folders_owner(void **state)
{
	struct seal_keys *keys;
	struct seal_key_row *row;
	struct stat st;
	size_t n;

	(void)state;
	if (geteuid() != 0)
		skip();
	assert_int_equal(chown(folder, 65534, 65534), 0);
	folder_make(NULL);
	keys = folder_load();
	seal_keys_list(keys, arena, &row, &n);
	assert_int_equal(stat(arena_fmt(arena, "%s/%s", folder,
	    row[0].file.at).at, &st), 0);
	assert_int_equal(st.st_uid, 65534);
	assert_int_equal(st.st_gid, 65534);
	seal_keys_wipe(keys);
}

static void
the_newest_of_a_kind_is_current_and_listed_first(void **state)
{
	struct seal_keys *keys;
	struct seal_key_row *row;
	size_t n, i, current = 0;

	(void)state;
	folder_make(NULL);
	folder_make("sign");
	keys = folder_load();
	seal_keys_list(keys, arena, &row, &n);
	assert_int_equal(n, 5);
	assert_true(str_is(row[0].kind, "sign"));
	assert_true(row[0].current);
	for (i = 0; i < n; i++) {
		current += row[i].current;
		assert_true(i == 0 || row[i].made < row[i - 1].made);
		assert_true(str_begins(row[i].kid,
		    str_is(row[i].kind, "sign") ? "k4.pid." : "k4.lid."));
	}
	assert_int_equal(current, 3);
	seal_keys_wipe(keys);
}

static void
a_key_made_while_the_clock_is_behind_is_still_the_newest(void **state)
{
	struct seal_keys *keys;
	struct seal_key_row *row;
	size_t n;

	(void)state;
	put_good();
	folder_put("29991231-235959-999999.sign.key", SECRET, 0600);
	folder_make("sign");
	keys = folder_load();
	seal_keys_list(keys, arena, &row, &n);
	assert_string_equal(row[0].file.at, "30000101-000000-000000.sign.key");
	assert_true(row[0].current);
	seal_keys_wipe(keys);
}

static void
ids_are_paserks(void **state)
{
	struct seal_keys *keys;
	struct seal_key_row *row;
	size_t n;

	(void)state;
	put_good();
	keys = folder_load();
	seal_keys_list(keys, arena, &row, &n);
	assert_int_equal(n, 3);
	assert_string_equal(row[0].kid.at,
	    "k4.lid.iVtYQDjr5gEijCSjJC3fQaJm7nCeQSeaty0Jixy8dbsk");
	assert_true(str_begins(row[2].kid, "k4.pid."));
	assert_int_equal(row[2].made % 1000000, 1);
	seal_keys_wipe(keys);
}

static void
systemds_credentials_are_a_folder_too(void **state)
{
	(void)state;
	folder_put("keys_" SIGN_NAME, SECRET, 0440);
	folder_put("keys_" BOX_NAME, LOCAL, 0440);
	folder_put("keys_" HASH_NAME, LOCAL, 0440);
	folder_put("other-secret", "x", 0440);
	refuse("mode 0440 lets others read the key");
	assert_int_equal(setenv("CREDENTIALS_DIRECTORY", folder, 1), 0);
	seal_keys_wipe(folder_load());
	assert_int_equal(setenv("CREDENTIALS_DIRECTORY", "/tmp/foyer", 1), 0);
	refuse("mode 0440 lets others read the key");
	unsetenv("CREDENTIALS_DIRECTORY");
}

static void
a_bad_file_is_refused_with_its_name_and_what_was_expected(void **state)
{
	static const struct {
		const char *name, *text;
		mode_t mode;
		const char *sentence;
	} rows[] = {
		{ SIGN_NAME, SECRET, 0640, "sign.key: mode 0640 lets others" },
		{ SIGN_NAME, SECRET, 0604, "sign.key: mode 0604 lets others" },
		{ SIGN_NAME, SECRET, 0620, "expected 0600 or 0400" },
		{ SIGN_NAME, LOCAL, 0600, "expected one line k4.secret." },
		{ SIGN_NAME, MIXED, 0600, "expected one line k4.secret." },
		{ SIGN_NAME, SECRET "\n\n", 0600, "expected one line" },
		{ SIGN_NAME, SECRET "A", 0600, "expected one line" },
		{ SIGN_NAME, "", 0600, "expected one line" },
		{ BOX_NAME, SECRET, 0600, "expected one line k4.local." },
		{ BOX_NAME, LOCAL "=", 0600, "expected one line k4.local." },
		{ HASH_NAME, "k4.local.AAAA", 0600, "expected one line" },
		{ "old.sign.key", SECRET, 0600, "expected a name like" },
		{ "20260131-180000-000009.sing.key", SECRET, 0600,
		    "expected a name like" },
		{ "20261331-180000-000009.sign.key", SECRET, 0600,
		    "expected a name like" },
		{ "20260131-180000--00009.sign.key", SECRET, 0600,
		    "expected a name like" }
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		folder_empty();
		put_good();
		folder_put(rows[i].name, rows[i].text, rows[i].mode);
		refuse(rows[i].sentence);
		refuse(rows[i].name);
	}
	folder_empty();
	put_good();
	seal_keys_wipe(folder_load());
}

static void
a_link_or_a_folder_is_no_key(void **state)
{
	const char *at = arena_fmt(arena, "%s/%s", folder, SIGN_NAME).at;

	(void)state;
	put_good();
	folder_put("elsewhere", SECRET, 0600);
	unlink(at);
	assert_int_equal(symlink("elsewhere", at), 0);
	refuse(SIGN_NAME);
	unlink(at);
	assert_int_equal(mkdir(at, 0700), 0);
	refuse("expected a plain file");
	rmdir(at);
}

static void
a_folder_that_cannot_serve_is_refused(void **state)
{
	struct seal_keys *keys = NULL;
	struct str why = STR("");

	(void)state;
	refuse_as(ERR_NOT_FOUND, "no sign key; expected at least one");
	folder_put(SIGN_NAME, SECRET, 0600);
	refuse_as(ERR_NOT_FOUND, "no box key; expected at least one");
	folder_put(BOX_NAME, LOCAL, 0600);
	refuse_as(ERR_NOT_FOUND, "no hash key; expected at least one");
	put_good();
	chmod(folder, 0770);
	refuse("mode 0770 lets others put keys here");
	chmod(folder, 0700);
	assert_int_equal(seal_keys_load(arena, "/tmp/foyer/none", &keys, &why),
	    ERR_NOT_FOUND);
	assert_string_equal(why.at, "/tmp/foyer/none: "
	    "No such file or directory; expected the folder of keys");
	assert_int_equal(seal_keys_make(arena, folder, "sing", &why),
	    ERR_SYNTAX);
	assert_string_equal(why.at, "sing: expected sign, box or hash");
}

static void
a_folder_never_gets_more_keys_than_can_be_loaded(void **state)
{
	struct str why = STR("");
	int made = 0;

	(void)state;
	folder_make(NULL);
	while (seal_keys_make(arena, folder, NULL, &why) == OK && made < 64)
		made++;
	assert_in_range(made, 10, 20);
	assert_true(str_find(why, STR("expected the oldest to be removed")) !=
	    (size_t)-1);
	seal_keys_wipe(folder_load());
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, folder_open, folder_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_first_time_makes_two_signing_keys_and_one_of_others),
		TEST(a_missing_folder_is_made_for_its_owner_alone),
		TEST(made_files_are_0600_and_nothing_else_is_left),
		TEST(made_by_root_they_belong_to_the_folders_owner),
		TEST(the_newest_of_a_kind_is_current_and_listed_first),
		TEST(a_key_made_while_the_clock_is_behind_is_still_the_newest),
		TEST(ids_are_paserks),
		TEST(systemds_credentials_are_a_folder_too),
		TEST(a_bad_file_is_refused_with_its_name_and_what_was_expected),
		TEST(a_link_or_a_folder_is_no_key),
		TEST(a_folder_that_cannot_serve_is_refused),
		TEST(a_folder_never_gets_more_keys_than_can_be_loaded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
