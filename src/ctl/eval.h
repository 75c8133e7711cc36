/*
 * eval.h: what measuring a filter is made of.
 *
 * samples.c reads labelled comments, eval_run.c puts them to a filter,
 * figures.c says how well it did, filter_eval.c is the subcommand.
 */
#ifndef CTL_EVAL_H
#define CTL_EVAL_H

#include "ctl/ctl.h"
#include "app/app.h"
#include "filter/filter.h"

/* ---- samples.c ---- */

struct ctl_sample {
	struct str id, author, body;
	int64_t at;			/* Unix seconds, 0 unknown */
	bool spam;
	/* what the filter made of it */
	double rank;
	int score;
	bool caught;
};

struct ctl_samples {
	struct ctl_sample *all;
	size_t n, cap;
};

/* Adds a file's: UTF-8 lines of id, Unix time or nothing, author or nothing,
 * spam or ham, and the text, in which tab, newlines and \ are escaped. Names
 * file and line of what is wrong, and gives false. */
bool ctl_samples_read(struct arena *, const char *file, struct ctl_samples *);

/* ---- figures.c ---- */

enum { CTL_REFUSED = 90 };		/* a score: spam_at's default */

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

/* How well ranks and verdicts fit the labels. */
void ctl_figures_count(struct arena *, const struct ctl_samples *,
    struct ctl_figures *);
double ctl_figures_median(double *, size_t n);		/* sorts them */
void ctl_figures_print(const struct ctl_figures *, bool json);

/* ---- eval_run.c ---- */

struct ctl_trial {
	struct filter_direct *filter;
	int passes;			/* over what is trained */
	int threshold;			/* a score from which on it is spam */
	size_t delay;			/* comments until a ruling comes */
	int wrong;			/* percent of rulings */
	uint64_t random;
	double *judged, *learned;	/* usec of each call */
	size_t njudged, nlearned;
	int64_t rulings;		/* told so far */
};

bool ctl_eval_run_train(struct ctl_trial *, struct ctl_samples *);
/* learning: tells each comment's label after it was judged. */
bool ctl_eval_run_test(struct ctl_trial *, struct ctl_samples *,
    bool learning);

/* ---- filter_find.c ---- */

/* The plugin's file: a path as it is; a name as NAME.so beside foyerctl, in
 * build/plugins, or in the folder of the settings, if there are any. */
const char *ctl_filter_find(struct ctl *, const char *name);

#endif
