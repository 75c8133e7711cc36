/*
 * net.h: outgoing mail (libcurl): a message's text, and a server that takes it.
 *
 * Plain text alone, to one address; RFC 5322, 2045, 2047, 3834, 8058.
 */
#ifndef NET_NET_H
#define NET_NET_H

#include "base/base.h"

struct net_mail {
	struct str from, name;		/* address; whose it is, any text */
	struct str to;			/* address */
	struct str id;			/* Message-ID, without < and > */
	struct str subject, text;	/* UTF-8; text: lines, \n between */
	struct str stop;		/* URL of one click that ends such mail
					 * (RFC 8058), or "" */
	int64_t at;			/* us: Date */
};

/* ---- message.c ---- */

/* ASCII, one @, nothing that a header or a command could take otherwise. */
bool net_message_address(struct str);
/* The message as it is sent. ERR_SYNTAX: an address, the id or the URL has what
 * none may have; names and subjects can have anything. */
enum err net_message_write(struct buf *, const struct net_mail *) MUST_CHECK;

/* ---- smtp.c ---- */

struct net_server {
	const char *url;		/* smtp://host:port or smtps:// */
	bool tls;			/* STARTTLS, or nothing is sent */
	const char *ca;			/* a file of certificates, or "" */
	const char *login;		/* "": none asked for */
	struct str password;
	int stop;			/* readable: end what goes on; or -1 */
};

enum net_result {
	NET_DONE,			/* the server has it */
	NET_LATER,			/* not now, it says (4xx) */
	NET_NEVER,			/* it won't take this one (5xx) */
	NET_AWAY			/* none of this was about the mail */
};

struct net_smtp;

/* Once a process, before anything else here, while it has one thread. */
enum err net_smtp_init(void) MUST_CHECK;
/* Connects when it is needed; keeps the connection between mails. */
enum err net_smtp_open(struct arena *, const struct net_server *,
    struct net_smtp **ret) MUST_CHECK;
void net_smtp_close(struct net_smtp *);
/* Within 30 s. Nothing but the mail's own text is kept back by the arena. */
enum net_result net_smtp_send(struct net_smtp *, struct arena *,
    const struct net_mail *);
/* Says hello, and signs in if there is a login: no mail. */
enum net_result net_smtp_hello(struct net_smtp *);
/* What the last call met, in a few words; no address. */
const char *net_smtp_trouble(const struct net_smtp *);

#endif
