/* paseto.c: PASETO version 4: v4.public (Ed25519), v4.local (XChaCha20). */
#include <sodium.h>
#include <string.h>

#include "seal/paseto.h"
#include "seal/seal.h"

enum {
	VARIANT = sodium_base64_VARIANT_URLSAFE_NO_PADDING,
	SIGNATURE = crypto_sign_BYTES,
	NONCE = SEAL_PASETO_NONCE,
	MAC = 32,
	STREAM_KEY = crypto_stream_xchacha20_KEYBYTES,
	STREAM_NONCE = crypto_stream_xchacha20_NONCEBYTES
};

static const unsigned char *
bytes(struct str s)
{
	return (const unsigned char *)(s.len ? s.at : "");
}

static void
put_le64(struct buf *b, uint64_t n)
{
	int i;

	for (i = 0; i < 64; i += 8)
		buf_char(b, (char)(unsigned char)(n >> i));
}

struct str
seal_paseto_pae(struct arena *a, const struct str *piece, size_t n)
{
	struct buf b = buf_new(a, 512);
	size_t i;

	put_le64(&b, n);
	for (i = 0; i < n; i++) {
		put_le64(&b, piece[i].len);
		buf_str(&b, piece[i]);
	}
	return buf_view(&b);
}

struct str
seal_paseto_encode(struct arena *a, struct str s)
{
	size_t cap = sodium_base64_encoded_len(s.len, VARIANT);
	char *text = arena_alloc(a, cap);

	sodium_bin2base64(text, cap, bytes(s), s.len, VARIANT);
	return (struct str){ text, cap - 1 };
}

/* libsodium 1.0.18 reads any byte beyond ASCII as the last of the letters. */
bool
seal_paseto_bytes(struct str text, unsigned char *ret, size_t cap, size_t *len)
{
	size_t i;

	for (i = 0; i < text.len; i++)
		if (bytes(text)[i] >= 0x80)
			return false;
	return sodium_base642bin(ret, cap, text.len ? text.at : "", text.len,
	    NULL, len, NULL, VARIANT) == 0;
}

bool
seal_paseto_decode(struct arena *a, struct str text, struct str *ret)
{
	size_t cap = text.len / 4 * 3 + 3, len;
	unsigned char *to = arena_alloc(a, cap);

	if (!seal_paseto_bytes(text, to, cap, &len))
		return false;
	*ret = (struct str){ (char *)to, len };
	return true;
}

static struct str
join(struct arena *a, const char *header, const struct buf *body,
    struct str footer)
{
	struct buf b = buf_new(a, body->len * 2);

	buf_lit(&b, header);
	buf_str(&b, seal_paseto_encode(a, buf_view(body)));
	if (footer.len > 0) {
		buf_char(&b, '.');
		buf_str(&b, seal_paseto_encode(a, footer));
	}
	return buf_view(&b);
}

bool
seal_paseto_split(struct arena *a, struct str token, const char *header,
    struct str *body, struct str *footer)
{
	struct str rest, part;

	if (token.len > SEAL_TOKEN_MAX || !str_begins(token, header))
		return false;
	rest = str_cut(token, strlen(header), token.len);
	if (!str_split(&rest, '.', &part) ||
	    !seal_paseto_decode(a, part, body))
		return false;
	*footer = (struct str){ "", 0 };
	/* A dot with nothing after it would be a second spelling. */
	return rest.at == NULL ||
	    (rest.len > 0 && seal_paseto_decode(a, rest, footer));
}

/* ---- v4.public ---- */

static struct str
signed_text(struct arena *a, const struct seal_paseto *in, struct str message)
{
	struct str piece[] = {
		STR(SEAL_PASETO_PUBLIC), message, in->footer, in->implicit
	};

	return seal_paseto_pae(a, piece, COUNT(piece));
}

struct str
seal_paseto_sign(struct arena *a, const struct seal_paseto *in,
    const unsigned char secret[SEAL_PASETO_SECRET])
{
	struct str text = signed_text(a, in, in->message);
	struct buf body = buf_new(a, in->message.len + SIGNATURE);
	unsigned char signature[SIGNATURE];

	crypto_sign_detached(signature, NULL, bytes(text), text.len, secret);
	buf_str(&body, in->message);
	buf_add(&body, signature, sizeof(signature));
	return join(a, SEAL_PASETO_PUBLIC, &body, in->footer);
}

