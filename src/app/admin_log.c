/* admin_log.c: moderators: who did what, and when. */
#include "app/internal.h"

enum { LINES = 1000, DAY = 86400 };

/* A day as a form sends it, or any time; `until` means the day's end. */
static bool
time_read(struct str s, bool until, int64_t *ret)
{
	*ret = 0;
	if (s.len == 0)
		return true;
	if (!clock_parse(s, ret))
		return false;
	if (until && s.len == 10)
		*ret += (int64_t)DAY * 1000000;
	return true;
}

static enum err
find(struct app *app, const struct request *rq, struct store_log_find *find,
    struct page_log *log)
{
	enum err e;

	log->actor = find->actor = str_trim(wire_query_get(rq, "actor"));
	log->act = find->act = str_trim(wire_query_get(rq, "act"));
	log->slug = find->slug = str_trim(wire_query_get(rq, "review"));
	log->since = wire_query_get(rq, "since");
	log->until = wire_query_get(rq, "until");
	if (!app_admin_after(rq, "before", &find->before) ||
	    (find->slug.len > 0 && !model_slug_ok(find->slug)))
		return ERR_NOT_FOUND;
	if (!time_read(log->since, false, &find->since) ||
	    !time_read(log->until, true, &find->until))
		return ERR_TIME_BAD;
	e = store_log_find(app->store, rq->arena, find);
	log->rows = find->rows;
	log->n = find->n;
	log->next = find->next;
	return e;
}

enum err
app_admin_log(struct app *app, struct request *rq, struct response *rs)
{
	struct page_moderator who = app_admin_who(app);
	struct store_log_find looked = { .most = 100 };
	struct page_log log = { 0 };
	enum err e = find(app, rq, &looked, &log);

	if (e != OK)
		return e;
	app_answer_html(rs);
	page_log(&rs->body, &app->site, &who, &log);
	return OK;
}

/* A page of lines; Link (RFC 8288) tells where the next is. */
enum err
app_admin_log_lines(struct app *app, struct request *rq, struct response *rs)
{
	struct store_log_find looked = { .most = LINES };
	struct page_log log = { 0 };
	struct buf next = buf_new(rq->arena, 256);
	enum err e = find(app, rq, &looked, &log);

	if (e != OK)
		return e;
	rs->type = "application/jsonl";
	wire_header(rs, "Content-Disposition",
	    STR("attachment; filename=\"moderation-log.jsonl\""));
	if (log.next != 0) {
		page_log_next(&next, &log);
		wire_header(rs, "Link", buf_view(&next));
	}
	page_log_lines(&rs->body, log.rows, log.n);
	return OK;
}
