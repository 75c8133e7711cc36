/* keyfile.c: key files: names, modes, strict reading, atomic writing. */
#include <errno.h>
#include <fcntl.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "seal/internal.h"

/* A name is 20260131-180000-123456.sign.key, UTC with microseconds: names sort
 * by age. systemd's LoadCredential= of a folder puts "ID_" before it. */
enum { STAMP = sizeof("20260131-180000-123456") - 1 };

static const char *const paserk_type[SEAL_KINDS] = {
	"k4.secret.", "k4.local.", "k4.local."
};

static size_t
secret_size(enum seal_kind kind)
{
	return kind == SEAL_SIGN ? SEAL_PASETO_SECRET : SEAL_PASETO_KEY;
}

/* ---- the folder ---- */

/* Below systemd's credentials a mode's group bits show the access list's mask,
 * which holds the service's own user: reading is then fine. */
static mode_t
refused_bits(const char *path)
{
	const char *credentials = getenv("CREDENTIALS_DIRECTORY");
	size_t len = credentials != NULL ? strlen(credentials) : 0;

	if (len > 1 && strncmp(path, credentials, len) == 0 &&
	    (path[len] == '\0' || path[len] == '/'))
		return 0037;
	return 0077;
}

enum err
seal_keyfile_open(struct arena *a, const char *path, struct seal_folder *ret,
    struct str *why)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct stat st;

	if (fd < 0 || fstat(fd, &st) != 0) {
		int how = errno;

		*why = arena_fmt(a, "%s: %s; expected the folder of keys",
		    path, strerror(how));
		if (fd >= 0)
			close(fd);
		return how == ENOENT ? ERR_NOT_FOUND : ERR_FILE;
	}
	if ((st.st_mode & 022) != 0) {
		*why = arena_fmt(a, "%s: mode %04o lets others put keys here; "
		    "expected 0700 or 0755", path, st.st_mode & 07777U);
		close(fd);
		return ERR_FILE;
	}
	*ret = (struct seal_folder){ path, fd, st.st_uid, st.st_gid,
	    refused_bits(path) };
	return OK;
}

/* ---- names ---- */

static bool
stamp_parse(struct str s, int64_t *made)
{
	char text[CLOCK_TEXT];
	int64_t usec, fraction;

	if (s.len != STAMP || s.at[8] != '-' || s.at[15] != '-')
		return false;
	snprintf(text, sizeof(text), "%.4s-%.2s-%.2sT%.2s:%.2s:%.2sZ", s.at,
	    s.at + 4, s.at + 6, s.at + 9, s.at + 11, s.at + 13);
	if (!clock_parse(str_of(text), &usec) || s.at[16] == '-' ||
	    !str_int64(str_cut(s, 16, 6), &fraction))
		return false;
	*made = usec + fraction;
	return true;
}

static bool
name_parse(const char *name, struct seal_keyname *ret)
{
	const char *mark = strrchr(name, '_');
	struct str rest = str_of(mark ? mark + 1 : name), stamp, kind;
	int k;

	if (!str_split(&rest, '.', &stamp) || !str_split(&rest, '.', &kind) ||
	    !str_is(rest, "key") || !stamp_parse(stamp, &ret->made))
		return false;
	for (k = 0; k < SEAL_KINDS; k++) {
		if (!str_is(kind, seal_keys_kind((enum seal_kind)k)))
			continue;
		ret->kind = (enum seal_kind)k;
		return snprintf(ret->name, SEAL_NAME, "%s", name) < SEAL_NAME;
	}
	return false;
}

static void
name_make(const struct seal_key *key, char ret[SEAL_NAME])
{
	char t[CLOCK_TEXT];

	clock_rfc3339(key->made, t);
	snprintf(ret, SEAL_NAME, "%.4s%.2s%.2s-%.2s%.2s%.2s-%06d.%s.key", t,
	    t + 5, t + 8, t + 11, t + 14, t + 17, (int)(key->made % 1000000),
	    seal_keys_kind(key->kind));
}

static int
newer_first(const void *left, const void *right)
{
	const struct seal_keyname *l = left, *r = right;

	if (l->made != r->made)
		return l->made < r->made ? 1 : -1;
	return strcmp(r->name, l->name);
}

static enum err
collect(struct arena *a, const struct seal_folder *f, DIR *dir,
    struct seal_keyname ret[SEAL_KEYS_MAX], struct str *why)
{
	struct dirent *entry;
	size_t n = 0;

	while ((entry = readdir(dir)) != NULL) {
		const char *name = entry->d_name;

		if (name[0] == '.' || !str_ends(str_of(name), ".key"))
			continue;
		if (n == SEAL_KEYS_MAX) {
			*why = arena_fmt(a, "%s: more than %d keys; expected "
			    "the oldest to be removed", f->path, SEAL_KEYS_MAX);
			return ERR_FILE;
		}
		if (!name_parse(name, &ret[n++])) {
			*why = arena_fmt(a, "%s/%s: expected a name like "
			    "20260131-180000-123456.sign.key (or box, hash)",
			    f->path, name);
			return ERR_FILE;
		}
	}
	qsort(ret, n, sizeof(*ret), newer_first);
	if (n < SEAL_KEYS_MAX)
		ret[n].name[0] = '\0';
	return OK;
}

