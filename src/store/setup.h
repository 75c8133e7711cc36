/* setup.h: part of store.h: a database becomes foyer's, for foyerctl. */
#ifndef STORE_SETUP_H
#define STORE_SETUP_H

#include "base/base.h"

/* ---- migrate.c: for foyerctl; uses its own connection. ---- */
struct store_migration {
	int number;
	const char *name, *sql;
};

/* Applies what is missing, each in one transaction, all under one advisory
 * lock; calls say with a line for each thing done. ERR_SCHEMA: the database is
 * newer than this program. With a name, of sql/optional, that one alone, once,
 * and only on this program's schema. */
enum err store_migrate(const char *conninfo, const char *name, bool dry_run,
    void (*say)(const char *line)) MUST_CHECK;
/* The newest migration compiled in. */
int store_migration_last(void);

/* ---- setup.c: for foyerctl, likewise. ---- */

struct store_setup {
	const char *admin;	/* how a role that may make roles connects */
	const char *web;	/* how foyerd does */
	const char *site;	/* its row of table site */
	bool dry_run;
	void (*say)(const char *line);
};

/* Makes what is missing of roles, database, schema, site, and says so; what is
 * there is left. Says what went wrong, too. */
enum err store_setup(struct arena *, const struct store_setup *) MUST_CHECK;
/* The database is there, with this program's schema. */
bool store_setup_done(struct arena *, const struct store_setup *);

/* ---- conninfo.c ---- */

struct store_conninfo {
	const char *key, *value;	/* value NULL: it is taken out */
};

/* Such a string with these values; NULL: libpq can't read it. */
const char *store_conninfo_with(struct arena *, const char *conninfo,
    const struct store_conninfo *, size_t n);
/* What the string itself says, "" if nothing. */
const char *store_conninfo_get(struct arena *, const char *conninfo,
    const char *key);
/* As the admin, in foyer's database, acting as a role of foyer's. */
const char *store_conninfo_as(struct arena *, const struct store_setup *,
    const char *role);

#endif
