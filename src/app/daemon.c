/* daemon.c: the daemon's steps: settings, keys, filters, socket, processes. */
#include <stdlib.h>
#include <unistd.h>

#include "app/internal.h"

enum { MIB = 1024 * 1024 };

static bool
run_read(struct run *run)
{
	struct str why;

	run->arena = arena_new(16 * MIB);
	if (settings_load(run->arena, run->conf, &run->settings, &why) != OK) {
		log_line(LOG_ERROR, STR_FMT, STR_ARG(why));
		return false;
	}
	return true;
}

/* Seats: the workers' and the background process's; of slow filters two of the
 * process that asks and teaches them. */
static bool
run_hub(struct run *run)
{
	const struct settings *set = &run->settings;
	struct filter_plan plan;
	enum err e;

	app_filter_plan_part(run->arena, set, false, &plan);
	e = filter_hub_open(run->arena, &plan, (size_t)set->workers + 1,
	    &run->hub);
	if (e == OK && app_deferred_any(set)) {
		app_filter_plan_part(run->arena, set, true, &plan);
		e = filter_hub_open(run->arena, &plan, 2, &run->slow);
	}
	if (e == OK)
		return true;
	if (run->hub != NULL)
		filter_hub_close(run->hub);
	log_line(LOG_ERROR, "the filters' process can't be prepared");
	return false;
}

/* Made once: children old and new share its tickets. Without it reading is
 * slower, and no less right. */
static void
run_snapshots(struct run *run)
{
	const struct settings *set = &run->settings;
	const struct snapshot_limits limits = {
		.bytes = (int64_t)set->cache_size * MIB,
		.files = set->cache_files
	}, none = { 0, 0 };
	struct str why;

	run->life = arena_new(MIB);
	if (snapshot_open(run->life, set->cache, &limits, &run->snapshots,
	    &why) == OK) {
		snapshot_drop_all(run->snapshots);
		return;
	}
	log_line(LOG_WARN, "no snapshots: " STR_FMT, STR_ARG(why));
	if (snapshot_open(run->life, "", &none, &run->snapshots, &why) != OK)
		abort();
}

/* Keys that do not load would let every child start and end again. */
static bool
run_keys(struct run *run)
{
	struct seal_keys *keys;
	struct str why;

	if (seal_keys_load(run->arena, run->settings.keys, &keys, &why) != OK) {
		log_line(LOG_ERROR, STR_FMT, STR_ARG(why));
		return false;
	}
	seal_keys_wipe(keys);
	return true;
}

static pid_t
run_host(size_t slot, void *arg)
{
	struct run *run = arg;

	return filter_hub_start(slot == 1 ? run->slow : run->hub);
}

static void
run_close_hubs(struct run *run)
{
	filter_hub_close(run->hub);
	if (run->slow != NULL)
		filter_hub_close(run->slow);
}

static void
run_lost(enum proc_kind kind, void *arg)
{
	const struct run *run = arg;

	app_metrics_add(&run->metrics->lost[kind], 1);
}

/* How many of each kind there are. */
static void
run_count(const struct run *run)
{
	struct proc_plan *plan = run->plan;

	plan->workers = (size_t)run->settings.workers;
	plan->more_hosts = run->slow != NULL;
	plan->more_backgrounds = plan->more_hosts +
	    app_outbox_any(&run->settings);
}

/* SIGHUP: the new settings, all of them good, or the old ones. */
static bool
run_reload(void *arg)
{
	struct run *run = arg, fresh = { .conf = run->conf };

	if (!run_read(&fresh) || !run_keys(&fresh) || !run_hub(&fresh)) {
		app_metrics_add(&run->metrics->refused, 1);
		log_line(LOG_ERROR, "reload refused: going on as before");
		arena_free(fresh.arena);
		return false;
	}
	run_close_hubs(run);
	arena_free(run->arena);
	fresh.plan = run->plan;
	fresh.snapshots = run->snapshots;
	fresh.life = run->life;
	fresh.metrics = run->metrics;
	run_count(&fresh);
	*run = fresh;
	app_metrics_add(&run->metrics->reloads, 1);
	log_open("master", run->settings.log, run->settings.log_format);
	return true;
}

/* Whoever had the old settings made pages by them. */
static void
run_drained(void *arg)
{
	const struct run *run = arg;

	snapshot_drop_all(run->snapshots);
}

int
app_daemon(const char *conf)
{
	struct run run = { .conf = conf ? conf : settings_file() };
	struct proc_plan plan = {
		.worker = app_worker, .background = app_background,
		.host = run_host, .reload = run_reload, .lost = run_lost,
		.drained = run_drained,
		.arg = &run
	};
	struct str why;
	int status;

	run.plan = &plan;
	log_open("master", LOG_NOTE, LOG_TEXT);
	if ((run.metrics = app_metrics_open()) == NULL ||
	    seal_init() != OK || seal_password_share() != OK ||
	    !run_read(&run) || !run_keys(&run))
		return PROC_EXIT_FATAL;
	log_open("master", run.settings.log, run.settings.log_format);
	if (!run_hub(&run))
		return PROC_EXIT_FATAL;
	if (proc_listen(run.settings.listen, run.settings.group,
	    &plan.listener, &why, run.arena) != OK) {
		log_line(LOG_ERROR, STR_FMT, STR_ARG(why));
		return PROC_EXIT_FATAL;
	}
	run_snapshots(&run);
	run_count(&run);
	status = proc_master(&plan);
	run_close_hubs(&run);
	snapshot_close(run.snapshots);
	arena_free(run.life);
	arena_free(run.arena);
	return status;
}
