/*
 * settings.h: foyer.conf, read and checked (libconfuse).
 *
 * Every setting has a default and bounds; conf/foyer.conf shows them all. A
 * wrong key or value is refused with file, line and what was expected.
 */
#ifndef SETTINGS_SETTINGS_H
#define SETTINGS_SETTINGS_H

#include "base/base.h"

enum { SETTINGS_FILTERS_MAX = 16 };

struct settings_pair {
	const char *key, *value;
};

struct settings_filter {
	const char *name;		/* the section's title */
	const char *path;		/* of the .so */
	int weight;			/* percent, 0..1000; 100 is as given */
	bool enabled;
	bool deferred;			/* asked later, with the network */
	bool challenge;			/* gives out challenges */
	struct settings_pair *pairs;	/* whatever else the section holds */
	size_t npairs;
};

struct settings {
	const char *file;		/* where it was read from */
	/* the site */
	const char *site;		/* row of table site: "main" */
	const char *name;		/* the journal's name, on pages */
	const char *origin;		/* "https://journal.example", no / */
	const char *reviews;		/* prefix, as in "/reviews/" */
	const char *language;		/* of the interface, BCP 47: "en" */
	const char **origins;		/* other origins that may post */
	size_t norigins;
	/* the daemon */
	const char *listen;		/* path of the unix socket */
	const char *group;		/* of the socket; "" leaves it */
	int workers;			/* 1..256 */
	int request_timeout;		/* ms, 100..5000 */
	int body_limit;			/* bytes, 1 KiB..128 KiB */
	int memory_limit;		/* MiB, a worker's arena: 16..1024 */
	enum log_level log;
	enum log_format log_format;
	const char *watchers;		/* who may read /foyer/metrics:
					 * addresses and ranges, or "" */
	/* the database */
	const char *database;		/* libpq connection string */
	/* sessions */
	const char *keys;		/* folder of key files */
	int session_days;		/* 1..400 */
	const char *totp_required;	/* from this role on: "moderator"; ""
					 * from none */
	const char *sso_key;		/* the journal's: a key, a file of
					 * keys, or "" */
	int edit_window;		/* seconds, 0..86400 */
	int sender_days;		/* of one sender's hash, 1..365 */
	int report_hold;		/* reporters that hold a comment again,
					 * 0..100; 0: none do */
	/* proxies whose X-Forwarded-For is believed: none by default, since
	 * nginx's realip sets REMOTE_ADDR. */
	/* filters */
	const char *plugins;		/* folder where NAME.so is looked for */
	int filter_deadline;		/* ms, 1..1000 */
	int filter_memory;		/* MiB for the filter host, 16..4096 */
	int filter_pause;		/* seconds out after 5 faults,
					 * 0..86400; 0: never */
	const char *state;		/* folder of what filters remember, or
					 * "": they learn anew at each start */
	int deferred_deadline;		/* ms for one comment, 100..30000 */
	int deferred_wait;		/* s, then a person rules: 1..86400 */
	int defer_at;			/* -100..101: total from which on a
					 * comment waits for deferred filters */
	int hold_at, spam_at;		/* -100..101; total at or above;
					 * spam_at is never below hold_at */
	bool challenge;			/* one of the filters gives them */
	struct settings_filter *filters;
	size_t nfilters;
	/* snapshots */
	const char *cache;		/* folder nginx reads, or "": none */
	int cache_size;			/* MiB */
	int cache_files;
	/* mail */
	const char *mail_server;	/* smtp://host:port, smtps://; "": no
					 * mail is sent */
	bool mail_starttls;		/* it has to offer TLS */
	const char *mail_ca;		/* file of certificates, or "" */
	const char *mail_from;		/* the sender's address */
	const char *mail_login;		/* "": none */
	const char *mail_password_file;	/* path of a file, or "" */
	const char *mail_moderators;	/* their address for digests, or "" */
	int mail_digest;		/* minutes between those, 1..10080 */
	int mail_rate;			/* mails a minute, 1..6000 */
	/* keeping */
	int change_days;		/* change rows are kept, 1..365 */
	/* days, 0..36500; 0: for ever */
	int sender_keep, mail_keep;	/* hashes of addresses, of mail */
	int spam_keep, revision_keep;	/* texts */
};

/* Reads `file`; on ERR_SYNTAX or ERR_FILE *why is a sentence with the file,
 * the line and what was expected. Everything lives in the arena. */
enum err settings_load(struct arena *, const char *file,
    struct settings *ret, struct str *why) MUST_CHECK;
/* $FOYER_CONF, else /etc/foyer/foyer.conf. */
const char *settings_file(void);

#endif
