/*
 * eval.h: what measuring a filter is made of.
 *
 * samples.c reads labelled comments, eval_run.c puts them to a filter,
 * figures.c says how well it did, filter_eval.c is the subcommand.
 */
#ifndef CTL_EVAL_H
#define CTL_EVAL_H

#include <stdio.h>

#include "ctl/ctl.h"
#include "app/app.h"
#include "filter/filter.h"

/* ---- samples.c ---- */

struct ctl_sample {
	struct ctl_sample *next;	/* whoever keeps several links them */
	struct str id, author, body;
	int64_t at;			/* Unix seconds, 0 unknown */
	bool spam;
};

struct ctl_source {			/* zeroed but for the files */
	const char **files;
	size_t nfiles;
	FILE *file;			/* the first one, while it is read */
	char *line;			/* the last one read */
	size_t room, number;
	struct arena *scratch;
	bool failed;
};

/* The next one of the files, which have UTF-8 lines of id, Unix time or
 * nothing, author or nothing, spam or ham, and the text, in which tab, newlines
 * and \ are escaped. NULL: that was all, or what is wrong was told, with file
 * and line, and it failed. */
struct ctl_sample *ctl_samples_next(struct ctl_source *, struct arena *);
void ctl_samples_close(struct ctl_source *);

/* ---- figures.c ---- */

enum { CTL_REFUSED = 90 };		/* a score: spam_at's default */

struct ctl_outcome {			/* what a filter made of a comment */
	double rank;
	int score;
	bool spam;			/* as its label says */
	bool caught;
};

struct ctl_outcomes {
	struct ctl_outcome *all;
	size_t n, cap;
};

struct ctl_times {
	float *all;			/* usec of each call */
	size_t n, cap;
};

struct ctl_figures {
	size_t n, spam;
	double accuracy, precision, recall, fpr, f1, mcc,
	    one_minus_auc, recall_0_5, recall_1;	/* all in percent but
							 * f1 and mcc; without
							 * ham or spam there is
							 * no curve: NAN */
	double refused_recall, refused_fpr;	/* from CTL_REFUSED on */
	double score_us, learn_us;
	size_t model_bytes;
};

/* How well ranks and verdicts fit the labels; sorts them. */
void ctl_figures_count(const struct ctl_outcomes *, struct ctl_figures *);
double ctl_figures_median(const struct ctl_times *);	/* sorts them */
void ctl_figures_print(const struct ctl_figures *, bool json);

/* ---- eval_run.c ---- */

#define CTL_EVAL_ROOM	((size_t)64 << 30)	/* as many as there are */

struct ctl_trial {
	struct filter_direct *filter;
	int passes;			/* over what is trained */
	int threshold;			/* a score from which on it is spam */
	size_t delay;			/* comments until a ruling comes */
	int wrong;			/* percent of rulings */
	uint64_t random;
	FILE *scores;			/* told each one's; NULL: none */
	struct arena *arena;		/* for as many comments as there are */
	struct ctl_outcomes outcomes;
	struct ctl_times judged, learned;
	int64_t rulings;		/* told so far */
};

/* Once in the files' order, then shuffled. */
bool ctl_eval_run_train(struct ctl_trial *, struct ctl_source *);
/* learning: tells each comment's label after it was judged. */
bool ctl_eval_run_test(struct ctl_trial *, struct ctl_source *,
    bool learning);

/* ---- filter_find.c ---- */

/* The plugin's file: a path as it is; a name as NAME.so beside foyerctl, in
 * build/plugins, or in the folder of the settings, if there are any. */
const char *ctl_filter_find(struct ctl *, const char *name);

#endif
