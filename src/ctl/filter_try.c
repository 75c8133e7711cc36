/* filter_try.c: foyerctl filter try: what would the filters say of this? */
#include <stdio.h>
#include <stdlib.h>

#include "ctl/eval.h"
#include "markup/markup.h"

enum { MOST = 128 * 1024 };		/* bytes of a comment's file */

static const struct ctl_column columns[] = {
	{ "filter", false }, { "score", true }, { "weight", true },
	{ "usec", true }, { "silent", true }, { "features", false },
	{ "reason", false }
};

struct trial {
	struct ctl_table table;
	struct draft draft;
	struct filter_question question;
	struct filter_plan plan;
	struct verdict verdict;
};

static bool
read_body(struct ctl *c, const char *file, struct str *ret)
{
	bool in = file[0] == '-' && file[1] == '\0';
	FILE *f = in ? stdin : fopen(file, "r");
	char *bytes = arena_bytes(c->arena, MOST);
	size_t n = f != NULL ? fread(bytes, 1, MOST, f) : 0;
	bool bad = f == NULL || ferror(f) != 0;

	if (f != NULL && !in)
		fclose(f);
	*ret = (struct str){ bytes, n };
	if (bad)
		ctl_say_failed("%s: the file can't be read", file);
	return !bad;
}

static bool
make_question(struct ctl *c, struct trial *t)
{
	static const struct markup_about about;
	struct markup m;
	struct str *links;
	enum err e;
	size_t i;

	t->draft.sent = clock_now();
	if ((e = model_draft_check(c->arena, &t->draft)) != OK ||
	    (e = markup_render(c->arena, t->draft.body, &about, &m)) != OK) {
		ctl_say_failed("%s", err_sentence(e));
		return false;
	}
	links = arena_alloc(c->arena, (m.nlinks + 1) * sizeof(*links));
	for (i = 0; i < m.nlinks; i++)
		links[i] = m.links[i].url;
	t->question = (struct filter_question){ .draft = &t->draft,
	    .links = links, .nlinks = m.nlinks,
	    .review_language = str_of(c->settings.language) };
	return true;
}

static void
add(struct ctl *c, struct trial *t, const struct filter_plugin *p)
{
	struct evidence *e = &t->verdict.each[t->verdict.n++];
	struct filter_direct *d;
	struct filter_said said = { .nsec = 0 };
	struct str why;

	*e = (struct evidence){ .filter = str_of(p->name), .silent = true };
	if (filter_direct_open(c->arena, p, &t->plan, &d, &why) == OK) {
		filter_direct_judge(d, &t->question, &said);
		*e = said.evidence;
		e->reason = arena_str(c->arena, e->reason);
		e->features = arena_str(c->arena, e->features);
		filter_direct_close(d);
	} else {
		e->reason = why;
	}
	ctl_table_cell(&t->table, str_of(p->name));
	ctl_table_int(&t->table, e->score);
	ctl_table_int(&t->table, p->weight);
	ctl_table_int(&t->table, said.nsec / 1000);
	ctl_table_cell(&t->table, e->silent ? STR("true") : STR("false"));
	ctl_table_cell(&t->table, e->features);
	ctl_table_cell(&t->table, e->reason);
}

/* What foyerd would do if nothing but the filters had a say. */
static void
print_end(const struct ctl *c, const struct verdict *v)
{
	struct policy policy = { .thread = POLICY_OPEN,
	    .hold_at = c->settings.hold_at, .spam_at = c->settings.spam_at };
	const char *why;
	enum model_state state = model_policy_state(v, &policy, &why);
	bool silent = str_is(str_of(why), "silent filter");

	printf("\ntotal %d of %d (held), %d (spam): %s%s\n", v->total,
	    policy.hold_at, policy.spam_at, model_state_name(state),
	    silent ? ", since one is silent" : "");
}

static int
run(struct ctl *c, int argc, char **argv)
{
	bool json = false;
	const char *author = "A reader";
	const struct ctl_option options[] = {
		{ "json", NULL, &json }, { "author", &author, NULL }
	};
	struct trial t = { .table = { .arena = c->arena, .columns = columns,
	    .ncolumns = COUNT(columns) } };
	int words = ctl_options(c, argc, argv, options, COUNT(options));
	size_t i;

	if (!ctl_options_words(c, words, 1, 1))
		return CTL_USAGE;
	if (!ctl_open_settings(c) || !read_body(c, argv[0], &t.draft.body))
		return CTL_FAILED;
	t.draft.author = str_of(author);
	if (!make_question(c, &t))
		return CTL_FAILED;
	app_filter_plan(c->arena, &c->settings, &t.plan);
	for (i = 0; i < t.plan.nplugins; i++)
		add(c, &t, &t.plan.plugins[i]);
	ctl_table_print(&t.table, json);
	filter_ask_weigh(&t.plan, &t.verdict);
	if (!json)
		print_end(c, &t.verdict);
	return CTL_DONE;
}

const struct ctl_command ctl_filter_try = {
	"filter try", "FILE [--author NAME] [--json]",
	"ask all filters about a comment from a file",
	"Loads the filters of the settings with what they had learned when it "
	"was last saved,\nand prints what each says of the comment in FILE "
	"(- is standard input), then what\nwould become of it in an open "
	"thread.\n\n"
	"  foyerctl filter try comment.txt\n",
	run
};
