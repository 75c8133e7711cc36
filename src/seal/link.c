/* link.c: what a link or a hidden field says, sealed in a v4.local token. */
#include "seal/internal.h"

#define HEAD	"{\"jti\":\""
#define EXP	"\",\"exp\":\""
#define TEXT	"\",\"text\":\""
#define TAIL	"\"}"

enum { STAMP = 20 };			/* 2026-01-31T18:00:00Z */

enum err
seal_link_make(const struct seal_keys *keys, struct arena *a,
    const char *site, const struct seal_link *link, struct str *ret)
{
	char id[UUID_TEXT], ends[CLOCK_TEXT];

	uuid_text(&link->id, id);
	clock_rfc3339(link->ends, ends);
	return seal_token_lock(keys, a, arena_fmt(a, HEAD "%s" EXP "%s" TEXT
	    STR_FMT TAIL, id, ends, STR_ARG(link->text)),
	    seal_implicit(a, site, link->purpose), ret);
}

/* Only what we wrote opens, so its parts are where we put them. */
enum err
seal_link_read(const struct seal_keys *keys, struct arena *a,
    const char *site, struct str token, struct seal_link *ret)
{
	size_t id = sizeof(HEAD) - 1, ends = id + UUID_TEXT - 1 +
	    sizeof(EXP) - 1, text = ends + STAMP + sizeof(TEXT) - 1;
	struct str claims;
	enum err e;

	e = seal_token_unlock(keys, a, token,
	    seal_implicit(a, site, ret->purpose), &claims);
	if (e != OK)
		return e;
	if (claims.len < text + sizeof(TAIL) - 1 ||
	    !uuid_parse(str_cut(claims, id, UUID_TEXT - 1), &ret->id) ||
	    !clock_parse(str_cut(claims, ends, STAMP), &ret->ends) ||
	    ret->ends <= clock_now())
		return ERR_TOKEN_BAD;
	ret->text = str_cut(claims, text,
	    claims.len - text - (sizeof(TAIL) - 1));
	return OK;
}
