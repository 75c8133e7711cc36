/* challenge.c: what a form must bring an answer to, where a filter asks it. */
#include "app/internal.h"

enum err
app_challenge(struct app *app, struct request *rq, struct response *rs)
{
	struct str challenge;
	enum err e;

	e = filter_challenge(app->filters, rq->arena, &challenge);
	if (e != OK)
		return e;
	app_answer_json(rs);
	buf_str(&rs->body, challenge);
	return OK;
}
