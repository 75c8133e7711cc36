/* review_import.c: foyerctl review import: files become reviews. */
#include <stdio.h>

#include "ctl/ctl.h"
#include "ctl/review_print.h"
#include "ingest/ingest.h"

struct import {
	bool dry_run, replace;
	const char *slug;
};

/* Whose review has this slug already? One film may have two reviews; neither
 * may replace the other by chance. */
static int
check_same(struct ctl *c, struct arena *a, const char *file,
    const struct import *how, struct review *rv)
{
	struct review old;
	enum err e = store_review_get(c->store, a, rv->slug, &old);

	if (e == ERR_NOT_FOUND)
		return CTL_DONE;
	if (e != OK)
		return ctl_open_trouble(c, e, file);
	if (rv->path.len == 0)
		rv->path = old.path;
	if (how->replace || str_eq(old.reviewer, rv->reviewer))
		return CTL_DONE;
	return ctl_say_failed("%s: " STR_FMT " is a review by " STR_FMT
	    ", this one is by " STR_FMT ": import it with --slug NAME, or "
	    "with --replace", file, STR_ARG(rv->slug), STR_ARG(old.reviewer),
	    STR_ARG(rv->reviewer));
}

static int
put(struct ctl *c, struct arena *a, const char *file, const struct import *how,
    struct ingest *got)
{
	struct review *rv = &got->review;
	bool created = false;
	enum err e;
	int status;

	if ((status = check_same(c, a, file, how, rv)) != CTL_DONE)
		return status;
	e = store_review_put(c->store, a, rv, &created);
	if (e != OK)
		return ctl_open_trouble(c, e, file);
	printf(STR_FMT ": %s from %s: %zu paragraphs, %zu works cited, "
	    "%zu credits\n", STR_ARG(rv->slug), created ? "added" : "updated",
	    file, rv->nparagraphs, rv->nworks, rv->ncredits);
	ctl_review_print_notes(stderr, file, got, false);
	return CTL_DONE;
}

static int
import_file(struct ctl *c, const char *file, const struct import *how)
{
	struct arena *a = arena_new(INGEST_ARENA);
	struct ingest got;
	struct str why = STR("");
	int status = CTL_DONE;

	if (ingest_review_file(a, file, &got, &why) != OK) {
		status = ctl_say_failed(STR_FMT, STR_ARG(why));
	} else {
		if (how->slug != NULL)
			got.review.slug = str_of(how->slug);
		if (how->dry_run)
			ctl_review_print(file, &got);
		else
			status = put(c, a, file, how, &got);
	}
	arena_free(a);
	return status;
}

static int
run(struct ctl *c, int argc, char **argv)
{
	struct import how = { .slug = NULL };
	const struct ctl_option options[] = {
		{ "dry-run", NULL, &how.dry_run },
		{ "replace", NULL, &how.replace }, { "slug", &how.slug, NULL }
	};
	int words = ctl_options(c, argc, argv, options, COUNT(options));
	int status = CTL_DONE;

	if (!ctl_options_words(c, words, 1, argc))
		return CTL_USAGE;
	if (how.slug != NULL && (words > 1 || !model_slug_ok(
	    str_of(how.slug))))
		return ctl_say_usage(c, "--slug names one review: a to z, 0 "
		    "to 9 and -, at most %d", MODEL_SLUG_MAX);
	if (!how.dry_run && ctl_open_store(c) == NULL)
		return CTL_FAILED;
	for (int i = 0; i < words; i++)
		if (import_file(c, argv[i], &how) != CTL_DONE)
			status = CTL_FAILED;
	return status;
}

const struct ctl_command ctl_review_import = {
	"review import", "FILE... [--dry-run] [--slug SLUG] [--replace]",
	"read reviews from text files or article pages",
	"Reads each file, plain text or HTML, in UTF-8 or Windows-1251, and "
	"adds the\nreview or updates it; its thread stays. A file is taken as "
	"a whole or not at all;\nthe others go on. What could not be placed is "
	"kept and told with its line.\n\n"
	"  --dry-run     print what was understood and all notes; touches no "
	"database\n"
	"  --slug SLUG   its address below /reviews/, else made from the "
	"film's title\n"
	"  --replace     although the slug is another reviewer's review\n\n"
	"  foyerctl review import --dry-run samples/hedgehog.txt\n",
	run
};
