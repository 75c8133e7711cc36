/*
 * internal.h: what seal's files share: keys in memory, keyed hashes, files.
 */
#ifndef SEAL_INTERNAL_H
#define SEAL_INTERNAL_H

#include <sodium.h>
#include <sys/types.h>

#include "seal/paserk.h"
#include "seal/paseto.h"
#include "seal/seal.h"

enum seal_kind { SEAL_SIGN, SEAL_BOX, SEAL_HASH, SEAL_KINDS };

enum {
	SEAL_KEYS_MAX = 64,		/* files in one folder */
	SEAL_NAME = 256			/* of a key's file, with the NUL */
};

/* ---- keys.c ---- */

struct seal_key {
	enum seal_kind kind;
	int64_t made;			/* from the file's name */
	char name[SEAL_NAME];
	char id[SEAL_ID];		/* k4.pid of sign, k4.lid of others */
	/* sign: Ed25519 seed, then public key; others: the first 32 bytes */
	unsigned char secret[64];
};

/* Lives in libsodium's guarded memory; the newest key comes first. */
struct seal_keys {
	size_t n;
	struct seal_key each[SEAL_KEYS_MAX];
};

const char *seal_keys_kind(enum seal_kind);	/* "sign", "box", "hash" */
/* There always is one: a folder that lacks a kind is not loaded. */
const struct seal_key *seal_keys_newest(const struct seal_keys *,
    enum seal_kind);
const struct seal_key *seal_keys_find(const struct seal_keys *,
    enum seal_kind, struct str id);		/* or NULL */

/* ---- keyfile.c ---- */

struct seal_folder {
	const char *path;
	int fd;
	uid_t uid;
	gid_t gid;
	mode_t refused;			/* bits that no key file may have */
};

struct seal_keyname {
	char name[SEAL_NAME];
	enum seal_kind kind;
	int64_t made;
};

/* Each says why it failed in a sentence with the path. */
enum err seal_keyfile_open(struct arena *, const char *path,
    struct seal_folder *ret, struct str *why) MUST_CHECK;
/* Names of key files, newest first; *n <= SEAL_KEYS_MAX. */
enum err seal_keyfile_list(struct arena *, const struct seal_folder *,
    struct seal_keyname ret[SEAL_KEYS_MAX], size_t *n, struct str *why)
    MUST_CHECK;
enum err seal_keyfile_read(struct arena *, const struct seal_folder *,
    const struct seal_keyname *, struct seal_key *ret, struct str *why)
    MUST_CHECK;
/* Writes key->secret under a name made of key->made; never over another. */
enum err seal_keyfile_write(struct arena *, const struct seal_folder *,
    const struct seal_key *, struct str *why) MUST_CHECK;

/* ---- mac.c: BLAKE2b over fields, each with its length before it. ---- */

struct seal_mac {
	crypto_generichash_blake2b_state state;
	size_t size;
};

/* key: 32 bytes, or NULL for a plain hash; use: at most 16 characters, so that
 * one key's hashes for different uses never meet; size: bytes of the hash. */
void seal_mac_begin(struct seal_mac *, const unsigned char *key,
    const char *use, size_t size);
void seal_mac_str(struct seal_mac *, struct str);
void seal_mac_int(struct seal_mac *, int64_t);
void seal_mac_uuid(struct seal_mac *, const struct uuid *);
void seal_mac_end(struct seal_mac *, unsigned char *ret);

/* ---- seat.c: who may hash a password now. ---- */

enum err seal_seat_share(void) MUST_CHECK;	/* before fork */
/* A seat, or -1 where nobody shares; ERR_TOO_MANY: none in time. A process has
 * one seat at a time; its death frees it. */
enum err seal_seat_get(int *ret) MUST_CHECK;
void seal_seat_leave(int seat);

#endif
