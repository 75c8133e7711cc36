/* account_list.c: foyerctl account list: who may sign in. */
#include "ctl/ctl.h"

static const struct ctl_column columns[] = {
	{ "name", false }, { "role", false }, { "reviewer", false },
	{ "suspended", true },
	{ "id", false }
};

static void
add(struct ctl_table *t, const struct account *account)
{
	char id[UUID_TEXT];

	uuid_text(&account->id, id);
	ctl_table_cell(t, account->name);
	ctl_table_cell(t, str_of(model_role_name(account->role)));
	ctl_table_cell(t, account->reviewer);
	ctl_table_cell(t, account->suspended ? STR("true") : STR("false"));
	ctl_table_cell(t, arena_str(t->arena, str_of(id)));
}

static int
run(struct ctl *c, int argc, char **argv)
{
	bool json = false;
	const struct ctl_option options[] = { { "json", NULL, &json } };
	struct ctl_table t = { .arena = c->arena, .columns = columns,
	    .ncolumns = COUNT(columns) };
	struct account *accounts;
	int words = ctl_options(c, argc, argv, options, COUNT(options));
	size_t n;
	enum err e;

	if (!ctl_options_words(c, words, 0, 0))
		return CTL_USAGE;
	if (ctl_open_store(c) == NULL)
		return CTL_FAILED;
	if ((e = store_account_list(c->store, c->arena, &accounts, &n)) != OK)
		return ctl_open_trouble(c, e, "the accounts");
	for (size_t i = 0; i < n; i++)
		add(&t, &accounts[i]);
	ctl_table_print(&t, json);
	return CTL_DONE;
}

const struct ctl_command ctl_account_list = {
	"account list", "[--json]", "list the accounts",
	"Names, roles, the reviewers that they are, ids; no passwords.\n\n"
	"  foyerctl account list\n",
	run
};
