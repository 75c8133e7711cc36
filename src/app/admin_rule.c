/* admin_rule.c: a moderator rules on a comment. */
#include "app/internal.h"

enum err
app_admin_rule(struct app *app, struct request *rq, struct response *rs)
{
	struct store_ruling ruling = {
		.slug = rq->params[0], .seen = STATE_HELD, .version = -1,
		.actor = &app->visitor.account
	};
	struct str from;
	struct comment c;
	enum err e;

	if (!model_slug_ok(rq->params[0]) ||
	    !str_int64(rq->params[1], &ruling.id))
		return ERR_NOT_FOUND;
	if (!model_act_parse(wire_form_get(rq, "act"), &ruling.act))
		return ERR_ACT_BAD;
	from = wire_form_get(rq, "seen");
	if (from.len > 0 && !model_state_parse(from, &ruling.seen))
		return ERR_ACT_BAD;
	from = wire_form_get(rq, "version");
	if (from.len > 0 && !str_int64(from, &ruling.version))
		return ERR_ACT_BAD;
	e = text_clean(rq->arena, wire_form_get(rq, "reason"), false,
	    &ruling.reason);
	if (e != OK)
		return e;
	ruling.reason = str_trim(ruling.reason);
	if (text_length(ruling.reason) > MODEL_REASON_MAX)
		return ERR_REASON_LONG;
	e = store_queue_rule(app->store, rq->arena, &ruling, &c);
	if (e != OK)
		return e;
	app_shared_drop(app->snapshots, ruling.slug);
	if (app_wants_json(rq)) {
		c.slug = rq->params[0];
		app_answer_json(rs);
		page_posted_json(&rs->body, &app->site, &c);
		return OK;
	}
	if (str_is(wire_form_get(rq, "back"), "thread"))
		app_answer_see(rs, 303, arena_fmt(rq->arena,
		    "/foyer/admin/threads/" STR_FMT, STR_ARG(rq->params[0])));
	else
		app_answer_see(rs, 303, STR("/foyer/admin/"));
	return OK;
}
