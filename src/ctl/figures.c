/* figures.c: how well a filter's ranks and verdicts fit the labels. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ctl/eval.h"

static double
part(double n, double of)
{
	return of > 0 ? n / of : 0;
}

static void
count_verdicts(const struct ctl_outcomes *s, struct ctl_figures *f)
{
	double tp = 0, fp = 0, tn = 0, fn = 0, of;
	size_t i;

	for (i = 0; i < s->n; i++) {
		const struct ctl_outcome *one = &s->all[i];

		*(one->spam ? one->caught ? &tp : &fn :
		    one->caught ? &fp : &tn) += 1;
	}
	f->n = s->n;
	f->spam = (size_t)(tp + fn);
	f->accuracy = 100 * part(tp + tn, (double)s->n);
	f->precision = 100 * part(tp, tp + fp);
	f->recall = 100 * part(tp, tp + fn);
	f->fpr = 100 * part(fp, fp + tn);
	f->f1 = part(2 * tp, 2 * tp + fp + fn);
	of = sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn));
	f->mcc = part(tp * tn - fp * fn, of);
}

/* What foyerd would refuse by itself, wherever --at is. */
static void
count_refused(const struct ctl_outcomes *s, struct ctl_figures *f)
{
	double tp = 0, fp = 0;
	size_t i;

	for (i = 0; i < s->n; i++)
		if (s->all[i].score >= CTL_REFUSED)
			*(s->all[i].spam ? &tp : &fp) += 1;
	f->refused_recall = 100 * part(tp, (double)f->spam);
	f->refused_fpr = 100 * part(fp, (double)(f->n - f->spam));
}

/* The highest first. */
static int
by_rank(const void *a, const void *b)
{
	const struct ctl_outcome *x = a, *y = b;

	return (x->rank < y->rank) - (x->rank > y->rank);
}

/* Goes down the ranks; those that are equal are passed at once, which counts
 * each pair of them as half. */
static void
count_ranks(const struct ctl_outcome *s, size_t n, struct ctl_figures *f)
{
	double spam = (double)f->spam, ham = (double)(n - f->spam);
	double tp = 0, fp = 0, area = 0;
	size_t i, k;

	for (i = 0; i < n; i = k) {
		double hits = 0, misses = 0;

		for (k = i; k < n && !(s[k].rank < s[i].rank); k++)
			*(s[k].spam ? &hits : &misses) += 1;
		area += misses * (tp + hits / 2);
		tp += hits;
		fp += misses;
		if (fp <= ham * 0.005)
			f->recall_0_5 = 100 * part(tp, spam);
		if (fp <= ham * 0.01)
			f->recall_1 = 100 * part(tp, spam);
	}
	f->one_minus_auc = spam > 0 && ham > 0 ?
	    100 * (1 - area / (spam * ham)) : NAN;
}

void
ctl_figures_count(const struct ctl_outcomes *s, struct ctl_figures *ret)
{
	qsort(s->all, s->n, sizeof(*s->all), by_rank);
	count_verdicts(s, ret);
	count_refused(s, ret);
	count_ranks(s->all, s->n, ret);
}

static int
by_size(const void *a, const void *b)
{
	const float *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

double
ctl_figures_median(const struct ctl_times *t)
{
	if (t->n == 0)
		return 0;
	qsort(t->all, t->n, sizeof(*t->all), by_size);
	return (double)t->all[t->n / 2];
}

void
ctl_figures_print(const struct ctl_figures *f, bool json)
{
	const struct {
		const char *name;
		double value;
		int digits;
	} rows[] = {
		{ "n", (double)f->n, 0 }, { "spam", (double)f->spam, 0 },
		{ "accuracy", f->accuracy, 3 },
		{ "precision", f->precision, 3 },
		{ "recall", f->recall, 3 }, { "fpr", f->fpr, 3 },
		{ "f1", f->f1, 4 }, { "mcc", f->mcc, 4 },
		{ "one_minus_auc_percent", f->one_minus_auc, 4 },
		{ "recall_at_fpr_0_5", f->recall_0_5, 3 },
		{ "recall_at_fpr_1", f->recall_1, 3 },
		{ "score_us_p50", f->score_us, 1 },
		{ "learn_us_p50", f->learn_us, 1 },
		{ "model_bytes", (double)f->model_bytes, 0 },
		{ "refused_recall", f->refused_recall, 3 },
		{ "refused_fpr", f->refused_fpr, 3 }
	};
	size_t i;

	for (i = 0; i < COUNT(rows); i++) {
		char value[40];

		snprintf(value, sizeof(value), "%.*f", rows[i].digits,
		    rows[i].value);
		if (isnan(rows[i].value))
			strcpy(value, json ? "null" : "-");
		if (json)
			printf("%s\"%s\": %s", i ? ", " : "{", rows[i].name,
			    value);
		else
			printf("%-22s %s\n", rows[i].name, value);
	}
	if (json)
		puts("}");
}
