/* nginx.c: reads nginx's settings as far as foyer depends on them. */
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ctl/nginx.h"

enum { FILE_MOST = 1 << 20, DEPTH = 8, WORDS = 8 };

struct reading {
	struct ctl_nginx *n;
	const char *file, *folder;	/* folder: of the first file */
	int line, depth;
	struct str words[WORDS];	/* of the directive so far */
	size_t nwords;
};

static bool read_file(struct ctl_nginx *, const char *file,
    const char *folder, int depth);

static bool
is(const struct reading *r, const char *name, const char *value)
{
	return r->nwords == 2 && str_is(r->words[0], name) &&
	    str_is(r->words[1], value);
}

static void
include(const struct reading *r)
{
	struct arena *a = r->n->arena;
	const char *pattern = arena_cstr(a, r->words[1]);
	glob_t found;
	size_t i;

	if (*pattern != '/')
		pattern = arena_fmt(a, "%s/%s", r->folder, pattern).at;
	if (glob(pattern, 0, NULL, &found) != 0)
		return;			/* nginx would say so itself */
	for (i = 0; i < found.gl_pathc; i++)
		read_file(r->n, found.gl_pathv[i], r->folder, r->depth + 1);
	globfree(&found);
}

/* "80", "127.0.0.1:80", "[::]:443", "localhost". */
static int
port_of(struct str address)
{
	int64_t port = 80;
	size_t i = address.len;

	if (str_begins(address, "unix:"))
		return 0;
	while (i > 0 && address.at[i - 1] >= '0' && address.at[i - 1] <= '9')
		i--;
	if (i < address.len && (i == 0 || address.at[i - 1] == ':'))
		(void)str_int64(str_cut(address, i, address.len), &port);
	return (int)port;
}

static void
directive(const struct reading *r)
{
	struct ctl_nginx *n = r->n;
	const char *socket = arena_fmt(n->arena, "unix:%s", n->socket).at;
	const char *here = arena_fmt(n->arena, "%s:%d", r->file, r->line).at;

	if (r->nwords < 2)
		return;
	if (str_is(r->words[0], "include"))
		include(r);
	else if (str_is(r->words[0], "user"))
		n->user = arena_cstr(n->arena, r->words[1]);
	else if (str_is(r->words[0], "listen"))
		n->listens |= port_of(r->words[1]) == n->port;
	else if (str_is(r->words[0], "set") && r->nwords == 3 &&
	    str_is(r->words[1], "$foyer_cache"))
		n->cache = arena_cstr(n->arena, r->words[2]);
	else if (str_is(r->words[1], socket) &&
	    (str_is(r->words[0], "server") ||
	    str_is(r->words[0], "fastcgi_pass")))
		n->passes = true;
	else if (is(r, "fastcgi_request_buffering", "off"))
		n->unbuffered = here;
	else if (is(r, "fastcgi_keep_conn", "on"))
		n->kept = here;
}

/* A word's end: quotes may hold anything. */
static size_t
word_end(struct str text, size_t i)
{
	char quote = text.at[i];

	if (quote != '"' && quote != '\'') {
		while (i < text.len && strchr(" \t\r\n;{}", text.at[i]) == NULL)
			i++;
		return i;
	}
	for (i++; i < text.len && text.at[i] != quote; i++)
		if (text.at[i] == '\\')
			i++;
	return i < text.len ? i + 1 : text.len;
}

static size_t
word(struct reading *r, struct str text, size_t i)
{
	size_t end = word_end(text, i), k;
	struct str at = str_cut(text, i, end - i);

	for (k = i; k < end; k++)
		r->line += text.at[k] == '\n';
	if (at.len >= 2 && (at.at[0] == '"' || at.at[0] == '\''))
		at = str_cut(at, 1, at.len - 2);
	if (r->nwords < WORDS)
		r->words[r->nwords++] = at;
	return end;
}

static void
parse(struct reading *r, struct str text)
{
	size_t i = 0;

	while (i < text.len) {
		char c = text.at[i];

		if (c == '#') {
			while (i < text.len && text.at[i] != '\n')
				i++;
		} else if (strchr(" \t\r\n;{}", c) == NULL) {
			i = word(r, text, i);
		} else {
			if (c == ';')
				directive(r);
			if (c == ';' || c == '{' || c == '}')
				r->nwords = 0;
			r->line += c == '\n';
			i++;
		}
	}
}

static bool
read_file(struct ctl_nginx *n, const char *file, const char *folder, int depth)
{
	struct reading r = { .n = n, .file = arena_cstr(n->arena,
	    str_of(file)), .folder = folder, .line = 1, .depth = depth };
	int fd = depth < DEPTH ? open(file, O_RDONLY | O_CLOEXEC) : -1;
	struct stat st = { .st_size = 0 };
	size_t most = fd < 0 || fstat(fd, &st) != 0 || st.st_size > FILE_MOST ?
	    FILE_MOST : (size_t)st.st_size;
	char *at = arena_bytes(n->arena, most + 1);
	ssize_t got = fd < 0 ? -1 : read(fd, at, most);

	if (got < 0)
		n->broken = arena_fmt(n->arena, "%s: %s", file,
		    strerror(depth < DEPTH ? errno : ELOOP)).at;
	if (fd >= 0)
		close(fd);
	if (got >= 0)
		parse(&r, (struct str){ at, (size_t)got });
	return n->broken == NULL;
}

bool
ctl_nginx_read(struct ctl_nginx *n, const char *file)
{
	const char *slash = strrchr(file, '/');

	return read_file(n, file, slash == NULL ? "." : arena_cstr(n->arena,
	    (struct str){ file, (size_t)(slash - file) }), 0);
}
