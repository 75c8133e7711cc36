/* key_rotate.c: foyerctl key rotate: new keys seal, old ones still open. */
#include <stdio.h>

#include "ctl/ctl.h"
#include "seal/seal.h"

/* Are there keys to go on from? If not, one of each kind is made. */
static bool
has_keys(struct ctl *c)
{
	struct seal_keys *keys;
	struct str why;

	if (seal_keys_load(c->arena, c->settings.keys, &keys, &why) != OK)
		return false;
	seal_keys_wipe(keys);
	return true;
}

static enum err
rotate(struct ctl *c, struct str *why)
{
	struct seal_keys *keys;
	enum err e;

	if (has_keys(c)) {
		e = seal_keys_make(c->arena, c->settings.keys, "sign", why);
		if (e == OK)
			e = seal_keys_make(c->arena, c->settings.keys, "box",
			    why);
	} else {
		e = seal_keys_make(c->arena, c->settings.keys, NULL, why);
	}
	if (e == OK)
		e = seal_keys_load(c->arena, c->settings.keys, &keys, why);
	if (e == OK)
		seal_keys_wipe(keys);
	return e;
}

static int
run(struct ctl *c, int argc, char **argv)
{
	struct str why = STR("");
	int words = ctl_options(c, argc, argv, NULL, 0);

	if (!ctl_options_words(c, words, 0, 0))
		return CTL_USAGE;
	if (!ctl_open_settings(c))
		return CTL_FAILED;
	if (seal_init() != OK || rotate(c, &why) != OK)
		return ctl_say_failed(STR_FMT, STR_ARG(why));
	printf("%s: new keys; foyerd takes them on SIGHUP\n",
	    c->settings.keys);
	return CTL_DONE;
}

const struct ctl_command ctl_key_rotate = {
	"key rotate", "", "make new keys; logs nobody out",
	"Sessions and links are sealed with the new keys from now on; the old "
	"keys stay\nand open what they sealed. The hash key stays. Fills an "
	"empty folder.\n\n"
	"  foyerctl key rotate && systemctl reload foyerd\n",
	run
};
