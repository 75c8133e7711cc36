/*
 * app.h: what people can do, one file each. The only room that knows the
 * others; the only one that logs requests.
 */
#ifndef APP_APP_H
#define APP_APP_H

#include "base/base.h"
#include "filter/filter.h"
#include "model/model.h"
#include "page/page.h"
#include "proc/proc.h"
#include "seal/seal.h"
#include "settings/settings.h"
#include "store/store.h"
#include "wire/wire.h"

struct app {
	struct arena *life;		/* of the process */
	const struct settings *settings;
	struct store *store;
	struct seal_keys *keys;
	struct filter_seat *filters;
	struct page_site site;
};

/* Who is asking, settled before an action runs. */
struct visitor {
	bool known;			/* carries a good session */
	struct session session;
	struct account account;		/* of admin routes: fresh from store */
	enum err form;			/* of the form token: OK or not */
	int64_t form_made;
};

/* ---- run.c: the mains call these. ---- */

/* The daemon: settings to end; exit status. */
int app_daemon(const char *conf);
/* One plain CGI request. */
int app_cgi(const char *conf);

#endif
