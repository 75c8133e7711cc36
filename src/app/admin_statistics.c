/* admin_statistics.c: moderators look at what happened. */
#include "app/internal.h"

enum { DAY = 86400 };

enum err
app_admin_statistics(struct app *app, struct request *rq, struct response *rs)
{
	struct page_moderator who = app_admin_who(app);
	struct str span = wire_query_get(rq, "span");
	struct str on = wire_query_get(rq, "on");
	int64_t today = clock_now() / 1000000 / DAY, day = today;
	struct insight is = { .ndays = 0 };
	enum model_span which = SPAN_MONTH;
	enum err e;

	if ((span.len > 0 && !model_span_parse(span, &which)) ||
	    (on.len > 0 && !model_span_day(on, &day)))
		return ERR_NOT_FOUND;
	is.span = model_span_of(which, day);
	if ((e = store_insight_read(app->store, rq->arena, &is)) != OK)
		return e;
	if (app_wants_json(rq)) {
		app_answer_json(rs);
		page_statistics_json(&rs->body, &is);
		return OK;
	}
	app_answer_html(rs);
	page_statistics(&rs->body, &app->site, &who, &is, today);
	return OK;
}
