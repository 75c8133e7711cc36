/* admin_filters.c: moderators look at filters, and try other weights. */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "app/internal.h"

enum { DAY = 86400, WEEKS = 12, LIST = 64 * 1024 };
#define MORE	"…\n"			/* there is more of the list */

/* What an operator wrote there, as far as it fits, by whole lines; "" if it is
 * none of ours to read. */
static struct str
list_read(struct arena *arena, const char *file)
{
	char *at = arena_alloc(arena, LIST + sizeof(MORE));
	int fd = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	ssize_t n = fd == -1 ? -1 : read(fd, at, LIST);
	struct str text;

	if (fd != -1)
		close(fd);
	if (n == LIST) {
		while (n > 0 && at[n - 1] != '\n')
			n--;
		memcpy(at + n, MORE, sizeof(MORE) - 1);
		n += (ssize_t)sizeof(MORE) - 1;
	}
	if (n <= 0 || text_clean(arena, (struct str){ at, (size_t)n }, true,
	    &text) != OK)
		return STR("");
	return text;
}

static void
settings_read(struct arena *arena, const struct filter_plugin *p,
    struct page_filter *f)
{
	struct page_setting *all = arena_alloc(arena,
	    (p->npairs + 1) * sizeof(*all));
	size_t i;

	for (i = 0; i < p->npairs; i++) {
		const struct filter_pair *pair = &p->pairs[i];

		all[i].key = str_of(pair->key);
		all[i].value = str_of(pair->value);
		if (strcmp(p->name, "words") == 0 &&
		    strcmp(pair->key, "file") == 0)
			f->list = list_read(arena, pair->value);
	}
	f->settings = all;
	f->nsettings = p->npairs;
}

static void
history(const struct store_filters *s, struct page_filter *f)
{
	size_t i;

	for (i = 0; i < s->ntimes; i++)
		if (str_eq(s->times[i].filter, f->name)) {
			f->answers = s->times[i].n;
			f->half = s->times[i].half;
			f->most = s->times[i].most;
		}
	for (i = 0; i < s->nwishes; i++)
		if (str_eq(s->wishes[i].filter, f->name)) {
			f->wished = s->wishes[i].asked;
			f->granted = s->wishes[i].done;
		}
}

/* A number of the form, or what the settings say. */
static bool
number(const struct request *rq, const char *name, int *n, const int most[2])
{
	struct str s = wire_query_get(rq, name);
	int64_t v;

	if (s.len == 0)
		return true;
	if (!str_int64(s, &v) || v < most[0] || v > most[1])
		return false;
	*n = (int)v;
	return true;
}

static enum err
tried(const struct request *rq, const struct filter_plan *plan,
    struct page_filter *all, struct page_filters *p)
{
	const int weights[] = { 0, 1000 }, totals[] = { -100, 101 };
	size_t k;

	p->hold_tried = p->hold_at;
	p->spam_tried = p->spam_at;
	if (!number(rq, "hold_at", &p->hold_tried, totals) ||
	    !number(rq, "spam_at", &p->spam_tried, totals) ||
	    p->spam_tried < p->hold_tried)
		return ERR_LIMIT_BAD;
	p->tries = p->hold_tried != p->hold_at || p->spam_tried != p->spam_at;
	for (k = 0; k < plan->nplugins; k++) {
		struct str name = arena_fmt(rq->arena, "weight_%s",
		    plan->plugins[k].name);

		if (!number(rq, arena_cstr(rq->arena, name), &all[k].tried,
		    weights))
			return ERR_WEIGHT_BAD;
		p->tries |= all[k].tried != all[k].weight;
	}
	return OK;
}

/* What a ruled comment would have become: by the rules that judge new ones. A
 * filter that was not asked then has nothing to say. */
static enum model_state
judged(const struct filter_plan *plan, const struct store_past *past,
    int hold_at, int spam_at)
{
	struct verdict v = { .n = plan->nplugins };
	struct policy policy = {
		.hold_at = hold_at, .spam_at = spam_at,
		.newcomer = str_is(past->why, "newcomer"),
		.thread = str_is(past->why, "newcomer") ? POLICY_FIRST :
		    str_is(past->why, "policy") ? POLICY_ALL : POLICY_OPEN
	};
	const char *why;
	size_t i, k;

	for (k = 0; k < plan->nplugins; k++)
		for (i = 0; i < past->verdict.n; i++)
			if (str_is(past->verdict.each[i].filter,
			    plan->plugins[k].name))
				v.each[k] = past->verdict.each[i];
	filter_ask_weigh(plan, &v);
	return model_policy_state(&v, &policy, &why);
}

