/* comment_form.c: a form of one's own: to reply, to write on a passage. */
#include "app/internal.h"

/* What every fresh form has. */
static void
form_fresh(struct app *app, const struct request *rq, struct page_form *form)
{
	struct uuid fresh;
	char key[UUID_TEXT];

	uuid_random(&fresh);
	uuid_text(&fresh, key);
	form->key = arena_str(app->arena, str_of(key));
	form->token = app_visitor_form_token(app);
	form->from = app_back(app, rq);
	if (app->visitor.known)
		form->author = app->visitor.session.name;
}

enum err
app_comment_passage(struct app *app, struct request *rq, struct response *rs)
{
	struct page_form form = { .slug = rq->params[0] };
	struct store_passage_text review;
	enum err e;

	if (!model_slug_ok(form.slug) ||
	    !str_int64(wire_query_get(rq, "paragraph"), &form.paragraph))
		return ERR_NOT_FOUND;
	e = store_passage_text(app->store, rq->arena, form.slug, &review);
	if (e != OK)
		return e;
	if (form.paragraph < 1 || (uint64_t)form.paragraph > review.n)
		return ERR_NOT_FOUND;
	form.passage = review.paragraphs[form.paragraph - 1];
	form.anchor = text_first(form.passage, MODEL_QUOTE_MAX);
	form_fresh(app, rq, &form);
	app_answer_html(rs);
	app_words_thread(app, rs, form.slug);
	page_form(&rs->body, &app->site, &form, NULL);
	return OK;
}

enum err
app_comment_reply(struct app *app, struct request *rq, struct response *rs)
{
	struct page_form form = { .slug = rq->params[0] };
	struct comment parent;
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
	form_fresh(app, rq, &form);
	app_answer_html(rs);
	app_words_thread(app, rs, form.slug);
	page_form(&rs->body, &app->site, &form, &parent);
	return OK;
}
