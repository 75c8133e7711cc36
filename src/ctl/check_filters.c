/* check_filters.c: can the filters be loaded, do they take their settings? */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/app.h"
#include "ctl/check.h"
#include "filter/filter.h"

/* What a fork found out. */
struct found {
	bool done, good;
	char told[500];
};

static void
open_filter(const struct ctl_check *c, const char *name, struct found *f)
{
	const struct filter_plugin *p;
	struct filter_plan plan;
	struct filter_direct *d;
	struct filter_module *m;
	struct str why = STR("");

	app_filter_plan(c->arena, c->settings, &plan);
	p = plan.plugins;
	while (strcmp(p->name, name) != 0)	/* it is enabled */
		p++;
	f->good = filter_direct_open(c->arena, p, &plan, &d, &why) == OK &&
	    filter_load(c->arena, p->path, &m, &why) == OK;
	if (f->good)
		why = arena_fmt(c->arena, "%s %s", filter_module_name(m),
		    filter_module_version(m));
	snprintf(f->told, sizeof(f->told), STR_FMT, STR_ARG(why));
	f->done = true;
}

/* In a process of its own: one that is cut short kills who loads it. */
static bool
check_filter(struct ctl_check *c, const struct settings_filter *filter,
    struct found *f)
{
	const char *what = arena_fmt(c->arena, "filter %s", filter->name).at;
	int status = 0;
	pid_t pid;

	if (!filter->enabled)
		return ctl_check_ok(c, what, "not enabled");
	f->done = false;
	fflush(stdout);
	if ((pid = fork()) == 0) {
		open_filter(c, filter->name, f);
		_exit(0);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		return ctl_check_wrong(c, what, str_of(strerror(errno)));
	if (!f->done)
		return ctl_check_wrong(c, what, arena_fmt(c->arena, "%s: "
		    "loading it kills who does: the file is broken",
		    filter->path));
	return f->good ? ctl_check_ok(c, what, arena_str(c->arena, str_of(
	    f->told)).at) : ctl_check_wrong(c, what, arena_str(c->arena,
	    str_of(f->told)));
}

bool
ctl_check_filters(struct ctl_check *c)
{
	struct found *f = mmap(NULL, sizeof(*f), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	bool good = true;

	if (f == MAP_FAILED)
		return ctl_check_wrong(c, "filters", str_of(strerror(errno)));
	for (size_t i = 0; i < c->settings->nfilters; i++)
		good &= check_filter(c, &c->settings->filters[i], f);
	munmap(f, sizeof(*f));
	return good;
}
