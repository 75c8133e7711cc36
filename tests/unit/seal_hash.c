/* seal_hash.c: keyed hashes know a sender again, and nobody else's. */
#include "seal_folder.h"

#define DAY	(INT64_C(86400) * 1000000)

static struct seal_keys *keys;

static struct str
sender(const char *address)
{
	return seal_hash_sender(keys, arena, "main", str_of(address), 3);
}

static struct str
email(const char *address)
{
	return seal_hash_email(keys, arena, "main", str_of(address));
}

static void
a_sender_is_an_ipv4_address_or_an_ipv6_network(void **state)
{
	static const struct {
		const char *left, *right;
		bool same;
	} rows[] = {
		{ "192.0.2.7", "192.0.2.7", true },
		{ "192.0.2.7", "192.0.2.8", false },
		{ "192.0.2.7", "::ffff:192.0.2.7", true },
		{ "2001:db8::1", "2001:DB8:0:0::2", true },
		{ "2001:db8::1", "2001:db8:0:0:ffff:ffff:ffff:ffff", true },
		{ "2001:db8::1", "2001:db8:0:1::1", false },
		{ "::c000:207", "192.0.2.7", false },
		{ "192.0.2.7", "192.0.2.07", false },
		{ "", "", true }, { "", "unix:", false },
		{ "192.0.2.7 ", "192.0.2.7", false }
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++)
		if (str_eq(sender(rows[i].left), sender(rows[i].right)) !=
		    rows[i].same)
			fail_msg("%s %s", rows[i].left, rows[i].right);
}

static void
a_sender_is_another_in_the_next_period_or_site(void **state)
{
	struct str address = STR("192.0.2.7"), was = sender("192.0.2.7");

	(void)state;
	assert_int_equal(was.len, 32);
	assert_false(str_eq(was, seal_hash_sender(keys, arena, "main", address,
	    4)));
	assert_false(str_eq(was, seal_hash_sender(keys, arena, "other", address,
	    3)));
	assert_int_equal(seal_hash_period(90 * DAY - 1, 30), 2);
	assert_int_equal(seal_hash_period(90 * DAY, 30), 3);
	assert_int_equal(seal_hash_period(120 * DAY - 1, 30), 3);
}

static void
a_new_hash_key_forgets_all_senders(void **state)
{
	struct str was = sender("192.0.2.7"), mail = email("ada@example.org");

	(void)state;
	seal_keys_wipe(keys);
	folder_make("hash");
	keys = folder_load();
	assert_false(str_eq(was, sender("192.0.2.7")));
	assert_false(str_eq(mail, email("ada@example.org")));
}

static void
a_mail_address_is_known_whatever_its_domains_case(void **state)
{
	(void)state;
	assert_int_equal(email("ada@example.org").len, 32);
	assert_true(str_eq(email("ada@example.org"),
	    email(" ada@EXAMPLE.Org ")));
	assert_false(str_eq(email("ada@example.org"),
	    email("Ada@example.org")));
	assert_true(str_eq(email("\"a@B\"@x.org"), email("\"a@B\"@X.org")));
	assert_false(str_eq(email("\"a@B\"@x.org"), email("\"a@b\"@x.org")));
	assert_int_equal(email("").len, 0);
	assert_int_equal(email("  ").len, 0);
}

static void
a_form_without_a_key_gets_the_same_one_each_time(void **state)
{
	struct draft d = {
		.thread = 7, .parent = 3, .body = STR("Hello"),
		.sender = STR("00ff")
	}, rows[4];
	struct uuid key, again;
	size_t i;

	(void)state;
	seal_hash_key(keys, &d, &key);
	seal_hash_key(keys, &d, &again);
	assert_true(uuid_eq(&key, &again));
	assert_int_equal(key.bytes[6] >> 4, 8);
	assert_int_equal(key.bytes[8] >> 6, 2);
	for (i = 0; i < COUNT(rows); i++)
		rows[i] = d;
	rows[0].slug = STR("other");
	rows[1].parent = 0;
	rows[2].body = STR("Hello ");
	rows[3].sender = STR("00fe");
	for (i = 0; i < COUNT(rows); i++) {
		seal_hash_key(keys, &rows[i], &again);
		assert_false(uuid_eq(&key, &again));
	}
}

