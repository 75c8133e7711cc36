/* admin_queue.c: moderators: what waits for them. */
#include "app/internal.h"

enum err
app_admin_queue(struct app *app, struct request *rq, struct response *rs)
{
	struct page_moderator who = app_admin_who(app);
	struct page_queue queue = { 0 };
	struct store_reported reported = { NULL, 0 };
	struct store_queue held;
	int64_t after;
	size_t i;
	enum err e;

	if (!app_admin_after(rq, "after", &after))
		return ERR_NOT_FOUND;
	e = store_queue_list(app->store, rq->arena, after, &held);
	if (e == OK && after == 0)
		e = store_report_list(app->store, rq->arena, 0, &reported);
	if (e != OK)
		return e;
	queue.reported = reported.rows;
	queue.nreported = reported.n;
	for (i = 0; i < held.n; i++)
		app_anchor_show(rq->arena, &held.rows[i].comment, 1);
	for (i = 0; i < reported.n; i++)
		app_anchor_show(rq->arena, &reported.rows[i].comment, 1);
	queue.held = held.rows;
	queue.n = held.n;
	queue.total = held.total;
	if (queue.n == 100)
		queue.next = held.rows[queue.n - 1].comment.id;
	if (app_wants_json(rq)) {
		app_answer_json(rs);
		page_queue_json(&rs->body, &queue);
		return OK;
	}
	app_answer_html(rs);
	page_queue(&rs->body, &app->site, &who, &queue);
	return OK;
}
