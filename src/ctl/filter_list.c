/* filter_list.c: foyerctl filter list: the filters of the settings. */
#include "ctl/eval.h"

static const struct ctl_column columns[] = {
	{ "name", false }, { "enabled", true }, { "weight", true },
	{ "deferred", true }, { "version", false }, { "learns", true },
	{ "path", false },
	{ "trouble", false }
};

static void
add(struct ctl *c, struct ctl_table *t, const struct settings_filter *f)
{
	struct filter_module *m = NULL;
	struct str why = STR("");

	if (filter_load(c->arena, f->path, &m, &why) != OK)
		m = NULL;
	ctl_table_cell(t, str_of(f->name));
	ctl_table_cell(t, f->enabled ? STR("true") : STR("false"));
	ctl_table_int(t, f->weight);
	ctl_table_cell(t, f->deferred ? STR("true") : STR("false"));
	ctl_table_cell(t, str_of(m ? filter_module_version(m) : ""));
	ctl_table_cell(t, m && filter_module_learns(m) ? STR("true") :
	    STR("false"));
	ctl_table_cell(t, str_of(f->path));
	ctl_table_cell(t, why);
}

static int
run(struct ctl *c, int argc, char **argv)
{
	bool json = false;
	const struct ctl_option options[] = { { "json", NULL, &json } };
	struct ctl_table t = { .arena = c->arena, .columns = columns,
	    .ncolumns = COUNT(columns) };
	int words = ctl_options(c, argc, argv, options, COUNT(options));
	size_t i;

	if (!ctl_options_words(c, words, 0, 0))
		return CTL_USAGE;
	if (!ctl_open_settings(c))
		return CTL_FAILED;
	for (i = 0; i < c->settings.nfilters; i++)
		add(c, &t, &c->settings.filters[i]);
	ctl_table_print(&t, json);
	return CTL_DONE;
}

const struct ctl_command ctl_filter_list = {
	"filter list", "[--json]", "list the filters of the settings",
	"In the order in which they are asked; what can't be loaded says why."
	"\n\n  foyerctl filter list --json\n",
	run
};
