/* terms.c: who waits and when threads close; reasons for removals. */
#include "app/internal.h"

static const struct str here = { "/foyer/admin/terms", 18 };

enum err
app_terms_show(struct app *app, struct request *rq, struct response *rs)
{
	struct page_moderator who = app_admin_who(app);
	struct store_terms_row *rows;
	struct page_terms p = { 0 };
	struct page_terms_row *all;
	size_t i;
	enum err e;

	e = store_terms_list(app->store, rq->arena, &rows, &p.n);
	if (e == OK)
		e = store_deed_reasons(app->store, rq->arena, &p.reasons,
		    &p.nreasons);
	if (e != OK)
		return e;
	p.rows = all = arena_alloc(rq->arena, (p.n + 1) * sizeof(*all));
	for (i = 0; i < p.n; i++)
		all[i] = (struct page_terms_row){ rows[i].issue,
		    rows[i].policy, rows[i].days };
	app_answer_html(rs);
	page_terms(&rs->body, &app->site, &who, &p);
	return OK;
}

/* "first 30"; "" takes the terms of an issue back. */
static enum err
terms_read(const struct request *rq, struct deed *d)
{
	struct str issue = str_trim(wire_form_get(rq, "issue"));
	struct str days = str_trim(wire_form_get(rq, "days"));
	struct str policy = wire_form_get(rq, "policy");
	enum model_policy parsed;
	int64_t number = -1, n = 0;

	if (issue.len > 0 && (!str_int64(issue, &number) || number < 0 ||
	    number > INT32_MAX))
		return ERR_ISSUE_BAD;
	if (days.len > 0 && (!str_int64(days, &n) || n < 0 ||
	    n > MODEL_DAYS_MAX))
		return ERR_DAYS_BAD;
	d->target = arena_fmt(rq->arena, "%lld", (long long)number);
	if (policy.len == 0)
		return OK;
	if (!model_policy_parse(policy, &parsed))
		return ERR_POLICY_BAD;
	d->value = arena_fmt(rq->arena, "%s %lld",
	    model_policy_name(parsed), (long long)n);
	return OK;
}

static enum err
deed_done(struct app *app, struct request *rq, struct response *rs,
    struct deed *d)
{
	struct str before;
	enum err e;

	d->actor = &app->visitor.account;
	e = store_deed_put(app->store, rq->arena, d, &before);
	if (e == OK)
		app_desk_done(app, rq, rs, here);
	return e;
}

enum err
app_terms_set(struct app *app, struct request *rq, struct response *rs)
{
	struct deed d = { .kind = DEED_TERMS };
	enum err e;

	if ((e = terms_read(rq, &d)) == OK)
		e = app_desk_reason(rq, &d.reason);
	if (e == OK)
		e = deed_done(app, rq, rs, &d);
	if (e == OK)
		snapshot_drop_all(app->snapshots);
	return e;
}

enum err
app_terms_reasons(struct app *app, struct request *rq, struct response *rs)
{
	struct deed d = { .kind = DEED_REASONS };
	struct buf list = buf_new(rq->arena, 256);
	struct str text, line;
	size_t n = 0;
	enum err e;

	if ((e = app_desk_words(rq, "value", true, &text)) != OK)
		return e;
	while (str_split(&text, '\n', &line)) {
		line = str_trim(line);
		if (line.len == 0)
			continue;
		if (++n > MODEL_REASONS_MAX ||
		    text_length(line) > MODEL_REASON_MAX)
			return ERR_REASONS_MANY;
		if (n > 1)
			buf_char(&list, '\n');
		buf_str(&list, line);
	}
	d.value = buf_view(&list);
	return deed_done(app, rq, rs, &d);
}
