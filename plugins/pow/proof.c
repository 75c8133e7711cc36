/*
 * proof.c: a challenge as ALTCHA's widget takes it, and the widget's answer.
 *
 * The first version of its protocol, which all its widgets speak: somebody
 * searches the number whose SHA-256 with the salt before it is the challenge.
 * The challenge is signed (HMAC-SHA-256), so nothing of it is kept here. The
 * salt ends in &, so that no digit can wander between it and the number.
 */
#include <inttypes.h>
#include <jansson.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "pow.h"

enum { RANDOM = 12, SALT = 120, ANSWER = 2000 };

#define SALT_FORMAT	"%s?expires=%" PRId64 "&max=%" PRId64 "&review=%s&"

void
pow_proof_review(const char *site, const char *slug, char review[POW_REVIEW])
{
	unsigned char bytes[POW_HASH];
	char text[400];

	snprintf(text, sizeof(text), "%s/%s", site, slug);
	crypto_hash_sha256(bytes, (unsigned char *)text, strlen(text));
	sodium_bin2hex(review, POW_REVIEW, bytes, (POW_REVIEW - 1) / 2);
}

/* The hash of salt and number in hex, and its signature in hex. */
static void
sign(const char *key, const char *salt, int64_t number, char hash[POW_HEX],
    char signature[POW_HEX])
{
	crypto_auth_hmacsha256_state state;
	unsigned char bytes[POW_HASH];
	char text[SALT + 24];

	snprintf(text, sizeof(text), "%s%" PRId64, salt, number);
	crypto_hash_sha256(bytes, (unsigned char *)text, strlen(text));
	sodium_bin2hex(hash, POW_HEX, bytes, sizeof(bytes));
	crypto_auth_hmacsha256_init(&state, (const unsigned char *)key,
	    strlen(key));
	crypto_auth_hmacsha256_update(&state, (unsigned char *)hash,
	    POW_HEX - 1);
	crypto_auth_hmacsha256_final(&state, bytes);
	sodium_bin2hex(signature, POW_HEX, bytes, sizeof(bytes));
}

const char *
pow_proof_challenge(const char *key, const struct pow_salt *is)
{
	static char json[400];
	char salt[SALT], hash[POW_HEX], signature[POW_HEX];
	char drawn[2 * RANDOM + 1];
	unsigned char bytes[RANDOM];

	randombytes_buf(bytes, sizeof(bytes));
	sodium_bin2hex(drawn, sizeof(drawn), bytes, sizeof(bytes));
	snprintf(salt, sizeof(salt), SALT_FORMAT, drawn, is->expires,
	    is->most, is->review);
	sign(key, salt, randombytes_uniform((uint32_t)is->most + 1), hash,
	    signature);
	snprintf(json, sizeof(json), "{\"algorithm\":\"SHA-256\","
	    "\"challenge\":\"%s\",\"maxnumber\":%" PRId64 ",\"salt\":\"%s\","
	    "\"signature\":\"%s\"}", hash, is->most, salt, signature);
	return json;
}

/* Only one that we would have written so. */
static bool
salt_read(const char *salt, struct pow_salt *is)
{
	char drawn[2 * RANDOM + 1], again[SALT];

	return sscanf(salt, "%24[0-9a-f]?expires=%12" SCNd64 "&max=%12" SCNd64
	    "&review=%16[0-9a-f]", drawn, &is->expires, &is->most,
	    is->review) == 4 &&
	    snprintf(again, sizeof(again), SALT_FORMAT, drawn, is->expires,
	    is->most, is->review) < SALT && strcmp(again, salt) == 0;
}

static const char *
text(const json_t *payload, const char *name)
{
	const char *value = json_string_value(json_object_get(payload, name));

	return value != NULL ? value : "";
}

static bool
same(const char *a, const char b[POW_HEX])
{
	return strlen(a) == POW_HEX - 1 && sodium_memcmp(a, b, POW_HEX) == 0;
}

static const char *
payload_read(const char *key, const json_t *payload, struct pow_salt *is,
    char mark[POW_MARK])
{
	const json_t *number = json_object_get(payload, "number");
	const char *salt = text(payload, "salt");
	char hash[POW_HEX], signature[POW_HEX];

	if (strcmp(text(payload, "algorithm"), "SHA-256") != 0 ||
	    !json_is_integer(number) || !salt_read(salt, is))
		return "the proof of work can't be read";
	sign(key, salt, json_integer_value(number), hash, signature);
	if (!same(text(payload, "challenge"), hash) ||
	    json_integer_value(number) > is->most)
		return "the proof of work is wrong";
	if (!same(text(payload, "signature"), signature))
		return "the proof of work is for a challenge of somebody else";
	snprintf(mark, POW_MARK, "%.*s", POW_MARK - 1, hash);
	return NULL;
}

const char *
pow_proof_read(const char *key, const char *answer, struct pow_salt *is,
    char mark[POW_MARK])
{
	char bytes[ANSWER];
	const char *why, *end;
	json_t *payload;
	size_t len;

	if (sodium_base642bin((unsigned char *)bytes, sizeof(bytes), answer,
	    strlen(answer), NULL, &len, &end,
	    sodium_base64_VARIANT_ORIGINAL) != 0 || *end != '\0')
		return "the proof of work can't be read";
	payload = json_loadb(bytes, len, JSON_REJECT_DUPLICATES, NULL);
	why = payload_read(key, payload, is, mark);
	json_decref(payload);
	return why;
}
