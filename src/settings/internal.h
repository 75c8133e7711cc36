/*
 * internal.h: what settings' files share: the table, values, the text.
 */
#ifndef SETTINGS_INTERNAL_H
#define SETTINGS_INTERNAL_H

#include "settings/settings.h"

/* ---- table.c: every setting, in the order of foyer.conf. ---- */

enum settings_kind {
	SETTINGS_NUMBER, SETTINGS_FLAG, SETTINGS_LEVEL, SETTINGS_FORMAT,
	SETTINGS_TEXT, SETTINGS_WORD, SETTINGS_GROUP, SETTINGS_PATH,
	SETTINGS_ORIGIN, SETTINGS_PREFIX, SETTINGS_LANGUAGE,
	SETTINGS_ADDRESSES, SETTINGS_ROLE, SETTINGS_MAILER, SETTINGS_MAIL
};

struct settings_row {
	const char *name;
	enum settings_kind kind;
	size_t at;			/* of the member it fills */
	int least, most;		/* of a number; of a text's bytes */
	const char *standard;		/* the default, as it would be typed */
};

extern const struct settings_row settings_table[];
extern const size_t settings_table_size;
/* What foyer itself reads of a filter's section; standard NULL: see path. */
extern const struct settings_row settings_table_filter[];
extern const size_t settings_table_filter_size;
/* `origins` is the one list; each of its values is like this row. */
extern const struct settings_row settings_table_origins;

/* ---- value.c ---- */

/* false: it is not what settings_value_expected says. base: the struct whose
 * member is set, or NULL to check only. */
bool settings_value_set(struct arena *, const struct settings_row *,
    struct str value, void *base);
/* "a whole number from 1 to 256" */
struct str settings_value_expected(struct arena *,
    const struct settings_row *);

/* ---- text.c: the file before libconfuse sees it. ---- */

struct settings_fault {
	int line;			/* 0: the file as a whole */
	struct str sentence;
};

/* The whole file; ERR_FILE. */
enum err settings_text_read(struct arena *, const char *file,
    struct str *ret, struct settings_fault *) MUST_CHECK;
/* A copy without comments, line for line; refuses what libconfuse would pass
 * over in silence or expand: open strings and braces, stray characters, ${}. */
enum err settings_text_check(struct arena *, struct str text, char **ret,
    struct settings_fault *) MUST_CHECK;

#endif
