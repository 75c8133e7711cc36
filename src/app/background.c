/* background.c: what nobody waits for: the change feed, sums, retention. */
#include <errno.h>
#include <poll.h>
#include <string.h>

#include "app/internal.h"

#define DAY	(INT64_C(86400) * 1000000)	/* us */

enum {
	FOLLOW_MS = 100,		/* how often the feed is read */
	FOLD_EVERY = 20,		/* rounds: 2 s */
	SWEEP_EVERY = 300,		/* rounds: 30 s */
	MEND_EVERY = 10,		/* rounds: 1 s */
	RETRAIN_EVERY = 10,		/* rounds: 1 s */
	CLOSE_EVERY = 5,		/* rounds: 0.5 s */
	SEARCH_EVERY = 2,		/* rounds, for 100 changes */
	TELL_EVERY = 5,			/* rounds: 0.5 s */
	TERMS_EVERY = 50,		/* rounds: 5 s, for 200 threads */
	FORGET_EVERY = 5,
	RETAIN_EVERY = 50,		/* rounds: 5 s, for 500 comments */
	COUNT_EVERY = 20,		/* rounds: 2 s */
	MARKS_EVERY = 50,		/* rounds: 5 s, for 1000 marks */
	RETIRE_EVERY = 6000,		/* rounds: 10 minutes */
	SEAL_EVERY = 600		/* rounds: a minute */
};

struct background {
	struct arena *arena, *life;
	const struct settings *settings;
	struct snapshot *snapshots;
	struct metrics *metrics;
	struct store *store;
	struct store_cursor cursor;
	bool following;			/* the cursor is where we were */
	bool sweeping;
	bool nowhere;			/* to keep pages; it has been said */
	bool searchable;		/* all that was there before */
	bool forgetting;		/* somebody is not erased yet */
	bool changed;			/* the feed has had something */
	bool counting;			/* for statistics, and not done */
	struct app_learning learning;
	struct seal_keys *keys;
	struct app_retrain retrain;
	int64_t closed;			/* clock_now: seen to until then */
	int64_t termed;			/* the last thread with its terms */
	int64_t heard, round;		/* heard: clock_mono of the feed */
	int64_t failed;			/* the last round that did */
	enum err last;			/* that was said */
};

static int64_t
keep(const struct background *bg)
{
	return (int64_t)bg->settings->change_days * 86400 * 1000000;
}

static void
changed(struct str slug, void *arg)
{
	struct background *bg = arg;

	bg->changed = true;
	app_metrics_add(&bg->metrics->changes, 1);
	app_shared_drop(bg->snapshots, slug);
	log_line(LOG_DEBUG, "changed: " STR_FMT, STR_ARG(slug));
}

/* From now on; what was published before is not vouched for. */
static enum err
start(struct background *bg)
{
	enum err e;

	store_change_end(&bg->cursor);
	bg->closed = clock_now();
	e = store_change_start(bg->store, bg->arena, &bg->cursor);
	if (e != OK)
		return e;
	snapshot_drop_all(bg->snapshots);
	bg->following = true;
	bg->heard = clock_mono();
	log_line(LOG_DEBUG, "following the changes");
	return OK;
}

/* After an interruption the cursor still brings all that was missed, unless
 * those rows may be gone by now, or this is not the database that we knew. */
static enum err
follow(struct background *bg)
{
	enum err e = OK;

	if (!bg->following || clock_mono() - bg->heard > keep(bg) / 2)
		e = start(bg);
	if (e == OK)
		e = store_change_follow(bg->store, bg->arena, &bg->cursor,
		    changed, bg);
	if (e == ERR_CONFLICT)
		bg->following = false;
	if (e != OK)
		return e;
	bg->heard = clock_mono();
	atomic_store(&bg->metrics->heard, bg->heard);
	return OK;
}

/* Nothing changes when a thread closes but what its pages show. By this node's
 * clock, as the pages are. */
