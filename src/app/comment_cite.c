/* comment_cite.c: how to cite a comment: for people, for programs. */
#include "app/internal.h"

typedef void cite_writer(struct buf *, const struct page_site *,
    const struct comment *, const struct review *);

static enum err
cited(struct app *app, struct request *rq, struct comment *c,
    struct review *r)
{
	int64_t id;
	enum err e;

	if (!str_int64(rq->params[0], &id) || id < 1)
		return ERR_NOT_FOUND;
	if ((e = store_comment_find(app->store, rq->arena, id, c)) != OK ||
	    (e = store_review_get(app->store, rq->arena, c->slug, r)) != OK)
		return e;
	e = store_comment_get(app->store, rq->arena, r->slug, id, c);
	return e != OK ? e : c->state == STATE_SHOWN ? OK : ERR_NOT_FOUND;
}

static enum err
cite(struct app *app, struct request *rq, struct response *rs,
    cite_writer *write)
{
	struct comment c;
	struct review r;
	enum err e;

	if ((e = cited(app, rq, &c, &r)) != OK)
		return e;
	write(&rs->body, &app->site, &c, &r);
	return OK;
}

enum err
app_comment_cite(struct app *app, struct request *rq, struct response *rs)
{
	app_answer_html(rs);
	return cite(app, rq, rs, page_cite);
}

enum err
app_comment_cite_bib(struct app *app, struct request *rq, struct response *rs)
{
	rs->type = "application/x-bibtex; charset=utf-8";
	return cite(app, rq, rs, page_cite_bib);
}

enum err
app_comment_cite_csl(struct app *app, struct request *rq, struct response *rs)
{
	rs->type = "application/vnd.citationstyles.csl+json";
	return cite(app, rq, rs, page_cite_csl);
}
