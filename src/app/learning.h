/* learning.h: part of internal.h: the background and filters that learn. */
#ifndef APP_LEARNING_H
#define APP_LEARNING_H

/* ---- learning.c ---- */

struct app_learner {
	struct filter_learner is;	/* as of the last round */
	bool behind;			/* it may have missed rulings */
	bool known, unsaved;		/* its file was looked at; can't be
					 * written */
	int64_t stamp;			/* of its file */
	int64_t last;			/* ruling heard in the round before */
	int64_t dirty;			/* clock_mono of the first unsaved */
	int64_t rest;			/* clock_mono until it is left alone */
	int64_t skip[8];		/* rulings that killed it */
	size_t nskip;
};

struct app_learning {
	struct arena *arena;
	const struct settings *settings;
	struct store *store;
	struct filter_seat *seat;
	struct app_learner *each;
	size_t n;
	int64_t noticed, notice_at;	/* a comment; clock_mono */
	bool noticing;
};

/* deferred: of the filters that are asked later. */
bool app_learning_open(struct app_learning *, struct arena *life,
    struct run *, struct store *, bool deferred) MUST_CHECK;
/* changed: the feed had something. */
enum err app_learning_round(struct app_learning *, bool changed) MUST_CHECK;
void app_learning_close(struct app_learning *);		/* saves all */

/* ---- noticing.c ---- */

enum err app_noticing_round(struct app_learning *) MUST_CHECK;

#endif