static enum err
closing(struct background *bg)
{
	struct store_closing c = { .after = bg->closed, .until = clock_now() };
	enum err e = store_thread_closing(bg->store, bg->arena, &c);
	size_t i;

	if (e != OK)
		return e;
	for (i = 0; i < c.n; i++)
		snapshot_drop(bg->snapshots, c.slugs[i]);
	if (c.more)
		snapshot_drop_all(bg->snapshots);
	bg->closed = c.until;
	return OK;
}

/* What changed can be found soon; what was there before it could, by and by. */
static enum err
search(struct background *bg)
{
	enum err e = OK;

	if (bg->round % SEARCH_EVERY == 0)
		e = store_search_follow(bg->store);
	if (e == OK && !bg->searchable)
		e = store_search_catch_up(bg->store, &bg->searchable);
	return e;
}

/* The feed waits for nothing else: readers of this node rely on it. */
static enum err
attend(struct background *bg, enum err e)
{
	if (e != OK || clock_mono() - bg->heard < FOLLOW_MS * 1000)
		return e;
	return follow(bg);
}

/* Signs the log's head if none was today and something came since. */
static enum err
sign_log(struct background *bg)
{
	struct seal_mark mark = { .at = clock_now() };
	struct store_seal seal = { .at = mark.at };
	int64_t row, at;
	enum err e;

	if (bg->round % SEAL_EVERY != 0)
		return OK;
	e = store_log_seal_last(bg->store, &row, &at);
	if (e != OK || mark.at - at < DAY)
		return e;
	e = store_log_head(bg->store, &mark.row, mark.hash);
	if (e != OK || mark.row == row)
		return e;
	e = seal_chain_sign(bg->keys, bg->arena, bg->settings->site, &mark,
	    &seal.seal);
	seal.id = mark.row;
	return e == OK ? store_log_seal_add(bg->store, &seal) : e;
}

static enum err
tidy(struct background *bg)
{
	int64_t n;
	enum err e = attend(bg, search(bg));

	if (e == OK && bg->round % CLOSE_EVERY == 0)
		e = closing(bg);
	if (e == OK && bg->round % TERMS_EVERY == 0)
		e = attend(bg, store_terms_walk(bg->store, &bg->termed));
	if (e == OK && bg->round % TELL_EVERY == 0)
		e = attend(bg, store_vote_tell(bg->store, &n));
	if (e == OK)
		e = sign_log(bg);
	if (e == OK && (bg->counting || bg->round % COUNT_EVERY == 0))
		e = attend(bg, store_insight_follow(bg->store,
		    &bg->counting));
	if (e == OK && bg->round % RETRAIN_EVERY == 0)
		e = attend(bg, app_retrain_round(&bg->retrain, bg->arena));
	if (e == OK && bg->round % FOLD_EVERY == 0)
		e = attend(bg, store_change_fold(bg->store, &n));
	if (e == OK && bg->round % MARKS_EVERY == 0)
		e = store_mark_retire(bg->store);
	if (e == OK && bg->round % RETIRE_EVERY == 0)
		e = store_change_retire(bg->store, keep(bg), &n);
	if (e == OK && bg->round % RETIRE_EVERY == 0)
		e = store_sso_retire(bg->store);
	if (e == OK && bg->round % RETIRE_EVERY == 0)
		e = store_session_retire(bg->store);
	if (e == OK && bg->round % RETIRE_EVERY == 0)
		e = store_follow_retire(bg->store, bg->settings->mail_keep);
	if (e == OK && bg->round % RETIRE_EVERY == 0)
		e = store_outbox_retire(bg->store);
	return e;
}

/* All comments are gone through, some every few seconds. */
static enum err
retain(struct background *bg)
{
	const struct settings *is = bg->settings;
	const struct store_ages ages = { is->sender_keep, is->mail_keep,
	    is->spam_keep, is->revision_keep };

	return bg->round % RETAIN_EVERY != 0 ? OK :
	    store_retain(bg->store, &ages);
}

