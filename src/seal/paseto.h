/*
 * paseto.h: PASETO version 4 with keys in hand, exactly by its specification.
 *
 * token.c chooses keys; nobody else calls these but it and the tests of the
 * official vectors.
 */
#ifndef SEAL_PASETO_H
#define SEAL_PASETO_H

#include "base/base.h"

#define SEAL_PASETO_PUBLIC	"v4.public."
#define SEAL_PASETO_LOCAL	"v4.local."

enum { SEAL_PASETO_KEY = 32, SEAL_PASETO_SECRET = 64, SEAL_PASETO_NONCE = 32 };

struct seal_paseto {
	struct str message, footer, implicit;
};

/* The pre-authentication encoding of n pieces. */
struct str seal_paseto_pae(struct arena *, const struct str *piece, size_t n);

/* Strict base64url (RFC 4648 section 5): no padding, no spare bits, no other
 * characters. */
struct str seal_paseto_encode(struct arena *, struct str bytes);
bool seal_paseto_decode(struct arena *, struct str text, struct str *ret);
bool seal_paseto_bytes(struct str text, unsigned char *ret, size_t cap,
    size_t *len);

/* Takes a token of at most SEAL_TOKEN_MAX bytes apart: *body is what stood
 * between header and footer, decoded. Nothing is verified yet. */
bool seal_paseto_split(struct arena *, struct str token, const char *header,
    struct str *body, struct str *footer);

struct str seal_paseto_sign(struct arena *, const struct seal_paseto *,
    const unsigned char secret[SEAL_PASETO_SECRET]);
/* body: of seal_paseto_split. in: footer and implicit are read, message is
 * set when true. */
bool seal_paseto_verify(struct arena *, struct str body,
    const unsigned char key[SEAL_PASETO_KEY], struct seal_paseto *in);

/* nonce: random, never twice; given so that the vectors can be run. */
struct str seal_paseto_lock(struct arena *, const struct seal_paseto *,
    const unsigned char key[SEAL_PASETO_KEY],
    const unsigned char nonce[SEAL_PASETO_NONCE]);
bool seal_paseto_unlock(struct arena *, struct str body,
    const unsigned char key[SEAL_PASETO_KEY], struct seal_paseto *in);

#endif
