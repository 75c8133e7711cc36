/* judge.c: from a form to a judged draft; what posting and editing share. */
#include <string.h>

#include "app/internal.h"

/* The same words from the same address are the same form sent twice, unless
 * they come from two people who have shown that they are two. */
static void
draft_own_key(struct app *app, struct draft *d)
{
	const struct visitor *v = &app->visitor;
	struct uuid guest;

	seal_hash_key(app->keys, d, &d->key);
	seal_hash_guest(app->keys, &d->key, &guest);
	if (!v->known || uuid_eq(&guest, &v->session.person))
		return;
	d->person = v->session.person;
	seal_hash_key(app->keys, d, &d->key);
}

static enum err
draft_key(struct app *app, const struct request *rq, struct draft *d)
{
	struct str key = wire_form_get(rq, "key");

	if (key.len > 0)
		return uuid_parse(key, &d->key) ? OK : ERR_KEY_BAD;
	draft_own_key(app, d);
	return OK;
}

/* A session's person; else one made from the key, so that the same form sent
 * twice is the same person's. */
static void
draft_person(struct app *app, struct draft *d)
{
	const struct visitor *v = &app->visitor;

	if (v->known) {
		d->person = v->session.person;
		d->has_account = v->session.has_account;
		return;
	}
	seal_hash_guest(app->keys, &d->key, &d->person);
	d->stranger = true;
	d->has_account = false;
}

static enum err
draft_parent(const struct request *rq, struct draft *d)
{
	struct str parent = wire_form_get(rq, "parent");

	if (parent.len == 0)
		return OK;
	if (!str_int64(parent, &d->parent) || d->parent < 1)
		return ERR_PARENT_BAD;
	return OK;
}

bool
app_draft_spoiler(const struct request *rq)
{
	return app_desk_ticked(rq, "spoiler");
}

enum err
app_draft_read(struct app *app, const struct request *rq, struct draft *d)
{
	const struct settings *set = app->settings;
	enum err e;

	memset(d, 0, sizeof(*d));
	if (!model_slug_ok(rq->params[0]))
		return ERR_NOT_FOUND;
	d->slug = rq->params[0];
	d->author = wire_form_get(rq, "author");
	d->body = wire_form_get(rq, "body");
	d->email = wire_form_get(rq, "email");
	d->honeypot = str_cut(wire_form_get(rq, "website"), 0, 200);
	d->answer = wire_form_get(rq, "altcha");
	d->anchor = wire_form_get(rq, "anchor");
	d->spoiler = app_draft_spoiler(rq);
	d->sent = clock_now();
	d->form_made = app->visitor.form_made;
	if (d->author.len == 0 && app->visitor.known)
		d->author = app->visitor.session.name;
	if ((e = model_draft_check(app->arena, d)) != OK)
		return e;
	if ((e = app_anchor_read(app->arena, d->anchor, &d->passage)) != OK)
		return e;
	if ((e = draft_parent(rq, d)) != OK)
		return e;
	d->sender = seal_hash_sender(app->keys, app->arena, set->site,
	    rq->address, seal_hash_period(d->sent, set->sender_days));
	d->email = app_mailer_ascii(app->arena, d->email);
	if (d->email.len > 0)
		d->email_hash = seal_hash_email(app->keys, app->arena,
		    set->site, d->email);
	if ((e = draft_key(app, rq, d)) != OK)
		return e;
	draft_person(app, d);
	return OK;
}

static void
judge_ask(struct app *app, const struct draft *d, const struct markup *m,
    struct judged *j)
{
	struct filter_question q = {
		.draft = d,
		.review_slug = j->context.thread.slug,
		.review_language = j->context.thread.language,
		.parent_body = j->context.parent_body,
		.shown = j->context.shown,
		.removed = j->context.removed,
		.first_seen = j->context.first_seen,
		.nlinks = m->nlinks
	};
	struct str *links = arena_alloc(app->arena,
	    (m->nlinks + 1) * sizeof(*links));
	size_t i;

	for (i = 0; i < m->nlinks; i++)
		links[i] = m->links[i].url;
	q.links = links;
	filter_ask(app->filters, app->arena, &q, &j->verdict);
}

static void
judge_settle(const struct app *app, struct judged *j)
{
	j->state = model_policy_state(&j->verdict, &j->context.policy,
	    &j->why);
	if (j->state == STATE_HELD)
		app_deferred_mark(app->settings, &j->verdict);
}

enum err
app_judge(struct app *app, struct draft *d, struct judged *j)
{
	struct policy *policy = &j->context.policy;
	struct markup_about about;
	struct markup m;
	enum err e;

	e = store_comment_context(app->store, app->arena, d, &j->context);
	if (e != OK)
		return e;
	if (j->context.refused)
		return ERR_BANNED;
	about.id = seal_hash_notes(app->keys, app->arena, &d->key);
	about.minutes = j->context.thread.minutes;
	if ((e = markup_render(app->arena, d->body, &about, &m)) != OK)
		return e;
	d->html = m.html;
	d->thread = j->context.thread.id;
	d->policy = model_policy_name(j->context.thread.policy);
	d->badge = j->context.badge;
	if (model_policy_closed(policy, d->sent))
		return ERR_THREAD_CLOSED;
	policy->hold_at = app->settings->hold_at;
	policy->spam_at = app->settings->spam_at;
	app_deferred_policy(app->settings, policy);
	judge_ask(app, d, &m, j);
	judge_settle(app, j);
	return OK;
}

void
app_judge_used(const struct app *app, struct judged *j)
{
	filter_ask_used(app->filters, &j->verdict);
	judge_settle(app, j);
}

void
app_comment_for_author(const struct app *app, struct comment *c)
{
	if (c->state == STATE_SPAM)
		c->state = STATE_HELD;
	c->edit_until = c->posted +
	    (int64_t)app->settings->edit_window * 1000000;
}
