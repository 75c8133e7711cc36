/* review.c: a file into a review: bytes, text, lines, then what they say. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ingest/internal.h"

static const char *const pages[] = { ".html", ".htm", ".shtml", ".xhtml",
    ".php" };

static const char *
base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

static bool
is_page(const char *name)
{
	for (size_t k = 0; k < COUNT(pages); k++)
		if (str_ends(str_of(name), pages[k]))
			return true;
	return false;
}

bool
ingest_review_named(const char *name)
{
	return is_page(name) || str_ends(str_of(name), ".txt");
}

static bool
is_html(const char *name, struct str bytes)
{
	if (is_page(name))
		return true;
	if (str_begins(bytes, "\xEF\xBB\xBF"))
		bytes = str_cut(bytes, 3, bytes.len);
	return str_begins(str_trim(bytes), "<");
}

static enum err
read_lines(const struct fault *f, struct str bytes, struct lines *lines,
    struct ingest *ret)
{
	bool html = is_html(f->name, bytes);
	struct str text;
	enum err e;

	ret->format = html ? "html" : "text";
	e = ingest_encoding_read(f, html, bytes, &text, &ret->encoding);
	if (e != OK)
		return e;
	if (html)
		return ingest_html_lines(f, text, lines);
	ingest_lines_text(f->arena, text, lines);
	return OK;
}

/* From the film; from the file's name if its titles have no letter we know. */
static struct str
slug(struct arena *a, const char *name, const struct review *rv)
{
	struct str file = str_of(base_name(name)), s = STR("");
	const char *dot = strrchr(file.at, '.');

	if (text_slug(a, rv->title).len == 0 &&
	    text_slug(a, rv->original).len == 0) {
		if (dot != NULL)
			file.len = (size_t)(dot - file.at);
		s = str_cut(text_slug(a, file), 0, MODEL_SLUG_MAX);
	}
	return model_slug_ok(s) ? s : model_review_slug(a, rv);
}

enum err
ingest_review(struct arena *a, const char *name, struct str bytes,
    struct ingest *ret, struct str *why)
{
	struct fault f = { a, name, why };
	struct lines lines = { .wrapped = false };
	struct ingest got = { .nnotes = 0 };
	enum err e;

	if (bytes.len > INGEST_FILE_MAX)
		return ingest_fault(&f, 1, "expected at most %d bytes",
		    INGEST_FILE_MAX);
	if ((e = read_lines(&f, bytes, &lines, &got)) != OK ||
	    (e = ingest_article_read(&f, &lines, &got)) != OK)
		return e;
	got.review.path = lines.path;
	got.review.slug = slug(a, name, &got.review);
	*ret = got;
	return OK;
}

static enum err
cannot(struct arena *a, const char *path, const char *what, struct str *why)
{
	*why = arena_fmt(a, "%s: %s", path, what);
	return ERR_FILE;
}

/* Up to one byte more than a file may have. */
static ssize_t
read_all(int fd, char *to)
{
	size_t n = 0;

	while (n <= INGEST_FILE_MAX) {
		ssize_t got = read(fd, to + n, INGEST_FILE_MAX + 1 - n);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -1;
		if (got == 0)
			break;
		n += (size_t)got;
	}
	return (ssize_t)n;
}

enum err
ingest_review_file(struct arena *a, const char *path, struct ingest *ret,
    struct str *why)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	struct stat st;
	ssize_t n;
	char *bytes;

	if (fd < 0)
		return cannot(a, path, strerror(errno), why);
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		close(fd);
		return cannot(a, path, "not a file", why);
	}
	bytes = arena_alloc(a, INGEST_FILE_MAX + 1);
	n = read_all(fd, bytes);
	close(fd);
	if (n < 0)
		return cannot(a, path, strerror(errno), why);
	return ingest_review(a, path, (struct str){ bytes, (size_t)n }, ret,
	    why);
}
