/*
 * ingest.h: reads what a journal has published: reviews, as text or HTML.
 *
 * The shape of a review is DESIGN section 5's; its markup is that of the
 * example in samples/. What is read and can't be placed is kept as a paragraph
 * and noted; what is dropped (a repeated heading, an image's text) is noted.
 * Every word of the file is in the review or in a note.
 */
#ifndef INGEST_INGEST_H
#define INGEST_INGEST_H

#include "base/base.h"
#include "model/model.h"

enum {
	INGEST_FILE_MAX = 4 << 20,	/* bytes */
	INGEST_LINES_MAX = 20000,	/* of text; longer files are refused */
	INGEST_ARENA = 256 << 20	/* a limit that every such file fits */
};

struct ingest_note {			/* something that asks for a look */
	int line;			/* in the file, from 1 */
	bool dropped;			/* else it was kept */
	const char *what;		/* "not placed", "image text" */
	struct str text;		/* the line */
};

struct ingest {
	struct review review;
	struct ingest_note *notes;	/* by line */
	size_t nnotes;
	const char *encoding;		/* "UTF-8", "windows-1251" */
	const char *format;		/* "text", "html" */
};

/* Bytes of a file into a review. name: for the format (.html), the slug of
 * last resort and messages. ERR_SYNTAX with *why "name:line: what was
 * expected". All or nothing: ret is touched on OK only. */
enum err ingest_review(struct arena *, const char *name, struct str bytes,
    struct ingest *ret, struct str *why) MUST_CHECK;
/* Reads the file, then the same; also ERR_FILE. */
enum err ingest_review_file(struct arena *, const char *path,
    struct ingest *ret, struct str *why) MUST_CHECK;
/* Does a file of this name look like one: .txt, .html ...? */
bool ingest_review_named(const char *name);

/* ---- sitemap.c: which pages a journal has (sitemaps.org). ---- */

struct ingest_sitemap {
	struct str *urls;		/* as written: "https://..." */
	size_t n;
	bool index;			/* they are sitemaps themselves */
};
/* ERR_FILE or ERR_SYNTAX with *why if it can't be read or is none. */
enum err ingest_sitemap_file(struct arena *, const char *path,
    struct ingest_sitemap *ret, struct str *why) MUST_CHECK;
/* "https://journal.example/60/r.html" -> "/60/r.html"; "" if there is none. */
struct str ingest_sitemap_path(struct str url);
/* The file below the journal's root that such a path names: decoded, with
 * index.html after a slash; "" for a query or a path that leads out. */
struct str ingest_sitemap_file_of(struct arena *, struct str path);

/* ---- talk.c: what was said elsewhere, from other systems' exports. ---- */

enum ingest_fate { INGEST_SHOWN, INGEST_HELD, INGEST_GONE };	/* there */
struct ingest_said {
	struct str id, parent;		/* there; parent "": a root */
	struct str url, slug;		/* of its page; "": not told */
	struct str author, email;
	struct str who;			/* tells one author from another */
	struct str body;		/* Markdown, not cleaned yet */
	int64_t posted;			/* microseconds; 0: not told */
	enum ingest_fate fate;
	int line;			/* of the file */
};
struct ingest_talk {
	struct ingest_said *all;	/* the oldest first */
	size_t n;
};
bool ingest_talk_known(const char *system);	/* "disqus", "wordpress" */
/* Reads the whole file; ERR_FILE, or ERR_SYNTAX with *why "name:line: what
 * was expected". */
enum err ingest_talk_file(struct arena *, const char *path,
    const char *system, struct ingest_talk *ret, struct str *why) MUST_CHECK;

/* ---- markdown.c ---- */

/* Of HTML what a comment here may hold; breaks: in the text a new line is one,
 * and a blank line ends a paragraph. */
struct str ingest_markdown(struct arena *, struct str html, bool breaks);

#endif
