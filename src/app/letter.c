/* letter.c: comments that the journal prints as letters to the editor. */
#include "app/internal.h"

enum { PAGE = 20 };

enum err
app_letter_list(struct app *app, struct request *rq, struct response *rs)
{
	struct letter_row *rows;
	int64_t before, next = 0;
	size_t n;
	enum err e;

	if (!app_admin_after(rq, "before", &before))
		return ERR_NOT_FOUND;
	e = store_letter_list(app->store, rq->arena, before, &rows, &n);
	if (e != OK)
		return e;
	if (n > PAGE)
		next = rows[(n = PAGE) - 1].comment;
	if (str_ends(rq->path, ".json")) {
		app_answer_json(rs);
		page_letters_json(&rs->body, &app->site, rows, n);
		return OK;
	}
	app_answer_html(rs);
	page_letters(&rs->body, &app->site,
	    &(struct page_letter_list){ rows, n, next });
	return OK;
}
