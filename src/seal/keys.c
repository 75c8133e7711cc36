/* keys.c: a folder of keys: load it, choose from it, add to it. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "seal/internal.h"

static const char *const kind_names[SEAL_KINDS] = { "sign", "box", "hash" };

const char *
seal_keys_kind(enum seal_kind kind)
{
	return kind_names[kind];
}

const struct seal_key *
seal_keys_find(const struct seal_keys *keys, enum seal_kind kind, struct str id)
{
	size_t i;

	for (i = 0; i < keys->n; i++)
		if (keys->each[i].kind == kind && str_is(id, keys->each[i].id))
			return &keys->each[i];
	return NULL;
}

const struct seal_key *
seal_keys_newest(const struct seal_keys *keys, enum seal_kind kind)
{
	size_t i;

	for (i = 0; i < keys->n && keys->each[i].kind != kind; i++)
		;
	return i < keys->n ? &keys->each[i] : NULL;
}

static enum err
read_all(struct arena *a, const struct seal_folder *f, struct seal_keys *keys,
    struct str *why)
{
	struct seal_keyname *names = arena_alloc(a,
	    SEAL_KEYS_MAX * sizeof(*names));
	enum err e;
	size_t i;
	int k;

	if ((e = seal_keyfile_list(a, f, names, &keys->n, why)) != OK)
		return e;
	for (i = 0; i < keys->n; i++)
		if ((e = seal_keyfile_read(a, f, &names[i], &keys->each[i],
		    why)) != OK)
			return e;
	for (k = 0; k < SEAL_KINDS; k++) {
		if (seal_keys_newest(keys, (enum seal_kind)k) != NULL)
			continue;
		*why = arena_fmt(a, "%s: no %s key; expected at least one, "
		    "\"foyerctl key rotate\" makes it", f->path, kind_names[k]);
		return ERR_NOT_FOUND;
	}
	return OK;
}

enum err
seal_keys_load(struct arena *a, const char *folder, struct seal_keys **ret,
    struct str *why)
{
	struct seal_keys *keys;
	struct seal_folder f;
	enum err e;

	if ((e = seal_keyfile_open(a, folder, &f, why)) != OK)
		return e;
	if ((keys = sodium_malloc(sizeof(*keys))) == NULL) {
		close(f.fd);
		*why = arena_fmt(a, "%s: no memory for keys", folder);
		return ERR_FILE;
	}
	memset(keys, 0, sizeof(*keys));
	e = read_all(a, &f, keys, why);
	close(f.fd);
	if (e != OK) {
		sodium_free(keys);
		return e;
	}
	sodium_mprotect_readonly(keys);
	*ret = keys;
	return OK;
}

void
seal_keys_wipe(struct seal_keys *keys)
{
	sodium_free(keys);
}

void
seal_keys_list(struct seal_keys *keys, struct arena *a,
    struct seal_key_row **ret, size_t *n)
{
	size_t i;

	*ret = arena_alloc(a, (keys->n + 1) * sizeof(**ret));
	*n = keys->n;
	for (i = 0; i < keys->n; i++) {
		const struct seal_key *key = &keys->each[i];

		(*ret)[i] = (struct seal_key_row){
			.kid = arena_str(a, str_of(key->id)),
			.kind = str_of(kind_names[key->kind]),
			.file = arena_str(a, str_of(key->name)),
			.made = key->made,
			.current = key == seal_keys_newest(keys, key->kind)
		};
	}
}

/* ---- making ---- */

static void
key_random(struct seal_key *key)
{
	unsigned char public[SEAL_PASETO_KEY];

	if (key->kind == SEAL_SIGN)
		crypto_sign_keypair(public, key->secret);
	else
		randombytes_buf(key->secret, SEAL_PASETO_KEY);
}

/* *newest: time of the newest key of all; the new one is after it, whatever
 * the clock says. */
static enum err
make_one(struct arena *a, const struct seal_folder *f, enum seal_kind kind,
    int64_t *newest, struct str *why)
{
	int64_t now = clock_now();
	struct seal_key key = { .kind = kind };
	enum err e;

	*newest = now > *newest ? now : *newest + 1;
	key.made = *newest;
	key_random(&key);
	e = seal_keyfile_write(a, f, &key, why);
	sodium_memzero(&key, sizeof(key));
	return e;
}

static enum err
make_kinds(struct arena *a, const struct seal_folder *f, const char *kind,
    struct str *why)
{
	struct seal_keyname *names = arena_alloc(a,
	    SEAL_KEYS_MAX * sizeof(*names));
	int64_t newest;
	size_t have, had[SEAL_KINDS] = { 0 }, i;
	enum err e;
	int k;

	if ((e = seal_keyfile_list(a, f, names, &have, why)) != OK)
		return e;
	if (have > SEAL_KEYS_MAX - SEAL_KINDS - 1) {
		*why = arena_fmt(a, "%s: %zu keys; expected the oldest to be "
		    "removed before another is made", f->path, have);
		return ERR_FILE;
	}
	newest = have > 0 ? names[0].made : 0;
	for (i = 0; i < have; i++)
		had[names[i].kind]++;
	for (k = 0; k < SEAL_KINDS; k++) {
		if (kind != NULL && strcmp(kind, kind_names[k]) != 0)
			continue;
		e = make_one(a, f, (enum seal_kind)k, &newest, why);
		if (e == OK && k == SEAL_SIGN && had[k] == 0)
			e = make_one(a, f, (enum seal_kind)k, &newest, why);
		if (e != OK)
			return e;
	}
	return OK;
}

enum err
seal_keys_make(struct arena *a, const char *folder, const char *kind,
    struct str *why)
{
	struct seal_folder f;
	enum err e;

	if (kind != NULL && strcmp(kind, "sign") != 0 &&
	    strcmp(kind, "box") != 0 && strcmp(kind, "hash") != 0) {
		*why = arena_fmt(a, "%s: expected sign, box or hash", kind);
		return ERR_SYNTAX;
	}
	if (mkdir(folder, 0700) != 0 && errno != EEXIST) {
		*why = arena_fmt(a, "%s: %s", folder, strerror(errno));
		return ERR_FILE;
	}
	if ((e = seal_keyfile_open(a, folder, &f, why)) != OK)
		return e;
	e = make_kinds(a, &f, kind, why);
	close(f.fd);
	return e;
}
