/* keep.h: part of store.h: all there is as lines of JSON, and back. */
#ifndef STORE_KEEP_H
#define STORE_KEEP_H

#include "base/base.h"

struct store;

/* ---- keep.c: what one export reads is of one moment. ---- */

struct store_keep_table {
	struct str name, *keys;
	size_t nkeys;
	struct str review;		/* the column that names it, or "" */
};
struct store_keep {
	struct str header;		/* a line of JSON, without its end */
	int64_t review;			/* 0: all */
	int64_t rows;			/* about; 0: nobody knows */
	struct store_keep_table *tables;	/* that this export is of */
	size_t ntables;
};
/* slug "": everything. ERR_NOT_FOUND: no such review. The transaction is open
 * until close. */
enum err store_keep_open(struct store *, struct arena *, struct str slug,
    struct store_keep *ret) MUST_CHECK;
struct store_keep_page {
	struct str *lines;		/* {"table" : {...}}, at most 500 */
	size_t n;
	struct str *at;			/* the last one's key; none at first */
	size_t nat;
};
/* The page after this one, in its stead. */
enum err store_keep_rows(struct store *, struct arena *,
    const struct store_keep *, size_t table, struct store_keep_page *)
    MUST_CHECK;
void store_keep_close(struct store *);

/* Begins an import, or goes on with it from byte *at. which: the export's
 * digest. ERR_CONFLICT with a sentence in *why. The rest needs the role that
 * owns the tables. */
struct store_import {
	struct str header, which;
	int64_t at;
	struct str why;
};
enum err store_keep_import(struct store *, struct arena *,
    struct store_import *) MUST_CHECK;
/* rows: a JSON array; `at`: the byte behind them. One transaction. */
enum err store_keep_put(struct store *, struct str table, struct str rows,
    int64_t at) MUST_CHECK;
enum err store_keep_done(struct store *) MUST_CHECK;

#endif
