/*
 * ingest.h: reads what a journal has published: reviews, as text or HTML.
 */
#ifndef INGEST_INGEST_H
#define INGEST_INGEST_H

#include "base/base.h"
#include "model/model.h"

enum { INGEST_FILE_MAX = 4 << 20 };	/* bytes */

struct ingest_note {			/* something kept but not understood */
	int line;			/* in the file, from 1 */
	const char *what;		/* "not placed", "image text dropped" */
	struct str text;		/* the line's beginning */
};

struct ingest {
	struct review review;
	struct ingest_note *notes;
	size_t nnotes;
	const char *encoding;		/* "UTF-8", "windows-1251" */
	const char *format;		/* "text", "html" */
};

/* Bytes of a file into a review. name: for the slug of last resort and for
 * messages. ERR_SYNTAX with *why "name:line: what was expected". */
enum err ingest_review(struct arena *, const char *name, struct str bytes,
    struct ingest *ret, struct str *why) MUST_CHECK;
/* Reads the file, then the same. */
enum err ingest_review_file(struct arena *, const char *path,
    struct ingest *ret, struct str *why) MUST_CHECK;

#endif
