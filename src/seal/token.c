/* token.c: PASETO tokens under our keys; the footer names the key. */
#include "seal/internal.h"

/* The whole footer; a verifier reads nothing else from it. */
#define FOOTER_HEAD	"{\"kid\":\""
#define FOOTER_TAIL	"\"}"

struct str
seal_implicit(struct arena *a, const char *site, const char *purpose)
{
	struct buf b = buf_new(a, 64);

	buf_lit(&b, site);
	buf_char(&b, '\0');
	buf_lit(&b, purpose);
	return buf_view(&b);
}

static struct str
footer_make(struct arena *a, const struct seal_key *key)
{
	return arena_fmt(a, FOOTER_HEAD "%s" FOOTER_TAIL, key->id);
}

/* The key's name in a footer of exactly our shape, or "". */
static struct str
footer_kid(struct str footer)
{
	size_t head = sizeof(FOOTER_HEAD) - 1, tail = sizeof(FOOTER_TAIL) - 1;

	if (footer.len != head + SEAL_ID - 1 + tail ||
	    !str_begins(footer, FOOTER_HEAD) || !str_ends(footer, FOOTER_TAIL))
		return STR("");
	return str_cut(footer, head, SEAL_ID - 1);
}

static const struct seal_key *
footer_key(const struct seal_keys *keys, enum seal_kind kind, struct str footer)
{
	return seal_keys_find(keys, kind, footer_kid(footer));
}

static enum err
bounded(struct str token, struct str *ret)
{
	if (token.len > SEAL_TOKEN_MAX)
		return ERR_TOO_LARGE;
	*ret = token;
	return OK;
}

enum err
seal_token_sign(const struct seal_keys *keys, struct arena *a,
    struct str claims, struct str implicit, struct str *ret)
{
	const struct seal_key *key = seal_keys_newest(keys, SEAL_SIGN);
	struct seal_paseto in = { claims, footer_make(a, key), implicit };

	if (claims.len > SEAL_TOKEN_MAX)
		return ERR_TOO_LARGE;
	return bounded(seal_paseto_sign(a, &in, key->secret), ret);
}

enum err
seal_token_lock(const struct seal_keys *keys, struct arena *a,
    struct str claims, struct str implicit, struct str *ret)
{
	const struct seal_key *key = seal_keys_newest(keys, SEAL_BOX);
	struct seal_paseto in = { claims, footer_make(a, key), implicit };
	unsigned char nonce[SEAL_PASETO_NONCE];

	if (claims.len > SEAL_TOKEN_MAX)
		return ERR_TOO_LARGE;
	randombytes_buf(nonce, sizeof(nonce));
	return bounded(seal_paseto_lock(a, &in, key->secret, nonce), ret);
}

enum err
seal_token_verify(const struct seal_keys *keys, struct arena *a,
    struct str token, struct str implicit, struct str *claims)
{
	struct seal_paseto in = { .implicit = implicit };
	const struct seal_key *key;
	struct str body;

	if (!seal_paseto_split(a, token, SEAL_PASETO_PUBLIC, &body, &in.footer))
		return ERR_TOKEN_BAD;
	key = footer_key(keys, SEAL_SIGN, in.footer);
	if (key == NULL || !seal_paseto_verify(a, body,
	    key->secret + SEAL_PASETO_KEY, &in))
		return ERR_TOKEN_BAD;
	*claims = in.message;
	return OK;
}

enum err
seal_token_unlock(const struct seal_keys *keys, struct arena *a,
    struct str token, struct str implicit, struct str *claims)
{
	struct seal_paseto in = { .implicit = implicit };
	const struct seal_key *key;
	struct str body;

	if (!seal_paseto_split(a, token, SEAL_PASETO_LOCAL, &body, &in.footer))
		return ERR_TOKEN_BAD;
	key = footer_key(keys, SEAL_BOX, in.footer);
	if (key == NULL || !seal_paseto_unlock(a, body, key->secret, &in))
		return ERR_TOKEN_BAD;
	*claims = in.message;
	return OK;
}

bool
seal_token_known(const struct seal_keys *keys, struct arena *a,
    struct str token)
{
	struct str body, footer;

	return seal_paseto_split(a, token, SEAL_PASETO_PUBLIC, &body,
	    &footer) && footer_key(keys, SEAL_SIGN, footer) != NULL;
}

bool
seal_token_under(struct arena *a, struct str token, struct str kid)
{
	struct str body, footer;

	return seal_paseto_split(a, token, SEAL_PASETO_LOCAL, &body,
	    &footer) && str_eq(footer_kid(footer), kid);
}
