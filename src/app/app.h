/*
 * app.h: what people can do, one file each. The only room that knows all the
 * others, and the only one that logs requests.
 */
#ifndef APP_APP_H
#define APP_APP_H

#include "base/base.h"
#include "filter/filter.h"
#include "net/net.h"
#include "page/page.h"
#include "seal/seal.h"
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

/* ---- what foyerctl does about mail as foyerd does ---- */

void app_worker_site(const struct settings *, struct page_site *);
/* The settings' mail server with its password; stop: -1. ERR_FILE with a
 * sentence in *why. */
enum err app_mailer_server(struct arena *, const struct settings *,
    struct net_server *ret, struct str *why) MUST_CHECK;
/* A mail address with its domain in ASCII, as browsers send it: whoever writes
 * it otherwise means the same. One that has none stays. */
struct str app_mailer_ascii(struct arena *, struct str address);
/* Of such an address. ERR_EMAIL_BAD, or ERR_EMAIL_LETTERS: only a server that
 * knows SMTPUTF8 (RFC 6531) would take it. */
enum err app_mailer_check(struct str address) MUST_CHECK;
/* A follower's address, sealed for the database and opened again.
 * ERR_TOKEN_BAD: its key is gone. */
enum err app_follow_seal(const struct seal_keys *, struct arena *,
    const char *site, struct store_follower *) MUST_CHECK;
enum err app_follow_open(const struct seal_keys *, struct arena *,
    const char *site, struct store_follower *) MUST_CHECK;
struct app_follow_data {
	struct store *store;
	const struct seal_keys *keys;
	const char *site;
};
/* What somebody asked to be told by mail, the newest first, *n at most; an
 * address whose key is gone is "". */
enum err app_follow_of(const struct app_follow_data *, struct arena *,
    const struct uuid *, struct page_followed **ret, size_t *n) MUST_CHECK;
/* All of it, a line of JSON each. */
enum err app_follow_data(const struct app_follow_data *, const struct uuid *,
    struct buf *) MUST_CHECK;

#endif
