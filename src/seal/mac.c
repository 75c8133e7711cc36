/* mac.c: keyed or plain BLAKE2b over fields, each with its length before it. */
#include <assert.h>
#include <string.h>

#include "seal/internal.h"

enum { PERSONAL = crypto_generichash_blake2b_PERSONALBYTES };

static void
put_int(struct seal_mac *m, uint64_t n)
{
	unsigned char le[8];
	size_t i;

	for (i = 0; i < sizeof(le); i++)
		le[i] = (unsigned char)(n >> (8 * i));
	crypto_generichash_blake2b_update(&m->state, le, sizeof(le));
}

void
seal_mac_begin(struct seal_mac *m, const unsigned char *key, const char *use,
    size_t size)
{
	unsigned char personal[PERSONAL] = { 0 };
	size_t len = strlen(use);

	assert(len <= sizeof(personal));
	memcpy(personal, use, len);
	m->size = size;
	crypto_generichash_blake2b_init_salt_personal(&m->state, key,
	    key ? 32 : 0, size, NULL, personal);
}

void
seal_mac_str(struct seal_mac *m, struct str s)
{
	put_int(m, s.len);
	if (s.len > 0)
		crypto_generichash_blake2b_update(&m->state,
		    (const unsigned char *)s.at, s.len);
}

void
seal_mac_int(struct seal_mac *m, int64_t n)
{
	put_int(m, 8);
	put_int(m, (uint64_t)n);
}

void
seal_mac_uuid(struct seal_mac *m, const struct uuid *u)
{
	seal_mac_str(m, (struct str){ (const char *)u->bytes,
	    sizeof(u->bytes) });
}

void
seal_mac_end(struct seal_mac *m, unsigned char *ret)
{
	crypto_generichash_blake2b_final(&m->state, ret, m->size);
	sodium_memzero(&m->state, sizeof(m->state));
}
