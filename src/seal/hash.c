/* hash.c: keyed hashes that stand for senders, mail addresses, forms. */
#include <arpa/inet.h>
#include <ctype.h>
#include <string.h>

#include "seal/internal.h"

enum { HASH = 16, DAY = 24 * 60 * 60 };

static const unsigned char *
hash_key(const struct seal_keys *keys)
{
	return seal_keys_newest(keys, SEAL_HASH)->secret;
}

static struct str
hex(struct arena *a, const unsigned char hash[HASH])
{
	char *text = arena_alloc(a, HASH * 2 + 1);

	sodium_bin2hex(text, HASH * 2 + 1, hash, HASH);
	return (struct str){ text, HASH * 2 };
}

static void
make_v8(struct uuid *u)
{
	u->bytes[6] = (unsigned char)((u->bytes[6] & 0x0f) | 0x80);
	u->bytes[8] = (unsigned char)((u->bytes[8] & 0x3f) | 0x80);
}

/* What one household or host is known by: an IPv4 address, the /64 of an IPv6
 * (RFC 4291 section 2.5.4), or the text itself if it is no address. */
struct network {
	int family;			/* 4, 6 or 0 */
	struct str bytes;
	unsigned char address[16];
};

static void
network_of(struct network *n, struct str address)
{
	static const unsigned char mapped[12] = { [10] = 0xff, [11] = 0xff };
	char text[INET6_ADDRSTRLEN];

	n->family = 0;
	n->bytes = address;
	if (address.len == 0 || address.len >= sizeof(text) ||
	    memchr(address.at, '\0', address.len) != NULL)
		return;
	memcpy(text, address.at, address.len);
	text[address.len] = '\0';
	if (inet_pton(AF_INET, text, n->address) == 1) {
		n->family = 4;
		n->bytes = (struct str){ (char *)n->address, 4 };
	} else if (inet_pton(AF_INET6, text, n->address) == 1) {
		bool v4 = memcmp(n->address, mapped, sizeof(mapped)) == 0;

		n->family = v4 ? 4 : 6;
		n->bytes = (struct str){
			(char *)n->address + (v4 ? 12 : 0), v4 ? 4 : 8
		};
	}
}

int64_t
seal_hash_period(int64_t now, int days)
{
	return now / 1000000 / ((int64_t)(days > 0 ? days : 1) * DAY);
}

struct str
seal_hash_sender(const struct seal_keys *keys, struct arena *a,
    const char *site, struct str address, int64_t period)
{
	unsigned char key[32], hash[HASH];
	struct network n;
	struct seal_mac m;

	seal_mac_begin(&m, hash_key(keys), "foyer-period", sizeof(key));
	seal_mac_str(&m, str_of(site));
	seal_mac_int(&m, period);
	seal_mac_end(&m, key);
	network_of(&n, address);
	seal_mac_begin(&m, key, "foyer-sender", sizeof(hash));
	seal_mac_int(&m, n.family);
	seal_mac_str(&m, n.bytes);
	seal_mac_end(&m, hash);
	sodium_memzero(key, sizeof(key));
	sodium_memzero(&n, sizeof(n));
	return hex(a, hash);
}

void
seal_hash_try_name(const struct seal_keys *keys, const char *site,
    const char *what, struct str name, unsigned char ret[SEAL_TRY])
{
	struct seal_mac m;

	seal_mac_begin(&m, hash_key(keys), "foyer-try", SEAL_TRY);
	seal_mac_str(&m, str_of(site));
	seal_mac_str(&m, str_of(what));
	seal_mac_str(&m, name);
	seal_mac_end(&m, ret);
}

void
seal_hash_try_network(const struct seal_keys *keys, const char *site,
    struct str address, unsigned char ret[SEAL_TRY])
{
	struct network n;

	network_of(&n, address);
	if (n.family == 4)
		n.bytes.len = 3;
	seal_hash_try_name(keys, site, "network", n.bytes, ret);
	sodium_memzero(&n, sizeof(n));
}

struct str
seal_hash_email(const struct seal_keys *keys, struct arena *a,
    const char *site, struct str email)
{
	unsigned char hash[HASH];
	struct seal_mac m;
	struct str s = str_trim(email);
	char *text = arena_cstr(a, s), *p = memrchr(text, '@', s.len);

	if (s.len == 0)
		return (struct str){ "", 0 };
	for (; p != NULL && *p != '\0'; p++)
		*p = (char)tolower((unsigned char)*p);
	seal_mac_begin(&m, hash_key(keys), "foyer-email", sizeof(hash));
	seal_mac_str(&m, str_of(site));
	seal_mac_str(&m, (struct str){ text, s.len });
	seal_mac_end(&m, hash);
	return hex(a, hash);
}

void
seal_hash_key(const struct seal_keys *keys, const struct draft *d,
    struct uuid *ret)
{
	struct seal_mac m;

	seal_mac_begin(&m, hash_key(keys), "foyer-key", sizeof(ret->bytes));
	seal_mac_str(&m, d->sender);
	seal_mac_str(&m, d->slug);	/* the thread is not known yet */
	seal_mac_int(&m, d->parent);
	seal_mac_str(&m, d->body);
	seal_mac_str(&m, d->anchor);
	seal_mac_uuid(&m, &d->person);
	seal_mac_end(&m, ret->bytes);
	make_v8(ret);
}

void
seal_hash_guest(const struct seal_keys *keys, const struct uuid *key,
    struct uuid *ret)
{
	struct seal_mac m;

	seal_mac_begin(&m, hash_key(keys), "foyer-guest", sizeof(ret->bytes));
	seal_mac_uuid(&m, key);
	seal_mac_end(&m, ret->bytes);
	make_v8(ret);
}

struct str
seal_hash_notes(const struct seal_keys *keys, struct arena *a,
    const struct uuid *key)
{
	unsigned char hash[HASH];
	struct seal_mac m;

	seal_mac_begin(&m, hash_key(keys), "foyer-notes", sizeof(hash));
	seal_mac_uuid(&m, key);
	seal_mac_end(&m, hash);
	return str_cut(hex(a, hash), 0, 12);
}
