/* person.c: somebody who writes here: what they wrote, what they may. */
#include "app/internal.h"

static enum err
person_read(const struct request *rq, struct uuid *ret)
{
	return uuid_parse(rq->params[0], ret) ? OK : ERR_NOT_FOUND;
}

static struct str
person_path(const struct request *rq)
{
	return arena_fmt(rq->arena, "/foyer/admin/people/" STR_FMT,
	    STR_ARG(rq->params[0]));
}

enum err
app_person_find(struct app *app, struct request *rq, struct response *rs)
{
	struct page_moderator who = app_admin_who(app);
	struct page_people p = { 0 };
	enum err e;

	e = text_clean(rq->arena, wire_query_get(rq, "name"), false, &p.name);
	if (e != OK)
		return e;
	p.name = text_first(str_trim(p.name), MODEL_AUTHOR_MAX);
	e = store_person_find(app->store, rq->arena, p.name, &p.rows, &p.n);
	if (e != OK)
		return e;
	app_answer_html(rs);
	page_people(&rs->body, &app->site, &who, &p);
	return OK;
}

enum err
app_person_show(struct app *app, struct request *rq, struct response *rs)
{
	struct page_moderator who = app_admin_who(app);
	struct person_page p;
	struct uuid id;
	int64_t before;
	enum err e;

	if ((e = person_read(rq, &id)) != OK)
		return e;
	if (!app_admin_after(rq, "before", &before))
		return ERR_NOT_FOUND;
	e = store_person_get(app->store, rq->arena, &id, before, &p);
	if (e != OK)
		return e;
	if (app_wants_json(rq)) {
		app_answer_json(rs);
		page_person_json(&rs->body, &app->site, &p);
		return OK;
	}
	app_answer_html(rs);
	page_person(&rs->body, &app->site, &who, &p);
	return OK;
}

/* "refuse address mail until 2026-01-31T18:00:00Z"; "": lifted. */
static enum err
ban_read(const struct request *rq, struct deed *d)
{
	static const char *const effects[] = { "refuse", "hold", "spam" };
	struct str effect = wire_form_get(rq, "value");
	struct str until = str_trim(wire_form_get(rq, "until"));
	char when[CLOCK_TEXT];
	int64_t at = 0;
	size_t i;

	for (i = 0; i < COUNT(effects) && !str_is(effect, effects[i]); i++)
		;
	if (i == COUNT(effects))
		return effect.len == 0 ? OK : ERR_DEED_BAD;
	if (until.len > 0 && (!clock_parse(until, &at) || at <= clock_now()))
		return ERR_UNTIL_BAD;
	if (at != 0)
		clock_rfc3339(at, when);
	d->value = arena_fmt(rq->arena, "%s%s%s%s%s", effects[i],
	    app_desk_ticked(rq, "address") ? " address" : "",
	    app_desk_ticked(rq, "mail") ? " mail" : "",
	    at != 0 ? " until " : "", at != 0 ? when : "");
	return OK;
}

static enum err
deed_read(const struct request *rq, struct deed *d)
{
	enum err e;

	if (!model_deed_parse(wire_form_get(rq, "act"), &d->kind))
		return ERR_ACT_BAD;
	if ((e = app_desk_reason(rq, &d->reason)) != OK)
		return e;
	switch (d->kind) {
	case DEED_TRUST:
		if (wire_form_get(rq, "value").len > 0)
			d->value = str_of(model_deed_set(d->kind));
		return OK;
	case DEED_NOTE:
		e = app_desk_words(rq, "value", true, &d->value);
		return e == OK && text_length(d->value) > MODEL_NOTE_MAX ?
		    ERR_NOTE_LONG : e;
	case DEED_BAN:
		return ban_read(rq, d);
	default:
		return ERR_ACT_BAD;
	}
}

enum err
app_person_act(struct app *app, struct request *rq, struct response *rs)
{
	struct deed d = { .actor = &app->visitor.account };
	char text[UUID_TEXT];
	struct uuid id;
	struct str before;
	struct person_page p;
	enum err e;

	if ((e = person_read(rq, &id)) != OK || (e = deed_read(rq, &d)) != OK)
		return e;
	uuid_text(&id, text);
	d.target = str_of(text);
	e = store_person_get(app->store, rq->arena, &id, 1, &p);
	if (e == OK)
		e = store_deed_put(app->store, rq->arena, &d, &before);
	if (e == OK)
		app_desk_done(app, rq, rs, person_path(rq));
	return e;
}

