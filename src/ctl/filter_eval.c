/* filter_eval.c: foyerctl filter eval: how good is a filter on these? */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ctl/eval.h"

enum { MEMORY = 1024, TRAIN = 0, TEST, STREAM, LISTS };

struct eval {
	const char *plugin, *scores, *bits, *seed, *passes, *delay, *wrong,
	    *at;
	bool json;
	const char **files[LISTS];
	size_t nfiles[LISTS];
	struct ctl_trial trial;
};

static const char *const lists[LISTS] = { "train", "test", "prequential" };

/* Takes "--train FILE ..." and the like out of argv; how many words stay. */
static int
take_files(struct eval *e, int argc, char **argv)
{
	int i, k, list = -1, left = 0;

	for (i = 0; i < argc; i++) {
		size_t n = strcspn(argv[i], "=");

		for (k = 0; k < LISTS; k++)
			if (strncmp(argv[i], "--", 2) == 0 &&
			    strlen(lists[k]) == n - 2 &&
			    strncmp(argv[i] + 2, lists[k], n - 2) == 0)
				break;
		if (k < LISTS) {
			list = k;
			if (argv[i][n] == '=')
				e->files[k][e->nfiles[k]++] = argv[i] + n + 1;
		} else if (strncmp(argv[i], "--", 2) == 0) {
			argv[left++] = argv[i];
			if (argv[i][n] != '=' && i + 1 < argc &&
			    strcmp(argv[i], "--json") != 0)
				argv[left++] = argv[++i];
		} else if (list >= 0) {
			e->files[list][e->nfiles[list]++] = argv[i];
		} else {
			argv[left++] = argv[i];
		}
	}
	return left;
}

static bool
numbers(struct ctl *c, struct eval *e)
{
	int64_t passes = 3, delay = 0, wrong = 0, at = 30, bits = 0, seed = 1;
	const struct ctl_number all[] = {
		{ "passes", e->passes, 1, 100, &passes },
		{ "delay", e->delay, 0, 1000000000, &delay },
		{ "wrong", e->wrong, 0, 100, &wrong },
		{ "at", e->at, -99, 100, &at },
		{ "table-bits", e->bits, 1, 40, &bits },
		{ "seed", e->seed, 1, INT64_MAX, &seed }
	};

	if (!ctl_options_numbers(c, all, COUNT(all)))
		return false;
	e->trial.passes = (int)passes;
	e->trial.delay = (size_t)delay;
	e->trial.wrong = (int)wrong;
	e->trial.threshold = (int)at;
	e->trial.random = (uint64_t)seed;
	return true;
}

/* Before anything is learned in vain. */
static bool
files_readable(const struct eval *e)
{
	size_t i;
	int k;

	for (k = 0; k < LISTS; k++)
		for (i = 0; i < e->nfiles[k]; i++)
			if (access(e->files[k][i], R_OK) != 0) {
				ctl_say_failed("%s: the file can't be read",
				    e->files[k][i]);
				return false;
			}
	return true;
}

static bool
open_filter(struct ctl *c, struct eval *e)
{
	struct filter_pair pairs[2];
	struct filter_plugin p = { .path = ctl_filter_find(c, e->plugin),
	    .pairs = pairs };
	static const struct filter_plan plan = { .memory_mib = MEMORY };
	struct ctl_trial *t = &e->trial;
	struct str why;

	if (e->bits != NULL)
		pairs[p.npairs++] = (struct filter_pair){ "table_bits",
		    e->bits };
	if (e->seed != NULL)
		pairs[p.npairs++] = (struct filter_pair){ "seed", e->seed };
	if (filter_direct_open(c->arena, &p, &plan, &t->filter, &why) != OK) {
		ctl_say_failed(STR_FMT, STR_ARG(why));
		return false;
	}
	return true;
}

/* Learns, judges, and writes what each scored. */
static bool
run_trial(struct eval *e)
{
	struct ctl_trial *t = &e->trial;
	bool stream = e->nfiles[STREAM] > 0, good;
	int k = stream ? STREAM : TEST;
	struct ctl_source train = { .files = e->files[TRAIN],
	    .nfiles = e->nfiles[TRAIN] };
	struct ctl_source test = { .files = e->files[k],
	    .nfiles = e->nfiles[k] };

	good = ctl_eval_run_train(t, &train) &&
	    ctl_eval_run_test(t, &test, stream);
	if (good && t->outcomes.n == 0) {
		ctl_say_failed("there are no comments to judge");
		good = false;
	}
	ctl_samples_close(&train);
	ctl_samples_close(&test);
	return good;
}

