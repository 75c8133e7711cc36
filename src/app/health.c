/* health.c: is it well: the database, the filters. */
#include "app/internal.h"

enum err
app_health(struct app *app, struct request *rq, struct response *rs)
{
	struct page_health health = { 0 };
	struct filter_status *filters, *slow = NULL;
	struct page_health_filter *list;
	size_t i, n, nslow = 0;
	enum err e;

	e = store_check(app->store);
	health.database = e == OK;
	filter_hub_status(app->hub, rq->arena, &filters, &n);
	if (app->slow != NULL)
		filter_hub_status(app->slow, rq->arena, &slow, &nslow);
	list = arena_alloc(rq->arena, (n + nslow + 1) * sizeof(*list));
	for (i = 0; i < n + nslow; i++) {
		const struct filter_status *f = i < n ? &filters[i] :
		    &slow[i - n];

		list[i] = (struct page_health_filter){ str_of(f->name),
		    f->loaded, f->out, f->faults };
	}
	health.filters = list;
	health.nfilters = n + nslow;
	app_answer_status(rs, e == OK ? OK : ERR_DATABASE);
	app_answer_json(rs);
	page_health_json(&rs->body, &health);
	return OK;
}

enum err
app_health_live(struct app *app, struct request *rq, struct response *rs)
{
	(void)app;
	(void)rq;
	app_answer_json(rs);
	page_health_state(&rs->body, true);
	return OK;
}

/* Filters that are out hold comments; nobody is sent away. */
enum err
app_health_ready(struct app *app, struct request *rq, struct response *rs)
{
	bool ready = store_check(app->store) == OK;

	(void)rq;
	app_answer_status(rs, ready ? OK : ERR_DATABASE);
	app_answer_json(rs);
	page_health_state(&rs->body, ready);
	return OK;
}
