/* key_retire.c: foyerctl key retire: throws away keys that nothing needs. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ctl/ctl.h"
#include "seal/seal.h"

enum { LIVE = 2 };			/* signing keys that always stay */

struct retire {
	struct seal_keys *keys;
	const char *file;		/* named by the operator, or NULL */
	bool dry_run;
	int64_t until;			/* a session made then is over */
	int64_t next;			/* the key after this one: its making */
	int signing;			/* newer ones */
	int gone;
};

/* Rows come newest first. What a key signed is over when the key after it has
 * signed for as long as a session lasts. */
static bool
is_over(const struct retire *r, const struct seal_key_row *row)
{
	if (r->file != NULL)
		return str_is(row->file, r->file);
	return str_is(row->kind, "sign") && r->signing >= LIVE &&
	    r->next < r->until;
}

static int
drop(struct ctl *c, const struct seal_key_row *row, bool dry_run)
{
	struct str path = arena_fmt(c->arena, "%s/" STR_FMT, c->settings.keys,
	    STR_ARG(row->file));

	if (!dry_run && unlink(arena_cstr(c->arena, path)) != 0)
		return ctl_say_failed(STR_FMT ": %s", STR_ARG(path),
		    strerror(errno));
	printf("%s" STR_FMT "\n", dry_run ? "would retire " : "",
	    STR_ARG(row->file));
	return CTL_DONE;
}

static int
walk(struct ctl *c, struct retire *r, const struct seal_key_row *rows,
    size_t n)
{
	int status = CTL_DONE;

	for (size_t i = 0; i < n && status == CTL_DONE; i++) {
		if (is_over(r, &rows[i])) {
			if (rows[i].current)
				return ctl_say_failed("%s: it is the current "
				    "one of its kind: rotate first", r->file);
			if (str_is(rows[i].kind, "box") && !r->dry_run)
				status = ctl_reseal(c, r->keys,
				    rows[i].kid);
			if (status == CTL_DONE)
				status = drop(c, &rows[i], r->dry_run);
			r->gone++;
		}
		if (str_is(rows[i].kind, "sign")) {
			r->signing++;
			r->next = rows[i].made;
		}
	}
	if (status == CTL_DONE && r->gone == 0 && r->file != NULL)
		return ctl_say_failed("%s: there is no such key", r->file);
	return status;
}

static int
run(struct ctl *c, int argc, char **argv)
{
	struct retire r = { .file = NULL };
	const struct ctl_option options[] = {
		{ "dry-run", NULL, &r.dry_run }
	};
	int words = ctl_options(c, argc, argv, options, COUNT(options));
	struct seal_key_row *rows;
	int status;
	struct str why = STR("");
	size_t n;

	if (!ctl_options_words(c, words, 0, 1))
		return CTL_USAGE;
	r.file = words == 1 ? argv[0] : NULL;
	if (!ctl_open_settings(c))
		return CTL_FAILED;
	if (seal_init() != OK || seal_keys_load(c->arena, c->settings.keys,
	    &r.keys, &why) != OK)
		return ctl_say_failed(STR_FMT, STR_ARG(why));
	r.until = clock_now() -
	    (int64_t)(c->settings.session_days + 1) * 86400 * 1000000;
	seal_keys_list(r.keys, c->arena, &rows, &n);
	status = walk(c, &r, rows, n);
	seal_keys_wipe(r.keys);
	return status;
}

const struct ctl_command ctl_key_retire = {
	"key retire", "[--dry-run] [FILE]",
	"throw away signing keys that nothing needs",
	"Those whose sessions are all over, session_days after the key "
	"behind them was\nmade; two always stay. Prints each, and nobody is "
	"logged out. With a FILE, as\n\"key list\" names it, that key, of any "
	"kind and age: what it sealed is no longer\ngood once foyerd was "
	"reloaded, so old links and sessions die. Second factors "
	"and readers'\nmail addresses are sealed anew with the newest key "
	"before a box key goes: let every\nfoyerd have that one first (key "
	"rotate, reload). While it has sealed some of another\nsite in the "
	"same database it stays: that site's foyer.conf comes first.\n\n"
	"  foyerctl key retire && systemctl reload foyer\n",
	run
};