bool
seal_paseto_verify(struct arena *a, struct str body,
    const unsigned char key[SEAL_PASETO_KEY], struct seal_paseto *in)
{
	struct str message, text;

	if (body.len < SIGNATURE)
		return false;
	message = str_cut(body, 0, body.len - SIGNATURE);
	text = signed_text(a, in, message);
	if (crypto_sign_verify_detached(bytes(body) + message.len, bytes(text),
	    text.len, key) != 0)
		return false;
	in->message = message;
	return true;
}

/* ---- v4.local ---- */

struct split_keys {
	unsigned char stream[STREAM_KEY + STREAM_NONCE];
	unsigned char mac[32];
};

static void
derive(unsigned char *ret, size_t size, const char *what,
    const unsigned char key[SEAL_PASETO_KEY],
    const unsigned char nonce[SEAL_PASETO_NONCE])
{
	crypto_generichash_state state;

	crypto_generichash_init(&state, key, SEAL_PASETO_KEY, size);
	crypto_generichash_update(&state, (const unsigned char *)what,
	    strlen(what));
	crypto_generichash_update(&state, nonce, NONCE);
	crypto_generichash_final(&state, ret, size);
	sodium_memzero(&state, sizeof(state));
}

static void
split_keys(struct split_keys *k, const unsigned char key[SEAL_PASETO_KEY],
    const unsigned char nonce[SEAL_PASETO_NONCE])
{
	derive(k->stream, sizeof(k->stream), "paseto-encryption-key", key,
	    nonce);
	derive(k->mac, sizeof(k->mac), "paseto-auth-key-for-aead", key, nonce);
}

static void
local_mac(struct arena *a, const struct seal_paseto *in,
    const struct split_keys *k, struct str sealed, unsigned char ret[MAC])
{
	struct str piece[] = {
		STR(SEAL_PASETO_LOCAL), str_cut(sealed, 0, NONCE),
		str_cut(sealed, NONCE, sealed.len), in->footer, in->implicit
	};
	struct str text = seal_paseto_pae(a, piece, COUNT(piece));

	crypto_generichash(ret, MAC, bytes(text), text.len, k->mac,
	    sizeof(k->mac));
}

struct str
seal_paseto_lock(struct arena *a, const struct seal_paseto *in,
    const unsigned char key[SEAL_PASETO_KEY],
    const unsigned char nonce[SEAL_PASETO_NONCE])
{
	size_t len = NONCE + in->message.len;
	unsigned char *sealed = arena_alloc(a, len), mac[MAC];
	struct buf body = buf_new(a, len + MAC);
	struct split_keys k;

	split_keys(&k, key, nonce);
	memcpy(sealed, nonce, NONCE);
	crypto_stream_xchacha20_xor(sealed + NONCE, bytes(in->message),
	    in->message.len, k.stream + STREAM_KEY, k.stream);
	local_mac(a, in, &k, (struct str){ (char *)sealed, len }, mac);
	sodium_memzero(&k, sizeof(k));
	buf_add(&body, sealed, len);
	buf_add(&body, mac, sizeof(mac));
	return join(a, SEAL_PASETO_LOCAL, &body, in->footer);
}

bool
seal_paseto_unlock(struct arena *a, struct str body,
    const unsigned char key[SEAL_PASETO_KEY], struct seal_paseto *in)
{
	struct split_keys k;
	unsigned char mac[MAC], *message;
	size_t len;
	bool good;

	if (body.len < NONCE + MAC)
		return false;
	len = body.len - NONCE - MAC;
	message = arena_alloc(a, len + 1);
	split_keys(&k, key, bytes(body));
	local_mac(a, in, &k, str_cut(body, 0, NONCE + len), mac);
	good = sodium_memcmp(mac, bytes(body) + NONCE + len, MAC) == 0;
	if (good) {
		crypto_stream_xchacha20_xor(message, bytes(body) + NONCE, len,
		    k.stream + STREAM_KEY, k.stream);
		in->message = (struct str){ (char *)message, len };
	}
	sodium_memzero(&k, sizeof(k));
	return good;
}
