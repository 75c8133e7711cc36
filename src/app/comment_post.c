/* comment_post.c: a reader leaves a comment. */
#include <string.h>

#include "app/internal.h"

/* Who only sent the same words from the same address again has not shown that
 * the comment is theirs. */
static bool
stranger(const struct app *app, const struct request *rq, bool again)
{
	return again && !app->visitor.known &&
	    wire_form_get(rq, "key").len == 0;
}

/* A new guest gets a session, so that the comment stays theirs. */
static enum err
remember(struct app *app, const struct request *rq, struct response *rs,
    const struct draft *d, bool again)
{
	struct session s = {
		.person = d->person, .role = ROLE_GUEST, .name = d->author,
		.made = d->sent, .ends = d->sent +
		    (int64_t)app->settings->session_days * 86400 * 1000000
	};

	if (app->visitor.known || stranger(app, rq, again))
		return OK;
	return app_visitor_remember(app, rq, rs, &s);
}

static void
answer_posted(struct app *app, const struct request *rq, struct response *rs,
    struct comment *c, bool again)
{
	struct str from = app_back(app, rq);
	struct buf url = buf_new(rq->arena, 128);

	app_comment_for_author(app, c);
	if (app_wants_json(rq)) {
		rs->status = 201;
		app_answer_json(rs);
		page_posted_json(&rs->body, &app->site, c);
		return;
	}
	if (c->state != STATE_SHOWN && stranger(app, rq, again)) {
		/* Only now: without a session there is no way back to it. */
		c->edit_until = 0;
		app_answer_html(rs);
		app_words_thread(app, rs, c->slug);
		page_mine(&rs->body, &app->site, c,
		    &(struct page_own){ .from = from });
		return;
	}
	if (c->state != STATE_SHOWN) {
		app_answer_see(rs, 303, app_back_with(app, arena_fmt(rq->arena,
		    "/foyer/threads/" STR_FMT "/comments/%lld",
		    STR_ARG(c->slug), (long long)c->id), from));
		return;
	}
	if (from.len > 0)
		buf_fmt(&url, STR_FMT "#comment-%lld", STR_ARG(from),
		    (long long)c->id);
	else
		page_comment_url(&url, &app->site, c);
	app_answer_see(rs, 303, buf_view(&url));
}

/* What can't be added now may have been when it was sent first: the store
 * knows. What can be again by then waits: no filter was asked. */
static enum err
judge(struct app *app, struct draft *d, struct judged *j)
{
	enum err e = app_judge(app, d, j);

	if (e != ERR_THREAD_CLOSED && e != ERR_PARENT_BAD &&
	    e != ERR_LOCKED)
		return e;
	memset(j, 0, sizeof(*j));
	j->state = STATE_HELD;
	j->why = "silent filter";
	return OK;
}

static enum err
keep(struct app *app, const struct draft *d, const struct judged *j,
    struct store_added *ret)
{
	return store_comment_add(app->store, app->arena, d,
	    &(struct store_judged){ &j->verdict, j->state, j->why }, ret);
}

static enum err
add(struct app *app, struct draft *d, struct judged *j,
    struct store_added *ret)
{
	enum err e = judge(app, d, j);

	if (e == OK)
		e = keep(app, d, j, ret);
	if (e != ERR_USED)
		return e;
	app_judge_used(app, j);
	return keep(app, d, j, ret);
}

enum err
app_comment_post(struct app *app, struct request *rq, struct response *rs)
{
	struct draft draft;
	struct judged judged;
	struct store_added added;
	int64_t imported = 0;
	enum err e;

	if (wire_form_has(rq, "preview"))
		return app_form_preview(app, rq, rs, 0);
	if ((e = app_draft_read(app, rq, &draft)) != OK ||
	    (e = app_anchor_settle(app, wire_form_get(rq, "paragraph"),
	    &draft, &imported)) != OK ||
	    (e = app_follow_read(app, rq, &draft)) != OK)
		return e;
	e = add(app, &draft, &judged, &added);
	if (e == ERR_CONFLICT)		/* judged by what has just changed */
		e = add(app, &draft, &judged, &added);
	if (e != OK)
		return e;
	if (imported != 0 && (e = store_passage_posted(app->store, draft.slug,
	    added.comment.id, imported)) != OK)
		return e;
	if (!added.again)
		app_metrics_comment(app->metrics, added.comment.state);
	if (added.comment.state == STATE_SHOWN)
		app_shared_drop(app->snapshots, draft.slug);
	if ((e = remember(app, rq, rs, &draft, added.again)) != OK)
		return e;
	if (judged.context.thread.count >= MODEL_PAGE_ROOTS / 2)
		added.comment.after = -1;	/* maybe on a later page */
	answer_posted(app, rq, rs, &added.comment, added.again);
	return OK;
}
