/* filter_retrain.c: foyerctl filter retrain: learns the whole log anew. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ctl/eval.h"

enum { BATCHES = 1000, BATCH_ARENA = 16 * 1024 * 1024 };

/* The last rulings, in the batches that they were read in. */
struct window {
	struct batch {
		struct arena *arena;
		struct store_heard *rows;
		size_t n;
	} batches[BATCHES];
	size_t first, n, rows, most;
	int64_t learned;
	struct ctl_progress progress;
};

struct ruling {
	const struct store_heard *heard;
	uint64_t place;			/* in the shuffle */
};

static void
forget(struct window *w)
{
	struct batch *b = &w->batches[w->first];

	w->rows -= b->n;
	arena_free(b->arena);
	w->first = (w->first + 1) % BATCHES;
	w->n--;
}

static bool
tell(struct filter_direct *d, const struct store_heard *h, unsigned again)
{
	struct arena *arena = arena_new(BATCH_ARENA);
	struct filter_question q;
	struct filter_ruling ruling;
	bool good;

	app_learning_question(arena, h, &q, &ruling);
	ruling.again = again;
	good = filter_direct_hear(d, &q, &ruling) >= 0;
	arena_free(arena);
	return good;
}

/* Once through the log, in its order. */
static enum err
walk(struct ctl *c, struct filter_direct *d, struct window *w)
{
	struct batch b;
	enum err e;
	size_t i;

	do {
		b.arena = arena_new(BATCH_ARENA);
		e = store_ruling_walk(c->store, b.arena, w->learned, &b.rows,
		    &b.n);
		if (e != OK || b.n == 0) {
			arena_free(b.arena);
			return e;
		}
		for (i = 0; i < b.n; i++) {
			if (!tell(d, &b.rows[i], 0))
				ctl_say_failed("ruling %lld could not be "
				    "learned", (long long)b.rows[i].id);
			w->learned = b.rows[i].id;
			ctl_progress_show(&w->progress, w->learned);
		}
		w->rows += b.n;
		while (w->n > 0 && (w->n == BATCHES || w->rows > w->most))
			forget(w);
		w->batches[(w->first + w->n++) % BATCHES] = b;
	} while (true);
}

static int
by_comment(const void *a, const void *b)
{
	const struct store_heard *x = ((const struct ruling *)a)->heard;
	const struct store_heard *y = ((const struct ruling *)b)->heard;

	if (x->comment != y->comment)
		return x->comment < y->comment ? -1 : 1;
	return (x->id > y->id) - (x->id < y->id);
}

static int
by_place(const void *a, const void *b)
{
	const struct ruling *x = a, *y = b;

	return (x->place > y->place) - (x->place < y->place);
}

/* The rulings that still stand: a comment's last. */
static size_t
standing(struct ctl *c, const struct window *w, struct ruling **ret)
{
	struct ruling *all = arena_alloc(c->arena,
	    (w->rows + 1) * sizeof(*all));
	size_t i, k, n = 0, kept = 0;

	for (i = 0; i < w->n; i++) {
		const struct batch *b = &w->batches[(w->first + i) % BATCHES];

		for (k = 0; k < b->n; k++)
			all[n++].heard = &b->rows[k];
	}
	qsort(all, n, sizeof(*all), by_comment);
	for (i = 0; i < n; i++)
		if (i + 1 == n ||
		    all[i].heard->comment != all[i + 1].heard->comment)
			all[kept++] = all[i];
	*ret = all;
	return kept;
}

static void
again(struct ctl *c, struct filter_direct *d, struct window *w,
    int64_t passes)
{
	struct ruling *all;
	size_t i, n = standing(c, w, &all);
	uint64_t random = (uint64_t)w->learned;
	int64_t pass;

	for (pass = 1; pass < passes; pass++) {
		for (i = 0; i < n; i++) {
			random = random * 6364136223846793005u + 1;
			all[i].place = random >> 16;
		}
		qsort(all, n, sizeof(*all), by_place);
		for (i = 0; i < n; i++) {
			(void)tell(d, all[i].heard, (unsigned)pass);
			ctl_progress_show(&w->progress, all[i].heard->id);
		}
	}
}

