/* review_import.c: foyerctl review import: files become reviews. */
#include <signal.h>
#include <stdio.h>

#include "ctl/import.h"
#include "ctl/review_print.h"

struct import {
	bool dry_run, replace, json;
	const char *slug, *sitemap, *root, *only;
};

struct job {
	struct ctl *c;
	const struct import *how;
	struct ctl_import_show show;
	struct store_settled settled;	/* the passages of the last one */
};

static volatile sig_atomic_t interrupted;

static void
interrupt(int signal_number)
{
	(void)signal_number;
	interrupted = 1;
}

/* One film may have two reviews; neither may replace the other by chance. Of a
 * whole journal the second gets its reviewer's name into its address. */
static struct str
second_slug(struct arena *a, const struct review *rv)
{
	struct str name = text_slug(a, rv->reviewer);
	struct str slug = arena_fmt(a, STR_FMT "-" STR_FMT, STR_ARG(rv->slug),
	    STR_ARG(name));

	return name.len > 0 && model_slug_ok(slug) ? slug : STR("");
}

/* Sets *same if it says what is there already. */
static enum err
check_same(const struct job *j, struct arena *a, struct review *rv,
    bool *same, struct str *why)
{
	struct review old;
	struct str other = j->show.many ? second_slug(a, rv) : STR("");
	enum err e = store_review_get(j->c->store, a, rv->slug, &old);

	if (e == OK && !j->how->replace &&
	    !str_eq(old.reviewer, rv->reviewer) && other.len > 0) {
		rv->slug = other;
		e = store_review_get(j->c->store, a, rv->slug, &old);
	}
	if (e == ERR_NOT_FOUND)
		return OK;
	if (e != OK)
		return e;
	if (rv->path.len == 0)
		rv->path = old.path;
	*same = model_review_same(rv, &old);
	if (j->how->replace || str_eq(old.reviewer, rv->reviewer))
		return OK;
	*why = arena_fmt(a, STR_FMT " is a review by " STR_FMT ", this one "
	    "is by " STR_FMT ": import it with --slug NAME, or with --replace",
	    STR_ARG(rv->slug), STR_ARG(old.reviewer), STR_ARG(rv->reviewer));
	return ERR_CONFLICT;
}

static enum err
put(struct job *j, struct arena *a, struct review *rv,
    enum ctl_import_end *end, struct str *why)
{
	bool created = false, same = false;
	enum err e;

	*why = STR("");
	e = check_same(j, a, rv, &same, why);
	if (e == OK && !same)
		e = store_review_put(j->c->store, a, rv, &created);
	/* Of an unchanged one too: the last import may have been cut short. */
	if (e == OK)
		e = store_passage_settle(j->c->store, rv->slug, 0,
		    &j->settled);
	if (e != OK && why->len == 0)
		*why = str_of(ctl_open_why(j->c, e));
	*end = same ? IMPORT_UNCHANGED : created ? IMPORT_ADDED :
	    IMPORT_UPDATED;
	return e;
}

/* Of one file all is told, of many only what asks for a look. */
static void
tell(struct job *j, const char *file, const struct ingest *got,
    enum ctl_import_end end)
{
	static const char *const words[] = { "added", "updated", "unchanged" };
	const struct review *rv = &got->review;

	j->show.ends[end]++;
	for (size_t i = 0; i < got->nnotes; i++)
		j->show.notes += !got->notes[i].dropped;
	if (j->show.many || j->show.json)
		return;
	if (end == IMPORT_READ) {
		ctl_review_print(file, got);
		return;
	}
	printf(STR_FMT ": %s from %s: %zu paragraphs, %zu works cited, "
	    "%zu credits\n", STR_ARG(rv->slug), words[end], file,
	    rv->nparagraphs, rv->nworks, rv->ncredits);
	if (j->settled.moved + j->settled.gone > 0)
		printf(STR_FMT ": of the passages that comments are about, "
		    "%zu moved and %zu are gone\n", STR_ARG(rv->slug),
		    j->settled.moved, j->settled.gone);
	ctl_review_print_notes(stderr, file, got, false);
}

static enum err
import_read(struct job *j, struct arena *a, const struct ctl_import_item *item,
    struct str *why)
{
	enum ctl_import_end end = IMPORT_READ;
	struct ingest got;
	enum err e;

	*why = str_of(item->wrong);
	if (item->wrong != NULL)
		return ERR_FILE;
	if ((e = ingest_review_file(a, item->file, &got, why)) != OK)
		return e;
	if (j->how->slug != NULL)
		got.review.slug = str_of(j->how->slug);
	if (got.review.path.len == 0)
		got.review.path = item->path;
	if (!j->how->dry_run)
		e = put(j, a, &got.review, &end, why);
	if (e == OK)
		tell(j, item->file, &got, end);
	return e;
}

