/* review_list.c: foyerctl review list: what is there, newest issue first. */
#include "ctl/ctl.h"

static const struct ctl_column columns[] = {
	{ "slug", false }, { "issue", true }, { "year", true },
	{ "comments", true }, { "reviewer", false }, { "heading", false }
};

static void
add(struct ctl_table *t, const struct store_review_row *row)
{
	ctl_table_cell(t, row->slug);
	ctl_table_int(t, row->issue);
	ctl_table_int(t, row->year);
	ctl_table_int(t, row->count);
	ctl_table_cell(t, row->reviewer);
	ctl_table_cell(t, row->heading);
}

static enum err
gather(struct ctl *c, struct ctl_table *t)
{
	struct store_reviews got;
	int64_t after = 0;
	int issue = 0;
	enum err e;

	do {
		e = store_review_list(c->store, c->arena, issue, after, &got);
		for (size_t i = 0; e == OK && i < got.n; i++) {
			add(t, &got.rows[i]);
			issue = got.rows[i].issue;
			after = got.rows[i].id;
		}
	} while (e == OK && got.n > 0);
	return e;
}

static int
run(struct ctl *c, int argc, char **argv)
{
	bool json = false;
	const struct ctl_option options[] = { { "json", NULL, &json } };
	struct ctl_table t = { .arena = c->arena, .columns = columns,
	    .ncolumns = COUNT(columns) };
	int words = ctl_options(c, argc, argv, options, COUNT(options));
	enum err e;

	if (!ctl_options_words(c, words, 0, 0))
		return CTL_USAGE;
	if (ctl_open_store(c) == NULL)
		return CTL_FAILED;
	if ((e = gather(c, &t)) != OK)
		return ctl_open_trouble(c, e, "the reviews");
	ctl_table_print(&t, json);
	return CTL_DONE;
}

const struct ctl_command ctl_review_list = {
	"review list", "[--json]", "list the reviews",
	"Newest issue first, with the number of comments that readers see.\n\n"
	"  foyerctl review list --json\n",
	run
};
