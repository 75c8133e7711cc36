/*
 * app.h: what people can do, one file each. The only room that knows all the
 * others, and the only one that logs requests.
 */
#ifndef APP_APP_H
#define APP_APP_H

#include "base/base.h"
#include "filter/filter.h"
#include "settings/settings.h"
#include "store/store.h"

/* ---- daemon.c: foyerd, from its settings to its end; exit status. ---- */
/* conf: NULL for $FOYER_CONF or /etc/foyer/foyer.conf. */
int app_daemon(const char *conf);

/* ---- cgi.c: one request as plain CGI (RFC 3875); exit status. ---- */
bool app_is_cgi(void);
int app_cgi(void);

/* ---- host.c: foyerd --filter-host: the filters' own process. ---- */
void app_filter_host(int argc, char **argv) __attribute__((noreturn));

/* ---- what foyerctl's filter commands do as foyerd does ---- */

/* The plan that settings make for the filters: all, or those that are asked
 * later, or the others. */
void app_filter_plan(struct arena *, const struct settings *,
    struct filter_plan *);
void app_filter_plan_part(struct arena *, const struct settings *,
    bool deferred, struct filter_plan *);
/* A row of the moderation log as filters hear it. */
void app_learning_question(struct arena *, const struct store_heard *,
    struct filter_question *, struct filter_ruling *);

#endif
