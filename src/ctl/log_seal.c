/* log_seal.c: foyerctl log seal: signs the moderation log's head now. */
#include <stdio.h>
#include <string.h>

#include "ctl/seals.h"

static int
run(struct ctl *c, int argc, char **argv)
{
	struct seal_mark mark = { .at = clock_now() };
	struct store_seal seal = { .at = mark.at };
	int words = ctl_options(c, argc, argv, NULL, 0);
	struct seal_keys *keys;
	enum err e;

	if (!ctl_options_words(c, words, 0, 0))
		return CTL_USAGE;
	if (ctl_open_store(c) == NULL || (keys = ctl_seals_keys(c)) == NULL)
		return CTL_FAILED;
	e = store_log_head(c->store, &mark.row, mark.hash);
	if (e == OK && mark.row == 0)
		return ctl_say_failed("the log has no row yet");
	if (e == OK)
		e = seal_chain_sign(keys, c->arena, c->settings.site, &mark,
		    &seal.seal);
	seal.id = mark.row;
	if (e == OK)
		e = store_log_seal_add(c->store, &seal);
	if (e != OK)
		return ctl_open_trouble(c, e, "the log");
	printf(STR_FMT "\n", STR_ARG(seal.seal));
	return CTL_DONE;
}

const struct ctl_command ctl_log_seal = {
	"log seal", "", "sign the moderation log as it is now",
	"foyerd signs the log's head each day; this does it now and prints "
	"what was\nsigned, one line. Keep such lines where this machine can't "
	"write: log verify\n--seals holds the log to them.\n\n"
	"  foyerctl log seal >>/media/elsewhere/seals\n",
	run
};
