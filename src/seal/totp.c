/* totp.c: the second factor: codes by time, and codes for once. */
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdio.h>
#include <string.h>

#include "seal/internal.h"

enum { SECRET = 20, WINDOW = 1, HASH = 16 };

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/* RFC 4648 base32; n is a multiple of five bytes. */
static struct str
base32(struct arena *a, const unsigned char *bytes, size_t n)
{
	char *text = arena_alloc(a, n / 5 * 8 + 1);
	size_t bit;

	for (bit = 0; bit < n * 8; bit += 5) {
		unsigned pair = (unsigned)bytes[bit / 8] << 8 |
		    (bit / 8 + 1 < n ? bytes[bit / 8 + 1] : 0u);

		text[bit / 5] = alphabet[pair >> (11 - bit % 8) & 31];
	}
	return (struct str){ text, n / 5 * 8 };
}

static bool
unbase32(struct str text, unsigned char ret[SECRET])
{
	size_t i;

	memset(ret, 0, SECRET);
	if (text.len != SECRET / 5 * 8)
		return false;
	for (i = 0; i < text.len; i++) {
		const char *at = text.at[i] == '\0' ? NULL :
		    strchr(alphabet, text.at[i]);
		size_t bit = i * 5;
		unsigned pair;

		if (at == NULL)
			return false;
		pair = (unsigned)(at - alphabet) << (11 - bit % 8);
		ret[bit / 8] |= (unsigned char)(pair >> 8);
		if (bit / 8 + 1 < SECRET)
			ret[bit / 8 + 1] |= (unsigned char)pair;
	}
	return true;
}

struct str
seal_totp_secret(struct arena *a)
{
	unsigned char bytes[SECRET];
	struct str text;

	randombytes_buf(bytes, sizeof(bytes));
	text = base32(a, bytes, sizeof(bytes));
	sodium_memzero(bytes, sizeof(bytes));
	return text;
}

/* RFC 4226, 5.3: four bytes at an offset that the hash itself names. */
bool
seal_totp_code(struct str secret, int64_t step, char ret[SEAL_TOTP_CODE])
{
	unsigned char key[SECRET], counter[8], mac[EVP_MAX_MD_SIZE], *at;
	unsigned size = 0, n;
	int i;

	if (!unbase32(secret, key))
		return false;
	for (i = 0; i < 8; i++)
		counter[i] = (unsigned char)((uint64_t)step >> (56 - 8 * i));
	if (HMAC(EVP_sha1(), key, sizeof(key), counter, sizeof(counter), mac,
	    &size) == NULL || size != 20)
		return false;
	at = mac + (mac[19] & 15);
	n = (at[0] & 0x7fu) << 24 | (unsigned)at[1] << 16 |
	    (unsigned)at[2] << 8 | at[3];
	snprintf(ret, SEAL_TOTP_CODE, "%06u", n % 1000000);
	sodium_memzero(key, sizeof(key));
	return true;
}

/* A code as people type it: its letters and digits, in upper case. */
static size_t
plain(struct str s, char *ret, size_t most)
{
	size_t i, n = 0;

	for (i = 0; i < s.len && n < most; i++) {
		char c = s.at[i];

		if (c >= 'a' && c <= 'z')
			c = (char)(c - 'a' + 'A');
		if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
			ret[n++] = c;
	}
	return n;
}

int64_t
seal_totp_check(struct str secret, struct str code, int64_t now)
{
	int64_t step = now / 1000000 / SEAL_TOTP_SECONDS, at, found = 0;
	char typed[SEAL_TOTP_CODE], right[SEAL_TOTP_CODE];

	if (plain(code, typed, sizeof(typed)) != SEAL_TOTP_CODE - 1)
		return 0;
	for (at = step - WINDOW; at <= step + WINDOW; at++)
		if (seal_totp_code(secret, at, right) && sodium_memcmp(typed,
		    right, SEAL_TOTP_CODE - 1) == 0)
			found = at;
	return found;
}

struct str
seal_totp_recovery(struct arena *a)
{
	unsigned char bytes[10];
	struct str s;

	randombytes_buf(bytes, sizeof(bytes));
	s = base32(a, bytes, sizeof(bytes));
	return arena_fmt(a, "%.4s-%.4s-%.4s-%.4s", s.at, s.at + 4, s.at + 8,
	    s.at + 12);
}

/* Eighty random bits need no slow hash. */
struct str
seal_totp_hash(struct arena *a, const struct uuid *account, struct str code)
{
	char typed[64], *text = arena_alloc(a, HASH * 2 + 1);
	size_t n = plain(code, typed, sizeof(typed));
	unsigned char hash[HASH];
	struct seal_mac m;

	seal_mac_begin(&m, NULL, "foyer-recovery", sizeof(hash));
	seal_mac_uuid(&m, account);
	seal_mac_str(&m, (struct str){ typed, n });
	seal_mac_end(&m, hash);
	sodium_bin2hex(text, HASH * 2 + 1, hash, sizeof(hash));
	return (struct str){ text, HASH * 2 };
}
