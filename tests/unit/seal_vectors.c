/* seal_vectors.c: the official vectors of PASETO v4 and PASERK k4, all run. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>
#include <sodium.h>

#include "seal/paserk.h"
#include "seal/paseto.h"
#include "seal/seal.h"

#define DATA	"tests/data/paseto/"

static struct arena *arena;

static json_t *
load(const char *file)
{
	json_error_t error;
	json_t *root = json_load_file(file, 0, &error);

	if (root == NULL)
		fail_msg("%s:%d: %s", file, error.line, error.text);
	return root;
}

static struct str
text(const json_t *test, const char *key)
{
	const json_t *value = json_object_get(test, key);

	if (!json_is_string(value))
		return (struct str){ "", 0 };
	return (struct str){ json_string_value(value),
	    json_string_length(value) };
}

/* Hex of exactly `size` bytes; false if there is none. */
static bool
hex(const json_t *test, const char *key, unsigned char *ret, size_t size)
{
	struct str s = text(test, key);
	size_t len;

	return s.len > 0 && sodium_hex2bin(ret, size, s.at, s.len, NULL, &len,
	    NULL) == 0 && len == size;
}

static void
assert_same(struct str got, struct str want)
{
	assert_string_equal(arena_cstr(arena, got), arena_cstr(arena, want));
	assert_int_equal(got.len, want.len);
}

/* Opens the token with the key that the vector gives, for its purpose. */
static bool
open_token(const json_t *test, struct seal_paseto *in)
{
	unsigned char key[SEAL_PASETO_KEY];
	struct str token = text(test, "token"), body;

	in->implicit = text(test, "implicit-assertion");
	if (hex(test, "public-key", key, sizeof(key)))
		return seal_paseto_split(arena, token, SEAL_PASETO_PUBLIC,
		    &body, &in->footer) &&
		    seal_paseto_verify(arena, body, key, in);
	assert_true(hex(test, "key", key, sizeof(key)));
	return seal_paseto_split(arena, token, SEAL_PASETO_LOCAL, &body,
	    &in->footer) && seal_paseto_unlock(arena, body, key, in);
}

static struct str
make_token(const json_t *test)
{
	struct seal_paseto in = {
		text(test, "payload"), text(test, "footer"),
		text(test, "implicit-assertion")
	};
	unsigned char secret[SEAL_PASETO_SECRET], nonce[SEAL_PASETO_NONCE];

	if (hex(test, "secret-key", secret, sizeof(secret)))
		return seal_paseto_sign(arena, &in, secret);
	assert_true(hex(test, "key", secret, SEAL_PASETO_KEY));
	assert_true(hex(test, "nonce", nonce, sizeof(nonce)));
	return seal_paseto_lock(arena, &in, secret, nonce);
}

static void
every_v4_vector_gives_what_it_says(void **state)
{
	json_t *root = load(DATA "v4.json"), *test;
	size_t i, good = 0, bad = 0;

	(void)state;
	json_array_foreach(json_object_get(root, "tests"), i, test) {
		struct seal_paseto in = { .message = STR("untouched") };
		bool opened = open_token(test, &in);

		print_message("%s\n", text(test, "name").at);
		if (json_is_true(json_object_get(test, "expect-fail"))) {
			assert_false(opened);
			assert_same(in.message, STR("untouched"));
			bad++;
			continue;
		}
		assert_true(opened);
		assert_same(in.message, text(test, "payload"));
		assert_same(in.footer, text(test, "footer"));
		assert_same(make_token(test), text(test, "token"));
		good++;
		arena_reset(arena);
	}
	assert_int_equal(good, 12);
	assert_int_equal(bad, 5);
	json_decref(root);
}

