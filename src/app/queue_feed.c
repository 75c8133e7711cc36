/* queue_feed.c: what waits, as a feed behind a moderator's secret address. */
#include "app/internal.h"

/* The address is the only proof, so it says nothing of why it is not good. */
static enum err
whose(struct app *app, struct str secret, struct account *account)
{
	struct uuid id;
	enum err e;

	if (!seal_feed_whose(secret, &id))
		return ERR_NOT_FOUND;
	e = store_account_by_id(app->store, app->arena, &id, account);
	if (e != OK)
		return e;
	return account->role >= ROLE_MODERATOR && !account->suspended &&
	    seal_feed_is(app->keys, app->settings->site, account, secret) ?
	    OK : ERR_NOT_FOUND;
}

enum err
app_queue_feed(struct app *app, struct request *rq, struct response *rs)
{
	struct account account;
	struct held *held;
	size_t n;
	enum err e;

	e = whose(app, rq->params[0], &account);
	if (e == OK)
		e = store_feed_queue(app->store, rq->arena, &held, &n);
	if (e != OK)
		return e;
	rs->type = APP_ATOM;
	page_queue_atom(&rs->body, &app->site, held, n);
	return OK;
}
