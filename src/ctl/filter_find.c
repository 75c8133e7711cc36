/* filter_find.c: where a plugin's file is. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ctl/eval.h"

static const char *
there(struct ctl *c, struct str folder, const char *name)
{
	const char *path = arena_fmt(c->arena, STR_FMT "/%s.so",
	    STR_ARG(folder), name).at;
	char real[PATH_MAX];

	return realpath(path, real) != NULL ?
	    arena_cstr(c->arena, str_of(real)) : NULL;
}

const char *
ctl_filter_find(struct ctl *c, const char *name)
{
	char self[PATH_MAX] = "";
	const char *found = NULL, *slash;
	struct str why;

	if (strchr(name, '/') != NULL)
		return name;
	if (readlink("/proc/self/exe", self, sizeof(self) - 1) > 0 &&
	    (slash = strrchr(self, '/')) != NULL)
		found = there(c, arena_fmt(c->arena, "%.*s/plugins",
		    (int)(slash - self), self), name);
	if (found == NULL)
		found = there(c, STR("build/plugins"), name);
	if (found == NULL && settings_load(c->arena, c->conf ? c->conf :
	    settings_file(), &c->settings, &why) == OK)
		found = there(c, str_of(c->settings.plugins), name);
	return found ? found : arena_fmt(c->arena,
	    "/usr/lib/foyer/plugins/%s.so", name).at;
}
