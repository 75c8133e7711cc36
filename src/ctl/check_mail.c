/* check_mail.c: whether the mail server would take mail. */
#include "app/app.h"
#include "ctl/check.h"

bool
ctl_check_mail(struct ctl_check *c)
{
	const char *url = c->settings->mail_server;
	struct net_server server;
	struct net_smtp *smtp;
	struct str why = STR("libcurl does not work here");
	enum net_result result;

	if (url[0] == '\0')
		return ctl_check_ok(c, "mail", "none set");
	if (app_mailer_server(c->arena, c->settings, &server, &why) != OK ||
	    net_smtp_init() != OK ||
	    net_smtp_open(c->arena, &server, &smtp) != OK)
		return ctl_check_wrong(c, "mail", why);
	result = net_smtp_hello(smtp);
	why = arena_fmt(c->arena, "%s: %s", url, net_smtp_trouble(smtp));
	net_smtp_close(smtp);
	return result == NET_DONE ? ctl_check_ok(c, "mail", url) :
	    ctl_check_wrong(c, "mail", why);
}
