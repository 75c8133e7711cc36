/* check_running.c: what a running foyerd says of itself: its unit confines it,
 * and a plugin that loads here may not load there. */
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ctl/check.h"

/* As /foyer/health has it: which names are in it settings_load has checked. */
static bool
says(struct ctl_check *c, struct str health, const char *filter,
    const char *state)
{
	return str_find(health, arena_fmt(c->arena, "{\"name\":\"%s\","
	    "\"state\":\"%s", filter, state)) != (size_t)-1;
}

static struct str
fault(struct ctl_check *c, struct str health, const struct settings_filter *f)
{
	if (!f->enabled || says(c, health, f->name, "ok"))
		return STR("");
	if (says(c, health, f->name, "not loaded"))
		return arena_fmt(c->arena, "foyerd could not load the filter "
		    "%s: the log says why; its unit may hide %s (ExecPaths, "
		    "ProtectHome)", f->name, f->path);
	if (says(c, health, f->name, "out"))
		return arena_fmt(c->arena, "the filter %s rests after five "
		    "faults: what it would judge waits", f->name);
	return arena_fmt(c->arena, "foyerd does not know the filter %s yet: "
	    "systemctl reload foyer", f->name);
}

bool
ctl_check_running(struct ctl_check *c)
{
	const char *socket = c->settings->listen;
	struct str health, why;
	struct stat st;

	if (stat(socket, &st) != 0)
		return ctl_check_ok(c, "running", "no");
	if (access(socket, W_OK) != 0)
		return ctl_check_ok(c, "running", "can't be asked by this "
		    "user");
	if (!ctl_ask(c->arena, socket, "/foyer/health", &health))
		return ctl_check_wrong(c, "running", arena_fmt(c->arena,
		    "%s: nobody answers there", socket));
	for (size_t i = 0; i < c->settings->nfilters; i++) {
		why = fault(c, health, &c->settings->filters[i]);
		if (why.len > 0)
			return ctl_check_wrong(c, "running", why);
	}
	if (str_find(health, STR("\"database\":\"ok\"")) == (size_t)-1)
		return ctl_check_wrong(c, "running", STR("foyerd does not "
		    "reach PostgreSQL: the log says why"));
	return ctl_check_ok(c, "running", "its filters are loaded");
}
