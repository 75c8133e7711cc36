/*
 * outbox.c: a process that sends the mail that waits.
 *
 * It looks for what is to be written, takes one mail after the other and gives
 * it to the server. Any number of nodes do that, and each mail is taken by one;
 * if that one dies, another takes it a minute later, with the same Message-ID.
 */
#include <poll.h>

#include "app/internal.h"

#define DAY	(INT64_C(86400) * 1000000)	/* us */
#define SECOND	INT64_C(1000000)

enum {
	ROUND_MS = 500,
	DIGEST_EVERY = 10,		/* rounds: 5 s */
	PAUSE_MAX = 60			/* seconds, while the server is away */
};

struct outbox {
	struct arena *arena, *life;
	const struct run *run;
	const struct settings *settings;
	struct page_site site;
	struct seal_keys *keys;
	struct store *store;
	struct net_smtp *smtp;		/* NULL: could not be prepared yet */
	int64_t rest, pause;		/* clock_mono; us */
	int64_t round;
	int stop;
	bool away;			/* and we said so */
	bool busy;			/* there may be more */
};

bool
app_outbox_any(const struct settings *set)
{
	return set->mail_server[0] != '\0';
}

/* ---- what a mail says ---- */

static struct str
comment_url(const struct outbox *o, int64_t id)
{
	return arena_fmt(o->arena, "%s/foyer/comments/%lld",
	    o->settings->origin, (long long)id);
}

static enum err
digest(struct outbox *o, struct page_letter *l, struct net_mail *mail)
{
	struct page_mail p = { .url = arena_fmt(o->arena, "%s/foyer/admin/",
	    o->settings->origin) };
	enum err e = store_queue_total(o->store, &p.n);

	if (e == OK && p.n == 0)
		return ERR_NOT_FOUND;		/* ruled on meanwhile */
	mail->to = str_of(o->settings->mail_moderators);
	page_mail_digest(l, &o->site, &p);
	return e;
}

static enum err
to_follower(struct outbox *o, const struct store_mail *m,
    struct page_letter *l, struct net_mail *mail)
{
	bool confirm = str_is(m->kind, "confirm");
	struct store_follower w = {
		.person = m->person, .address = m->address
	};
	struct page_mail p = {
		.title = m->title, .author = m->author, .text = m->text,
		.url = comment_url(o, m->about)
	};
	enum err e;

	page_words_speak(&l->subject, &o->site, m->language);
	page_words_speak(&l->text, &o->site, m->language);
	e = app_follow_open(o->keys, o->arena, o->settings->site, &w);
	if (e == OK)
		e = app_follow_url(o->keys, o->arena, o->settings, m,
		    confirm ? &p.url : &p.stop);
	if (e != OK)
		return e;
	mail->to = w.address;
	mail->stop = p.stop;
	if (confirm)
		page_mail_confirm(l, &o->site, &p);
	else
		page_mail_reply(l, &o->site, &p);
	return OK;
}

/* The same one has the same id, however often it is tried. */
static struct str
message_id(const struct outbox *o, const struct store_mail *m)
{
	const char *host = strchr(o->settings->mail_from, '@');

	return arena_fmt(o->arena, STR_FMT ".%lld.%lld.%lld.%lld%s",
	    STR_ARG(m->kind), (long long)m->thread, (long long)m->comment,
	    (long long)m->about, (long long)m->made, host);
}

/* An error: it can't be written, or is of no use any more. */
static enum err
write_mail(struct outbox *o, const struct store_mail *m, struct net_mail *mail)
{
	struct page_letter l = {
		buf_new(o->arena, 256), buf_new(o->arena, 2048)
	};
	enum err e;

	if (!m->wanted)
		return ERR_NOT_FOUND;
	page_words_speak(&l.subject, &o->site, str_of(o->site.language));
	page_words_speak(&l.text, &o->site, str_of(o->site.language));
	*mail = (struct net_mail){
		.from = str_of(o->settings->mail_from),
		.name = str_of(o->settings->name),
		.id = message_id(o, m), .at = m->made
	};
	e = str_is(m->kind, "digest") ? digest(o, &l, mail) :
	    to_follower(o, m, &l, mail);
	mail->subject = buf_view(&l.subject);
	mail->text = buf_view(&l.text);
	return e;
}

/* ---- sending ---- */

static void
wait_longer(struct outbox *o, const char *why)
{
	if (!o->away)
		log_line(LOG_WARN, "mail server: %s", why);
	o->away = true;
	o->pause = o->pause == 0 ? SECOND : o->pause * 2;
	if (o->pause > PAUSE_MAX * SECOND)
		o->pause = PAUSE_MAX * SECOND;
	o->rest = clock_mono() + o->pause;
}

