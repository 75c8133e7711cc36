/* key_list.c: foyerctl key list: the keys there are; never what they hold. */
#include "ctl/ctl.h"
#include "seal/seal.h"

static const struct ctl_column columns[] = {
	{ "kind", false }, { "made", false }, { "current", true },
	{ "file", false }, { "kid", false }
};

static void
add(struct ctl_table *t, const struct seal_key_row *row)
{
	char made[CLOCK_TEXT];

	clock_rfc3339(row->made, made);
	ctl_table_cell(t, row->kind);
	ctl_table_cell(t, arena_str(t->arena, str_of(made)));
	ctl_table_cell(t, row->current ? STR("true") : STR("false"));
	ctl_table_cell(t, row->file);
	ctl_table_cell(t, row->kid);
}

static int
list(struct ctl *c, bool json)
{
	struct ctl_table t = { .arena = c->arena, .columns = columns,
	    .ncolumns = COUNT(columns) };
	struct seal_keys *keys;
	struct seal_key_row *rows;
	struct str why = STR("");
	size_t n;

	if (seal_init() != OK || seal_keys_load(c->arena, c->settings.keys,
	    &keys, &why) != OK)
		return ctl_say_failed(STR_FMT, STR_ARG(why));
	seal_keys_list(keys, c->arena, &rows, &n);
	for (size_t i = 0; i < n; i++)
		add(&t, &rows[i]);
	ctl_table_print(&t, json);
	seal_keys_wipe(keys);
	return CTL_DONE;
}

static int
run(struct ctl *c, int argc, char **argv)
{
	bool json = false;
	const struct ctl_option options[] = { { "json", NULL, &json } };
	int words = ctl_options(c, argc, argv, options, COUNT(options));

	if (!ctl_options_words(c, words, 0, 0))
		return CTL_USAGE;
	if (!ctl_open_settings(c))
		return CTL_FAILED;
	return list(c, json);
}

const struct ctl_command ctl_key_list = {
	"key list", "[--json]", "list the keys",
	"Kinds: sign (sessions), box (links), hash (senders, mail addresses, "
	"forms). The\ncurrent key of a kind seals, all of them open.\n\n"
	"  foyerctl key list\n",
	run
};
