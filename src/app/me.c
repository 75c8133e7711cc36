/* me.c: what is mine on a thread; never in a shared page. */
#include "app/internal.h"

enum err
app_me(struct app *app, struct request *rq, struct response *rs)
{
	const struct visitor *v = &app->visitor;
	struct str slug = wire_query_get(rq, "review");
	struct page_me me = { .signed_in = v->known };
	struct store_mine mine;
	struct uuid fresh;
	char key[UUID_TEXT];
	size_t i;
	enum err e;

	if (slug.len > 0 && !model_slug_ok(slug))
		return ERR_NOT_FOUND;
	if (v->known && slug.len > 0) {
		e = store_comment_mine(app->store, rq->arena, slug,
		    &v->session.person, &mine);
		if (e != OK)
			return e;
		for (i = 0; i < mine.n; i++) {
			app_comment_for_author(app, &mine.rows[i]);
			mine.rows[i].after = -1;
		}
		me.mine = mine.rows;
		me.nmine = mine.n;
		me.votes = mine.votes;
		me.nvotes = mine.nvotes;
	}
	uuid_random(&fresh);
	uuid_text(&fresh, key);
	me.key = str_of(key);
	me.token = app_visitor_form_token(app);
	me.has_account = v->session.has_account;
	me.name = v->session.name;
	me.role = str_of(model_role_name(v->session.role));
	app_answer_json(rs);
	page_me_json(&rs->body, &app->site, &me);
	return OK;
}
