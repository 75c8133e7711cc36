/*
 * seal.h: everything that needs a secret (libsodium; of OpenSSL's libcrypto
 * HMAC-SHA1 alone, which libsodium has not).
 *
 * Keys: files in one folder, mode 0600 or stricter, named by their making and
 * kind: 20260131-180000-123456.sign.key (UTC, microseconds). Kinds: sign
 * (Ed25519), box (v4.local), hash (senders, mail addresses, form tokens); the
 * content is one PASERK line. The newest of a kind seals, all open. systemd's
 * LoadCredential= of such a folder is one, too.
 */
#ifndef SEAL_SEAL_H
#define SEAL_SEAL_H

#include "base/base.h"
#include "model/model.h"

/* Once a process, before anything else here. */
enum err seal_init(void) MUST_CHECK;

/* ---- keys.c ---- */

struct seal_keys;

/* Loads a folder. With a sentence in *why, ERR_NOT_FOUND: missing, or no key
 * of some kind; ERR_FILE: wrong mode, unreadable. The keys live in guarded,
 * read-only memory that forked children share; wipe ends them. */
enum err seal_keys_load(struct arena *, const char *folder,
    struct seal_keys **ret, struct str *why) MUST_CHECK;
void seal_keys_wipe(struct seal_keys *);
/* Makes a new key of each kind (or, if not NULL, of one) in the folder, each
 * atomically; the folder too, 0700, if it is missing. The first time makes two
 * signing keys, so that two are always live. A new hash key changes every
 * sender and mail hash. Files made by root belong to the folder's owner. */
enum err seal_keys_make(struct arena *, const char *folder, const char *kind,
    struct str *why) MUST_CHECK;
struct seal_key_row {
	struct str kid, kind;		/* kid: PASERK k4.pid / k4.lid */
	struct str file;		/* its name in the folder */
	int64_t made;
	bool current;
};
/* Newest first. */
void seal_keys_list(struct seal_keys *, struct arena *,
    struct seal_key_row **ret, size_t *n);

/* ---- token.c: PASETO v4 (paseto-spec), purposes never mix. ---- */

enum { SEAL_TOKEN_MAX = 4096 };		/* bytes; longer is refused unread */

/* Sealing answers ERR_TOO_LARGE when the token would pass that.
 * claims: a JSON object. implicit: implicit assertion, "site\0purpose" made by
 * the caller; ours is seal_implicit. */
struct str seal_implicit(struct arena *, const char *site, const char *purpose);
enum err seal_token_sign(const struct seal_keys *, struct arena *,
    struct str claims, struct str implicit, struct str *ret) MUST_CHECK;
/* ERR_TOKEN_BAD for anything at all wrong with it. */
enum err seal_token_verify(const struct seal_keys *, struct arena *,
    struct str token, struct str implicit, struct str *claims) MUST_CHECK;
/* Whether the key that a signed token names is here; nothing is proved. */
bool seal_token_known(const struct seal_keys *, struct arena *,
    struct str token);
/* Whether a sealed one names that key (seal_key_row.kid); likewise. */
bool seal_token_under(struct arena *, struct str token, struct str kid);
enum err seal_token_lock(const struct seal_keys *, struct arena *,
    struct str claims, struct str implicit, struct str *ret) MUST_CHECK;
enum err seal_token_unlock(const struct seal_keys *, struct arena *,
    struct str token, struct str implicit, struct str *claims) MUST_CHECK;

/* ---- session.c: our claims in a v4.public token. ---- */

struct session {
	struct uuid person;		/* account or guest */
	struct uuid id;			/* of an account's session, or null */
	bool has_account;
	enum model_role role;
	struct str name;		/* last name used */
	int64_t epoch;			/* token_epoch of the account */
	int64_t made, ends;		/* usec */
};
enum err seal_session_make(const struct seal_keys *, struct arena *,
    const char *site, const struct session *, struct str *ret) MUST_CHECK;
/* ERR_TOKEN_BAD: forged, for another site or purpose, over. */
enum err seal_session_read(const struct seal_keys *, struct arena *,
    const char *site, struct str token, struct session *ret) MUST_CHECK;

/* ---- sso.c: tokens that the journal signs (v4.public); docs/sso.md. ---- */

struct seal_sso;
enum { SEAL_SSO_KEYS = 8 };
/* setting: a k4.public key, the path of a file with one a line, or "": then
 * *ret is NULL. */
enum err seal_sso_load(struct arena *, const char *setting,
    struct seal_sso **ret, struct str *why) MUST_CHECK;
/* ERR_SSO_BAD: not signed by one of these, or for another purpose. */
enum err seal_sso_verify(const struct seal_sso *, struct arena *,
    struct str token, struct str *claims) MUST_CHECK;
/* For the journal's side: a new pair, as PASERK; a token of such a secret. */
void seal_sso_make(struct arena *, struct str *secret, struct str *public);
enum err seal_sso_sign(struct arena *, struct str secret, struct str claims,
    struct str *ret) MUST_CHECK;

/* ---- link.c: what a link or a hidden field says to us alone (v4.local). */

struct seal_link {
	const char *purpose;		/* one can't serve as another */
	struct uuid id;			/* whose, or of what */
	struct str text;		/* no quotes, backslashes, controls */
	int64_t ends;
};
enum err seal_link_make(const struct seal_keys *, struct arena *,
    const char *site, const struct seal_link *, struct str *ret) MUST_CHECK;
/* For the purpose that `ret` has. ERR_TOKEN_BAD: forged, for another site or
 * purpose, over. */
enum err seal_link_read(const struct seal_keys *, struct arena *,
    const char *site, struct str token, struct seal_link *ret) MUST_CHECK;

