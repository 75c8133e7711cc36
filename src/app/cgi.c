/* cgi.c: one request as plain CGI: the filters' host lives as long as it. */
#include <signal.h>
#include <sys/wait.h>

#include "app/internal.h"

static int
cgi_one(const struct settings *set, struct filter_hub *hub)
{
	const struct wire_limits limits = app_limits(set);
	struct app app;
	bool served;

	if (!app_open(&app, set, hub, 0))
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

int
app_cgi(void)
{
	struct arena *arena = arena_new(16 * 1024 * 1024);
	struct filter_hub *hub;
	struct filter_plan plan;
	struct settings set;
	struct str why;
	pid_t host;
	int status;

	log_open("cgi", LOG_NOTE);
	if (seal_init() != OK)
		return PROC_EXIT_FATAL;
	if (settings_load(arena, settings_file(), &set, &why) != OK) {
		log_line(LOG_ERROR, STR_FMT, STR_ARG(why));
		return PROC_EXIT_FATAL;
	}
	log_open("cgi", set.log);
	app_filter_plan(arena, &set, &plan);
	if (filter_hub_open(arena, &plan, 1, &hub) != OK)
		return PROC_EXIT_FATAL;
	host = filter_hub_start(hub);
	status = cgi_one(&set, hub);
	if (host > 0) {
		kill(host, SIGKILL);
		waitpid(host, NULL, 0);
	}
	filter_hub_close(hub);
	arena_free(arena);
	return status;
}