static void
weigh(const struct filter_plan *plan, const struct store_filters *s,
    const int limits[2], struct page_preview *ret)
{
	size_t i;

	ret->n = (int64_t)s->nrulings;
	for (i = 0; i < s->nrulings; i++) {
		const struct store_past *past = &s->rulings[i];

		(past->spam ? ret->spam : ret->good)[judged(plan, past,
		    limits[0], limits[1])]++;
	}
}

/* With the settings' weights, then with those that were tried. */
static void
previews(struct arena *arena, struct filter_plan *plan,
    const struct store_filters *s, struct page_filters *p)
{
	struct filter_plugin *plugins = arena_alloc(arena,
	    (plan->nplugins + 1) * sizeof(*plugins));
	size_t k;

	weigh(plan, s, (const int[]){ p->hold_at, p->spam_at }, &p->now);
	for (k = 0; k < plan->nplugins; k++) {
		plugins[k] = plan->plugins[k];
		plugins[k].weight = p->all[k].tried;
	}
	plan->plugins = plugins;
	weigh(plan, s, (const int[]){ p->hold_tried, p->spam_tried },
	    &p->then);
}

/* Deferred ones are not taught anew (filter_retrain.c). */
static bool
learns(const struct app *app, struct str name)
{
	struct filter_learner learner;
	struct filter_plan plan;
	size_t k;

	app_filter_plan_part(app->arena, app->settings, false, &plan);
	for (k = 0; k < plan.nplugins; k++) {
		filter_learn_status(app->filters, k, &learner);
		if (str_is(name, plan.plugins[k].name))
			return learner.learns;
	}
	return false;
}

static struct page_filter *
filters_read(struct app *app, const struct filter_plan *plan,
    const struct store_filters *s)
{
	struct page_filter *all = arena_alloc(app->arena,
	    (plan->nplugins + 1) * sizeof(*all));
	struct filter_status *told;
	size_t k, n;

	app_deferred_status(app, app->arena, &told, &n);
	for (k = 0; k < plan->nplugins; k++) {
		const struct filter_plugin *p = &plan->plugins[k];
		const struct filter_status *is = told;

		while (strcmp(is->name, p->name) != 0)	/* it is enabled */
			is++;
		all[k] = (struct page_filter){
			.name = str_of(p->name), .weight = p->weight,
			.tried = p->weight, .loaded = is->loaded,
			.out = is->out, .asked = is->asked,
			.faults = is->faults, .trouble = is->trouble,
			.learns = learns(app, str_of(p->name))
		};
		settings_read(app->arena, p, &all[k]);
		history(s, &all[k]);
	}
	return all;
}

enum err
app_admin_filters(struct app *app, struct request *rq, struct response *rs)
{
	struct page_moderator who = app_admin_who(app);
	int64_t today = clock_now() / 1000000 / DAY;
	struct span weeks = model_span_of(SPAN_WEEK, today);
	struct store_filters s;
	struct page_filters p = {
		.hold_at = app->settings->hold_at,
		.spam_at = app->settings->spam_at
	};
	struct filter_plan plan;
	struct page_filter *all;
	enum err e;

	weeks.first -= 7 * (WEEKS - 1);
	e = store_insight_filters(app->store, rq->arena, &weeks, &s);
	if (e != OK)
		return e;
	app_filter_plan(rq->arena, app->settings, &plan);
	p.all = all = filters_read(app, &plan, &s);
	p.n = plan.nplugins;
	p.qualities = s.qualities;
	p.nqualities = s.nqualities;
	if ((e = tried(rq, &plan, all, &p)) != OK)
		return e;
	previews(rq->arena, &plan, &s, &p);
	if (app_wants_json(rq)) {
		app_answer_json(rs);
		page_filters_json(&rs->body, &p);
		return OK;
	}
	app_answer_html(rs);
	page_filters(&rs->body, &app->site, &who, &p);
	return OK;
}

enum err
app_admin_retrain(struct app *app, struct request *rq, struct response *rs)
{
	enum err e;

	if (!learns(app, rq->params[0]))
		return ERR_NOT_FOUND;
	e = store_insight_wish(app->store, rq->arena, rq->params[0],
	    &app->visitor.account);
	if (e != OK)
		return e;
	if (app_wants_json(rq)) {
		app_answer_json(rs);
		page_ok_json(&rs->body);
		return OK;
	}
	app_answer_see(rs, 303, STR("/foyer/admin/filters"));
	return OK;
}
