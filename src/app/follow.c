/* follow.c: readers who want to hear of replies by mail. */
#include "app/internal.h"

#define DAY	(INT64_C(86400) * 1000000)	/* us */

/* How long a link is good, by what it does. */
static const struct {
	const char *what, *purpose;
	int64_t life;
} links[] = {
	{ "confirm", "mail-confirm", 7 * DAY },
	{ "stop", "mail-stop", 3650 * DAY }
};

enum { CONFIRM, STOP };

enum { DATA = 10000 };			/* lines of what somebody takes along */

enum err
app_follow_seal(const struct seal_keys *keys, struct arena *a,
    const char *site, struct store_follower *w)
{
	const struct seal_link link = {
		.purpose = "mail", .id = w->person, .text = w->address,
		.ends = INT64_C(253402300799) * 1000000		/* 9999 */
	};

	return seal_link_make(keys, a, site, &link, &w->address);
}

enum err
app_follow_open(const struct seal_keys *keys, struct arena *a,
    const char *site, struct store_follower *w)
{
	struct seal_link link = { .purpose = "mail" };
	enum err e = seal_link_read(keys, a, site, w->address, &link);

	if (e == OK && !uuid_eq(&link.id, &w->person))
		e = ERR_TOKEN_BAD;
	if (e == OK)
		w->address = link.text;
	return e;
}

enum err
app_follow_read(struct app *app, const struct request *rq, struct draft *d)
{
	struct store_follower w = { .person = d->person, .address = d->email };
	enum err e;

	if (!app->site.mail || !app_desk_ticked(rq, "follow"))
		return OK;
	if (d->email.len == 0)
		return ERR_EMAIL_EMPTY;
	if ((e = app_mailer_check(d->email)) != OK)
		return e;
	e = app_follow_seal(app->keys, app->arena, app->settings->site, &w);
	d->follow = w.address;
	return e;
}

enum err
app_follow_url(const struct seal_keys *keys, struct arena *a,
    const struct settings *set, const struct store_mail *m, struct str *ret)
{
	size_t i = str_is(m->kind, "confirm") ? CONFIRM : STOP;
	const struct seal_link link = {
		.purpose = links[i].purpose, .id = m->person,
		.text = arena_fmt(a, "%lld-%lld", (long long)m->thread,
		    (long long)m->comment),
		.ends = clock_now() + links[i].life
	};
	struct str token;
	enum err e = seal_link_make(keys, a, set->site, &link, &token);

	if (e == OK)
		*ret = arena_fmt(a, "%s/foyer/mail/%s?link=" STR_FMT,
		    set->origin, links[i].what, STR_ARG(token));
	return e;
}

/* A mail program's one click has the link in the query (RFC 8058), our own
 * button in the form. */
static enum err
link_read(struct app *app, const struct request *rq, size_t which,
    struct store_follower *w)
{
	struct seal_link link = { .purpose = links[which].purpose };
	struct str token = wire_form_get(rq, "link"), thread;
	enum err e;

	if (token.len == 0)
		token = wire_query_get(rq, "link");
	e = seal_link_read(app->keys, app->arena, app->settings->site, token,
	    &link);
	if (e == OK && (!str_split(&link.text, '-', &thread) ||
	    !str_int64(thread, &w->thread) ||
	    !str_int64(link.text, &w->comment)))
		e = ERR_TOKEN_BAD;
	w->person = link.id;
	return e == ERR_TOKEN_BAD ? ERR_LINK_OVER : e;
}

/* Who asks for an end may have reached it already. */
static enum err
page(struct app *app, const struct request *rq, struct page_follow *p,
    struct store_follower *w)
{
	enum err e = link_read(app, rq, p->stop ? STOP : CONFIRM, w);

	if (e == OK)
		e = store_follow_get(app->store, app->arena, w);
	if (e == ERR_NOT_FOUND)
		e = p->stop ? OK : ERR_LINK_OVER;
	p->slug = w->slug;
	p->title = w->title;
	return e;
}

