/*
 * outward.h: what plugins share that ask other machines.
 *
 * A plugin names the files that it takes in its file `shares`. Whoever is asked
 * must be on its list of addresses: a name that leads elsewhere leads nowhere.
 * Time and size are bounded, no redirect is followed.
 */
#ifndef OUTWARD_H
#define OUTWARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

#include <foyer/plugin.h>

enum { OUTWARD_NETS = 24, OUTWARD_TEXT = 512 };

/* ---- allow.c ---- */

struct outward_allow {
	bool public;			/* whatever is not private or local */
	size_t n;
	struct outward_net {
		int family, bits;
		unsigned char address[16];
	} nets[OUTWARD_NETS];
};

/* "127.0.0.0/8 ::1 public"; false: it is no such list. */
bool outward_allow_read(struct outward_allow *, const char *list);
bool outward_allow_has(const struct outward_allow *, const struct sockaddr *);

/* ---- settings.c ---- */

struct outward_setting {		/* a text, or a number where most > 0 */
	const char *key;
	char *text;			/* of OUTWARD_TEXT */
	long *number, least, most;
};

/* Fills them in; false: there is no such setting, or it is too long or out of
 * bounds, and *why tells its key. */
bool outward_settings(const struct outward_setting *, size_t n,
    const struct foyer_setting *, uint64_t nset, const char **why);

/* ---- dial.c ---- */

/* A connected TCP socket to the first address of that name that is allowed and
 * answers; or -1. No call on it waits longer than ms. */
int outward_dial(const char *host, const char *port,
    const struct outward_allow *, long ms);

/* ---- http.c: libcurl ---- */

struct outward_post {
	const char *url;
	const char *const *headers;	/* ends with NULL; or NULL */
	const char *body;
	size_t len;
	const struct outward_allow *allow;
	long ms;
	char *answer;			/* ends in a NUL */
	size_t room;
	char tip[64];			/* of the header X-akismet-pro-tip */
};

/* The status, or 0: no whole answer came. */
long outward_post(struct outward_post *);

/* ---- message.c ---- */

/* The comment as a mail (RFC 5322); its length. */
size_t outward_message(const struct foyer_comment *, char *to, size_t room);

#endif
