/* paserk.c: keys as text and their ids (PASERK, version 4). */
#include <sodium.h>
#include <string.h>

#include "seal/paserk.h"
#include "seal/paseto.h"

enum { VARIANT = sodium_base64_VARIANT_URLSAFE_NO_PADDING, ID_BYTES = 33 };

void
seal_paserk_text(const char *type, const unsigned char *key, size_t len,
    char ret[SEAL_PASERK])
{
	size_t head = strlen(type);

	memcpy(ret, type, head);
	sodium_bin2base64(ret + head, SEAL_PASERK - head, key, len, VARIANT);
}

bool
seal_paserk_parse(const char *type, struct str text, unsigned char *ret,
    size_t len)
{
	struct str body = str_cut(text, strlen(type), text.len);
	size_t got;

	return str_begins(text, type) &&
	    seal_paseto_bytes(body, ret, len, &got) && got == len;
}

void
seal_paserk_id(const char *type, const char *paserk, char ret[SEAL_ID])
{
	crypto_generichash_state state;
	unsigned char hash[ID_BYTES];
	size_t head = strlen(type);

	crypto_generichash_init(&state, NULL, 0, sizeof(hash));
	crypto_generichash_update(&state, (const unsigned char *)type, head);
	crypto_generichash_update(&state, (const unsigned char *)paserk,
	    strlen(paserk));
	crypto_generichash_final(&state, hash, sizeof(hash));
	memcpy(ret, type, head);
	sodium_bin2base64(ret + head, SEAL_ID - head, hash, sizeof(hash),
	    VARIANT);
}
