/* tally.c: what moderators did, told to everybody where the owner says so. */
#include "app/internal.h"

enum err
app_tally(struct app *app, struct request *rq, struct response *rs)
{
	struct store_choice choice;
	struct tally tally;
	enum err e = store_right_choice(app->store, &choice);

	if (e == OK && !choice.tally)
		return ERR_NOT_FOUND;
	if (e == OK)
		e = store_tally_get(app->store, rq->arena, &tally);
	if (e != OK)
		return e;
	if (app_wants_json(rq)) {
		app_answer_json(rs);
		page_tally_json(&rs->body, &tally);
		return OK;
	}
	app_answer_html(rs);
	page_tally(&rs->body, &app->site, &tally);
	return OK;
}
