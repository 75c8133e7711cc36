/* worker.c: a process that answers requests, one at a time. */
#include <string.h>

#include "app/internal.h"

enum { MIB = 1024 * 1024 };

enum part { ALL, NOW, LATER };

static void
plan_make(struct arena *arena, const struct settings *set, enum part part,
    struct filter_plan *plan)
{
	struct filter_plugin *list = arena_alloc(arena,
	    (set->nfilters + 1) * sizeof(*list));
	size_t i, k, n = 0;

	for (i = 0; i < set->nfilters; i++) {
		const struct settings_filter *f = &set->filters[i];
		struct filter_pair *pairs = arena_alloc(arena,
		    (f->npairs + 1) * sizeof(*pairs));

		if (!f->enabled || (part != ALL &&
		    f->deferred != (part == LATER)))
			continue;
		for (k = 0; k < f->npairs; k++)
			pairs[k] = (struct filter_pair){ f->pairs[k].key,
			    f->pairs[k].value };
		list[n++] = (struct filter_plugin){ .name = f->name,
		    .path = f->path, .weight = f->weight,
		    .deferred = f->deferred, .challenge = f->challenge,
		    .pairs = pairs, .npairs = f->npairs };
	}
	*plan = (struct filter_plan){ .site = set->site, .plugins = list,
	    .nplugins = n, .deadline_ms = set->filter_deadline,
	    .memory_mib = set->filter_memory, .pause_s = set->filter_pause,
	    .state = set->state, .log_format = set->log_format,
	    .network = part == LATER };
	if (part == LATER)
		plan->deadline_ms = set->deferred_deadline;
}

void
app_filter_plan(struct arena *arena, const struct settings *set,
    struct filter_plan *plan)
{
	plan_make(arena, set, ALL, plan);
}

void
app_filter_plan_part(struct arena *arena, const struct settings *set,
    bool deferred, struct filter_plan *plan)
{
	plan_make(arena, set, deferred ? LATER : NOW, plan);
}

void
app_worker_site(const struct settings *set, struct page_site *ret)
{
	*ret = (struct page_site){ .name = set->name,
	    .origin = set->origin, .reviews = set->reviews,
	    .language = set->language, .challenge = set->challenge,
	    .mail = app_outbox_any(set) };
}

bool
app_open(struct app *app, struct run *run, size_t seat)
{
	const struct settings *set = &run->settings;
	struct str why = { "", 0 };

	memset(app, 0, sizeof(*app));
	app->settings = set;
	app->life = arena_new(16 * MIB);
	app->arena = arena_new((size_t)set->memory_limit * MIB);
	app_worker_site(set, &app->site);
	app->hub = run->hub;
	app->slow = run->slow;
	app->snapshots = run->snapshots;
	app->metrics = run->metrics;
	store_log_chain(seal_chain_hash);
	if (seal_keys_load(app->life, set->keys, &app->keys, &why) != OK ||
	    seal_sso_load(app->life, set->sso_key, &app->sso, &why) != OK ||
	    filter_seat_open(app->life, run->hub, seat, &app->filters) != OK ||
	    store_open(app->life, set->database, set->site, &app->store) !=
	    OK) {
		log_line(LOG_ERROR, "can't start: " STR_FMT, STR_ARG(why));
		return false;
	}
	return true;
}

struct wire_limits
app_limits(const struct settings *set)
{
	return (struct wire_limits){ .timeout_ms = set->request_timeout,
	    .body = (size_t)set->body_limit };
}

static void
worker_one(int fd, void *arg)
{
	struct app *app = arg;
	const struct wire_limits limits = app_limits(app->settings);

	if (wire_serve(fd, app->arena, &limits, app_answer, app))
		app_shared_publish(app);
	arena_reset(app->arena);
}

int
app_worker(const struct proc_seat *seat, void *arg)
{
	struct run *run = arg;
	struct app app;
	int status;

	log_open("worker", run->settings.log, run->settings.log_format);
	wire_init();
	if (!app_open(&app, run, seat->slot))
		return PROC_EXIT_FATAL;
	/* A database that is away may come back; one that does not fit this
	 * program never will: one worker tries all that there is. */
	if ((seat->slot == 0 ? store_prepare_all(app.store) :
	    store_check(app.store)) == ERR_SCHEMA) {
		log_line(LOG_ERROR, "the database does not fit this foyerd "
		    "(has foyerctl migrate been run?): %s",
		    store_trouble(app.store));
		return PROC_EXIT_FATAL;
	}
	status = proc_work(seat, &(struct proc_job){ .arg = &app,
	    .accept_one = wire_accept, .one = worker_one });
	store_close(app.store);
	seal_keys_wipe(app.keys);
	arena_free(app.arena);
	arena_free(app.life);
	return status;
}
