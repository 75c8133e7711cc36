/* admin_rule.c: a moderator rules on comments. */
#include "app/internal.h"

/* One button for the comment and its author. */
static const struct {
	const char *name;
	enum model_act act;
	struct deed also;
} both[] = {
	{ "approve-trust", ACT_APPROVE,
	    { .kind = DEED_TRUST, .value = { "trusted", 7 } } },
	{ "spam-ban", ACT_SPAM,
	    { .kind = DEED_BAN, .value = { "spam mail", 9 } } }
};

/* Reviewers rule on comments, not on people. */
static enum err
act_of(const struct app *app, struct str name, struct store_ruling *ret)
{
	size_t i;

	if (model_act_parse(name, &ret->act))
		return OK;
	for (i = 0; i < COUNT(both); i++)
		if (str_is(name, both[i].name)) {
			ret->act = both[i].act;
			ret->also = &both[i].also;
			return app_visitor_narrow(app) ? ERR_FORBIDDEN : OK;
		}
	return ERR_ACT_BAD;
}

/* The act and its reason, as they hold for every comment that is ruled on. */
static enum err
read_act(const struct app *app, const struct request *rq,
    struct store_ruling *ret)
{
	enum err e;

	*ret = (struct store_ruling){ .seen = STATE_HELD, .version = -1 };
	if ((e = act_of(app, wire_form_get(rq, "act"), ret)) != OK)
		return e;
	e = text_clean(rq->arena, wire_form_get(rq, "reason"), false,
	    &ret->reason);
	if (e != OK)
		return e;
	ret->reason = str_trim(ret->reason);
	return text_length(ret->reason) > MODEL_REASON_MAX ?
	    ERR_REASON_LONG : OK;
}

enum err
app_admin_rule(struct app *app, struct request *rq, struct response *rs)
{
	struct store_ruling is;
	struct str from;
	enum err e;

	if ((e = read_act(app, rq, &is)) != OK)
		return e;
	is.slug = rq->params[0];
	if (!model_slug_ok(is.slug) || !str_int64(rq->params[1], &is.id))
		return ERR_NOT_FOUND;
	from = wire_form_get(rq, "seen");
	if (from.len > 0 && !model_state_parse(from, &is.seen))
		return ERR_ACT_BAD;
	from = wire_form_get(rq, "version");
	if (from.len > 0 && !str_int64(from, &is.version))
		return ERR_ACT_BAD;
	e = store_rule_all(app->store, rq->arena, &is, 1,
	    &app->visitor.account);
	if (e != OK || is.result == RULED_GONE)
		return e != OK ? e : ERR_NOT_FOUND;
	return app_admin_ruled_one(app, rq, rs, &is);
}

/* "SLUG.ID.STATE.VERSION": which, and what the moderator saw of it. */
static bool
read_item(struct str text, const struct store_ruling *as,
    struct store_ruling *ret)
{
	struct str part[4];
	size_t n = 0;

	while (n < COUNT(part) && str_split(&text, '.', &part[n]))
		n++;
	*ret = *as;
	if (n < COUNT(part) || text.len > 0)
		return false;
	ret->slug = part[0];
	return model_slug_ok(part[0]) && str_int64(part[1], &ret->id) &&
	    model_state_parse(part[2], &ret->seen) &&
	    str_int64(part[3], &ret->version);
}

/* May they rule on all of them? Asked once of each review in a row. */
static enum err
may_rule(struct app *app, const struct store_ruling *all, size_t n)
{
	enum err e = OK;
	size_t i;

	for (i = 0; e == OK && i < n; i++)
		if (i == 0 || !str_eq(all[i].slug, all[i - 1].slug))
			e = app_visitor_reviewed(app, all[i].slug);
	return e;
}

static bool
listed(const struct store_ruling *all, size_t n, int64_t id)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (all[i].id == id)
			return true;
	return false;
}

enum err
app_admin_rule_many(struct app *app, struct request *rq, struct response *rs)
{
	struct store_ruling as, *all;
	struct str one;
	size_t i, n = 0;
	enum err e;

	if ((e = read_act(app, rq, &as)) != OK)
		return e;
	all = arena_alloc(rq->arena, STORE_RULINGS * sizeof(*all));
	for (i = 0; app_admin_selected(rq, i, &one); i++) {
		if (n == STORE_RULINGS || !read_item(one, &as, &all[n]))
			return ERR_SELECT_BAD;
		if (!listed(all, n, all[n].id))
			n++;
	}
	if (n == 0)
		return ERR_SELECT_EMPTY;
	if ((e = may_rule(app, all, n)) != OK)
		return e;
	e = store_rule_all(app->store, rq->arena, all, n,
	    &app->visitor.account);
	return e != OK ? e : app_admin_ruled(app, rq, rs, all, n);
}
