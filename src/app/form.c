/* form.c: a comment's form as it was sent, given back: with what was wrong, or
 * with how the comment would look. */
#include "app/internal.h"

/* What the reader answers, where there is still a database to ask. */
static bool
parent_read(struct app *app, const struct page_form *form,
    struct comment *parent)
{
	return form->parent > 0 && err_status(form->error) < 500 &&
	    store_comment_get(app->store, app->arena, form->slug,
	    form->parent, parent) == OK && parent->state == STATE_SHOWN;
}

static void
form_read(struct app *app, const struct request *rq, struct page_form *form)
{
	*form = (struct page_form){
		.slug = rq->params[0],
		.author = wire_form_get(rq, "author"),
		.body = wire_form_get(rq, "body"),
		.email = wire_form_get(rq, "email"),
		.anchor = wire_form_get(rq, "anchor"),
		.key = wire_form_get(rq, "key"),
		.token = app_visitor_form_token(app),
		.spoiler = app_draft_spoiler(rq),
		.follow = app_desk_ticked(rq, "follow"),
		.from = app_back(app, rq)
	};
	if (!str_int64(wire_form_get(rq, "parent"), &form->parent))
		form->parent = 0;
	if (!str_int64(wire_form_get(rq, "paragraph"), &form->paragraph))
		form->paragraph = 0;
	/* A form that came without a key stays without: it may have been
	 * posted. */
}

static void
form_write(struct app *app, struct response *rs, struct page_form *form)
{
	struct comment parent;

	rs->body.len = 0;
	app_anchor_again(app->arena, form);
	app_answer_html(rs);
	if (err_status(form->error) < 500)
		app_words_thread(app, rs, form->slug);
	page_form(&rs->body, &app->site, form,
	    parent_read(app, form, &parent) ? &parent : NULL);
}

enum err
app_form_again(struct app *app, const struct request *rq, struct response *rs,
    enum err e)
{
	struct page_form form;
	char key[UUID_TEXT];
	struct uuid fresh;

	if (app_wants_json(rq) || e == ERR_NOT_FOUND || e == ERR_CROSS_SITE)
		return e;
	form_read(app, rq, &form);
	form.error = e;
	if (e == ERR_KEY_USED || e == ERR_KEY_BAD) {
		uuid_random(&fresh);
		uuid_text(&fresh, key);
		form.key = arena_str(rq->arena, str_of(key));
	}
	app_answer_status(rs, e);
	form_write(app, rs, &form);
	return OK;
}

enum err
app_form_edit_again(struct app *app, const struct request *rq,
    struct response *rs, enum err e)
{
	struct page_form form;

	form_read(app, rq, &form);
	form.author = app->visitor.session.name;
	form.error = e;
	if (app_wants_json(rq) || e == ERR_NOT_FOUND || e == ERR_CROSS_SITE ||
	    !str_int64(rq->params[1], &form.comment))
		return e;
	app_answer_status(rs, e);
	form_write(app, rs, &form);
	return OK;
}

/* As it would be shown: no filter is asked, nothing is written down. */
enum err
app_form_preview(struct app *app, const struct request *rq,
    struct response *rs, int64_t comment)
{
	struct draft d = { .author = { "-", 1 }, .stranger = true };
	struct markup_about about = { .id = STR("preview") };
	struct store_context context;
	struct page_form form;
	struct markup m;
	enum err e;

	form_read(app, rq, &form);
	form.comment = comment;
	d.slug = form.slug;
	d.body = form.body;
	if (!model_slug_ok(form.slug))
		return ERR_NOT_FOUND;
	if ((e = model_draft_check(app->arena, &d)) != OK ||
	    (e = store_comment_context(app->store, app->arena, &d,
	    &context)) != OK)
		return e;
	about.minutes = context.thread.minutes;
	if ((e = markup_render(app->arena, d.body, &about, &m)) != OK)
		return e;
	if (app_wants_json(rq)) {
		app_answer_json(rs);
		page_preview_json(&rs->body, m.html);
		return OK;
	}
	form.preview = m.html;
	form_write(app, rs, &form);
	return OK;
}

enum err
app_comment_preview(struct app *app, struct request *rq, struct response *rs)
{
	return app_form_preview(app, rq, rs, 0);
}
