/*
 * internal.h: the folder's open parts, and the page its processes share.
 */
#ifndef SNAPSHOT_INTERNAL_H
#define SNAPSHOT_INTERNAL_H

#include <dirent.h>
#include <stdatomic.h>

#include "snapshot/snapshot.h"

enum { SNAPSHOT_TICKETS = 4096, SNAPSHOT_NAME = 256 };

struct snapshot_shared {
	_Atomic uint32_t all, one[SNAPSHOT_TICKETS];
	_Atomic int64_t bytes, files;	/* what there is, trash and all */
	_Atomic uint64_t moves;		/* puts and drops, ever */
	_Atomic uint32_t opened;	/* how often anew; see mend.c */
	_Atomic uint32_t owed;		/* drops that could not be */
};

/* A sweep that goes on; see sweep.c. */
struct snapshot_sweep {
	DIR *dir;			/* of threads; NULL: none goes on */
	struct snapshot_heap *heaps;
	size_t n, cap;
	int64_t bytes, files;
	uint64_t moves;			/* when it began */
	int64_t evict;			/* who changed until then goes */
};

struct snapshot {
	const char *folder;
	int root, tmp, trash;		/* folders' descriptors */
	uint32_t opened;		/* they are of that time */
	uint32_t paid;			/* of those owed */
	struct snapshot_limits limits;
	struct snapshot_shared *shared;
	struct snapshot_sweep sweep;
	unsigned serial;		/* of names in tmp and trash */
};

/* ---- snapshot.c ---- */

/* A name that nobody else uses in tmp or trash. */
void snapshot_unique(struct snapshot *, char ret[SNAPSHOT_NAME]);
/* Safe as one part of a path: [a-z0-9_][a-z0-9_.-]*, at most 120 bytes. */
bool snapshot_name(struct str, const char *ending, char ret[SNAPSHOT_NAME]);
/* If a drop could not be (a folder that may not be written), all goes now, or
 * the next time. By one process. */
void snapshot_drop_owed(struct snapshot *);

/* ---- folder.c: nothing here follows a link. ---- */

/* Opens a folder of `at`; -1: none. */
int snapshot_folder(int at, const char *name);
/* If there is none; one that all may read, whatever the umask. */
int snapshot_folder_make(int at, const char *name);
/* The threads' folder as it is now: a drop of all gives a new one. */
int snapshot_folder_threads(struct snapshot *);
DIR *snapshot_folder_list(int at, const char *name);	/* NULL: none */
/* The next that is not "." or ".."; NULL: no more. */
const char *snapshot_folder_next(DIR *);
/* Deletes what is in the folder, or it too, until this moment (clock_mono),
 * and counts it off. False: something is left. */
bool snapshot_folder_clear(struct snapshot *, int at, const char *name,
    int64_t until);
bool snapshot_folder_delete(struct snapshot *, int at, const char *name,
    int64_t until);

/* ---- mend.c ---- */

/* Opens the parts, or makes them. False, with errno: some are open. */
bool snapshot_mend_open(struct snapshot *);
void snapshot_mend_close(struct snapshot *);
/* Where another process has opened the folder anew, so does this one. */
void snapshot_mend_follow(struct snapshot *);

/* ---- sweep.c ---- */
void snapshot_sweep_end(struct snapshot *);	/* gives one up */

#endif
