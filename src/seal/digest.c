/* digest.c: BLAKE2b-256 (RFC 7693) of what comes in pieces. */
#include <sodium.h>

#include "seal/seal.h"

struct seal_digest {
	crypto_generichash_state state;
};

struct seal_digest *
seal_digest_open(struct arena *a)
{
	/* libsodium wants 64 bytes' alignment; the arena gives 16. */
	uintptr_t at = (uintptr_t)arena_alloc(a,
	    sizeof(struct seal_digest) + 64);
	struct seal_digest *d = (void *)((at + 63) & ~(uintptr_t)63);

	crypto_generichash_init(&d->state, NULL, 0, 32);
	return d;
}

void
seal_digest_add(struct seal_digest *d, struct str s)
{
	crypto_generichash_update(&d->state, (const unsigned char *)s.at,
	    s.len);
}

struct str
seal_digest_end(struct seal_digest *d, struct arena *a)
{
	unsigned char hash[32];
	char hex[65];

	crypto_generichash_final(&d->state, hash, sizeof(hash));
	sodium_bin2hex(hex, sizeof(hex), hash, sizeof(hash));
	return arena_str(a, str_of(hex));
}
