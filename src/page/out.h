/*
 * out.h: text into a page, escaped (private to the room).
 *
 * OUT writes markup and JSON writes JSON from a mixed list of arguments, each
 * by its type, so that forgetting to escape takes more than a slip:
 *
 *   a string literal	goes out as it is: it is our own markup;
 *   struct str		is escaped; JSON also puts it in quotes;
 *   const char *	likewise: it is data, never a literal;
 *   an integer		in decimal;
 *   T("Reply")		HTML only: in the reader's language (words.h), escaped.
 *
 * A literal has type char[] and so is told from a const char * variable; with
 * -Wwrite-strings it would be escaped too, which shows at once and harms
 * nobody. out_trusted_markup is for a comment's rendered html, nothing else.
 */
#ifndef PAGE_OUT_H
#define PAGE_OUT_H

#include <string.h>

#include "page/words.h"

/* ---- out.c ---- */

/* For text and for quoted attributes, in HTML and in XML 1.0: control and
 * other characters that these forbid are dropped. */
void page_out_text(struct buf *, struct str);
/* One path segment or query value: percent-encodes all but RFC 3986's
 * unreserved. */
/* The inside of a JSON string (RFC 8259). `markup`: also < > & as \u00XX, for
 * JSON within a script element. */
void page_out_json(struct buf *, struct str, bool markup);
/* A string of JSON within a script element from html: tags and spoilers left
 * out, references read. */
void page_out_plain(struct buf *, struct str html);
/* html without what is in spoilers: "…" instead. */
void page_out_told(struct buf *, struct str html);
/* Makes room once for what is about to be written. */
void page_out_reserve(struct buf *, size_t);

static inline void
out_markup(struct buf *b, const char *literal)
{
	buf_add(b, literal, strlen(literal));
}

static inline void
out_text(struct buf *b, struct str s)
{
	page_out_text(b, s);
}

static inline void
out_attr(struct buf *b, struct str s)
{
	page_out_text(b, s);
}

static inline void
out_url(struct buf *b, struct str s)
{
	buf_percent(b, s, "");
}

static inline void
out_trusted_markup(struct buf *b, struct str html)
{
	buf_str(b, html);
}

static inline void
out_cstring(struct buf *b, const char *s)
{
	page_out_text(b, str_of(s));
}

static inline void
out_json(struct buf *b, struct str s)
{
	buf_char(b, '"');
	page_out_json(b, s, false);
	buf_char(b, '"');
}

static inline void
out_json_cstring(struct buf *b, const char *s)
{
	out_json(b, str_of(s));
}

static inline void
out_json_bool(struct buf *b, bool yes)
{
	buf_lit(b, yes ? "true" : "false");
}

static inline void
out_script(struct buf *b, struct str s)
{
	buf_char(b, '"');
	page_out_json(b, s, true);
	buf_char(b, '"');
}

static inline void
out_script_cstring(struct buf *b, const char *s)
{
	out_script(b, str_of(s));
}

static inline void
out_int(struct buf *b, int64_t n)
{
	buf_int(b, n);
}

#define OUT_HTML(b, x) _Generic((x),					\
	char *: out_markup, const char *: out_cstring,			\
	struct str: out_text, struct msg: page_words_out,		\
	default: out_int)(b, x)
#define OUT_JSON(b, x) _Generic((x),					\
	char *: out_markup, const char *: out_json_cstring,		\
	struct str: out_json, bool: out_json_bool, default: out_int)(b, x)
#define OUT_SCRIPT(b, x) _Generic((x),					\
	char *: out_markup, const char *: out_script_cstring,		\
	struct str: out_script, default: out_int)(b, x)

#define OUT_1(F, b, x)		F(b, x)
#define OUT_2(F, b, x, ...)	F(b, x); OUT_1(F, b, __VA_ARGS__)
#define OUT_3(F, b, x, ...)	F(b, x); OUT_2(F, b, __VA_ARGS__)
#define OUT_4(F, b, x, ...)	F(b, x); OUT_3(F, b, __VA_ARGS__)
#define OUT_5(F, b, x, ...)	F(b, x); OUT_4(F, b, __VA_ARGS__)
#define OUT_6(F, b, x, ...)	F(b, x); OUT_5(F, b, __VA_ARGS__)
#define OUT_7(F, b, x, ...)	F(b, x); OUT_6(F, b, __VA_ARGS__)
#define OUT_8(F, b, x, ...)	F(b, x); OUT_7(F, b, __VA_ARGS__)
#define OUT_9(F, b, x, ...)	F(b, x); OUT_8(F, b, __VA_ARGS__)
#define OUT_PICK(a, b, c, d, e, f, g, h, i, N, ...)	OUT_##N
#define OUT_EACH(F, b, ...) do {					\
	OUT_PICK(__VA_ARGS__, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0)		\
	    (F, b, __VA_ARGS__);					\
} while (0)

/* At most nine arguments after the buf. */
#define OUT(b, ...)	OUT_EACH(OUT_HTML, b, __VA_ARGS__)
#define JSON(b, ...)	OUT_EACH(OUT_JSON, b, __VA_ARGS__)
#define SCRIPT(b, ...)	OUT_EACH(OUT_SCRIPT, b, __VA_ARGS__)

#endif