static struct store_ruling
sweeping(const struct comment *c, bool back, struct str reason)
{
	bool shown = c->state == STATE_SHOWN;

	return (struct store_ruling){
		.slug = c->slug, .id = c->id, .version = -1, .reason = reason,
		.seen = back ? STATE_REMOVED : c->state,
		.act = !back ? ACT_REMOVE : shown ? ACT_APPROVE : ACT_HOLD,
		.why = back ? "restored" : shown ? "swept shown" : "swept held"
	};
}

/* What is theirs, taken away or brought back; some at a time, each with its
 * own row in the log. */
static enum err
sweep(struct app *app, const struct request *rq, const struct uuid *id,
    struct page_swept *done)
{
	bool back = str_is(wire_form_get(rq, "act"), "restore");
	struct store_ruling *rulings;
	struct comment *all;
	struct str reason;
	size_t i, n;
	enum err e;

	if ((e = app_desk_reason(rq, &reason)) == OK)
		e = back ? store_person_swept(app->store, rq->arena, id, &all,
		    &n) : store_person_here(app->store, rq->arena, id, &all,
		    &n);
	if (e != OK)
		return e;
	rulings = arena_alloc(rq->arena, (n + 1) * sizeof(*rulings));
	for (i = 0; i < n; i++)
		rulings[i] = sweeping(&all[i], back, reason);
	e = store_rule_all(app->store, rq->arena, rulings, n,
	    &app->visitor.account);
	for (i = 0; e == OK && i < n; i++) {
		if (rulings[i].result != RULED)	/* somebody was faster */
			continue;
		app_shared_drop(app->snapshots, rulings[i].slug);
		done->done++;
	}
	done->more = e == OK && n == 100;
	return e;
}

enum err
app_person_sweep(struct app *app, struct request *rq, struct response *rs)
{
	struct page_swept done = { 0 };
	struct str act = wire_form_get(rq, "act");
	struct uuid id;
	enum err e;

	if ((e = person_read(rq, &id)) != OK)
		return e;
	if (!str_is(act, "remove") && !str_is(act, "restore"))
		return ERR_ACT_BAD;
	if ((e = sweep(app, rq, &id, &done)) != OK)
		return e;
	if (app_wants_json(rq)) {
		app_answer_json(rs);
		page_swept_json(&rs->body, &done);
		return OK;
	}
	app_answer_see(rs, 303, person_path(rq));
	return OK;
}

enum err
app_person_bans(struct app *app, struct request *rq, struct response *rs)
{
	struct page_moderator who = app_admin_who(app);
	struct page_bans p = { 0 };
	int64_t before;
	enum err e;

	if (!app_admin_after(rq, "before", &before))
		return ERR_NOT_FOUND;
	e = store_person_bans(app->store, rq->arena, before, &p.rows, &p.n);
	if (e != OK)
		return e;
	if (p.n > MODEL_BANS)
		p.next = p.rows[(p.n = MODEL_BANS) - 1].id;
	app_answer_html(rs);
	page_bans(&rs->body, &app->site, &who, &p);
	return OK;
}

/* A mail domain: letters, digits, dots, hyphens, as it comes in addresses. */
static enum err
domain_read(const struct request *rq, struct str *ret)
{
	struct str typed = str_trim(wire_form_get(rq, "domain"));
	struct draft d = { 0 };
	size_t i, dots = 0;

	if (str_begins(typed, "@"))
		typed = str_cut(typed, 1, typed.len);
	d.email = app_mailer_ascii(rq->arena, arena_fmt(rq->arena,
	    "x@" STR_FMT, STR_ARG(typed)));
	*ret = model_draft_domain(rq->arena, &d);
	for (i = 0; i < ret->len; i++) {
		unsigned char c = (unsigned char)ret->at[i];

		dots += c == '.';
		if (c <= ' ' || c == '@' || c == '/' || c == ',' || c == 127)
			return ERR_DOMAIN_BAD;
	}
	return dots == 0 || ret->len > MODEL_EMAIL_MAX ? ERR_DOMAIN_BAD : OK;
}

enum err
app_person_domain(struct app *app, struct request *rq, struct response *rs)
{
	struct deed d = {
		.kind = DEED_DOMAIN, .actor = &app->visitor.account
	};
	struct str before;
	enum err e;

	if ((e = domain_read(rq, &d.target)) == OK &&
	    (e = app_desk_reason(rq, &d.reason)) == OK)
		e = ban_read(rq, &d);
	if (e == OK)
		e = store_deed_put(app->store, rq->arena, &d, &before);
	if (e == OK)
		app_desk_done(app, rq, rs, STR("/foyer/admin/bans"));
	return e;
}
