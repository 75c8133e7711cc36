/*
 * app.h: what people can do, one file each. The only room that knows all the
 * others, and the only one that logs requests.
 */
#ifndef APP_APP_H
#define APP_APP_H

#include "base/base.h"

/* ---- daemon.c: foyerd, from its settings to its end; exit status. ---- */
/* conf: NULL for $FOYER_CONF or /etc/foyer/foyer.conf. */
int app_daemon(const char *conf);

/* ---- cgi.c: one request as plain CGI (RFC 3875); exit status. ---- */
bool app_is_cgi(void);
int app_cgi(void);

/* ---- host.c: foyerd --filter-host: the filters' own process. ---- */
void app_filter_host(int argc, char **argv) __attribute__((noreturn));

#endif
