/* check.h: what foyerctl check is made of: each looks, and says a line. */
#ifndef CTL_CHECK_H
#define CTL_CHECK_H

#include "ctl/ctl.h"

struct ctl_check {
	struct ctl *ctl;
	struct arena *arena;		/* its */
	struct settings *settings;	/* its */
	struct ctl_table said;
	bool json;			/* told at the end, all at once */
};

/* ---- check.c ---- */

/* Says so, and returns whether it is well, as all of these do. */
bool ctl_check_ok(struct ctl_check *, const char *what, const char *detail);
bool ctl_check_wrong(struct ctl_check *, const char *what, struct str why);

/* ---- check_database.c: PostgreSQL, its room, whether it writes. ---- */

bool ctl_check_database(struct ctl_check *);

/* ---- check_filters.c: can they be loaded and opened? ---- */

bool ctl_check_filters(struct ctl_check *);

/* ---- check_folders.c: where foyerd writes. ---- */

bool ctl_check_cache(struct ctl_check *);
bool ctl_check_state(struct ctl_check *);
bool ctl_check_disk(struct ctl_check *);

/* ---- check_mail.c: says hello and signs in; no mail. ---- */

bool ctl_check_mail(struct ctl_check *);

/* ---- check_running.c: foyerd itself is asked, as nginx asks it. ---- */

bool ctl_check_running(struct ctl_check *);

/* ---- check_nginx.c ---- */

/* file: NULL for that of the nginx that serves this foyer, if one is here. */
bool ctl_check_nginx(struct ctl_check *, const char *file);

/* ---- ask.c ---- */

/* The body of what foyerd answers to GET path; false: it does not. */
bool ctl_ask(struct arena *, const char *socket, const char *path,
    struct str *body);

#endif