static void
import_file(struct job *j, const struct ctl_import_item *item)
{
	struct arena *a = arena_new(INGEST_ARENA);
	struct str why;
	enum err e;

	ctl_import_show_next(&j->show, item->file);
	if ((e = import_read(j, a, item, &why)) != OK)
		ctl_import_show_failed(&j->show, item->file, why);
	if (e == ERR_DATABASE || e == ERR_TIMEOUT)
		j->show.stopped = "the database is away";
	if (interrupted)
		j->show.stopped = "stopped";
	arena_free(a);
}

/* A file that is being written into the database is done first. */
static void
heed_signals(void)
{
	struct sigaction act = { .sa_handler = interrupt };

	sigaction(SIGINT, &act, NULL);
	sigaction(SIGTERM, &act, NULL);
}

static int
import(struct ctl *c, const struct import *how, int words, char **argv)
{
	struct job j = { .c = c, .how = how };
	struct ctl_import_list list = { .arena = c->arena, .root = how->root,
	    .only = how->only };
	size_t i;

	for (int k = 0; k < words; k++)
		if (!ctl_import_list_word(&list, argv[k]))
			return CTL_FAILED;
	if (how->sitemap != NULL &&
	    !ctl_import_list_sitemap(&list, how->sitemap))
		return CTL_FAILED;
	if (!how->dry_run && ctl_open_store(c) == NULL)
		return CTL_FAILED;
	j.show = (struct ctl_import_show){ .many = list.many,
	    .json = how->json, .dry_run = how->dry_run };
	ctl_import_show_begin(&j.show, c->arena, list.n);
	heed_signals();
	for (i = 0; i < list.n && j.show.stopped == NULL; i++)
		import_file(&j, &list.items[i]);
	if (i == list.n)
		j.show.stopped = NULL;
	return ctl_import_show_end(&j.show);
}

static int
run(struct ctl *c, int argc, char **argv)
{
	struct import how = { .slug = NULL };
	const struct ctl_option options[] = {
		{ "dry-run", NULL, &how.dry_run }, { "json", NULL, &how.json },
		{ "replace", NULL, &how.replace }, { "slug", &how.slug, NULL },
		{ "sitemap", &how.sitemap, NULL }, { "root", &how.root, NULL },
		{ "only", &how.only, NULL }
	};
	int words = ctl_options(c, argc, argv, options, COUNT(options));

	if (!ctl_options_words(c, words, how.sitemap == NULL, argc))
		return CTL_USAGE;
	if (how.sitemap != NULL && how.root == NULL)
		return ctl_say_usage(c, "--sitemap needs --root: the folder "
		    "that holds the journal's files");
	if (how.slug != NULL && (words != 1 || how.sitemap != NULL ||
	    !model_slug_ok(str_of(how.slug))))
		return ctl_say_usage(c, "--slug names one review: a to z, 0 "
		    "to 9 and -, at most %d", MODEL_SLUG_MAX);
	return import(c, &how, words, argv);
}

const struct ctl_command ctl_review_import = {
	"review import", "FILE|FOLDER... [--dry-run] [--json] [--slug SLUG]\n"
	"       [--replace] [--sitemap FILE] [--root FOLDER] [--only PATTERN]",
	"read reviews from files, a folder or a sitemap",
	"Reads each file, plain text or HTML, in UTF-8 or Windows-1251, and "
	"adds the\nreview or updates it; its thread stays. A file is taken as "
	"a whole or not at all;\nthe others go on. What could not be placed is "
	"kept and told with its line.\nA folder stands for all such files "
	"below it. What is there already is left alone,\nso that an import "
	"that was stopped goes on when it is run again.\n\n"
	"  --dry-run     print what was understood and all notes; touches no "
	"database\n"
	"  --json        print the sums and what failed as JSON\n"
	"  --slug SLUG   its address below /reviews/, else made from the "
	"film's title\n"
	"  --replace     although the slug is another reviewer's review\n"
	"  --sitemap F   the pages that this sitemap.xml lists, as files below "
	"--root\n"
	"  --root DIR    the folder of the journal's /: so a file's path is "
	"known\n"
	"  --only GLOB   of a folder or sitemap, what matches: '*/60-*.html'\n"
	"\nEnds with 0 if all is well, 1 if a file failed or it was stopped, "
	"2 if it was\ncalled wrongly.\n\n"
	"  foyerctl review import --dry-run samples/hedgehog.txt\n"
	"  foyerctl review import --sitemap /srv/journal/sitemap.xml "
	"--root /srv/journal\n",
	run
};
