/* background.c: what nobody waits for: the change feed, sums, retention. */
#include <poll.h>

#include "app/internal.h"

enum {
	FOLLOW_MS = 100,		/* how often the feed is read */
	FOLD_EVERY = 20,		/* rounds: 2 s */
	RETIRE_EVERY = 6000		/* rounds: 10 minutes */
};

struct background {
	struct arena *arena, *life;
	const struct settings *settings;
	struct store *store;
	struct store_cursor cursor;
	bool following;
	int64_t changes, round;
};

static void
changed(int64_t thread, void *arg)
{
	struct background *bg = arg;

	(void)thread;
	bg->changes++;
}

static enum err
follow(struct background *bg)
{
	enum err e = OK;

	if (!bg->following)
		e = store_change_start(bg->store, bg->arena, &bg->cursor);
	if (e != OK)
		return e;
	bg->following = true;
	return store_change_follow(bg->store, bg->arena, &bg->cursor, changed,
	    bg);
}

static enum err
tidy(struct background *bg)
{
	int64_t keep = (int64_t)bg->settings->change_days * 86400 * 1000000;
	int64_t n;
	enum err e = OK;

	if (bg->round % FOLD_EVERY == 0)
		e = store_change_fold(bg->store, &n);
	if (e == OK && bg->round % RETIRE_EVERY == 0)
		e = store_change_retire(bg->store, keep, &n);
	return e;
}

/* Says it once when the database goes, and once when it is back. */
static void
say(enum err e, enum err *last, const struct store *store)
{
	if (e == *last)
		return;
	if (e == OK)
		log_line(LOG_NOTE, "database back");
	else
		log_line(LOG_WARN, "database: %s", store_trouble(store));
	*last = e;
}

static void
rounds(struct background *bg, int stop)
{
	struct pollfd end = { .fd = stop, .events = POLLIN };
	enum err e, last = OK;

	while (poll(&end, 1, FOLLOW_MS) <= 0) {
		e = follow(bg);
		if (e == OK)
			e = tidy(bg);
		say(e, &last, bg->store);
		arena_reset(bg->arena);
		bg->round++;
	}
}

int
app_background(const struct proc_seat *seat, void *arg)
{
	const struct run *run = arg;
	struct background bg = {
		.settings = &run->settings,
		.life = arena_new(4 * 1024 * 1024),
		.arena = arena_new(64 * 1024 * 1024)
	};

	log_open("background", run->settings.log);
	if (store_open(bg.life, run->settings.database, run->settings.site,
	    &bg.store) != OK)
		return PROC_EXIT_FATAL;
	rounds(&bg, seat->stop);
	store_change_end(&bg.cursor);
	store_close(bg.store);
	arena_free(bg.arena);
	arena_free(bg.life);
	return 0;
}
