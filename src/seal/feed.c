/* feed.c: a feed's secret address: whose it is, and a keyed hash of that. */
#include <string.h>

#include "seal/internal.h"

enum { MAC = 20, BYTES = 16 + MAC };

static void
make(const struct seal_keys *keys, const char *site,
    const struct account *account, char ret[BYTES * 2 + 1])
{
	unsigned char bytes[BYTES];
	struct seal_mac m;

	memcpy(bytes, account->id.bytes, 16);
	seal_mac_begin(&m, seal_keys_newest(keys, SEAL_HASH)->secret,
	    "foyer-feed", MAC);
	seal_mac_str(&m, str_of(site));
	seal_mac_uuid(&m, &account->id);
	seal_mac_int(&m, account->epoch);
	seal_mac_int(&m, account->feed);
	seal_mac_end(&m, bytes + 16);
	sodium_bin2hex(ret, BYTES * 2 + 1, bytes, sizeof(bytes));
}

struct str
seal_feed_make(const struct seal_keys *keys, struct arena *a,
    const char *site, const struct account *account)
{
	char *text = arena_alloc(a, BYTES * 2 + 1);

	make(keys, site, account, text);
	return (struct str){ text, BYTES * 2 };
}

bool
seal_feed_is(const struct seal_keys *keys, const char *site,
    const struct account *account, struct str secret)
{
	char right[BYTES * 2 + 1];

	make(keys, site, account, right);
	return account->feed != 0 && secret.len == BYTES * 2 &&
	    sodium_memcmp(secret.at, right, BYTES * 2) == 0;
}

bool
seal_feed_whose(struct str secret, struct uuid *ret)
{
	size_t n;

	return secret.len == BYTES * 2 && sodium_hex2bin(ret->bytes, 16,
	    secret.at, 32, NULL, &n, NULL) == 0 && n == 16;
}