static enum err
give_up(struct outbox *o, const struct store_mail *m, const char *why)
{
	app_metrics_add(&o->run->metrics->mails[METRICS_GIVEN_UP], 1);
	log_line(LOG_WARN, "mail %s %lld-%lld given up: %s",
	    arena_cstr(o->arena, m->kind), (long long)m->comment,
	    (long long)m->about, why);
	return store_outbox_over(o->store, m);
}

static enum err
settle(struct outbox *o, const struct store_mail *m, enum net_result result)
{
	const char *why = net_smtp_trouble(o->smtp);

	if (result == NET_AWAY) {
		wait_longer(o, why);
		return store_outbox_back(o->store, m);
	}
	if (o->away)
		log_line(LOG_NOTE, "mail server: back");
	o->away = false;
	o->pause = 0;
	if (result == NET_NEVER)
		return give_up(o, m, why);
	if (result == NET_LATER)
		return OK;
	app_metrics_add(&o->run->metrics->mails[METRICS_SENT], 1);
	return store_outbox_over(o->store, m);
}

static enum err
send_next(struct outbox *o)
{
	struct store_mail m;
	struct net_mail mail;
	enum err e = store_outbox_take(o->store, o->arena, &m);

	if (e != OK)
		return e;
	o->busy = true;
	o->rest = clock_mono() + 60 * SECOND / o->settings->mail_rate;
	if (clock_now() - m.made > DAY)
		return give_up(o, &m, "a day has passed");
	e = write_mail(o, &m, &mail);
	if (e == ERR_NOT_FOUND)
		return store_outbox_over(o->store, &m);
	if (e == ERR_TOKEN_BAD)
		return give_up(o, &m, "its key is gone");
	return e != OK ? e :
	    settle(o, &m, net_smtp_send(o->smtp, o->arena, &mail));
}

static bool
ready(struct outbox *o)
{
	struct net_server server;
	struct str why = STR("");

	if (o->smtp != NULL)
		return true;
	if (app_mailer_server(o->arena, o->settings, &server, &why) != OK) {
		wait_longer(o, arena_cstr(o->arena, why));
		return false;
	}
	server.stop = o->stop;
	return net_smtp_open(o->life, &server, &o->smtp) == OK;
}

static enum err
one_round(struct outbox *o)
{
	enum err e = store_outbox_follow(o->store);

	if (e == OK && o->settings->mail_moderators[0] != '\0' &&
	    o->round % DIGEST_EVERY == 0)
		e = store_outbox_digest(o->store, o->settings->mail_digest);
	o->round++;
	o->busy = false;
	while (e == OK && clock_mono() >= o->rest && ready(o))
		e = send_next(o);
	return e == ERR_NOT_FOUND ? OK : e;
}

/* No longer than the next mail has to wait, if there may be one. */
static int
patience(const struct outbox *o)
{
	int64_t ms = (o->rest - clock_mono()) / 1000 + 1;

	if (o->round == 0)
		return 0;
	return !o->busy || ms > ROUND_MS ? ROUND_MS : ms < 0 ? 0 : (int)ms;
}

static void
rounds(struct outbox *o)
{
	struct pollfd end = { .fd = o->stop, .events = POLLIN };
	enum err last = OK;

	while (poll(&end, 1, patience(o)) <= 0) {
		app_trouble_tell(o->store, one_round(o), &last);
		arena_reset(o->arena);
	}
}

int
app_outbox(const struct proc_seat *seat, void *arg)
{
	struct run *run = arg;
	struct str why = STR("");
	struct outbox o = {
		.run = run, .settings = &run->settings, .stop = seat->stop,
		.life = arena_new(4 * 1024 * 1024),
		.arena = arena_new(64 * 1024 * 1024)
	};

	log_open("outbox", run->settings.log, run->settings.log_format);
	app_worker_site(&run->settings, &o.site);
	if (seal_keys_load(o.life, run->settings.keys, &o.keys, &why) != OK ||
	    net_smtp_init() != OK || store_open(o.life,
	    run->settings.database, run->settings.site, &o.store) != OK) {
		log_line(LOG_ERROR, "can't start: " STR_FMT, STR_ARG(why));
		return PROC_EXIT_FATAL;
	}
	rounds(&o);
	if (o.smtp != NULL)
		net_smtp_close(o.smtp);
	seal_keys_wipe(o.keys);
	store_close(o.store);
	arena_free(o.arena);
	arena_free(o.life);
	return 0;
}