static void
a_guest_is_made_of_the_forms_key(void **state)
{
	struct uuid key = { { 1, 2, 3 } }, other = { { 1, 2, 4 } }, a, b;

	(void)state;
	seal_hash_guest(keys, &key, &a);
	seal_hash_guest(keys, &key, &b);
	assert_true(uuid_eq(&a, &b));
	assert_false(uuid_eq(&a, &key));
	assert_int_equal(a.bytes[6] >> 4, 8);
	seal_hash_guest(keys, &other, &b);
	assert_false(uuid_eq(&a, &b));
}

static void
footnotes_are_called_by_a_key_that_is_not_told(void **state)
{
	struct uuid key = { { 1, 2, 3 } }, other = { { 1, 2, 4 } };
	struct arena *a = arena_new(1 << 20);
	struct str name = seal_hash_notes(keys, a, &key);
	char text[UUID_TEXT];

	(void)state;
	uuid_text(&key, text);
	assert_int_equal(name.len, 12);
	assert_true(strspn(name.at, "0123456789abcdef") >= 12);
	assert_true(str_eq(name, seal_hash_notes(keys, a, &key)));
	assert_false(str_eq(name, seal_hash_notes(keys, a, &other)));
	assert_int_not_equal(memcmp(name.at, text, 8), 0);
	arena_free(a);
}

/* ---- the moderation log's chain ---- */

static struct log_row
row_of(void)
{
	return (struct log_row){
		.id = 2, .at = 90 * DAY, .actor = { { 9 } },
		.actor_name = STR("ada"), .act = STR("remove"), .thread = 7,
		.comment = 11, .slug = STR("closeness-2017"),
		.reason = STR("spam"), .before = STR("shown"),
		.after = STR("removed"), .prev = { 1 }
	};
}

static void
every_field_of_a_log_row_is_in_its_hash(void **state)
{
	struct log_row rows[12];
	unsigned char was[32], now[32];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++)
		rows[i] = row_of();
	rows[0].id++;
	rows[1].at++;
	rows[2].actor.bytes[15]++;
	rows[3].actor_name = STR("Ada");
	rows[4].act = STR("approve");
	rows[5].thread++;
	rows[6].comment++;
	rows[7].reason = STR("");
	rows[8].before = STR("held");
	rows[9].after = STR("shown");
	rows[10].prev[31]++;
	/* The same letters, parted elsewhere. */
	rows[11].before = STR("show");
	rows[11].after = STR("nremoved");
	for (i = 0; i < COUNT(rows); i++) {
		struct log_row row = row_of();

		seal_chain_hash(&row, was);
		seal_chain_hash(&rows[i], now);
		assert_memory_not_equal(was, now, 32);
	}
}

/* Stored chains must verify for ever: this value may never change. It was
 * computed apart, with Python's hashlib.blake2b(person=b"foyer-log"). */
static void
the_hash_of_a_log_row_is_for_ever(void **state)
{
	static const char want[] = "bb67721817c195d37dc0cd6252dbb2d8"
	    "64e994477b997e017c5409b3f4ec71a7";
	struct log_row row = row_of();
	unsigned char hash[32];
	char hex[65];
	size_t i;

	(void)state;
	row.slug = STR("renamed");
	memset(row.hash, 0xff, sizeof(row.hash));
	seal_chain_hash(&row, hash);
	for (i = 0; i < sizeof(hash); i++)
		snprintf(hex + 2 * i, 3, "%02x", hash[i]);
	assert_string_equal(hex, want);
}

static int
open_keys(void **state)
{
	if (folder_open(state) != 0)
		return -1;
	folder_make(NULL);
	keys = folder_load();
	return 0;
}

static int
close_keys(void **state)
{
	seal_keys_wipe(keys);
	return folder_close(state);
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, open_keys, close_keys)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_sender_is_an_ipv4_address_or_an_ipv6_network),
		TEST(a_sender_is_another_in_the_next_period_or_site),
		TEST(a_new_hash_key_forgets_all_senders),
		TEST(a_mail_address_is_known_whatever_its_domains_case),
		TEST(a_form_without_a_key_gets_the_same_one_each_time),
		TEST(a_guest_is_made_of_the_forms_key),
		TEST(footnotes_are_called_by_a_key_that_is_not_told),
		TEST(every_field_of_a_log_row_is_in_its_hash),
		TEST(the_hash_of_a_log_row_is_for_ever),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
