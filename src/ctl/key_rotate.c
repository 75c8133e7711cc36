/* key_rotate.c: foyerctl key rotate: new keys seal, old ones still open. */
#include <stdio.h>

#include "ctl/ctl.h"
#include "seal/seal.h"

static enum err
try_keys(struct ctl *c, struct str *why)
{
	struct seal_keys *keys;
	enum err e = seal_keys_load(c->arena, c->settings.keys, &keys, why);

	if (e == OK)
		seal_keys_wipe(keys);
	return e;
}

/* Goes on from what is there; what can't be read is not replaced. */
static enum err
rotate(struct ctl *c, struct str *why)
{
	const char *folder = c->settings.keys;
	enum err e = try_keys(c, why);

	if (e != OK && e != ERR_NOT_FOUND)
		return e;
	e = seal_keys_make(c->arena, folder, "sign", why);
	if (e == OK)
		e = seal_keys_make(c->arena, folder, "box", why);
	if (e == OK && (e = try_keys(c, why)) == ERR_NOT_FOUND &&
	    (e = seal_keys_make(c->arena, folder, "hash", why)) == OK)
		e = try_keys(c, why);
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
