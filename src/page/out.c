/* out.c: the escapers: runs of plain bytes are copied whole. */
#include "page/out.h"

enum { HTML = 1, CONTROL = 2, JSONS = 4, SCRIPTS = 8 };

#define C0	(HTML | CONTROL | JSONS)
#define C0_8	C0, C0, C0, C0, C0, C0, C0, C0

/* What a byte is special for. 0xEF begins U+FFFE and U+FFFF, which XML 1.0
 * forbids even as references. */
static const unsigned char kind[256] = {
	C0_8, C0, JSONS, JSONS, C0, C0, C0, C0, C0, C0_8, C0_8,
	['&'] = HTML | SCRIPTS, ['<'] = HTML | SCRIPTS,
	['>'] = HTML | SCRIPTS, ['\''] = HTML, ['"'] = HTML | JSONS,
	['\\'] = JSONS, [0x7f] = HTML, [0xef] = HTML
};

/* The bytes from i that are not special for `mask`. */
static struct str
plain_run(struct str s, size_t i, unsigned mask)
{
	size_t from = i;

	while (i < s.len && (kind[(unsigned char)s.at[i]] & mask) == 0)
		i++;
	return str_cut(s, from, i - from);
}

/* Past whole words that hold nothing JSON escapes: no byte below a space, no
 * quote, no backslash (Bit Twiddling Hacks, "a byte less than n"). A thread's
 * html is long and plain: this halves what writing it costs. */
static size_t
skip_words(struct str s, size_t i)
{
	const uint64_t each = UINT64_C(0x0101010101010101);
	uint64_t w, quote, slash, found;

	for (; s.len - i >= sizeof(w); i += sizeof(w)) {
		memcpy(&w, s.at + i, sizeof(w));
		quote = w ^ each * '"';
		slash = w ^ each * '\\';
		found = ((w - each * ' ') & ~w) | ((quote - each) & ~quote) |
		    ((slash - each) & ~slash);
		if ((found & each << 7) != 0)
			break;
	}
	return i;
}

void
page_out_reserve(struct buf *b, size_t more)
{
	char *at;

	if (b->cap - b->len >= more)
		return;
	at = arena_bytes(b->arena, b->len + more);
	memcpy(at, b->at, b->len);
	b->at = at;
	b->cap = b->len + more;
}

static bool
noncharacter(struct str s, size_t i)
{
	return s.len - i >= 3 && (unsigned char)s.at[i + 1] == 0xbf &&
	    (unsigned char)s.at[i + 2] >= 0xbe;
}

void
page_out_text(struct buf *b, struct str s)
{
	size_t i = 0;

	for (;;) {
		struct str run = plain_run(s, i, HTML);

		buf_add(b, run.at, run.len);
		if ((i += run.len) == s.len)
			return;
		switch (s.at[i]) {
		case '&': buf_add(b, "&amp;", 5); break;
		case '<': buf_add(b, "&lt;", 4); break;
		case '>': buf_add(b, "&gt;", 4); break;
		case '"': buf_add(b, "&quot;", 6); break;
		case '\'': buf_add(b, "&#39;", 5); break;
		case (char)0xef:
			if (noncharacter(s, i))
				i += 2;
			else
				buf_char(b, s.at[i]);
			break;
		}
		i++;
	}
}

static void
json_special(struct buf *b, unsigned char c)
{
	switch (c) {
	case '"': buf_add(b, "\\\"", 2); break;
	case '\\': buf_add(b, "\\\\", 2); break;
	case '\n': buf_add(b, "\\n", 2); break;
	case '\t': buf_add(b, "\\t", 2); break;
	default: buf_fmt(b, "\\u%04x", c); break;
	}
}

void
page_out_json(struct buf *b, struct str s, bool markup)
{
	unsigned mask = markup ? JSONS | SCRIPTS : JSONS;
	size_t i = 0, from;

	for (;;) {
		from = i;
		if (!markup)
			i = skip_words(s, i);
		i += plain_run(s, i, mask).len;
		buf_str(b, str_cut(s, from, i - from));
		if (i == s.len)
			return;
		json_special(b, (unsigned char)s.at[i]);
		i++;
	}
}

/* Past the end of the tag at i; *inside: spans open within a spoiler. */
static size_t
skip_tag(struct str html, size_t i, int *inside)
{
	struct str tag = str_cut(html, i, html.len);
	size_t end = str_find(tag, STR(">"));

	tag = end == (size_t)-1 ? tag : str_cut(tag, 0, end + 1);
	if (*inside > 0 && str_begins(tag, "</span"))
		--*inside;
	else if (str_begins(tag, "<span") && (*inside > 0 ||
	    str_find(tag, STR("\"spoiler\"")) != (size_t)-1))
		++*inside;
	return i + tag.len;
}

/* A tag after which words must not run together. */
static bool
ends_line(struct str html, size_t i)
{
	struct str tag = str_cut(html, i, html.len);

	return str_begins(tag, "</p") || str_begins(tag, "<br") ||
	    str_begins(tag, "</li") || str_begins(tag, "</pre");
}

/* Reads the references that our renderer writes; *i moves past it. */
static struct str
reference(struct str html, size_t *i)
{
	static const struct {
		const char *name;
		struct str text;
	} known[] = {
		{ "&amp;", { "&", 1 } }, { "&lt;", { "<", 1 } },
		{ "&gt;", { ">", 1 } }, { "&quot;", { "\"", 1 } },
		{ "&#39;", { "'", 1 } },
	};
	struct str rest = str_cut(html, *i, html.len);
	size_t k;

	for (k = 0; k < COUNT(known); k++) {
		if (str_begins(rest, known[k].name)) {
			*i += strlen(known[k].name);
			return known[k].text;
		}
	}
	*i += 1;
	return STR("&");
}

void
page_out_plain(struct buf *b, struct str html)
{
	size_t i = 0;
	int inside = 0;

	buf_char(b, '"');
	while (i < html.len) {
		struct str run = plain_run(html, i, SCRIPTS);

		i += run.len;
		if (run.len == 0 && html.at[i] == '<') {
			if (ends_line(html, i))
				buf_lit(b, "\\n");
			i = skip_tag(html, i, &inside);
			continue;
		}
		if (run.len == 0 && html.at[i] == '&')
			run = reference(html, &i);
		else if (run.len == 0)
			run = str_cut(html, i++, 1);
		if (inside == 0)
			page_out_json(b, run, true);
	}
	buf_char(b, '"');
}

void
page_out_told(struct buf *b, struct str html)
{
	size_t i = 0, end;
	int inside = 0, before;

	for (; i < html.len; i = end) {
		before = inside;
		end = html.at[i] == '<' ? skip_tag(html, i, &inside) :
		    i + plain_run(html, i, SCRIPTS).len;
		if (end == i)
			end++;
		if (before == 0 && inside > 0)
			buf_lit(b, "…");
		else if (before == 0)
			buf_str(b, str_cut(html, i, end - i));
	}
}
