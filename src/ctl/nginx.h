/* nginx.h: what foyerctl check reads of nginx's settings. */
#ifndef CTL_NGINX_H
#define CTL_NGINX_H

#include "base/base.h"

struct ctl_nginx {
	struct arena *arena;
	const char *socket;		/* foyerd's, as we know it */
	const char *user;		/* nginx's workers'; NULL: not named */
	const char *cache;		/* $foyer_cache; NULL: not set */
	bool passes;			/* something goes to the socket */
	const char *unbuffered, *kept;	/* file:line of what must not be */
	const char *broken;		/* why a file was not read, or NULL */
};

/* ---- nginx.c ---- */

/* Reads the file and what it includes. false: see broken. */
bool ctl_nginx_read(struct ctl_nginx *, const char *file);

#endif