/* Some of somebody's who asked to be erased; the next round goes on. */
static enum err
forget(struct background *bg)
{
	if (!bg->forgetting && bg->round % FORGET_EVERY != 0)
		return OK;
	return store_forget_step(bg->store, bg->arena, &bg->forgetting);
}

/* Says it once when the database goes, and once when it is back: when all that
 * comes every few seconds went well again. */
static void
say(struct background *bg, enum err e)
{
	if (e != OK)
		bg->failed = bg->round;
	else if (bg->round - bg->failed <= TERMS_EVERY)
		return;
	if (e == OK && bg->last != OK)
		log_line(LOG_NOTE, "database back");
	app_trouble_tell(bg->store, e, &bg->last);
}

/* Deletes what is too much. Without the folder readers are served by foyerd,
 * which nobody would notice but for this. */
static void
sweep(struct background *bg)
{
	bool mended = false;

	if (bg->round % MEND_EVERY == 0 &&
	    snapshot_mend(bg->snapshots, &mended) != OK && !bg->nowhere) {
		log_line(LOG_ERROR, "cache: %s: %s: no page is kept",
		    bg->settings->cache, strerror(errno));
		bg->nowhere = true;
	}
	if (mended) {
		log_line(LOG_WARN, "cache: %s was removed; it is there again",
		    bg->settings->cache);
		bg->nowhere = false;
	}
	if (bg->sweeping || bg->round % SWEEP_EVERY == 0)
		bg->sweeping = !snapshot_sweep(bg->snapshots);
	else
		snapshot_empty(bg->snapshots);
}

static void
rounds(struct background *bg, int stop)
{
	struct pollfd end = { .fd = stop, .events = POLLIN };
	enum err e;

	while (poll(&end, 1, bg->round > 0 ? FOLLOW_MS : 0) <= 0) {
		e = follow(bg);
		if (e == OK)
			e = tidy(bg);
		if (e == OK)
			e = attend(bg, forget(bg));
		if (e == OK)
			e = attend(bg, retain(bg));
		if (e == OK)
			e = app_learning_round(&bg->learning, bg->changed);
		if (e == OK)
			bg->changed = false;
		sweep(bg);
		say(bg, e);
		arena_reset(bg->arena);
		bg->round++;
	}
}

static int
background(const struct proc_seat *seat, void *arg)
{
	struct str why = STR("");
	struct run *run = arg;
	struct background bg = {
		.settings = &run->settings, .snapshots = run->snapshots,
		.metrics = run->metrics,
		.life = arena_new(4 * 1024 * 1024),
		.arena = arena_new(64 * 1024 * 1024)
	};

	log_open("background", run->settings.log, run->settings.log_format);
	store_log_chain(seal_chain_hash);
	if (seal_keys_load(bg.life, run->settings.keys, &bg.keys, &why) != OK) {
		log_line(LOG_ERROR, "can't start: " STR_FMT, STR_ARG(why));
		return PROC_EXIT_FATAL;
	}
	if (store_open(bg.life, run->settings.database, run->settings.site,
	    &bg.store) != OK || !app_learning_open(&bg.learning, bg.life,
	    run, bg.store, false))
		return PROC_EXIT_FATAL;
	bg.retrain = (struct app_retrain){ .arena = bg.life,
	    .store = bg.store, .conf = run->conf };
	rounds(&bg, seat->stop);
	app_learning_close(&bg.learning);
	store_change_end(&bg.cursor);
	seal_keys_wipe(bg.keys);
	store_close(bg.store);
	arena_free(bg.arena);
	arena_free(bg.life);
	return 0;
}

int
app_background(const struct proc_seat *seat, void *arg)
{
	const struct run *run = arg;

	if (seat->slot == 0)
		return background(seat, arg);
	if (seat->slot == 1 && run->slow != NULL)
		return app_deferred(seat, arg);
	return app_outbox(seat, arg);
}
