/*
 * app.h: what people can do, one file each. The only room that knows all the
 * others, and the only one that logs requests.
 */
#ifndef APP_APP_H
#define APP_APP_H

#include "base/base.h"

/* ---- daemon.c: foyerd, from its settings to its end; exit status. ---- */
int app_daemon(const char *conf);

/* ---- cgi.c: one request as plain CGI (RFC 3875); exit status. ---- */
int app_cgi(const char *conf);

/* ---- host.c: foyerd --filter-host: the filters' own process. ---- */
void app_filter_host(int argc, char **argv) __attribute__((noreturn));

#endif