/* ---- totp.c: codes of a telephone's application (RFC 6238: SHA-1, 6 digits,
 * 30 s), and those for when it is lost. ---- */

enum {
	SEAL_TOTP_SECONDS = 30,
	SEAL_TOTP_CODE = 7,		/* with the NUL */
	SEAL_TOTP_RECOVERY = 10		/* codes */
};
/* 160 bits in base32 (RFC 4648), without padding. */
struct str seal_totp_secret(struct arena *);
/* The code of one step of 30 s (RFC 4226 with that counter). False: that is no
 * secret. */
bool seal_totp_code(struct str secret, int64_t step, char ret[SEAL_TOTP_CODE]);
/* The step, at most one from now's, whose code this is; 0: none's. Spaces
 * within it don't count. */
int64_t seal_totp_check(struct str secret, struct str code, int64_t now);
/* 80 bits: xxxx-xxxx-xxxx-xxxx; hash: what is kept of it, in hex. Case and
 * what is no letter or digit don't count. */
struct str seal_totp_recovery(struct arena *);
struct str seal_totp_hash(struct arena *, const struct uuid *account,
    struct str code);

/* ---- feed.c: the secret address of a moderator's feed. ---- */

/* Of this account as long as its epoch and its number are these: letters and
 * digits. */
struct str seal_feed_make(const struct seal_keys *, struct arena *,
    const char *site, const struct account *);
/* False, too, of an account that has none (feed 0). */
bool seal_feed_is(const struct seal_keys *, const char *site,
    const struct account *, struct str secret);
/* Whose it says it is; false: nobody's. */
bool seal_feed_whose(struct str secret, struct uuid *ret);

/* ---- form.c: the form token: a short keyed hash (crypto_generichash) over
 * person, purpose and the time it was given out; carries that time. ---- */

struct str seal_form_make(const struct seal_keys *, struct arena *,
    const char *site, const struct uuid *person, int64_t now);
/* *made: when it was given out; good for SEAL_FORM_HOURS from then. */
enum { SEAL_FORM_HOURS = 24 };
enum err seal_form_check(const struct seal_keys *, const char *site,
    const struct uuid *person, struct str token, int64_t *made) MUST_CHECK;

/* ---- hash.c ---- */

/* Keyed BLAKE2b-128 of an address (IPv4, or the /64 of an IPv6), in hex; the
 * key is another in every period. */
struct str seal_hash_sender(const struct seal_keys *, struct arena *,
    const char *site, struct str address, int64_t period);
/* The number of the period of so many days in which `now` is. */
int64_t seal_hash_period(int64_t now, int days);
/* What tries to sign in are counted by: a name, or the network that an address
 * is in (IPv4: its /24, IPv6: its /64). */
enum { SEAL_TRY = 16 };
void seal_hash_try_name(const struct seal_keys *, const char *site,
    const char *what, struct str name, unsigned char ret[SEAL_TRY]);
void seal_hash_try_network(const struct seal_keys *, const char *site,
    struct str address, unsigned char ret[SEAL_TRY]);
struct str seal_hash_email(const struct seal_keys *, struct arena *,
    const char *site, struct str email);	/* lower-cased domain */
/* A client key for a form without one: the same sender, thread, parent, body
 * and person (zero: none yet) always give the same UUID (version 8). */
void seal_hash_key(const struct seal_keys *, const struct draft *,
    struct uuid *ret);

/* The person of a guest without a session: made from the client key, so that
 * a form sent twice is one person's (version 8). */
void seal_hash_guest(const struct seal_keys *, const struct uuid *key,
    struct uuid *ret);

/* What a comment's footnotes are called by: from the client key, unique in its
 * thread, and keyed, so that nobody can give theirs another's name. */
struct str seal_hash_notes(const struct seal_keys *, struct arena *,
    const struct uuid *key);

/* ---- chain.c: the moderation log's link (BLAKE2b-256). ---- */

/* Hashes prev and each field with its length, so that no two rows can be
 * written the same way. A store_chain_fn. */
void seal_chain_hash(const struct log_row *, unsigned char hash[32]);
/* A head, signed (v4.public), so that what was before it can't be made anew. */
struct seal_mark {
	int64_t row, at;		/* the last row's id; when */
	unsigned char hash[32];
};
enum err seal_chain_sign(const struct seal_keys *, struct arena *,
    const char *site, const struct seal_mark *, struct str *ret) MUST_CHECK;
/* ERR_TOKEN_BAD: by none of these keys, or for another site. */
enum err seal_chain_read(const struct seal_keys *, struct arena *,
    const char *site, struct str token, struct seal_mark *ret) MUST_CHECK;

/* ---- digest.c: BLAKE2b-256 of what comes in pieces, in hex. ---- */

struct seal_digest;
struct seal_digest *seal_digest_open(struct arena *);
void seal_digest_add(struct seal_digest *, struct str);
struct str seal_digest_end(struct seal_digest *, struct arena *);

/* ---- password.c: Argon2id, 19 MiB, t=2 (OWASP). ---- */

enum err seal_password_hash(struct arena *, struct str password,
    struct str *ret) MUST_CHECK;
/* ERR_PASSWORD; hash "" costs the same time and fails: for unknown names. At
 * most two at once among the processes forked after seal_password_share (all
 * may run at once where it was not called); eight more wait at most 2 s, then
 * ERR_TOO_MANY. Who dies gives his place back. Passwords have 1..1024 bytes. */
enum err seal_password_check(struct str password, struct str hash) MUST_CHECK;
enum err seal_password_share(void) MUST_CHECK;
/* A password to hand out: 20 letters and digits, no look-alikes. */
struct str seal_password_make(struct arena *);

#endif
