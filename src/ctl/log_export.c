/* log_export.c: foyerctl log export: the moderation log, a line a row. */
#include <stdio.h>

#include "ctl/ctl.h"
#include "page/page.h"

static int
put(struct ctl *c, struct arena *batch, int64_t *after, bool *more)
{
	struct buf lines = buf_new(batch, 64 * 1024);
	struct log_row *rows;
	struct str text;
	size_t n;
	enum err e = store_log_walk(c->store, batch, *after, &rows, &n);

	if (e != OK)
		return ctl_open_trouble(c, e, "the log");
	page_log_lines(&lines, rows, n);
	text = buf_view(&lines);
	if (fwrite(text.at, 1, text.len, stdout) != text.len)
		return ctl_say_failed("the lines can't be written");
	*more = n > 0;
	if (n > 0)
		*after = rows[n - 1].id;
	return CTL_DONE;
}

static int
run(struct ctl *c, int argc, char **argv)
{
	const char *from = NULL;
	const struct ctl_option options[] = { { "after", &from, NULL } };
	int words = ctl_options(c, argc, argv, options, COUNT(options));
	struct arena *batch;
	int64_t after = 0;
	bool more = true;
	int status = CTL_DONE;

	if (!ctl_options_words(c, words, 0, 0))
		return CTL_USAGE;
	if (from != NULL && (!str_int64(str_of(from), &after) || after < 0))
		return ctl_say_usage(c, "--after is a row's number");
	if (ctl_open_store(c) == NULL)
		return CTL_FAILED;
	batch = arena_new(CTL_ARENA);
	while (status == CTL_DONE && more) {
		status = put(c, batch, &after, &more);
		arena_reset(batch);
	}
	if (status == CTL_DONE && fflush(stdout) != 0)
		status = ctl_say_failed("the lines can't be written");
	arena_free(batch);
	return status;
}

const struct ctl_command ctl_log_export = {
	"log export", "[--after ROW]",
	"print the moderation log as JSON Lines",
	"One object a row, the first row first, with the fields that "
	"/foyer/admin/log.jsonl\nhas: who did what to which, when and why, "
	"what was before and after, and the\nhashes of the chain.\n\n"
	"  --after ROW   go on behind this row, as a nightly copy does\n\n"
	"  foyerctl log export >log.jsonl\n",
	run
};
