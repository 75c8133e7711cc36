/* sso.c: tokens that the journal signs, so that its own people are known. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "seal/internal.h"

/* Bound into every signature, so that no other token of that key is one. */
#define IMPLICIT	STR("foyer-sso")

enum { FILE_MAX = 4096 };

struct seal_sso {
	size_t n;
	struct {
		char id[SEAL_ID];
		unsigned char key[SEAL_PASETO_KEY];
	} each[SEAL_SSO_KEYS];
};

static enum err
read_file(struct arena *a, const char *path, struct str *ret, struct str *why)
{
	char *text = arena_bytes(a, FILE_MAX);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, text, FILE_MAX);

	if (n < 0)
		*why = arena_fmt(a, "%s: %s", path, strerror(errno));
	else if (n == FILE_MAX)
		*why = arena_fmt(a, "%s: expected keys, a line each", path);
	if (fd >= 0)
		close(fd);
	*ret = (struct str){ text, n < 0 ? 0 : (size_t)n };
	return n < 0 || n == FILE_MAX ? ERR_FILE : OK;
}

static bool
add(struct seal_sso *sso, struct str line)
{
	char text[SEAL_PASERK];

	if (sso->n == SEAL_SSO_KEYS || !seal_paserk_parse("k4.public.", line,
	    sso->each[sso->n].key, SEAL_PASETO_KEY))
		return false;
	seal_paserk_text("k4.public.", sso->each[sso->n].key, SEAL_PASETO_KEY,
	    text);
	seal_paserk_id("k4.pid.", text, sso->each[sso->n].id);
	sso->n++;
	return true;
}

enum err
seal_sso_load(struct arena *a, const char *setting, struct seal_sso **ret,
    struct str *why)
{
	struct seal_sso *sso = arena_alloc(a, sizeof(*sso));
	struct str rest = str_of(setting), line;
	enum err e;

	*ret = NULL;
	if (rest.len == 0)
		return OK;
	if (setting[0] == '/' &&
	    (e = read_file(a, setting, &rest, why)) != OK)
		return e;
	while (str_split(&rest, '\n', &line)) {
		line = str_trim(line);
		if (line.len > 0 && !add(sso, line)) {
			*why = arena_fmt(a, "sso_key: expected at most %d "
			    "k4.public keys", SEAL_SSO_KEYS);
			return ERR_FILE;
		}
	}
	if (sso->n == 0) {
		*why = arena_fmt(a, "%s: expected a k4.public key", setting);
		return ERR_FILE;
	}
	*ret = sso;
	return OK;
}

/* {"kid":"k4.pid...."}, whatever space a library puts between. */
static const unsigned char *
footer_key(const struct seal_sso *sso, struct arena *a, struct str footer)
{
	struct buf b = buf_new(a, footer.len + 1);
	size_t i;

	for (i = 0; i < footer.len; i++)
		if (footer.at[i] != ' ')
			buf_char(&b, footer.at[i]);
	for (i = 0; i < sso->n; i++)
		if (str_eq(buf_view(&b), arena_fmt(a, "{\"kid\":\"%s\"}",
		    sso->each[i].id)))
			return sso->each[i].key;
	return NULL;
}

enum err
seal_sso_verify(const struct seal_sso *sso, struct arena *a, struct str token,
    struct str *claims)
{
	struct seal_paseto in = { .implicit = IMPLICIT };
	const unsigned char *key;
	struct str body;

	if (!seal_paseto_split(a, token, SEAL_PASETO_PUBLIC, &body, &in.footer))
		return ERR_SSO_BAD;
	key = footer_key(sso, a, in.footer);
	if (key == NULL || !seal_paseto_verify(a, body, key, &in))
		return ERR_SSO_BAD;
	*claims = in.message;
	return OK;
}

void
seal_sso_make(struct arena *a, struct str *secret, struct str *public)
{
	unsigned char key[SEAL_PASETO_SECRET], half[SEAL_PASETO_KEY];
	char text[SEAL_PASERK];

	crypto_sign_keypair(half, key);
	seal_paserk_text("k4.secret.", key, sizeof(key), text);
	*secret = arena_str(a, str_of(text));
	seal_paserk_text("k4.public.", half, sizeof(half), text);
	*public = arena_str(a, str_of(text));
	sodium_memzero(key, sizeof(key));
}

enum err
seal_sso_sign(struct arena *a, struct str secret, struct str claims,
    struct str *ret)
{
	unsigned char key[SEAL_PASETO_SECRET];
	char text[SEAL_PASERK], id[SEAL_ID];
	struct seal_paseto in = { .message = claims, .implicit = IMPLICIT };

	if (!seal_paserk_parse("k4.secret.", secret, key, sizeof(key)))
		return ERR_SYNTAX;
	/* The second half of a secret key is the public one. */
	seal_paserk_text("k4.public.", key + SEAL_PASETO_KEY, SEAL_PASETO_KEY,
	    text);
	seal_paserk_id("k4.pid.", text, id);
	in.footer = arena_fmt(a, "{\"kid\":\"%s\"}", id);
	*ret = seal_paseto_sign(a, &in, key);
	sodium_memzero(key, sizeof(key));
	return OK;
}
