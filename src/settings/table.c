/* table.c: every setting with its kind, bounds and default. */
#include "settings/internal.h"

#define AT(member)	offsetof(struct settings, member)
#define FILTER_AT(member)	offsetof(struct settings_filter, member)

const struct settings_row settings_table[] = {
	/* the site */
	{ "site", SETTINGS_WORD, AT(site), 1, 63, "main" },
	{ "name", SETTINGS_TEXT, AT(name), 1, 200, "Journal" },
	{ "origin", SETTINGS_ORIGIN, AT(origin), 8, 300, "http://localhost" },
	{ "reviews", SETTINGS_PREFIX, AT(reviews), 3, 100, "/reviews/" },
	{ "language", SETTINGS_LANGUAGE, AT(language), 2, 35, "en" },
	/* the daemon */
	{ "listen", SETTINGS_PATH, AT(listen), 2, 103,
	    "/run/foyer/foyer.sock" },
	{ "group", SETTINGS_GROUP, AT(group), 0, 32, "" },
	{ "workers", SETTINGS_NUMBER, AT(workers), 1, 256, "4" },
	{ "request_timeout", SETTINGS_NUMBER, AT(request_timeout), 100, 5000,
	    "5000" },
	{ "body_limit", SETTINGS_NUMBER, AT(body_limit), 1024, 131072,
	    "131072" },
	{ "memory_limit", SETTINGS_NUMBER, AT(memory_limit), 16, 1024, "64" },
	{ "log", SETTINGS_LEVEL, AT(log), 0, 0, "note" },
	{ "log_format", SETTINGS_FORMAT, AT(log_format), 0, 0, "text" },
	{ "watchers", SETTINGS_ADDRESSES, AT(watchers), 0, 1000,
	    "127.0.0.0/8 ::1" },
	/* the database */
	{ "database", SETTINGS_TEXT, AT(database), 1, 1000, "dbname=foyer" },
	/* sessions */
	{ "keys", SETTINGS_PATH, AT(keys), 2, 1000, "/etc/foyer/keys" },
	{ "session_days", SETTINGS_NUMBER, AT(session_days), 1, 400, "180" },
	{ "totp_required", SETTINGS_ROLE, AT(totp_required), 0, 9, "" },
	{ "sso_key", SETTINGS_TEXT, AT(sso_key), 0, 1000, "" },
	{ "edit_window", SETTINGS_NUMBER, AT(edit_window), 0, 86400, "900" },
	{ "sender_days", SETTINGS_NUMBER, AT(sender_days), 1, 365, "30" },
	{ "report_hold", SETTINGS_NUMBER, AT(report_hold), 0, 100, "0" },
	/* filters */
	{ "plugins", SETTINGS_PATH, AT(plugins), 2, 1000,
	    "/usr/lib/foyer/plugins" },
	{ "filter_deadline", SETTINGS_NUMBER, AT(filter_deadline), 1, 1000,
	    "50" },
	{ "filter_memory", SETTINGS_NUMBER, AT(filter_memory), 16, 4096,
	    "256" },
	{ "filter_pause", SETTINGS_NUMBER, AT(filter_pause), 0, 86400, "60" },
	{ "deferred_deadline", SETTINGS_NUMBER, AT(deferred_deadline), 100,
	    30000, "3000" },
	{ "deferred_wait", SETTINGS_NUMBER, AT(deferred_wait), 1, 86400,
	    "60" },
	{ "defer_at", SETTINGS_NUMBER, AT(defer_at), -100, 101, "-100" },
	{ "state", SETTINGS_PATH, AT(state), 0, 1000, "/var/lib/foyer" },
	{ "hold_at", SETTINGS_NUMBER, AT(hold_at), -100, 101, "30" },
	{ "spam_at", SETTINGS_NUMBER, AT(spam_at), -100, 101, "90" },
	/* snapshots */
	{ "cache", SETTINGS_PATH, AT(cache), 0, 1000, "/var/cache/foyer" },
	{ "cache_size", SETTINGS_NUMBER, AT(cache_size), 1, 1048576, "1024" },
	{ "cache_files", SETTINGS_NUMBER, AT(cache_files), 100, 10000000,
	    "100000" },
	/* mail */
	{ "mail_server", SETTINGS_MAILER, AT(mail_server), 0, 300, "" },
	{ "mail_starttls", SETTINGS_FLAG, AT(mail_starttls), 0, 0, "true" },
	{ "mail_ca", SETTINGS_PATH, AT(mail_ca), 0, 1000, "" },
	{ "mail_from", SETTINGS_MAIL, AT(mail_from), 0, 254, "" },
	{ "mail_login", SETTINGS_TEXT, AT(mail_login), 0, 300, "" },
	{ "mail_password_file", SETTINGS_PATH, AT(mail_password_file), 0,
	    1000, "" },
	{ "mail_moderators", SETTINGS_MAIL, AT(mail_moderators), 0, 254, "" },
	{ "mail_digest", SETTINGS_NUMBER, AT(mail_digest), 1, 10080, "60" },
	{ "mail_rate", SETTINGS_NUMBER, AT(mail_rate), 1, 6000, "60" },
	/* keeping */
	{ "change_days", SETTINGS_NUMBER, AT(change_days), 1, 365, "30" },
	{ "sender_keep", SETTINGS_NUMBER, AT(sender_keep), 0, 36500, "90" },
	{ "mail_keep", SETTINGS_NUMBER, AT(mail_keep), 0, 36500, "365" },
	{ "spam_keep", SETTINGS_NUMBER, AT(spam_keep), 0, 36500, "365" },
	{ "revision_keep", SETTINGS_NUMBER, AT(revision_keep), 0, 36500, "0" }
};
const size_t settings_table_size = COUNT(settings_table);

const struct settings_row settings_table_filter[] = {
	{ "path", SETTINGS_PATH, FILTER_AT(path), 2, 1000, NULL },
	{ "weight", SETTINGS_NUMBER, FILTER_AT(weight), 0, 1000, "100" },
	{ "enabled", SETTINGS_FLAG, FILTER_AT(enabled), 0, 0, "true" },
	{ "deferred", SETTINGS_FLAG, FILTER_AT(deferred), 0, 0, "false" },
	{ "challenge", SETTINGS_FLAG, FILTER_AT(challenge), 0, 0, "false" }
};
const size_t settings_table_filter_size = COUNT(settings_table_filter);

const struct settings_row settings_table_origins = {
	"origins", SETTINGS_ORIGIN, 0, 8, 300, NULL
};
