/* challenge.c: what a form must bring an answer to, where a filter asks it. */
#include "app/internal.h"

enum err
app_challenge(struct app *app, struct request *rq, struct response *rs)
{
	struct str review = wire_query_get(rq, "review"), challenge;
	enum err e;

	if (app->settings->challenge && !model_slug_ok(review))
		return ERR_REVIEW_BAD;
	e = filter_challenge(app->filters, rq->arena, review, &challenge);
	if (e != OK)
		return e;
	app_answer_json(rs);
	buf_str(&rs->body, challenge);
	return OK;
}
