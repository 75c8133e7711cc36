/* nginx.h: which nginx serves foyer, and what its settings say. */
#ifndef CTL_NGINX_H
#define CTL_NGINX_H

#include "base/base.h"

struct ctl_nginx {
	struct arena *arena;
	const char *socket;		/* foyerd's, as we know it */
	int port;			/* of the origin */
	const char *user;		/* nginx's workers'; NULL: not named */
	const char *cache;		/* $foyer_cache; NULL: not set */
	bool passes;			/* something goes to the socket */
	bool listens;			/* on that port */
	const char *unbuffered, *kept;	/* file:line of what must not be */
	const char *broken;		/* why a file was not read, or NULL */
};

/* ---- nginx.c ---- */

/* Reads the file and what it includes. false: see broken. */
bool ctl_nginx_read(struct ctl_nginx *, const char *file);

/* ---- nginx_find.c ---- */

/* Of those that run here and the system's, the one that passes to the socket,
 * better yet where the origin's port is: its file, read into *n. NULL: there is
 * none at all. */
const char *ctl_nginx_find(struct ctl_nginx *n);

#endif
