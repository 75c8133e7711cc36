/*
 * internal.h: shared inside ingest: lines, the reader, its rules.
 *
 * A file becomes lines (lines.c, html.c); article.c offers each line to the
 * rules in turn, and the first that takes it has placed it.
 */
#ifndef INGEST_INTERNAL_H
#define INGEST_INTERNAL_H

#include "ingest/ingest.h"


/* ---- fault.c ---- */

struct fault {				/* where to say what is wrong */
	struct arena *arena;
	const char *name;
	struct str *why;
};

/* Writes "name:line: ..." and returns ERR_SYNTAX. */
enum err ingest_fault(const struct fault *, int line, const char *fmt, ...)
    LIKE_PRINTF(3, 4) MUST_CHECK;

/* ---- xml.c ---- */

/* The file that the fault names; the caller frees it. ERR_FILE, or ERR_SYNTAX:
 * not what is expected, which is said. */
struct _xmlDoc;
enum err ingest_xml_read(const struct fault *, const char *expected,
    struct _xmlDoc **ret) MUST_CHECK;

/* ---- list.c: arrays that grow in an arena. ---- */

struct list {
	void *at;
	size_t n, cap;
};

void *ingest_list_add(struct arena *, struct list *, size_t size);
/* Adds a string (glue NULL), or text to go on with the last one. */
void ingest_list_text(struct arena *, struct list *, const char *glue,
    struct str);
struct str *ingest_list_strings(struct arena *, const struct list *,
    size_t *n);
/* The first string, or "". */
struct str ingest_list_first(struct arena *, const struct list *);

/* ---- lines.c ---- */

struct line {
	int number;			/* in the file, from 1 */
	bool gap;			/* set apart from the line before */
	bool quote;			/* in a <blockquote> */
	struct str text;		/* NFC, single spaces, never empty */
};

struct lines {
	struct list list;		/* of struct line */
	struct list notes;		/* of struct ingest_note: dropped */
	bool wrapped;			/* paragraphs are broken at a width */
	struct str path;		/* of the article, from its page */
};

/* Single spaces (also for no-break spaces), trimmed, NFC. */
struct str ingest_lines_squeeze(struct arena *, struct str);
void ingest_lines_add(struct arena *, struct lines *, struct line);
void ingest_lines_note(struct arena *, struct list *notes,
    struct ingest_note);
void ingest_lines_text(struct arena *, struct str, struct lines *);

/* ---- encoding.c, html.c ---- */

/* Whatever it is into UTF-8 without BOM, or a fault. */
enum err ingest_encoding_read(const struct fault *, bool html, struct str bytes,
    struct str *ret, const char **encoding) MUST_CHECK;
enum err ingest_html_lines(const struct fault *, struct str, struct lines *)
    MUST_CHECK;

/* ---- chars.c: letters, as far as film titles need them. ---- */

bool ingest_chars_upper(int32_t c);
bool ingest_chars_lower(int32_t c);
bool ingest_chars_cyrillic(int32_t c);
struct str ingest_chars_lowered(struct arena *, struct str);
bool ingest_chars_begins(struct str, const char *ascii_prefix);	/* no case */
/* Whole string is YYYY (1880 to 2200), or 2013-2015 of which it is the first;
 * 0 if it is neither. */
int ingest_chars_year(struct str);

/* ---- names.c ---- */

/* Cuts at commas outside of quotes and brackets; with `and`, also at " and ",
 * " & ", " и ". A trailing "Ltd" or "Jr." stays with its name. */
void ingest_names_split(struct arena *, struct str, bool and, struct list *);

/* ---- article.c: the reader. ---- */

enum section {
	IN_HEAD = 1, IN_EPIGRAPH = 2, IN_BODY = 4, IN_WORKS = 8, IN_CREDITS = 16
};

struct reader;
/* Places the line at r->i, and maybe some after it: how many, 0 for none. */
typedef size_t rule_fn(struct reader *);

struct reader {
	struct arena *arena;
	const struct line *lines;
	size_t n, i;
	bool wrapped;
	size_t heading, heading_lines;	/* where it is, how many it fills */
	enum section section;
	rule_fn *before;		/* what took the line before */
	struct review *review;
	struct list directors, epigraph, paragraphs, affiliation, works;
	struct list credits;		/* of struct credit_text */
	struct list notes;
};

struct credit_text {			/* names are cut when all is read */
	struct str role;
	struct list names;		/* one string, in pieces */
	const char *open;		/* glue to the next line, or NULL */
};

enum err ingest_article_read(const struct fault *, const struct lines *,
    struct ingest *ret) MUST_CHECK;
void ingest_article_note(struct reader *, bool dropped, const char *what,
    struct str text);
/* Keeps the line as a paragraph and says so. */
size_t ingest_article_keep(struct reader *, const char *what);

/* heading.c */
bool ingest_heading_find(struct reader *);	/* sets r->heading */
rule_fn ingest_heading_early, ingest_heading_take, ingest_heading_again,
    ingest_heading_issue, ingest_heading_byline;
/* body.c */
rule_fn ingest_body_epigraph, ingest_body_take;
/* ending.c */
rule_fn ingest_ending_facebook, ingest_ending_updated, ingest_ending_copyright,
    ingest_ending_signature, ingest_ending_affiliation, ingest_ending_works,
    ingest_ending_work;
/* credits.c */
rule_fn ingest_credits_begin, ingest_credits_take;
void ingest_credits_finish(struct reader *);

/* glue.c: "tesnotaSet in 1998" -> "Set in 1998", noted. */
struct str ingest_glue_cut(struct reader *, struct str);

#endif
