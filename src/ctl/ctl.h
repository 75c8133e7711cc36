/*
 * ctl.h: foyerctl, the operators' tool: a file for each subcommand.
 *
 * A subcommand is a struct ctl_command; main.c has the table. Answers go to
 * standard output, complaints to standard error. Exit status: 0 it is done,
 * 1 something failed, 2 it was called wrongly.
 */
#ifndef CTL_CTL_H
#define CTL_CTL_H

#include "base/base.h"
#include "settings/settings.h"
#include "store/store.h"

#define CTL_VERSION	"0.1.0"

enum { CTL_DONE = 0, CTL_FAILED = 1, CTL_USAGE = 2 };
enum { CTL_ARENA = 256 << 20 };		/* bytes */

struct ctl_command;

struct ctl {
	struct arena *arena;
	const struct ctl_command *command;	/* that runs */
	const char *conf, *database;	/* global options, or NULL */
	bool loaded;
	struct settings settings;
	struct store *store;
};

struct ctl_option {			/* one of value and flag is set */
	const char *name;		/* "dry-run" */
	const char **value;
	bool *flag;
};

struct ctl_command {
	const char *name;		/* "review import" */
	const char *usage;		/* what follows the name, or "" */
	const char *what;		/* one line, for the list */
	const char *help;		/* more, and an example; ends with \n */
	int (*run)(struct ctl *, int argc, char **argv);
};

/* ---- main.c ---- */

extern const struct ctl_command *const ctl_commands[];
extern const size_t ctl_commands_size;

int ctl_main(int argc, char **argv);

/* ---- options.c ---- */

/* Takes the options (and the global ones) out of argv, wherever they stand:
 * how many words are left, or -1 after a complaint. A word after "--" is none.
 * Fewer than least or more than most words are a complaint, too. */
int ctl_options(struct ctl *, int argc, char **argv,
    const struct ctl_option *, size_t n);
bool ctl_options_words(struct ctl *, int got, int least, int most);
/* A person's name, cleaned; `none`: it may be "". */
bool ctl_options_name(const struct ctl *, const char *given, bool none,
    struct str *name);

struct ctl_number {			/* an option that is a whole number */
	const char *name, *text;	/* NULL: not given, *ret stays */
	int64_t least, most, *ret;
};

/* False after a complaint. */
bool ctl_options_numbers(struct ctl *, const struct ctl_number *, size_t n);

/* ---- say.c ---- */

int ctl_say_failed(const char *fmt, ...) LIKE_PRINTF(1, 2);	/* CTL_FAILED */
int ctl_say_usage(const struct ctl *, const char *fmt, ...)
    LIKE_PRINTF(2, 3);						/* CTL_USAGE */

/* ---- open.c: what most commands need; each complains itself. ---- */

bool ctl_open_settings(struct ctl *);
/* The database's address: --database, or the settings'; NULL: complained. */
const char *ctl_open_conninfo(struct ctl *);
/* Connected, its schema checked, the log's chain set; NULL: complained. */
struct store *ctl_open_store(struct ctl *);
/* Why a call of the store failed, in a sentence. */
const char *ctl_open_why(const struct ctl *, enum err);
/* Says it: CTL_FAILED. */
int ctl_open_trouble(const struct ctl *, enum err, const char *what);

/* ---- become.c ---- */

/* For root, and for good; whom there is not nobody becomes. false: complained.
 */
bool ctl_become(const char *user);

/* ---- reseal.c ---- */

struct seal_keys;
/* Second factors and followers' addresses, with the newest box key. */
int ctl_reseal(struct ctl *, const struct seal_keys *, struct str kid);

/* ---- table.c: a list for people, or with --json for programs. ---- */

struct ctl_column {
	const char *name;
	bool number;			/* or true, false */
};

struct ctl_table {
	struct arena *arena;
	const struct ctl_column *columns;
	size_t ncolumns;
	struct str *cells;
	size_t ncells, cap;
};

void ctl_table_cell(struct ctl_table *, struct str);
void ctl_table_int(struct ctl_table *, int64_t);
void ctl_table_print(const struct ctl_table *, bool json);
struct str ctl_table_json(const struct ctl_table *);

/* ---- progress.c: on standard error, if that is a terminal. ---- */

struct ctl_progress {
	const char *what;
	int64_t total;			/* 0: nobody knows */
	int64_t shown;			/* when; 0: never */
};
void ctl_progress_show(struct ctl_progress *, int64_t done);
void ctl_progress_end(const struct ctl_progress *);

/* ---- password.c ---- */

/* From standard input (word "-"), from the file, or if both are NULL a new one,
 * *made. false: complained. */
bool ctl_password_read(struct ctl *, const char *word, const char *file,
    struct str *password, bool *made);

/* ---- act.c ---- */

/* Writes what was done to an account into the moderation log: the exit
 * status. */
int ctl_act_log(struct ctl *, enum model_logged, struct str after);

/* ---- account_add.c ---- */

struct account;
/* Adds it with this password, which it prints if it was made: the exit
 * status. */
int ctl_account_make(struct ctl *, struct account *, struct str password,
    bool made);

/* ---- the subcommands ---- */

extern const struct ctl_command ctl_account_add, ctl_account_list,
    ctl_account_password, ctl_account_reviewer, ctl_account_revoke,
    ctl_account_totp_reset, ctl_check, ctl_completion, ctl_export,
    ctl_filter_eval, ctl_filter_list,
    ctl_filter_retrain, ctl_filter_try, ctl_import, ctl_key_list,
    ctl_key_new, ctl_key_retire, ctl_key_rotate,
    ctl_log_export, ctl_log_seal, ctl_log_verify, ctl_mail_test,
    ctl_migrate,
    ctl_person_erase, ctl_person_export, ctl_review_import, ctl_review_list,
    ctl_search_rebuild, ctl_setup, ctl_sso_key, ctl_sso_token,
    ctl_statistics_rebuild, ctl_thread_set, ctl_version;

#endif