static void
answer(struct app *app, struct response *rs, const struct page_follow *p,
    const struct store_follower *w)
{
	app_answer_html(rs);
	if (w->language.len > 0)
		page_words_speak(&rs->body, &app->site, w->language);
	page_follow(&rs->body, &app->site, p);
}

static enum err
show(struct app *app, struct request *rq, struct response *rs, bool stop)
{
	struct store_follower w = { .thread = 0 };
	struct page_follow p = {
		.link = wire_query_get(rq, "link"), .stop = stop,
		.token = app_visitor_form_token(app)
	};
	enum err e = page(app, rq, &p, &w);

	if (e != OK)
		return e;
	answer(app, rs, &p, &w);
	return OK;
}

enum err
app_follow_confirm_show(struct app *app, struct request *rq,
    struct response *rs)
{
	return show(app, rq, rs, false);
}

enum err
app_follow_stop_show(struct app *app, struct request *rq, struct response *rs)
{
	return show(app, rq, rs, true);
}

static enum err
change(struct app *app, struct request *rq, struct response *rs, bool stop)
{
	struct store_follower w = { .thread = 0 };
	struct page_follow p = { .stop = stop, .done = true };
	enum err e = page(app, rq, &p, &w);

	if (e == OK)
		e = stop ? store_follow_stop(app->store, &w,
		    app_desk_ticked(rq, "all")) :
		    store_follow_confirm(app->store, &w);
	if (e != OK)
		return e == ERR_NOT_FOUND ? ERR_LINK_OVER : e;
	if (app_wants_json(rq)) {
		app_answer_json(rs);
		page_ok_json(&rs->body);
		return OK;
	}
	answer(app, rs, &p, &w);
	return OK;
}

enum err
app_follow_confirm(struct app *app, struct request *rq, struct response *rs)
{
	return change(app, rq, rs, false);
}

enum err
app_follow_stop(struct app *app, struct request *rq, struct response *rs)
{
	return change(app, rq, rs, true);
}

enum err
app_follow_of(const struct app_follow_data *is, struct arena *a,
    const struct uuid *person, struct page_followed **ret, size_t *n)
{
	struct store_follower *rows;
	enum err e = store_follow_of(is->store, a, person, &rows, n);
	size_t i;

	if (e != OK)
		return e;
	*ret = arena_alloc(a, (*n + 1) * sizeof(**ret));
	for (i = 0; i < *n; i++) {
		if (is->keys == NULL || app_follow_open(is->keys, a,
		    is->site, &rows[i]) != OK)
			rows[i].address = STR("");	/* its key is gone */
		(*ret)[i] = (struct page_followed){
			.comment = rows[i].comment, .asked = rows[i].asked,
			.confirmed = rows[i].confirmed,
			.address = rows[i].address,
			.slug = rows[i].slug, .title = rows[i].title
		};
	}
	return OK;
}

enum err
app_follow_data(const struct app_follow_data *is, const struct uuid *person,
    struct buf *b)
{
	struct page_followed *rows;
	size_t i, n = DATA;
	enum err e = app_follow_of(is, b->arena, person, &rows, &n);

	for (i = 0; e == OK && i < n; i++)
		page_follow_line(b, &rows[i]);
	return e;
}

/* Who presses the button twice, or had it stopped by a link, has what they
 * want; what is not theirs is not looked at. */
enum err
app_follow_end(struct app *app, struct request *rq, struct response *rs)
{
	int64_t comment = 0;
	enum err e;

	if (!app_desk_ticked(rq, "all") && (!str_int64(wire_form_get(rq,
	    "comment"), &comment) || comment < 1))
		return ERR_NOT_FOUND;
	e = store_follow_end(app->store, &app->visitor.session.person,
	    comment);
	if (e == OK)
		app_desk_done(app, rq, rs, STR("/foyer/me#mail"));
	return e;
}
