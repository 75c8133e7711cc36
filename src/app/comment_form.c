/* comment_form.c: a form of one's own: to reply, without JavaScript. */
#include "app/internal.h"

enum err
app_comment_reply(struct app *app, struct request *rq, struct response *rs)
{
	struct page_form form = { .slug = rq->params[0] };
	struct comment parent;
	char key[UUID_TEXT];
	struct uuid fresh;
	enum err e;

	if (!model_slug_ok(form.slug) ||
	    !str_int64(wire_query_get(rq, "parent"), &form.parent))
		return ERR_NOT_FOUND;
	e = store_comment_get(app->store, rq->arena, form.slug, form.parent,
	    &parent);
	if (e != OK)
		return e;
	if (parent.state != STATE_SHOWN)
		return ERR_NOT_FOUND;
	uuid_random(&fresh);
	uuid_text(&fresh, key);
	form.key = str_of(key);
	form.token = app_visitor_form_token(app);
	form.from = app_back(app, rq);
	if (app->visitor.known)
		form.author = app->visitor.session.name;
	app_answer_html(rs);
	app_words_thread(app, rs, form.slug);
	page_form(&rs->body, &app->site, &form, &parent);
	return OK;
}
