/* metrics_text.c: /foyer/metrics, in Prometheus's text format 0.0.4. */
#include "app/internal.h"

#define REQUESTS	"foyer_requests_total"
#define DURATION	"foyer_request_duration_seconds"
/* Of what it serves as files nginx knows (conf/nginx/foyer.conf); to whoever
 * asks without it, a comment. */
#define NGINX	"# nginx: <!--#include virtual=\"/foyer/metrics/nginx\" -->\n"

/* What a metric is, before its first sample. */
static void
head(struct buf *b, const char *name, const char *type, const char *help)
{
	buf_fmt(b, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void
seconds(struct buf *b, int64_t usec)
{
	buf_fmt(b, "%lld.%06lld", (long long)(usec / 1000000),
	    (long long)(usec % 1000000));
}

static void
one(struct buf *b, const char *name, const char *type, const char *help,
    int64_t n)
{
	head(b, name, type, help);
	buf_fmt(b, "%s %lld\n", name, (long long)n);
}

static void
one_of_seconds(struct buf *b, const char *name, const char *type,
    const char *help, int64_t usec)
{
	head(b, name, type, help);
	buf_fmt(b, "%s ", name);
	seconds(b, usec);
	buf_char(b, '\n');
}

static void
labelled(struct buf *b, const char *name, const char *label,
    const char *value, int64_t n)
{
	buf_fmt(b, "%s{%s=\"%s\"} %lld\n", name, label, value, (long long)n);
}

/* ---- requests ---- */

static int64_t
asked(const struct metrics *m, size_t route)
{
	int64_t n = 0;
	size_t t;

	for (t = 0; t < METRICS_STEPS; t++)
		n += app_metrics_get(&m->within[route][t]);
	return n;
}

static void
put_route(const struct app *app, struct buf *b, size_t route)
{
	struct str pattern;
	const char *method = app_route_at(app, route, &pattern);

	buf_fmt(b, "method=\"%s\",route=\"" STR_FMT "\"", method,
	    STR_ARG(pattern));
}

static void
put_statuses(const struct app *app, struct buf *b, size_t route)
{
	int64_t n;
	size_t s;

	for (s = 0; s < METRICS_STATUSES; s++) {
		n = app_metrics_get(&app->metrics->requests[route][s]);
		if (n == 0)
			continue;
		buf_lit(b, REQUESTS "{");
		put_route(app, b, route);
		if (app_metrics_status(s) != 0)
			buf_fmt(b, ",status=\"%d\"", app_metrics_status(s));
		else
			buf_lit(b, ",status=\"other\"");
		buf_fmt(b, "} %lld\n", (long long)n);
	}
}

static void
put_histogram(const struct app *app, struct buf *b, size_t route)
{
	int64_t n = 0;
	size_t t;

	for (t = 0; t < METRICS_STEPS; t++) {
		n += app_metrics_get(&app->metrics->within[route][t]);
		buf_lit(b, DURATION "_bucket{");
		put_route(app, b, route);
		buf_lit(b, ",le=\"");
		if (app_metrics_step(t) != 0)
			seconds(b, app_metrics_step(t));
		else
			buf_lit(b, "+Inf");
		buf_fmt(b, "\"} %lld\n", (long long)n);
	}
	buf_lit(b, DURATION "_sum{");
	put_route(app, b, route);
	buf_lit(b, "} ");
	seconds(b, app_metrics_get(&app->metrics->usec[route]));
	buf_lit(b, "\n" DURATION "_count{");
	put_route(app, b, route);
	buf_fmt(b, "} %lld\n", (long long)n);
}

static void
requests(const struct app *app, struct buf *b)
{
	size_t r;

	head(b, REQUESTS, "counter", "Requests that foyerd answered; pages "
	    "that nginx served as files are not among them.");
	for (r = 0; r < METRICS_ROUTES; r++)
		put_statuses(app, b, r);
	head(b, DURATION, "histogram", "From a request's acceptance to its "
	    "answer.");
	for (r = 0; r < METRICS_ROUTES; r++)
		if (asked(app->metrics, r) > 0)
			put_histogram(app, b, r);
}

/* ---- the rest ---- */

static void
database(struct app *app, struct buf *b)
{
	int64_t held = 0;
	bool up = store_queue_total(app->store, &held) == OK;

	one(b, "foyer_database_up", "gauge", "Whether PostgreSQL answers.",
	    up);
	if (up)
		one(b, "foyer_queue_comments", "gauge", "Comments that wait "
		    "for a moderator, counted to 1000.", held);
	one(b, "foyer_database_trips_total", "counter", "Round trips that "
	    "requests made to PostgreSQL.",
	    app_metrics_get(&app->metrics->trips));
	one_of_seconds(b, "foyer_database_wait_seconds_total", "counter",
	    "Time that requests waited for PostgreSQL.",
	    app_metrics_get(&app->metrics->waited));
}

static void
mail(struct app *app, struct buf *b)
{
	const char *name = "foyer_mails_total";
	int64_t n, age;

	head(b, name, "counter", "Mails that left the outbox, by what became "
	    "of them.");
	labelled(b, name, "result", "sent",
	    app_metrics_get(&app->metrics->mails[METRICS_SENT]));
	labelled(b, name, "result", "failed",
	    app_metrics_get(&app->metrics->mails[METRICS_GIVEN_UP]));
	if (store_outbox_waiting(app->store, &n, &age) != OK)
		return;
	one(b, "foyer_outbox_mails", "gauge", "Mails that wait in the "
	    "database.", n);
	one_of_seconds(b, "foyer_outbox_age_seconds", "gauge", "How long the "
	    "oldest of them waits.", age);
}

static void
comments(const struct app *app, struct buf *b)
{
	static const enum model_state states[] = {
		STATE_SHOWN, STATE_HELD, STATE_SPAM
	};
	const char *name = "foyer_comments_total";
	size_t i;

	head(b, name, "counter", "Comments that were posted here, by what "
	    "became of them at once.");
	for (i = 0; i < COUNT(states); i++)
		labelled(b, name, "state", model_state_name(states[i]),
		    app_metrics_get(&app->metrics->comments[states[i]]));
}

static void
filters(const struct app *app, struct request *rq, struct buf *b)
{
	static const struct {
		const char *name, *type, *help;
		bool of_usec;
	} rows[] = {
		{ "foyer_filter_asked_total", "counter",
		    "Questions to a filter since its process began.",
		    false },
		{ "foyer_filter_faults_total", "counter",
		    "Crashes and silences of a filter.", false },
		{ "foyer_filter_abstained_total", "counter",
		    "Comments of which a filter could not tell.", false },
		{ "foyer_filter_challenges_total", "counter",
		    "Challenges that a filter gave out.", false },
		{ "foyer_filter_seconds_total", "counter",
		    "Time that a filter took.", true },
		{ "foyer_filter_loaded", "gauge",
		    "Whether a filter is in its process.", false },
		{ "foyer_filter_out", "gauge",
		    "Whether a filter rests after five faults.", false },
	};
	struct filter_status *all;
	size_t i, k, n;

	app_deferred_status(app, rq->arena, &all, &n);
	for (i = 0; i < COUNT(rows); i++) {
		head(b, rows[i].name, rows[i].type, rows[i].help);
		for (k = 0; k < n; k++) {
			const struct filter_status *f = &all[k];
			int64_t values[] = { f->asked, f->faults, f->abstained,
			    f->challenges, f->usec, f->loaded, f->out };

			buf_fmt(b, "%s{filter=\"%s\"} ", rows[i].name,
			    f->name);
			if (rows[i].of_usec)
				seconds(b, values[i]);
			else
				buf_int(b, values[i]);
			buf_char(b, '\n');
		}
	}
}

static void
pages(const struct metrics *m, struct buf *b)
{
	static const char *const names[METRICS_PAGES] = {
		[METRICS_PUBLISHED] = "published",
		[METRICS_SHARED] = "shared", [METRICS_DISCARDED] = "discarded"
	};
	const char *name = "foyer_snapshots_total";
	int64_t heard = app_metrics_get(&m->heard);
	size_t i;

	head(b, name, "counter", "Pages that nginx did not have: made into a "
	    "file, taken from another worker, or out of date at once.");
	for (i = 0; i < METRICS_PAGES; i++)
		labelled(b, name, "result", names[i],
		    app_metrics_get(&m->pages[i]));
	one(b, "foyer_changes_total", "counter", "Threads' changes that the "
	    "change feed brought.", app_metrics_get(&m->changes));
	if (heard > 0)			/* read first: it moves on */
		one_of_seconds(b, "foyer_change_feed_age_seconds", "gauge",
		    "How long ago the change feed was read.",
		    clock_mono() - heard);
}

static void
processes(const struct app *app, struct buf *b)
{
	const struct metrics *m = app->metrics;
	const char *lost = "foyer_restarts_total";
	const char *reloads = "foyer_reloads_total";

	head(b, lost, "counter", "Processes that died and were replaced.");
	labelled(b, lost, "process", "worker",
	    app_metrics_get(&m->lost[PROC_WORKER]));
	labelled(b, lost, "process", "background",
	    app_metrics_get(&m->lost[PROC_BACKGROUND]));
	labelled(b, lost, "process", "filters",
	    app_metrics_get(&m->lost[PROC_HOST]));
	head(b, reloads, "counter", "Reloads (SIGHUP), by what came of them.");
	labelled(b, reloads, "result", "done", app_metrics_get(&m->reloads));
	labelled(b, reloads, "result", "refused",
	    app_metrics_get(&m->refused));
	one(b, "foyer_workers", "gauge", "Workers that the settings ask for.",
	    app->settings->workers);
	one(b, "foyer_schema", "gauge", "The migration that this program "
	    "knows.", store_migration_last());
	one_of_seconds(b, "foyer_start_time_seconds", "gauge", "When the "
	    "daemon started, since 1970.", m->began);
}

enum err
app_metrics_show(struct app *app, struct request *rq, struct response *rs)
{
	struct buf *b = &rs->body;

	rs->type = "text/plain; version=0.0.4; charset=utf-8";
	requests(app, b);
	database(app, b);
	mail(app, b);
	comments(app, b);
	filters(app, rq, b);
	pages(app->metrics, b);
	processes(app, b);
	buf_lit(b, NGINX);
	return OK;
}
