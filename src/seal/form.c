/* form.c: the form token: when a form was given out, and to whom. */
#include <string.h>

#include "seal/internal.h"
#include "seal/paseto.h"

enum {
	STAMP = 8,			/* bytes of time, big-endian */
	MAC = 16,
	TOKEN = STAMP + MAC,
	AHEAD = 60 * 1000000		/* usec another node's clock may be */
};

static const int64_t life = INT64_C(3600000000) * SEAL_FORM_HOURS;

static void
form_mac(const struct seal_key *key, const char *site,
    const struct uuid *person, int64_t made, unsigned char ret[MAC])
{
	struct seal_mac m;

	seal_mac_begin(&m, key->secret, "foyer-form", MAC);
	seal_mac_str(&m, str_of(site));
	seal_mac_uuid(&m, person);
	seal_mac_int(&m, made);
	seal_mac_end(&m, ret);
}

struct str
seal_form_make(const struct seal_keys *keys, struct arena *a, const char *site,
    const struct uuid *person, int64_t now)
{
	unsigned char token[TOKEN];
	int i;

	for (i = 0; i < STAMP; i++)
		token[i] = (unsigned char)((uint64_t)now >> (56 - 8 * i));
	form_mac(seal_keys_newest(keys, SEAL_HASH), site, person, now,
	    token + STAMP);
	return seal_paseto_encode(a, (struct str){ (char *)token, TOKEN });
}

/* Any live key will do: a new one must not spoil forms already open. */
static bool
form_known(const struct seal_keys *keys, const char *site,
    const struct uuid *person, int64_t made, const unsigned char *mac)
{
	unsigned char good[MAC];
	bool known = false;
	size_t i;

	for (i = 0; i < keys->n; i++) {
		if (keys->each[i].kind != SEAL_HASH)
			continue;
		form_mac(&keys->each[i], site, person, made, good);
		if (sodium_memcmp(good, mac, MAC) == 0)
			known = true;
	}
	return known;
}

enum err
seal_form_check(const struct seal_keys *keys, const char *site,
    const struct uuid *person, struct str text, int64_t *made)
{
	int64_t now = clock_now();
	unsigned char token[TOKEN];
	uint64_t at = 0;
	size_t len;
	int i;

	if (!seal_paseto_bytes(text, token, sizeof(token), &len) ||
	    len != TOKEN)
		return ERR_TOKEN_BAD;
	for (i = 0; i < STAMP; i++)
		at = at << 8 | token[i];
	if (at > INT64_MAX || (int64_t)at > now + AHEAD ||
	    (int64_t)at < now - life ||
	    !form_known(keys, site, person, (int64_t)at, token + STAMP))
		return ERR_TOKEN_BAD;
	*made = (int64_t)at;
	return OK;
}
