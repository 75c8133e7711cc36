/*
 * snapshot.h: the files that nginx serves to readers (DESIGN section 7).
 *
 * FOLDER/t/SLUG/NAME and NAME.gz: one folder a thread, made and removed as a
 * whole. A file is a promise that it is what the database says, so a page is
 * published only if its thread was not dropped since before it was read:
 *
 *	take a ticket; read the database; render; put; read the version again;
 *	take the file back if the version moved on.
 *
 * The ticket makes a drop on this node hold at once; the second look at the
 * version makes it hold for other nodes' changes. What can't be written is
 * not: a full disk costs speed only.
 */
#ifndef SNAPSHOT_SNAPSHOT_H
#define SNAPSHOT_SNAPSHOT_H

#include "base/base.h"

struct snapshot;

/* Of all there is, what waits to be deleted too. */
struct snapshot_limits {
	int64_t bytes, files;
};

/* Before fork: the children share the tickets' page. folder NULL or "": no
 * snapshots, and every call below does nothing. ERR_FILE with a sentence. */
enum err snapshot_open(struct arena *, const char *folder,
    const struct snapshot_limits *, struct snapshot **ret, struct str *why)
    MUST_CHECK;
void snapshot_close(struct snapshot *);

struct snapshot_ticket {
	uint32_t all, one;
};

struct snapshot_ticket snapshot_ticket(struct snapshot *, struct str thread);
struct snapshot_page {
	struct str thread, name, bytes;
	int64_t version;	/* gives its files, and so nginx's ETag, a
				   time that no other version has */
};

/* Writes NAME and NAME.gz; false: not published, or another's is there. */
bool snapshot_put(struct snapshot *, struct arena *,
    const struct snapshot_page *, struct snapshot_ticket);
void snapshot_take_back(struct snapshot *, const struct snapshot_page *);
/* The bytes that another worker has published meanwhile; false: none. */
bool snapshot_get(struct snapshot *, struct arena *, struct snapshot_page *);
void snapshot_drop(struct snapshot *, struct str thread);
void snapshot_drop_all(struct snapshot *);
/* By one process: if the folder or a part of it was removed or replaced, it is
 * made and opened anew, empty, for all. ERR_FILE, with errno: it can't be.
 * What could not be dropped (a folder that could not be written) is now, with
 * all. */
enum err snapshot_mend(struct snapshot *, bool *mended) MUST_CHECK;
/* Both go on for 20 ms at most, since who calls them has more to do. */
/* Empties the trash: whether nothing is left. Cheap when there is none. */
bool snapshot_empty(struct snapshot *);
/* That; then counts what is there, and drops the threads that changed longest
 * ago if it is more than the limits allow. True: this sweep is over, and the
 * next call begins another. */
bool snapshot_sweep(struct snapshot *);

#endif
