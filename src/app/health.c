/* health.c: is it well: the database, the filters. */
#include "app/internal.h"

enum err
app_health(struct app *app, struct request *rq, struct response *rs)
{
	struct page_health health = { 0 };
	struct filter_status *filters;
	struct page_health_filter *list;
	size_t i, n;

	health.database = store_check(app->store);
	app_deferred_status(app, rq->arena, &filters, &n);
	list = arena_alloc(rq->arena, (n + 1) * sizeof(*list));
	for (i = 0; i < n; i++)
		list[i] = (struct page_health_filter){ str_of(filters[i].name),
		    filters[i].loaded, filters[i].out, filters[i].faults };
	health.filters = list;
	health.nfilters = n;
	app_answer_status(rs, health.database == OK ? OK : ERR_DATABASE);
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
