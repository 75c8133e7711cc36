/* desk.c: what moderators' pages and acts have in common. */
#include "app/internal.h"

enum err
app_desk_words(const struct request *rq, const char *field, bool lines,
    struct str *ret)
{
	enum err e = text_clean(rq->arena, wire_form_get(rq, field), lines,
	    ret);

	*ret = str_trim(*ret);
	return e;
}

enum err
app_desk_reason(const struct request *rq, struct str *ret)
{
	enum err e = app_desk_words(rq, "reason", false, ret);

	if (e == OK && text_length(*ret) > MODEL_REASON_MAX)
		e = ERR_REASON_LONG;
	return e;
}

void
app_desk_done(struct app *app, const struct request *rq, struct response *rs,
    struct str to)
{
	(void)app;
	if (app_wants_json(rq)) {
		app_answer_json(rs);
		page_ok_json(&rs->body);
		return;
	}
	app_answer_see(rs, 303, to);
}

bool
app_desk_ticked(const struct request *rq, const char *field)
{
	struct str value = wire_form_get(rq, field);

	return value.len > 0 && !str_is(value, "false");
}