/* An id is made from the key's text, which `type` names. */
static void
check_ids(const char *file, const char *type, const char *id, size_t size)
{
	json_t *root = load(file), *test;
	size_t i;

	json_array_foreach(json_object_get(root, "tests"), i, test) {
		unsigned char key[64];
		char paserk[SEAL_PASERK], got[SEAL_ID];

		assert_true(hex(test, "key", key, size));
		seal_paserk_text(type, key, size, paserk);
		seal_paserk_id(id, paserk, got);
		assert_string_equal(got, text(test, "paserk").at);
	}
	assert_int_equal(i, 3);
	json_decref(root);
}

static void
every_key_id_is_the_standards(void **state)
{
	(void)state;
	check_ids(DATA "k4.pid.json", "k4.public.", "k4.pid.", 32);
	check_ids(DATA "k4.lid.json", "k4.local.", "k4.lid.", 32);
	check_ids(DATA "k4.sid.json", "k4.secret.", "k4.sid.", 64);
}

static void
every_secret_key_is_written_and_read_as_the_standard_says(void **state)
{
	json_t *root = load(DATA "k4.secret.json"), *test;
	size_t i;

	(void)state;
	json_array_foreach(json_object_get(root, "tests"), i, test) {
		unsigned char key[64], back[64];
		char got[SEAL_PASERK];

		assert_true(hex(test, "key", key, sizeof(key)));
		seal_paserk_text("k4.secret.", key, sizeof(key), got);
		assert_string_equal(got, text(test, "paserk").at);
		assert_true(seal_paserk_parse("k4.secret.", str_of(got), back,
		    sizeof(back)));
		assert_memory_equal(back, key, sizeof(key));
		assert_false(seal_paserk_parse("k4.local.", str_of(got), back,
		    sizeof(back)));
	}
	assert_int_equal(i, 3);
	json_decref(root);
}

/* From the specification's text, section "PAE Definition". */
static void
pieces_are_encoded_with_count_and_lengths(void **state)
{
	static const char empty[] = "\1\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
	static const char test[] = "\1\0\0\0\0\0\0\0\4\0\0\0\0\0\0\0test";
	struct str piece = STR("");

	(void)state;
	assert_true(str_eq(seal_paseto_pae(arena, &piece, 0),
	    (struct str){ "\0\0\0\0\0\0\0\0", 8 }));
	assert_true(str_eq(seal_paseto_pae(arena, &piece, 1),
	    (struct str){ empty, 16 }));
	piece = STR("test");
	assert_true(str_eq(seal_paseto_pae(arena, &piece, 1),
	    (struct str){ test, 20 }));
}

static void
base64url_has_one_spelling(void **state)
{
	static const struct {
		const char *text;
		bool good;
	} rows[] = {
		{ "", true }, { "AA", true }, { "AAA", true },
		{ "AAAA", true }, { "-_-_", true }, { "__8", true },
		{ "A", false }, { "AAAAA", false },	/* no whole byte */
		{ "AB", false }, { "AAB", false },	/* spare bits */
		{ "AA==", false }, { "AAA=", false }, { "=", false },
		{ "+/+/", false }, { "AA AA", false }, { "AAAA\n", false },
		{ "AA.AA", false }, { "\xc3\xa4", false },
		{ "AAA\xff", false }, { "\x80_-_", false }
	};
	struct str got;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct str s = str_of(rows[i].text);

		if (seal_paseto_decode(arena, s, &got) != rows[i].good)
			fail_msg("\"%s\"", rows[i].text);
		if (rows[i].good)
			assert_same(seal_paseto_encode(arena, got), s);
	}
}

static int
set_up(void **state)
{
	(void)state;
	arena = arena_new(1 << 22);
	return seal_init() == OK ? 0 : -1;
}

static int
tear_down(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_v4_vector_gives_what_it_says),
		cmocka_unit_test(every_key_id_is_the_standards),
		cmocka_unit_test(
		    every_secret_key_is_written_and_read_as_the_standard_says),
		cmocka_unit_test(pieces_are_encoded_with_count_and_lengths),
		cmocka_unit_test(base64url_has_one_spelling),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
