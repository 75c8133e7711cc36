/* comment_edit.c: an author changes a comment within the window. */
#include "app/internal.h"

/* What waits for a moderator goes on waiting, whatever filters say later; what
 * a moderator let in as a newcomer's first is a newcomer's again. */
static void
state_after_edit(const struct comment *old, struct judged *j)
{
	if (old->state == STATE_SPAM || old->state == STATE_HELD) {
		if (j->state == STATE_SHOWN ||
		    (j->state == STATE_HELD &&
		    !app_deferred_ruled(str_of(j->why)))) {
			j->state = old->state;
			j->why = "edited";
		}
		if (old->state == STATE_SPAM)
			j->state = STATE_SPAM;
		return;
	}
	if (j->state == STATE_SHOWN && j->context.shown <= 1 &&
	    j->context.policy.thread == POLICY_FIRST &&
	    !j->context.policy.trusted) {
		j->state = STATE_HELD;
		j->why = "newcomer";
	}
}

static enum err
save(struct app *app, struct store_edit *edit, struct judged *j,
    const struct comment *old, struct comment *c)
{
	state_after_edit(old, j);
	edit->seen = old->state;
	edit->judged = (struct store_judged){ &j->verdict, j->state, j->why };
	return store_edit_save(app->store, app->arena, edit, c);
}

static enum err
edit(struct app *app, struct request *rq, struct comment *c)
{
	struct draft draft;
	struct store_edit edit = { .own = {
		.slug = rq->params[0],
		.person = app->visitor.session.person,
		.window = (int64_t)app->settings->edit_window * 1000000
	}, .draft = &draft };
	struct judged judged;
	struct comment old;
	enum err e;

	if (!model_slug_ok(edit.own.slug) ||
	    !str_int64(rq->params[1], &edit.own.id))
		return ERR_NOT_FOUND;
	e = store_comment_get(app->store, rq->arena, edit.own.slug,
	    edit.own.id, &old);
	if (e != OK)
		return e;
	if (!uuid_eq(&old.person, &edit.own.person))
		return ERR_NOT_FOUND;
	if ((e = app_draft_read(app, rq, &draft)) != OK)
		return e;
	uuid_random(&draft.key);	/* it only names the footnotes */
	draft.author = old.author;
	draft.parent = 0;
	if ((e = app_judge(app, &draft, &judged)) != OK)
		return e;
	e = save(app, &edit, &judged, &old, c);
	if (e != ERR_USED)
		return e;
	app_judge_used(app, &judged);
	return save(app, &edit, &judged, &old, c);
}

enum err
app_comment_edit(struct app *app, struct request *rq, struct response *rs)
{
	struct comment c;
	int64_t id;
	enum err e;

	if (wire_form_has(rq, "preview") && str_int64(rq->params[1], &id))
		return app_form_preview(app, rq, rs, id);
	if ((e = edit(app, rq, &c)) != OK)
		return e;
	app_shared_drop(app->snapshots, rq->params[0]);
	c.slug = rq->params[0];
	app_comment_for_author(app, &c);
	if (app_wants_json(rq)) {
		app_answer_json(rs);
		page_posted_json(&rs->body, &app->site, &c);
		return OK;
	}
	app_answer_see(rs, 303, app_back_with(app, arena_fmt(rq->arena,
	    "/foyer/threads/" STR_FMT "/comments/%lld", STR_ARG(c.slug),
	    (long long)c.id), app_back(app, rq)));
	return OK;
}
