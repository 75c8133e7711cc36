/*
 * internal.h: the folder's open parts, and the page its processes share.
 */
#ifndef SNAPSHOT_INTERNAL_H
#define SNAPSHOT_INTERNAL_H

#include <stdatomic.h>

#include "snapshot/snapshot.h"

enum { SNAPSHOT_TICKETS = 4096, SNAPSHOT_NAME = 128 };

struct snapshot_shared {
	_Atomic uint32_t all, one[SNAPSHOT_TICKETS];
	_Atomic int64_t bytes, files;
};

struct snapshot {
	int threads, tmp, trash;	/* folders' descriptors */
	struct snapshot_limits limits;
	struct snapshot_shared *shared;
	unsigned serial;		/* of names in tmp and trash */
};

/* A name that nobody else uses in tmp or trash. */
void snapshot_unique(struct snapshot *, char ret[SNAPSHOT_NAME]);
/* Safe as one part of a path: [a-z0-9_][a-z0-9_.-]*, at most 120 bytes. */
bool snapshot_name(struct str, const char *ending, char ret[SNAPSHOT_NAME]);
/* Opens a folder of `at`, never through a link; -1: none. */
int snapshot_folder(int at, const char *name);

#endif