static bool
retrain(struct ctl *c, const struct filter_plugin *p,
    const struct filter_plan *plan, const int64_t bounds[2])
{
	struct window *w = arena_alloc(c->arena, sizeof(*w));
	const struct filter_plan empty = { .memory_mib = plan->memory_mib };
	struct filter_memory m = { .name = p->name };
	struct filter_direct *d;
	struct str why;
	enum err e;

	w->most = (size_t)bounds[1];
	w->progress.what = "filter retrain: ruling";
	if (filter_direct_open(c->arena, p, &empty, &d, &why) != OK) {
		ctl_say_failed(STR_FMT, STR_ARG(why));
		return false;
	}
	if ((e = walk(c, d, w)) == OK) {
		again(c, d, w, bounds[0]);
		ctl_progress_end(&w->progress);
		m.size = filter_direct_memory(d, &m.bytes);
		m.learned = w->learned;
		if (m.size > 0)
			e = filter_keep_write(c->arena, plan->state, &m);
	}
	if (e != OK)
		ctl_open_trouble(c, e, p->name);
	else
		printf("%s: %s, up to ruling %lld\n", p->name, m.size > 0 ?
		    "learned anew" : "keeps nothing", (long long)m.learned);
	while (w->n > 0)
		forget(w);
	filter_direct_close(d);
	return e == OK;
}

static bool
chosen(struct ctl *c, const struct filter_plugin *p, const char *name)
{
	struct filter_module *m;
	struct str why;

	if (name != NULL)
		return strcmp(p->name, name) == 0;
	return filter_load(c->arena, p->path, &m, &why) == OK &&
	    filter_module_learns(m);
}

static int
run(struct ctl *c, int argc, char **argv)
{
	const char *passes = NULL, *last = NULL, *name;
	const struct ctl_option options[] = {
		{ "passes", &passes, NULL }, { "last", &last, NULL }
	};
	int64_t bounds[2] = { 3, 20000 };
	struct ctl_number numbers[] = {
		{ "passes", NULL, 1, 100, &bounds[0] },
		{ "last", NULL, 100, 100000, &bounds[1] }
	};
	struct filter_plan plan;
	size_t i, n = 0;
	bool good = true;
	int words = ctl_options(c, argc, argv, options, COUNT(options));

	if (!ctl_options_words(c, words, 0, 1))
		return CTL_USAGE;
	name = words > 0 ? argv[0] : NULL;
	numbers[0].text = passes;
	numbers[1].text = last;
	if (!ctl_options_numbers(c, numbers, COUNT(numbers)))
		return CTL_USAGE;
	if (ctl_open_store(c) == NULL)
		return CTL_FAILED;
	/* Deferred ones pass rulings on: nobody must hear them twice. */
	app_filter_plan_part(c->arena, &c->settings, false, &plan);
	if (plan.state[0] == '\0')
		return ctl_say_failed("the settings name no folder \"state\"");
	for (i = 0; i < plan.nplugins; i++)
		if (chosen(c, &plan.plugins[i], name)) {
			good &= retrain(c, &plan.plugins[i], &plan, bounds);
			n++;
		}
	if (n == 0 && name != NULL)
		return ctl_say_failed("there is no filter %s", name);
	if (n == 0)
		puts("no filter learns");
	return good ? CTL_DONE : CTL_FAILED;
}

const struct ctl_command ctl_filter_retrain = {
	"filter retrain", "[NAME] [--passes N] [--last N]",
	"let filters learn the moderation log anew",
	"Tells one filter that learns, or all, every ruling of the moderators "
	"in order, then\nthe last 20000 that stand twice more, shuffled. "
	"foyerd takes up the result by itself,\nand goes on with what has been "
	"ruled since. Run it on each node, nightly.\n\n"
	"  foyerctl filter retrain bayes --passes 3\n",
	run
};
