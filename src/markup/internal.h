/*
 * internal.h: what the files of markup share.
 *
 * A body goes through: marks (in the source, so that escapes and code spans
 * keep their meaning), cmark, note and extend (in the tree), render.
 */
#ifndef MARKUP_INTERNAL_H
#define MARKUP_INTERNAL_H

#include <cmark.h>

#include "markup/markup.h"

enum {
	MARKUP_DEPTH_MAX = 16,		/* open tags at once */
	MARKUP_LINKS_MAX = 100,		/* kept for the filters */
	MARKUP_NOTES_MAX = 100,		/* footnotes of a comment */
	MARKUP_LABEL_MAX = 40,		/* bytes of a footnote's label */
	MARKUP_URL_MAX = 2000		/* bytes; longer is only text */
};

/* ---- marks.c: noncharacters (never in cleaned text) put into the source:
 * within a spoiler's "||", in "[^label]", before a definition's colon. ---- */

enum markup_mark {
	MARK_NONE,
	MARK_BOTH, MARK_OPEN, MARK_CLOSE,	/* what this "||" may be */
	MARK_NOTE, MARK_DEFINITION
};
enum { MARKUP_MARK_LEN = 3 };

struct str markup_marks_add(struct arena *, struct str body);
/* The mark at s[i]. */
enum markup_mark markup_mark_at(struct str s, size_t i);
/* The marked "||" at s[i]. */
enum markup_mark markup_mark_spoiler(struct str s, size_t i);
/* Past a marked "[^label]" at s[i], or i if there is none. */
size_t markup_mark_note(struct str s, size_t i, struct str *label);

/* ---- note.c: footnotes. ---- */

struct markup_note {
	struct str label;
	cmark_node *paragraph, *prefix;	/* prefix: "[^label]: ", plain */
	size_t number, refs;		/* number: 0 while nothing refers */
};
struct markup_notes {
	struct markup_note each[MARKUP_NOTES_MAX];
	size_t n, used;
	cmark_node *list;		/* of the used ones, after _gather */
};

/* Gives each definition a paragraph of its own, with the note as its user
 * data. */
void markup_note_find(struct arena *, cmark_node *doc, struct markup_notes *);
struct markup_note *markup_note_get(struct markup_notes *, struct str label);
/* A reference: a custom inline with the note as its user data. */
cmark_node *markup_note_refer(struct markup_notes *, struct markup_note *);
/* Moves what was referred to out of the document. */
void markup_note_gather(struct markup_notes *);

/* ---- extend.c: spoilers (custom inlines without user data), references,
 * bare URLs. ---- */

void markup_extend(struct arena *, cmark_node *doc, struct markup_notes *,
    int minutes);

/* ---- timecode.c ---- */

/* Bytes of the moment at s[i], or 0: H:MM:SS, or M:SS if the film's length is
 * known; no later than its end. */
size_t markup_timecode(struct str s, size_t i, int minutes, int *seconds);

/* ---- link.c ---- */

struct markup_target {
	struct markup_link link;	/* as an href */
	struct str shown;		/* as text */
	bool odd;			/* the host may pass for another */
	bool tell;			/* set by render: show the host too */
};

/* False: no address that we link to. */
bool markup_link_read(struct arena *, struct str url,
    struct markup_target *ret);
/* Bytes of the bare http(s) URL at s[i], or 0; *run: bytes looked at. */
size_t markup_link_bare(struct str s, size_t i, size_t *run);

/* ---- put.c: the escapes; render.c adds the elements. ---- */

struct markup_out {
	struct arena *arena;
	struct markup *ret;
	struct str id;
	struct buf html, text;
	size_t limit;			/* bytes of html */
	int tags;			/* open now */
	int links, spoilers;		/* open now */
};

void markup_put_text(struct markup_out *, struct str);
void markup_put_plain(struct markup_out *, struct str);
void markup_put_end(struct buf *);	/* ends a line that is not empty */
/* Opens a link whose label is what is in `node`: false if it is no address we
 * link to. Its target becomes the node's user data. */
bool markup_put_link(struct markup_out *, cmark_node *node);
void markup_put_link_end(struct markup_out *, const struct markup_target *);
void markup_put_reference(struct markup_out *, struct markup_note *);
void markup_put_back(struct markup_out *, const struct markup_note *);

#endif
