/* cgi.c: one request as plain CGI: the filters' host lives as long as it. */
#include <signal.h>
#include <sys/wait.h>

#include "app/internal.h"

/* No snapshots: it could not be told of others' changes in time. */
static const struct snapshot_limits none;

static int
cgi_one(struct run *run)
{
	const struct wire_limits limits = app_limits(&run->settings);
	struct app app;
	bool served;

	if (!app_open(&app, run, 0))
		return PROC_EXIT_FATAL;
	served = wire_serve_cgi(app.arena, &limits, app_answer, &app);
	store_close(app.store);
	seal_keys_wipe(app.keys);
	arena_free(app.arena);
	arena_free(app.life);
	return served ? 0 : 1;
}

bool
app_is_cgi(void)
{
	return wire_is_cgi();
}

static bool
cgi_open(struct run *run)
{
	struct filter_plan plan;
	struct str why;

	run->metrics = app_metrics_open();
	if (run->metrics == NULL || seal_init() != OK)
		return false;
	if (settings_load(run->arena, settings_file(), &run->settings, &why) !=
	    OK) {
		log_line(LOG_ERROR, STR_FMT, STR_ARG(why));
		return false;
	}
	log_open("cgi", run->settings.log, run->settings.log_format);
	app_filter_plan_part(run->arena, &run->settings, false, &plan);
	return filter_hub_open(run->arena, &plan, 1, &run->hub) == OK &&
	    snapshot_open(run->arena, "", &none, &run->snapshots, &why) == OK;
}

int
app_cgi(void)
{
	struct run run = { .arena = arena_new(16 * 1024 * 1024) };
	pid_t host;
	int status;

	log_open("cgi", LOG_NOTE, LOG_TEXT);
	if (!cgi_open(&run))
		return PROC_EXIT_FATAL;
	host = filter_hub_start(run.hub);
	status = cgi_one(&run);
	if (host > 0) {
		kill(host, SIGKILL);
		waitpid(host, NULL, 0);
	}
	filter_hub_close(run.hub);
	arena_free(run.arena);
	return status;
}
