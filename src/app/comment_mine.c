/* comment_mine.c: one's own comment: to see it wait, to delete it; anybody's,
 * to find its place. */
#include "app/internal.h"

static enum err
comment_read(struct app *app, struct request *rq, struct comment *c)
{
	int64_t id;

	if (!model_slug_ok(rq->params[0]) || !str_int64(rq->params[1], &id))
		return ERR_NOT_FOUND;
	return store_comment_get(app->store, rq->arena, rq->params[0], id, c);
}

static enum err
go_to(struct app *app, struct response *rs, struct comment *c)
{
	struct buf url = buf_new(app->arena, 128);
	enum err e;

	if ((e = store_place_find(app->store, app->arena, c)) != OK)
		return e;
	page_comment_url(&url, &app->site, c);
	app_answer_see(rs, 302, buf_view(&url));
	return OK;
}

enum err
app_comment_mine(struct app *app, struct request *rq, struct response *rs)
{
	const struct visitor *v = &app->visitor;
	struct comment c;
	enum err e;

	if ((e = comment_read(app, rq, &c)) != OK)
		return e;
	if (!v->known || !uuid_eq(&c.person, &v->session.person)) {
		if (c.state == STATE_SHOWN)
			return go_to(app, rs, &c);
		return ERR_NOT_FOUND;
	}
	app_comment_for_author(app, &c);
	app_anchor_show(rq->arena, &c, 1);
	c.after = -1;
	app_answer_html(rs);
	app_words_thread(app, rs, c.slug);
	page_mine(&rs->body, &app->site, &c, &(struct page_own){
	    app_visitor_form_token(app), app_back(app, rq) });
	return OK;
}

enum err
app_comment_delete(struct app *app, struct request *rq, struct response *rs)
{
	struct str from = app_back(app, rq);
	struct store_own own = {
		.slug = rq->params[0],
		.person = app->visitor.session.person,
		.window = (int64_t)app->settings->edit_window * 1000000
	};
	enum err e;

	if (!model_slug_ok(own.slug) || !str_int64(rq->params[1], &own.id))
		return ERR_NOT_FOUND;
	e = store_edit_erase(app->store, rq->arena, &own);
	if (e != OK)
		return e;
	app_shared_drop(app->snapshots, rq->params[0]);
	if (app_wants_json(rq)) {
		app_answer_json(rs);
		page_ok_json(&rs->body);
		return OK;
	}
	if (from.len == 0)
		from = arena_fmt(rq->arena, "%s" STR_FMT,
		    app->settings->reviews, STR_ARG(own.slug));
	app_answer_see(rs, 303, arena_fmt(rq->arena, STR_FMT "#comments",
	    STR_ARG(from)));
	return OK;
}

enum err
app_comment_find(struct app *app, struct request *rq, struct response *rs)
{
	struct comment c;
	int64_t id;
	enum err e;

	if (!str_int64(rq->params[0], &id) || id < 1)
		return ERR_NOT_FOUND;
	e = store_comment_find(app->store, rq->arena, id, &c);
	return e != OK ? e : go_to(app, rs, &c);
}
