/* key_new.c: foyerctl key new: a key of each kind, or of one. */
#include <stdio.h>

#include "ctl/ctl.h"
#include "seal/seal.h"

static int
run(struct ctl *c, int argc, char **argv)
{
	int words = ctl_options(c, argc, argv, NULL, 0);
	const char *kind = words == 1 ? argv[0] : NULL;
	struct str why = STR("");

	if (!ctl_options_words(c, words, 0, 1))
		return CTL_USAGE;
	if (kind != NULL && !str_is(STR("sign"), kind) &&
	    !str_is(STR("box"), kind) && !str_is(STR("hash"), kind))
		return ctl_say_usage(c, "KIND is one of sign, box, hash");
	if (!ctl_open_settings(c))
		return CTL_FAILED;
	if (seal_init() != OK || seal_keys_make(c->arena, c->settings.keys,
	    kind, &why) != OK)
		return ctl_say_failed(STR_FMT, STR_ARG(why));
	printf("%s: a new key of %s\n", c->settings.keys,
	    kind != NULL ? kind : "each kind");
	return CTL_DONE;
}

const struct ctl_command ctl_key_new = {
	"key new", "[sign|box|hash]", "make a key of each kind, or of one",
	"The folder is made if it is missing. A new hash key changes the hash "
	"of every\nsender and mail address; \"key rotate\" leaves it alone. "
	"foyerd reads keys when it\nstarts and on SIGHUP.\n\n"
	"  foyerctl key new\n",
	run
};
