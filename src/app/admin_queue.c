/* admin_queue.c: moderators: what waits for them. */
#include "app/internal.h"

enum { WORD = 100 };			/* bytes that narrow the queue */

static bool
short_enough(const struct page_wanted *w)
{
	return w->slug.len <= WORD && w->language.len <= WORD &&
	    w->why.len <= WORD && w->filter.len <= WORD;
}

bool
app_admin_wanted(const struct request *rq, app_get *get,
    struct page_wanted *ret)
{
	struct str after = get(rq, "after"), done = get(rq, "done"), first;
	struct str undone = get(rq, "undone"), also = get(rq, "also");
	struct str state = get(rq, "state");

	*ret = (struct page_wanted){
		.slug = get(rq, "review"), .language = get(rq, "language"),
		.why = get(rq, "why"), .filter = get(rq, "filter"),
		.spam = str_is(state, model_state_name(STATE_SPAM)),
		.all = get(rq, "all").len > 0
	};
	if (done.len > 0) {
		str_split(&done, '-', &first);
		if (!str_int64(first, &ret->done) ||
		    !str_int64(done, &ret->done_to))
			return false;
	}
	if ((undone.len > 0 && !str_int64(undone, &ret->undone)) ||
	    (also.len > 0 && !str_int64(also, &ret->also)))
		return false;
	return (state.len == 0 || ret->spam) && short_enough(ret) &&
	    (after.len == 0 ||
	    (str_int64(after, &ret->after) && ret->after >= 0));
}

static void
queue_filters(const struct app *app, struct page_queue *q)
{
	const struct settings *set = app->settings;
	struct page_weight *all = arena_alloc(app->arena,
	    (set->nfilters + 1) * sizeof(*all));
	size_t i;

	for (i = 0; i < set->nfilters; i++)
		if (set->filters[i].enabled)
			all[q->nweights++] = (struct page_weight){
				str_of(set->filters[i].name),
				set->filters[i].weight
			};
	q->weights = all;
}

/* A reviewer's reviews, each with a queue of its own. */
static enum err
queues(struct app *app, const struct request *rq, struct response *rs)
{
	struct page_moderator who = app_admin_who(app);
	struct store_own_review *own;
	struct page_review_row *rows;
	size_t i, n;
	enum err e;

	e = store_account_reviews(app->store, rq->arena,
	    &app->visitor.account.id, &own, &n);
	if (e != OK)
		return e;
	rows = arena_alloc(rq->arena, (n + 1) * sizeof(*rows));
	for (i = 0; i < n; i++)
		rows[i] = (struct page_review_row){ .slug = own[i].slug,
		    .heading = own[i].heading, .count = own[i].held };
	if (app_wants_json(rq)) {
		app_answer_json(rs);
		page_queues_json(&rs->body, rows, n);
		return OK;
	}
	app_answer_html(rs);
	page_queues(&rs->body, &app->site, &who, rows, n);
	return OK;
}

enum err
app_admin_queue(struct app *app, struct request *rq, struct response *rs)
{
	struct page_moderator who = app_admin_who(app);
	struct page_queue page = { 0 };
	struct store_wanted wanted;
	struct store_queue q;
	size_t i;
	enum err e;

	if (!app_admin_wanted(rq, wire_query_get, &page.wanted))
		return ERR_NOT_FOUND;
	page.narrow = app_visitor_narrow(app);
	if (page.narrow && page.wanted.slug.len == 0)
		return queues(app, rq, rs);
	wanted = (struct store_wanted){ page.wanted.after, page.wanted.slug,
	    page.wanted.language, page.wanted.why, page.wanted.filter,
	    page.wanted.spam };
	e = store_queue_list(app->store, rq->arena, &wanted, &q);
	if (e != OK)
		return e;
	for (i = 0; i < q.n; i++)
		app_anchor_show(rq->arena, &q.rows[i].comment, 1);
	page.held = q.rows;
	page.n = q.n;
	page.total = q.total;
	page.next = q.next;
	page.languages = q.languages;
	page.nlanguages = q.nlanguages;
	queue_filters(app, &page);
	if (app_wants_json(rq)) {
		app_answer_json(rs);
		page_queue_json(&rs->body, &page);
		return OK;
	}
	app_answer_html(rs);
	page_queue(&rs->body, &app->site, &who, &page);
	return OK;
}

enum err
app_admin_count(struct app *app, struct request *rq, struct response *rs)
{
	int64_t total;
	enum err e = store_queue_total(app->store, &total);

	if (e != OK)
		return e;
	(void)rq;
	app_answer_json(rs);
	page_count_json(&rs->body, total);
	return OK;
}
