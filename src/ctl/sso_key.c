/* sso_key.c: foyerctl sso key: a pair of keys for the journal's own tokens. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ctl/ctl.h"
#include "seal/seal.h"

/* Nobody else reads it, and none is ever written over. */
static int
write_secret(struct ctl *c, const char *file, struct str secret)
{
	struct str line = arena_fmt(c->arena, STR_FMT "\n", STR_ARG(secret));
	int fd = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	bool good = fd >= 0 && write(fd, line.at, line.len) ==
	    (ssize_t)line.len && fsync(fd) == 0;
	int why = errno;

	if (fd >= 0)
		close(fd);
	if (!good)
		return ctl_say_failed("%s: %s", file, strerror(why));
	return CTL_DONE;
}

static int
run(struct ctl *c, int argc, char **argv)
{
	int words = ctl_options(c, argc, argv, NULL, 0);
	struct str secret, public;

	if (!ctl_options_words(c, words, 1, 1))
		return CTL_USAGE;
	if (seal_init() != OK)
		return ctl_say_failed("libsodium does not start");
	seal_sso_make(c->arena, &secret, &public);
	if (write_secret(c, argv[0], secret) != CTL_DONE)
		return CTL_FAILED;
	printf(STR_FMT "\n", STR_ARG(public));
	return CTL_DONE;
}

const struct ctl_command ctl_sso_key = {
	"sso key", "FILE", "make the journal's key pair for single sign-on",
	"The secret half goes to FILE, which must be new, for the journal's "
	"software; the\npublic half is printed, for sso_key in foyer.conf.\n\n"
	"  foyerctl sso key journal.secret\n",
	run
};
