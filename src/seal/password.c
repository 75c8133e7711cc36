/* password.c: Argon2id, and no more than two at once. */
#include <string.h>

#include "seal/internal.h"

/* OWASP Password Storage Cheat Sheet: Argon2id, 19 MiB, two passes. */
enum {
	PASSES = 2,
	MEMORY = 19 * 1024 * 1024,
	PASSWORD_MAX = 1024		/* bytes */
};

enum err
seal_password_share(void)
{
	return seal_seat_share();
}

enum err
seal_password_hash(struct arena *a, struct str password, struct str *ret)
{
	char text[crypto_pwhash_STRBYTES];
	enum err e;
	int seat, failed;

	if (password.len == 0)
		return ERR_PASSWORD;
	if (password.len > PASSWORD_MAX)
		return ERR_TOO_LARGE;
	if ((e = seal_seat_get(&seat)) != OK)
		return e;
	failed = crypto_pwhash_str(text, password.at, password.len, PASSES,
	    MEMORY);
	seal_seat_leave(seat);
	if (failed)
		return ERR_BROKEN;	/* no memory */
	*ret = arena_str(a, str_of(text));
	return OK;
}

/* A well-formed hash that no password has, at the same cost. */
static const char nobody[] = "$argon2id$v=19$m=19456,t=2,p=1"
    "$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

enum err
seal_password_check(struct str password, struct str hash)
{
	char text[crypto_pwhash_STRBYTES] = { 0 };
	struct str s = hash.len > 0 ? hash : str_of(nobody);
	enum err e;
	int seat, failed;

	if (password.len > PASSWORD_MAX || s.len >= sizeof(text))
		return ERR_PASSWORD;
	memcpy(text, s.at, s.len);
	if ((e = seal_seat_get(&seat)) != OK)
		return e;
	failed = crypto_pwhash_str_verify(text,
	    password.len ? password.at : "", password.len);
	seal_seat_leave(seat);
	return failed || hash.len == 0 ? ERR_PASSWORD : OK;
}

struct str
seal_password_make(struct arena *a)
{
	static const char alphabet[] =
	    "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
	enum { LENGTH = 20 };
	char *text = arena_alloc(a, LENGTH + 1);
	int i;

	for (i = 0; i < LENGTH; i++)
		text[i] = alphabet[randombytes_uniform(sizeof(alphabet) - 1)];
	return (struct str){ text, LENGTH };
}
