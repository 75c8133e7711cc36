/* password.c: an account's password: read from where nobody else sees it. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "ctl/ctl.h"
#include "seal/seal.h"

enum { LEAST = 8, MOST = 1024 };	/* characters; bytes, as seal takes */

static bool
read_line(struct ctl *c, int fd, const char *what, struct str *ret)
{
	char *at = arena_alloc(c->arena, MOST + 2);
	size_t n = 0;
	ssize_t got = 0;

	while (n < MOST + 2 && memchr(at, '\n', n) == NULL) {
		got = read(fd, at + n, MOST + 2 - n);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			break;
		n += (size_t)got;
	}
	if (got < 0) {
		ctl_say_failed("%s: %s", what, strerror(errno));
		return false;
	}
	*ret = (struct str){ at, n };
	ret->len = strcspn(at, "\r\n") < n ? strcspn(at, "\r\n") : n;
	return true;
}

static bool
read_file(struct ctl *c, const char *file, struct str *ret)
{
	int fd = open(file, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	bool ok;

	if (fd < 0) {
		ctl_say_failed("%s: %s", file, strerror(errno));
		return false;
	}
	ok = read_line(c, fd, file, ret);
	close(fd);
	return ok;
}

static bool
is_good(struct str password)
{
	if (text_valid(password) && text_length(password) >= LEAST &&
	    password.len <= MOST)
		return true;
	ctl_say_failed("a password has at least %d characters and at most %d "
	    "bytes of UTF-8", LEAST, MOST);
	return false;
}

bool
ctl_password_read(struct ctl *c, const char *word, const char *file,
    struct str *ret, bool *made)
{
	*made = word == NULL && file == NULL;
	if (*made) {
		*ret = seal_password_make(c->arena);
		return true;
	}
	if (word != NULL && (strcmp(word, "-") != 0 || file != NULL)) {
		ctl_say_usage(c, "--password takes only \"-\", for standard "
		    "input: others can see a command's words");
		return false;
	}
	if (word != NULL ? !read_line(c, STDIN_FILENO, "standard input", ret) :
	    !read_file(c, file, ret))
		return false;
	return is_good(*ret);
}
