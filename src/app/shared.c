/* shared.c: pages that are the same for everybody become files for nginx. */
#include "app/internal.h"

/* The index is all threads': it goes with every change. */
#define INDEX	STR("_index")

bool
app_shared_begin(struct app *app, struct response *rs, struct str thread,
    struct str name)
{
	struct shared *s = &app->shared;

	s->page = (struct snapshot_page){
		.thread = thread.len > 0 ? thread : INDEX, .name = name
	};
	if (snapshot_get(app->snapshots, app->arena, &s->page)) {
		buf_str(&rs->body, s->page.bytes);
		app_metrics_add(&app->metrics->pages[METRICS_SHARED], 1);
		return true;
	}
	s->ticket = snapshot_ticket(app->snapshots, s->page.thread);
	return false;
}

void
app_shared_keep(struct app *app, int64_t thread, int64_t version)
{
	app->shared.id = thread;
	app->shared.page.version = version;
	app->shared.kept = true;
}

/* What this node was told of since the page was read, the ticket sees. What it
 * was not told of yet (the feed may stand still) is found by looking at the
 * version once more, after the file can be seen. Not before: a change between
 * look and file would stay unseen. */
void
app_shared_publish(struct app *app)
{
	struct shared *s = &app->shared;
	int64_t version;
	enum err e;

	if (!s->kept ||
	    !snapshot_put(app->snapshots, app->arena, &s->page, s->ticket))
		return;
	e = s->id != 0 ? store_thread_version(app->store, s->id, &version) :
	    store_change_version(app->store, &version);
	if (e != OK || version != s->page.version) {
		snapshot_take_back(app->snapshots, &s->page);
		app_metrics_add(&app->metrics->pages[METRICS_DISCARDED], 1);
		return;
	}
	app_metrics_add(&app->metrics->pages[METRICS_PUBLISHED], 1);
	log_line(LOG_DEBUG, "snapshot: " STR_FMT "/" STR_FMT,
	    STR_ARG(s->page.thread), STR_ARG(s->page.name));
}

void
app_shared_drop(struct snapshot *snapshots, struct str slug)
{
	snapshot_drop(snapshots, slug);
	snapshot_drop(snapshots, INDEX);
}
