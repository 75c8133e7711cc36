/* deed.c: what moderators do to one comment beyond ruling on it. */
#include "app/internal.h"

/* A review's slug, whether it was typed so or pasted with its address. A
 * place within it (slug/ID) is what undoing a move sets. */
static struct str
place_of(struct str typed)
{
	struct str rest = str_trim(typed), part, slug = rest;
	size_t end;

	if (str_begins(rest, "/") || str_find(rest, STR("://")) !=
	    (size_t)-1) {
		end = str_find(rest, STR("#"));
		if (end != (size_t)-1)
			rest = str_cut(rest, 0, end);
		while (str_split(&rest, '/', &part))
			if (part.len > 0)
				slug = part;
	}
	return slug;
}

/* As the log tells it. What came later is not answered by what came before. */
static enum err
place_read(struct arena *a, struct str typed, struct deed *d)
{
	struct str rest = place_of(typed), slug;
	int64_t parent = 0;

	if (!str_split(&rest, '/', &slug) || !model_slug_ok(slug) ||
	    (rest.len > 0 && (!str_int64(rest, &parent) || parent < 1)))
		return ERR_PLACE_BAD;
	if (parent >= d->comment)
		return ERR_DEED;
	d->value = parent == 0 ? slug : arena_fmt(a, STR_FMT "/%lld",
	    STR_ARG(slug), (long long)parent);
	return OK;
}

/* The new text, rendered as any comment is. */
static enum err
text_read(struct app *app, const struct request *rq, struct deed *d,
    struct draft *draft)
{
	struct markup_about about = { .id = STR("edit") };
	struct store_context context;
	struct markup m;
	struct uuid key;
	enum err e;

	*draft = (struct draft){
		.slug = d->slug, .author = STR("-"), .stranger = true,
		.body = wire_form_get(rq, "body"),
		.spoiler = app_draft_spoiler(rq)
	};
	if (d->reason.len == 0)
		return ERR_REASON_EMPTY;
	if ((e = model_draft_check(rq->arena, draft)) != OK)
		return e;
	e = store_comment_context(app->store, rq->arena, draft, &context);
	if (e != OK)
		return e;
	uuid_random(&key);
	about.id = seal_hash_notes(app->keys, rq->arena, &key);
	about.minutes = context.thread.minutes;
	if ((e = markup_render(rq->arena, draft->body, &about, &m)) != OK)
		return e;
	draft->html = m.html;
	d->text = draft;
	d->value = STR("edited");
	return OK;
}

static enum err
value_read(struct app *app, const struct request *rq, struct deed *d,
    struct draft *draft)
{
	const char *set = model_deed_set(d->kind);
	struct str typed = wire_form_get(rq, "value");
	enum err e;

	if (d->kind == DEED_EDIT)
		return text_read(app, rq, d, draft);
	if (d->kind == DEED_MOVE)
		return place_read(rq->arena, typed, d);
	if ((e = app_desk_words(rq, "value", false, &d->value)) != OK)
		return e;
	if (set != NULL && d->value.len > 0)
		d->value = str_of(set);
	return text_length(d->value) > MODEL_HEADING_MAX ? ERR_HEADING_LONG :
	    OK;
}

static enum err
deed_read(struct app *app, const struct request *rq, struct deed *d,
    struct draft *draft)
{
	enum err e;

	*d = (struct deed){
		.slug = rq->params[0], .actor = &app->visitor.account
	};
	if (!model_slug_ok(d->slug) || !str_int64(rq->params[1], &d->comment))
		return ERR_NOT_FOUND;
	if (!model_deed_parse(wire_form_get(rq, "act"), &d->kind) ||
	    !model_deed_comment(d->kind))
		return ERR_ACT_BAD;
	if ((e = app_desk_reason(rq, &d->reason)) != OK)
		return e;
	return value_read(app, rq, d, draft);
}

enum err
app_deed(struct app *app, struct request *rq, struct response *rs)
{
	struct str slug, before, rest;
	struct draft draft;
	struct deed d;
	enum err e;

	if ((e = deed_read(app, rq, &d, &draft)) != OK)
		return e;
	e = store_deed_put(app->store, rq->arena, &d, &before);
	if (e != OK)
		return e;
	app_shared_drop(app->snapshots, d.slug);
	slug = d.slug;
	rest = d.value;
	if (d.kind == DEED_MOVE && str_split(&rest, '/', &slug))
		app_shared_drop(app->snapshots, slug);
	app_desk_done(app, rq, rs, arena_fmt(rq->arena,
	    "/foyer/admin/threads/" STR_FMT "/comments/%lld", STR_ARG(slug),
	    (long long)d.comment));
	return OK;
}

enum err
app_deed_show(struct app *app, struct request *rq, struct response *rs)
{
	struct page_moderator who = app_admin_who(app);
	struct store_deeds at;
	struct page_deed p = { 0 };
	int64_t id;
	enum err e;

	if (!model_slug_ok(rq->params[0]) || !str_int64(rq->params[1], &id))
		return ERR_NOT_FOUND;
	e = store_deed_at(app->store, rq->arena, rq->params[0], id, &at);
	if (e == OK)
		e = store_deed_reasons(app->store, rq->arena, &p.reasons,
		    &p.nreasons);
	if (e != OK)
		return e;
	app_anchor_show(rq->arena, &at.comment, 1);
	p.comment = &at.comment;
	p.pinned = at.pinned;
	p.locked = at.locked;
	p.letter = at.letter;
	p.home = at.home;
	app_answer_html(rs);
	page_deed(&rs->body, &app->site, &who, &p);
	return OK;
}
