/* comment_vote.c: a reader finds a comment helpful, or no longer. */
#include "app/internal.h"

bool
app_comment_place(const struct app *app, const struct request *rq,
    struct store_place *ret)
{
	ret->slug = rq->params[0];
	ret->person = app->visitor.session.person;
	return model_slug_ok(ret->slug) && str_int64(rq->params[1], &ret->id);
}

struct str
app_comment_path(const struct app *app, const struct store_place *at,
    const char *act)
{
	return arena_fmt(app->arena, "/foyer/threads/" STR_FMT
	    "/comments/%lld/%s", STR_ARG(at->slug), (long long)at->id, act);
}

static enum err
vote_page(struct app *app, const struct request *rq, struct response *rs,
    enum err error)
{
	struct page_vote page = {
		.token = app_visitor_form_token(app),
		.from = app_back(app, rq), .error = error
	};
	struct store_place at;
	struct comment c;
	enum err e;

	if (!app_comment_place(app, rq, &at))
		return ERR_NOT_FOUND;
	e = store_vote_get(app->store, rq->arena, &at, &c, &page.voted);
	if (e != OK)
		return e;
	if (c.state != STATE_SHOWN)
		return ERR_NOT_FOUND;
	page.own = uuid_eq(&c.person, &at.person);
	page.comment = &c;
	app_answer_html(rs);
	app_words_thread(app, rs, at.slug);
	page_vote(&rs->body, &app->site, &page);
	return OK;
}

enum err
app_comment_vote_show(struct app *app, struct request *rq,
    struct response *rs)
{
	return vote_page(app, rq, rs, OK);
}

enum err
app_comment_vote(struct app *app, struct request *rq, struct response *rs)
{
	struct str want = wire_form_get(rq, "vote");
	struct store_place at;
	struct store_vote vote;
	enum err e;

	if (!app_comment_place(app, rq, &at))
		return ERR_NOT_FOUND;
	if (want.len > 0 && !str_is(want, "helpful") && !str_is(want, "none"))
		return ERR_VOTE_BAD;
	e = store_vote_cast(app->store, rq->arena, &at, !str_is(want, "none"),
	    &vote);
	if (e != OK)
		return e;
	if (vote.told)
		app_shared_drop(app->snapshots, at.slug);
	if (app_wants_json(rq)) {
		app_answer_json(rs);
		app_words_thread(app, rs, at.slug);
		page_vote_json(&rs->body, vote.votes, vote.voted);
		return OK;
	}
	app_answer_see(rs, 303, app_back_with(app, app_comment_path(app, &at,
	    "vote"), app_back(app, rq)));
	return OK;
}

/* The same vote with a form's token, for a browser that says nothing of where
 * it was sent from; and where it is one's own comment. */
enum err
app_comment_vote_again(struct app *app, const struct request *rq,
    struct response *rs, enum err e)
{
	if (app_wants_json(rq) || (e != ERR_TOKEN_BAD && e != ERR_OWN))
		return e;
	rs->body.len = 0;
	app_answer_status(rs, e);
	return vote_page(app, rq, rs, e) == OK ? OK : e;
}
