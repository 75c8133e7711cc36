/*
 * base.h: what every room stands on: errors, memory, text, time, the log.
 *
 * A symbol's prefix is its file here: arena_alloc lives in arena.c.
 */
#ifndef BASE_BASE_H
#define BASE_BASE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/errors.h"

#define COUNT(a)	(sizeof(a) / sizeof((a)[0]))
#define MUST_CHECK	__attribute__((warn_unused_result))
#define LIKE_PRINTF(f, a)	__attribute__((format(printf, f, a)))

/* ---- str.c: a view of bytes that somebody else owns; may hold NULs. ---- */

struct str {
	const char *at;		/* never NULL when len > 0 */
	size_t len;		/* bytes */
};

#define STR(literal)	((struct str){ "" literal, sizeof(literal) - 1 })
#define STR_FMT		"%.*s"
#define STR_ARG(s)	(int)(s).len, (s).len ? (s).at : ""

struct str str_of(const char *cstring);		/* NULL reads as "" */
bool str_eq(struct str, struct str);
bool str_is(struct str, const char *cstring);
bool str_eq_nocase(struct str, const char *cstring);	/* ASCII only */
bool str_begins(struct str, const char *prefix);
bool str_ends(struct str, const char *suffix);
/* Where needle begins, or (size_t)-1. */
size_t str_find(struct str, struct str needle);
struct str str_trim(struct str);		/* ASCII space on both ends */
struct str str_cut(struct str, size_t from, size_t len);
/* Takes the part before the first `sep` off *rest; false when *rest is over. */
bool str_split(struct str *rest, char sep, struct str *part);
/* Whole string, decimal, no sign but '-'; false on anything else. */
bool str_int64(struct str, int64_t *ret);

/* ---- arena.c: memory that dies all at once. ---- */

struct arena;

/* limit: bytes; an arena that would pass it ends the process (inputs are
 * bounded before, so this is our mistake). */
struct arena *arena_new(size_t limit);
void arena_free(struct arena *);
/* Frees but the first half MiB, which the next use finds warm. */
void arena_reset(struct arena *);
void *arena_alloc(struct arena *, size_t size);	/* zeroed, 16-aligned */
void *arena_bytes(struct arena *, size_t size);	/* not zeroed */
char *arena_cstr(struct arena *, struct str);	/* adds the NUL */
struct str arena_str(struct arena *, struct str);	/* a copy */
struct str arena_fmt(struct arena *, const char *fmt, ...) LIKE_PRINTF(2, 3);
size_t arena_used(const struct arena *);

/* ---- buf.c: text that grows, in an arena. ---- */

struct page_words;

struct buf {
	struct arena *arena;
	char *at;
	size_t len, cap;
	struct page_words *words;	/* the language it speaks (page.h) */
};

struct buf buf_new(struct arena *, size_t cap);
void buf_add(struct buf *, const void *, size_t);
void buf_str(struct buf *, struct str);
/* Here, so that a literal's length is known when it is compiled. */
static inline void
buf_lit(struct buf *b, const char *cstring)
{
	buf_add(b, cstring, strlen(cstring));
}
void buf_char(struct buf *, char);
void buf_int(struct buf *, int64_t);
void buf_fmt(struct buf *, const char *fmt, ...) LIKE_PRINTF(2, 3);
/* Percent-encoded but for RFC 3986's unreserved and these. */
void buf_percent(struct buf *, struct str, const char *keep);
struct str buf_view(const struct buf *);	/* valid until the next add */
const char *buf_cstr(struct buf *);		/* likewise, with a NUL */

/* ---- text.c: Unicode, through utf8proc (DESIGN section 11). ---- */

bool text_valid(struct str);			/* UTF-8, no NUL (RFC 3629) */
/* NFC; drops C0/C1 controls, bidi controls (UAX #9), noncharacters; at most 8
 * combining marks on one base. With `lines` keeps \t and makes \r\n, \r and
 * U+2028/9 a \n; without, each of these is a space. ERR_UTF8 unless valid. */
enum err text_clean(struct arena *, struct str, bool lines, struct str *ret)
    MUST_CHECK;
bool text_space(int32_t codepoint);	/* white space, or of no width */
struct str text_trim(struct str);	/* text_space on both ends */
bool text_blank(struct str);		/* nothing in it would be seen */
size_t text_length(struct str);			/* code points */
struct str text_first(struct str, size_t chars);	/* cut at code points */
/* Reads the code point at s[*i], moves *i past it. On bad UTF-8 -1, *i one
 * byte on; at the end -1, *i stays. */
int32_t text_next(struct str s, size_t *i);
void text_put(struct buf *, int32_t codepoint);
/* ASCII words joined by '-', for slugs: "Closeness (2017)" -> closeness-2017.
 * Letters with marks lose them, Cyrillic is romanised (BGN/PCGN, simplified).
 * "" when nothing of it can be said in ASCII. */
struct str text_slug(struct arena *, struct str);

/* ---- uuid.c: RFC 9562. ---- */

struct uuid {
	unsigned char bytes[16];
};

enum { UUID_TEXT = 37 };			/* with the NUL */

void uuid_random(struct uuid *);		/* version 4, getrandom(2) */
bool uuid_parse(struct str, struct uuid *ret);	/* 8-4-4-4-12 hex only */
void uuid_text(const struct uuid *, char ret[UUID_TEXT]);	/* lower case */
bool uuid_null(const struct uuid *);
bool uuid_eq(const struct uuid *, const struct uuid *);

/* ---- address.c: IP addresses; a range is "10.0.0.0/8", "::1", ... ---- */

bool address_range_good(struct str range);
bool address_within(struct str address, struct str range);
bool address_loopback(struct str address);

/* ---- clock.c ---- */

enum { CLOCK_TEXT = 32 };

int64_t clock_now(void);			/* Unix time, microseconds */
int64_t clock_mono(void);			/* monotonic, microseconds */
/* RFC 3339 UTC in whole seconds: 2018-04-01T12:00:00Z. */
void clock_rfc3339(int64_t usec, char ret[CLOCK_TEXT]);
/* RFC 3339 with any offset, or a bare date; false if it is neither. */
bool clock_parse(struct str, int64_t *usec);

/* ---- log.c: one line a call on standard error, or one journal entry. ---- */

enum log_level { LOG_ERROR = 3, LOG_WARN = 4, LOG_NOTE = 5, LOG_DEBUG = 7 };

/* LOG_TEXT for people; the others name everything, for programs. */
enum log_format { LOG_TEXT, LOG_PAIRS, LOG_JSON };

struct log_field {
	const char *key;		/* a to z and _ */
	struct str text;		/* at NULL: the number */
	int64_t number;
};

/* who: "worker". Where standard error is systemd's journal, entries have the
 * fields under FOYER_KEY, too. Never give it a comment's body, a mail address
 * or an IP address. */
void log_open(const char *who, enum log_level most, enum log_format);
void log_event(enum log_level, const char *message, const struct log_field *,
    size_t n);
void log_line(enum log_level, const char *fmt, ...) LIKE_PRINTF(2, 3);

/* ---- err.c: the error table. ---- */

const char *err_name(enum err);		/* "body-long": the problem's type */
int err_status(enum err);		/* HTTP */
const char *err_field(enum err);	/* the form field at fault, or NULL */
const char *err_sentence(enum err);	/* for the reader, English */

#endif