static bool
with_scores(struct eval *e)
{
	FILE *f = fopen(e->scores, "w");
	bool good = false, written;

	e->trial.scores = f;
	if (f != NULL && !(good = run_trial(e))) {
		fclose(f);
		return false;
	}
	written = f != NULL && !ferror(f);
	if ((f != NULL && fclose(f) != 0) || !written) {
		ctl_say_failed("%s: the file can't be written", e->scores);
		return false;
	}
	return good;
}

static int
measure(struct eval *e)
{
	struct ctl_trial *t = &e->trial;
	struct ctl_figures f = { 0 };
	const void *memory;

	if (!(e->scores != NULL ? with_scores(e) : run_trial(e)))
		return CTL_FAILED;
	ctl_figures_count(&t->outcomes, &f);
	f.score_us = ctl_figures_median(&t->judged);
	f.learn_us = ctl_figures_median(&t->learned);
	f.model_bytes = filter_direct_memory(t->filter, &memory);
	ctl_figures_print(&f, e->json);
	return CTL_DONE;
}

static int
run(struct ctl *c, int argc, char **argv)
{
	struct eval e = { .plugin = NULL };
	const struct ctl_option options[] = {
		{ "plugin", &e.plugin, NULL }, { "scores", &e.scores, NULL },
		{ "table-bits", &e.bits, NULL }, { "seed", &e.seed, NULL },
		{ "passes", &e.passes, NULL }, { "delay", &e.delay, NULL },
		{ "wrong", &e.wrong, NULL }, { "at", &e.at, NULL },
		{ "json", NULL, &e.json }
	};
	int k, words, status = CTL_FAILED;

	for (k = 0; k < LISTS; k++)
		e.files[k] = arena_alloc(c->arena,
		    ((size_t)argc + 1) * sizeof(char *));
	words = ctl_options(c, take_files(&e, argc, argv), argv, options,
	    COUNT(options));
	if (!ctl_options_words(c, words, 0, 0))
		return CTL_USAGE;
	if (e.plugin == NULL || (e.nfiles[TEST] > 0) == (e.nfiles[STREAM] > 0))
		return ctl_say_usage(c, e.plugin == NULL ?
		    "--plugin is missing" :
		    "either --test or --prequential is needed");
	if (!numbers(c, &e))
		return CTL_USAGE;
	e.trial.arena = arena_new(CTL_EVAL_ROOM);
	if (files_readable(&e) && open_filter(c, &e)) {
		status = measure(&e);
		filter_direct_close(e.trial.filter);
	}
	arena_free(e.trial.arena);
	return status;
}

const struct ctl_command ctl_filter_eval = {
	"filter eval", "--plugin NAME [--train FILE...] --test FILE... | "
	"--prequential FILE...\n       [--passes N] [--delay N] [--wrong P] "
	"[--at SCORE] [--table-bits N] [--seed N]\n       [--scores FILE] "
	"[--json]",
	"measure a filter on labelled comments",
	"Loads the plugin as foyerd does and puts the comments of the files to "
	"it.\nNeither database nor settings are needed.\n\n"
	"  --train FILE...        learn these first\n"
	"  --test FILE...         then judge these\n"
	"  --prequential FILE...  or judge each of these, then learn it\n"
	"  --passes N             over what is trained (3: one in order, two "
	"shuffled)\n"
	"  --delay N              learn N comments late\n"
	"  --wrong P              turn P % of the labels that are learned\n"
	"  --at SCORE             call it spam from that score on (30, as "
	"hold_at)\n"
	"  --table-bits N, --seed N  the plugin's settings table_bits and "
	"seed\n"
	"  --scores FILE          write id, label, score, verdict of each\n"
	"  --json                 one object\n\n"
	"refused_recall and refused_fpr: what foyerd would refuse by itself, "
	"as spam_at\n(90) has it; for bayes, beyond the cut-off that it sets "
	"itself. Rates in percent.\n\n"
	"A file has a comment in each line: id, Unix time or nothing, "
	"author or nothing,\n"
	"spam or ham, text; between them tabs; in the text \\t \\n \\r "
	"\\\\.\n\n"
	"  foyerctl filter eval --plugin bayes --prequential comments.tsv\n",
	run
};
