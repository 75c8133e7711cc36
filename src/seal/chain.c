/* chain.c: the moderation log's link: a row's hash over the row before it. */
#include "seal/internal.h"

void
seal_chain_hash(const struct log_row *row, unsigned char hash[32])
{
	struct seal_mac m;

	seal_mac_begin(&m, NULL, "foyer-log", 32);
	seal_mac_str(&m, (struct str){ (const char *)row->prev,
	    sizeof(row->prev) });
	seal_mac_int(&m, row->id);
	seal_mac_int(&m, row->at);
	seal_mac_uuid(&m, &row->actor);
	seal_mac_str(&m, row->actor_name);
	seal_mac_str(&m, row->act);
	seal_mac_int(&m, row->thread);
	seal_mac_int(&m, row->comment);
	/* Not the slug: the row doesn't keep it, a review may change it. */
	seal_mac_str(&m, row->reason);
	seal_mac_str(&m, row->before);
	seal_mac_str(&m, row->after);
	if (row->ref != 0)		/* older rows had none */
		seal_mac_int(&m, row->ref);
	seal_mac_end(&m, hash);
}

/* ---- seals: where the chain was, on a day, for all to check ---- */

#define SEAL_HEAD	"{\"iat\":\""
#define SEAL_ROW	"\",\"row\":"
#define SEAL_HASH_IS	",\"hash\":\""
#define SEAL_TAIL	"\"}"

enum { STAMP = 20, HEX = 64 };

enum err
seal_chain_sign(const struct seal_keys *keys, struct arena *a,
    const char *site, const struct seal_mark *mark, struct str *ret)
{
	char at[CLOCK_TEXT], hash[HEX + 1];

	clock_rfc3339(mark->at, at);
	sodium_bin2hex(hash, sizeof(hash), mark->hash, sizeof(mark->hash));
	return seal_token_sign(keys, a, arena_fmt(a, SEAL_HEAD "%s" SEAL_ROW
	    "%lld" SEAL_HASH_IS "%s" SEAL_TAIL, at, (long long)mark->row,
	    hash), seal_implicit(a, site, "log"), ret);
}

/* Only what we signed gets past the signature, so its parts are where we put
 * them. */
enum err
seal_chain_read(const struct seal_keys *keys, struct arena *a,
    const char *site, struct str token, struct seal_mark *ret)
{
	size_t row = sizeof(SEAL_HEAD) - 1 + STAMP + sizeof(SEAL_ROW) - 1;
	size_t tail = sizeof(SEAL_HASH_IS) - 1 + HEX + sizeof(SEAL_TAIL) - 1;
	size_t n;
	struct str claims, hash;
	enum err e;

	e = seal_token_verify(keys, a, token, seal_implicit(a, site, "log"),
	    &claims);
	if (e != OK)
		return e;
	if (claims.len < row + tail)
		return ERR_TOKEN_BAD;
	hash = str_cut(claims, claims.len - HEX - (sizeof(SEAL_TAIL) - 1),
	    HEX);
	if (!clock_parse(str_cut(claims, sizeof(SEAL_HEAD) - 1, STAMP),
	    &ret->at) || !str_int64(str_cut(claims, row,
	    claims.len - row - tail), &ret->row) ||
	    sodium_hex2bin(ret->hash, sizeof(ret->hash), hash.at, HEX, NULL,
	    &n, NULL) != 0 || n != sizeof(ret->hash))
		return ERR_TOKEN_BAD;
	return OK;
}
