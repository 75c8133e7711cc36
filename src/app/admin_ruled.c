/* admin_ruled.c: what came of rulings, and of taking them back. */
#include "app/internal.h"

/* Undoing may change more than the thread where the act was. */
static void
undone_drop(struct app *app, const struct log_row *was)
{
	struct str rest = was->before, slug;

	if (str_eq(was->act, model_act_logged(LOGGED_MOVE)) &&
	    str_split(&rest, '/', &slug))
		app_shared_drop(app->snapshots, slug);
	if (str_eq(was->act, model_act_logged(LOGGED_TERMS)))
		snapshot_drop_all(app->snapshots);
}

static void
ruled_drop(struct app *app, const struct store_ruling *all, size_t n)
{
	size_t i, k;

	for (i = 0; i < n; i++) {
		if (all[i].result == RULED && all[i].undone != NULL)
			undone_drop(app, all[i].undone);
		for (k = 0; k < i; k++)
			if (all[k].result == RULED &&
			    str_eq(all[k].slug, all[i].slug))
				break;
		if (all[i].result == RULED && k == i && all[i].slug.len > 0)
			app_shared_drop(app->snapshots, all[i].slug);
	}
}

static struct page_ruled *
ruled_rows(struct arena *arena, const struct store_ruling *all, size_t n)
{
	struct page_ruled *rows = arena_alloc(arena, (n + 1) * sizeof(*rows));
	static const enum page_result results[] = {
		[RULED] = RESULT_DONE, [RULED_BEFORE] = RESULT_BEFORE,
		[RULED_CHANGED] = RESULT_CHANGED, [RULED_GONE] = RESULT_GONE,
		[RULED_KEPT] = RESULT_KEPT, [RULED_RIGHT] = RESULT_RIGHT,
		[RULED_NEVER] = RESULT_NEVER
	};
	size_t i;

	for (i = 0; i < n; i++)
		rows[i] = (struct page_ruled){
			.id = all[i].id, .slug = all[i].slug,
			.log = all[i].log, .also = all[i].also_log,
			.undone = all[i].undone,
			.act = all[i].act, .result = results[all[i].result],
			.by = all[i].by
		};
	return rows;
}

static void
ruled_done(const struct page_rulings *p, struct page_wanted *ret)
{
	size_t i;

	ret->done = p->rows[0].log;
	ret->done_to = p->rows[p->n - 1].log;
	ret->also = 0;
	for (i = 0; i < p->n; i++)
		if (p->rows[i].also != 0) {
			ret->also++;
			ret->done_to = p->rows[i].also;
		}
}

/* Back to where the form was, which tells what was done there: rows of the log
 * in a line. */
static void
ruled_back(struct request *rq, struct response *rs,
    const struct page_rulings *p)
{
	struct str back = wire_form_get(rq, "back");
	struct page_wanted wanted;
	struct buf url = buf_new(rq->arena, 128);

	if (str_is(back, "log")) {
		app_answer_see(rs, 303, STR("/foyer/admin/log"));
		return;
	}
	if (str_is(back, "thread") && model_slug_ok(p->rows[0].slug)) {
		app_answer_see(rs, 303, arena_fmt(rq->arena,
		    "/foyer/admin/threads/" STR_FMT,
		    STR_ARG(p->rows[0].slug)));
		return;
	}
	if (!app_admin_wanted(rq, wire_form_get, &wanted))
		wanted = (struct page_wanted){ .after = 0 };
	if (p->rows[0].undone != NULL)
		wanted.undone = (int64_t)p->n;
	else
		ruled_done(p, &wanted);
	page_queue_path(&url, &wanted);
	app_answer_see(rs, 303, buf_view(&url));
}

static struct page_rulings
ruled_sum(struct arena *arena, const struct store_ruling *all, size_t n)
{
	struct page_rulings p = { .rows = ruled_rows(arena, all, n), .n = n };
	size_t i;

	for (i = 0; i < n; i++)
		p.done += all[i].result == RULED;
	return p;
}

static void
ruled_page(struct app *app, struct response *rs, const struct page_rulings *p)
{
	struct page_moderator who = app_admin_who(app);

	if (p->done == 0)
		app_answer_status(rs, ERR_CONFLICT);
	app_answer_html(rs);
	page_rulings(&rs->body, &app->site, &who, p);
}

enum err
app_admin_ruled(struct app *app, struct request *rq, struct response *rs,
    const struct store_ruling *all, size_t n)
{
	struct page_rulings p = ruled_sum(rq->arena, all, n);

	ruled_drop(app, all, n);
	if (app_wants_json(rq)) {
		app_answer_json(rs);
		page_rulings_json(&rs->body, &p);
	} else if (p.done == (int64_t)n) {
		ruled_back(rq, rs, &p);
	} else {
		ruled_page(app, rs, &p);
	}
	return OK;
}

enum err
app_admin_ruled_one(struct app *app, struct request *rq, struct response *rs,
    const struct store_ruling *is)
{
	struct comment c;
	enum err e;

	if (!app_wants_json(rq))
		return app_admin_ruled(app, rq, rs, is, 1);
	if (is->result != RULED)
		return ERR_CONFLICT;
	ruled_drop(app, is, 1);
	e = store_comment_get(app->store, rq->arena, is->slug, is->id, &c);
	if (e != OK)
		return e;
	app_answer_json(rs);
	page_posted_json(&rs->body, &app->site, &c);
	return OK;
}
