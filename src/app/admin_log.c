/* admin_log.c: moderators: who did what, and when. */
#include "app/internal.h"

enum err
app_admin_log(struct app *app, struct request *rq, struct response *rs)
{
	struct page_moderator who = app_admin_who(app);
	struct page_log log = { 0 };
	struct log_row *rows;
	int64_t before;
	enum err e;

	if (!app_admin_after(rq, "before", &before))
		return ERR_NOT_FOUND;
	e = store_log_list(app->store, rq->arena, before, &rows, &log.n);
	if (e != OK)
		return e;
	log.rows = rows;
	if (log.n == 100)
		log.next = rows[log.n - 1].id;
	app_answer_html(rs);
	page_log(&rs->body, &app->site, &who, &log);
	return OK;
}
