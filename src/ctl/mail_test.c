/* mail_test.c: foyerctl mail test: one mail, to see whether it arrives. */
#include <stdio.h>

#include "app/app.h"
#include "ctl/ctl.h"

static int
send_one(struct ctl *c, struct net_smtp *smtp, struct str to)
{
	struct page_letter l = {
		buf_new(c->arena, 256), buf_new(c->arena, 1024)
	};
	struct net_mail mail = {
		.from = str_of(c->settings.mail_from),
		.name = str_of(c->settings.name), .to = to, .at = clock_now()
	};
	struct page_site site;
	struct uuid id;
	char text[UUID_TEXT];

	uuid_random(&id);
	uuid_text(&id, text);
	mail.id = arena_fmt(c->arena, "%s%s", text,
	    strchr(c->settings.mail_from, '@'));
	app_worker_site(&c->settings, &site);
	page_words_speak(&l.subject, &site, str_of(site.language));
	page_words_speak(&l.text, &site, str_of(site.language));
	page_mail_test(&l, &site);
	mail.subject = buf_view(&l.subject);
	mail.text = buf_view(&l.text);
	if (net_smtp_send(smtp, c->arena, &mail) != NET_DONE)
		return ctl_say_failed("%s: %s", c->settings.mail_server,
		    net_smtp_trouble(smtp));
	printf("%s has taken it\n", c->settings.mail_server);
	return CTL_DONE;
}

static int
run(struct ctl *c, int argc, char **argv)
{
	int words = ctl_options(c, argc, argv, NULL, 0), status;
	struct net_server server;
	struct net_smtp *smtp;
	struct str why = STR("libcurl does not work here"), to;
	enum err e;

	if (!ctl_options_words(c, words, 1, 1))
		return CTL_USAGE;
	to = app_mailer_ascii(c->arena, str_of(argv[0]));
	if ((e = app_mailer_check(to)) != OK)
		return ctl_say_usage(c, "%s: %s", argv[0], err_sentence(e));
	if (!ctl_open_settings(c))
		return CTL_FAILED;
	if (c->settings.mail_server[0] == '\0')
		return ctl_say_failed("no mail_server is set in %s",
		    c->settings.file);
	if (app_mailer_server(c->arena, &c->settings, &server, &why) != OK ||
	    net_smtp_init() != OK ||
	    net_smtp_open(c->arena, &server, &smtp) != OK)
		return ctl_say_failed(STR_FMT, STR_ARG(why));
	status = send_one(c, smtp, to);
	net_smtp_close(smtp);
	return status;
}

const struct ctl_command ctl_mail_test = {
	"mail test", "ADDRESS", "send one mail, to see whether it arrives",
	"By the server that foyer.conf names, as foyerd sends its own. Says "
	"whether the\nserver took it, or why not; \"check\" asks the server "
	"without a mail.\n\n"
	"  foyerctl mail test editor@journal.example\n",
	run
};