enum err
seal_keyfile_list(struct arena *a, const struct seal_folder *f,
    struct seal_keyname ret[SEAL_KEYS_MAX], size_t *n, struct str *why)
{
	/* Opened anew: a copied descriptor would share the reading position. */
	int fd = openat(f->fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	enum err e;

	if (dir == NULL) {
		*why = arena_fmt(a, "%s: %s", f->path, strerror(errno));
		if (fd >= 0)
			close(fd);
		return ERR_FILE;
	}
	e = collect(a, f, dir, ret, why);
	closedir(dir);
	for (*n = 0; e == OK && *n < SEAL_KEYS_MAX && ret[*n].name[0]; ++*n)
		;
	return e;
}

/* ---- reading ---- */

static enum err
bad_file(struct arena *a, const struct seal_folder *f, const char *name,
    const char *what, struct str *why)
{
	*why = arena_fmt(a, "%s/%s: %s", f->path, name, what);
	return ERR_FILE;
}

static enum err
check_mode(struct arena *a, const struct seal_folder *f, const char *name,
    int fd, struct str *why)
{
	struct stat st;

	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
		return bad_file(a, f, name, "expected a plain file", why);
	if ((st.st_mode & f->refused) != 0) {
		*why = arena_fmt(a, "%s/%s: mode %04o lets others read the "
		    "key; expected 0600 or 0400", f->path, name,
		    st.st_mode & 07777U);
		return ERR_FILE;
	}
	return OK;
}

/* The text of a key, and at most one newline after it. */
static bool
line_read(int fd, char text[SEAL_PASERK + 1], struct str *ret)
{
	ssize_t n = pread(fd, text, SEAL_PASERK + 1, 0);

	if (n <= 0 || n > SEAL_PASERK)
		return false;
	*ret = (struct str){ text, (size_t)n };
	if (text[n - 1] == '\n')
		ret->len--;
	return true;
}

static bool
key_parse(struct str line, struct seal_key *key)
{
	unsigned char public[SEAL_PASETO_KEY], again[SEAL_PASETO_SECRET];
	char text[SEAL_PASERK];
	bool same;

	if (!seal_paserk_parse(paserk_type[key->kind], line, key->secret,
	    secret_size(key->kind)))
		return false;
	if (key->kind != SEAL_SIGN) {
		seal_paserk_text("k4.local.", key->secret, SEAL_PASETO_KEY,
		    text);
		seal_paserk_id("k4.lid.", text, key->id);
		sodium_memzero(text, sizeof(text));
		return true;
	}
	/* A public half that is not the seed's would sign away the seed. */
	crypto_sign_seed_keypair(public, again, key->secret);
	same = sodium_memcmp(again, key->secret, sizeof(again)) == 0;
	sodium_memzero(again, sizeof(again));
	seal_paserk_text("k4.public.", public, sizeof(public), text);
	seal_paserk_id("k4.pid.", text, key->id);
	return same;
}

enum err
seal_keyfile_read(struct arena *a, const struct seal_folder *f,
    const struct seal_keyname *name, struct seal_key *ret, struct str *why)
{
	int fd = openat(f->fd, name->name,
	    O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	char text[SEAL_PASERK + 1];
	struct str line;
	enum err e;

	if (fd < 0)
		return bad_file(a, f, name->name, strerror(errno), why);
	ret->kind = name->kind;
	ret->made = name->made;
	memcpy(ret->name, name->name, SEAL_NAME);
	e = check_mode(a, f, name->name, fd, why);
	if (e == OK && (!line_read(fd, text, &line) || !key_parse(line, ret)))
		e = bad_file(a, f, name->name, name->kind == SEAL_SIGN ?
		    "expected one line k4.secret.... with a good key" :
		    "expected one line k4.local.... with a good key", why);
	sodium_memzero(text, sizeof(text));
	close(fd);
	return e;
}

/* ---- writing ---- */

static bool
fill(const struct seal_folder *f, const struct seal_key *key, int fd)
{
	char text[SEAL_PASERK];
	size_t len;
	bool good;

	seal_paserk_text(paserk_type[key->kind], key->secret,
	    secret_size(key->kind), text);
	len = strlen(text);
	text[len++] = '\n';		/* where the NUL was */
	good = write(fd, text, len) == (ssize_t)len && fsync(fd) == 0;
	sodium_memzero(text, sizeof(text));
	/* Made by root, for whom the folder is. */
	return good && (geteuid() != 0 || fchown(fd, f->uid, f->gid) == 0);
}

enum err
seal_keyfile_write(struct arena *a, const struct seal_folder *f,
    const struct seal_key *key, struct str *why)
{
	char name[SEAL_NAME], temporary[SEAL_NAME + 8];
	bool good;
	int fd;

	name_make(key, name);
	snprintf(temporary, sizeof(temporary), ".%s.new", name);
	fd = openat(f->fd, temporary,
	    O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return bad_file(a, f, name, strerror(errno), why);
	good = fill(f, key, fd) && renameat2(f->fd, temporary, f->fd, name,
	    RENAME_NOREPLACE) == 0;
	if (!good) {
		(void)bad_file(a, f, name, strerror(errno), why);
		unlinkat(f->fd, temporary, 0);
	}
	close(fd);
	if (good && fsync(f->fd) != 0)
		return bad_file(a, f, name, strerror(errno), why);
	return good ? OK : ERR_FILE;
}
