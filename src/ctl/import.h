/* import.h: a journal's files on their way in: found, told of. */
#ifndef CTL_IMPORT_H
#define CTL_IMPORT_H

#include "ctl/ctl.h"

/* ---- import_list.c: which files. ---- */

struct ctl_import_item {
	const char *file;
	struct str path;		/* its page's, where it says none */
	const char *wrong;		/* why there is none, or NULL */
};
struct ctl_import_list {
	struct arena *arena;
	const char *root, *only;	/* of the command, or NULL */
	struct ctl_import_item *items;
	size_t n, cap;
	bool many;			/* of a folder or a sitemap */
};

/* A word is a file, or a folder with all that is below it. false: complained */
bool ctl_import_list_word(struct ctl_import_list *, const char *word);
/* What the sitemap lists, as files below root. */
bool ctl_import_list_sitemap(struct ctl_import_list *, const char *file);

/* ---- import_show.c: how far it is, and what became of it. ---- */

enum ctl_import_end { IMPORT_ADDED, IMPORT_UPDATED, IMPORT_UNCHANGED,
    IMPORT_READ, IMPORT_FAILED, IMPORT_ENDS };

struct ctl_import_show {
	struct arena *arena;
	bool many, json, bar, dry_run;
	size_t total, notes, ends[IMPORT_ENDS];
	int64_t drawn;			/* clock_mono */
	struct ctl_table failed;
	const char *stopped;		/* why before the last one, or NULL */
};

void ctl_import_show_begin(struct ctl_import_show *, struct arena *,
    size_t total);
void ctl_import_show_next(struct ctl_import_show *, const char *file);
void ctl_import_show_failed(struct ctl_import_show *, const char *file,
    struct str why);
/* The sums: the exit status. */
int ctl_import_show_end(struct ctl_import_show *);

#endif
