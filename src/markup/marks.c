/* marks.c: marks our own syntax in the source, where escapes can be seen. */
#include <string.h>

#include "markup/internal.h"

/* U+FDD0 + mark, in UTF-8. */
static const unsigned char lead[2] = { 0xef, 0xb7 };
enum { FIRST = 0x90, LAST = 0xaf };	/* of the third byte */

static void
mark_put(struct buf *b, enum markup_mark mark)
{
	buf_add(b, lead, sizeof(lead));
	buf_char(b, (char)(FIRST + mark));
}

static bool
nonchar_at(struct str s, size_t i)
{
	return s.len - i >= MARKUP_MARK_LEN &&
	    memcmp(s.at + i, lead, sizeof(lead)) == 0 &&
	    (unsigned char)s.at[i + 2] >= FIRST &&
	    (unsigned char)s.at[i + 2] <= LAST;
}

enum markup_mark
markup_mark_at(struct str s, size_t i)
{
	int mark;

	if (i >= s.len || !nonchar_at(s, i))
		return MARK_NONE;
	mark = (unsigned char)s.at[i + 2] - FIRST;
	return mark <= MARK_DEFINITION ? (enum markup_mark)mark : MARK_NONE;
}

enum markup_mark
markup_mark_spoiler(struct str s, size_t i)
{
	enum markup_mark mark;
	size_t end = i + 1 + MARKUP_MARK_LEN;

	if (i >= s.len || s.at[i] != '|' || end >= s.len || s.at[end] != '|')
		return MARK_NONE;
	mark = markup_mark_at(s, i + 1);
	return mark <= MARK_CLOSE ? mark : MARK_NONE;
}

/* Past "^label]" at s[i], or i. */
static size_t
label_end(struct str s, size_t i, struct str *label)
{
	size_t from = i + 1, end = from;

	if (i >= s.len || s.at[i] != '^')
		return i;
	while (end < s.len && end - from < MARKUP_LABEL_MAX &&
	    ((s.at[end] >= '0' && s.at[end] <= '9') || s.at[end] == '-' ||
	    (s.at[end] >= 'A' && s.at[end] <= 'Z') ||
	    (s.at[end] >= 'a' && s.at[end] <= 'z') || (s.at[end] & 0x80)))
		end++;
	if (end == from || end == s.len || s.at[end] != ']')
		return i;
	*label = str_cut(s, from, end - from);
	return end + 1;
}

size_t
markup_mark_note(struct str s, size_t i, struct str *label)
{
	size_t at = i + 1 + MARKUP_MARK_LEN, end;

	if (i >= s.len || s.at[i] != '[' ||
	    markup_mark_at(s, i + 1) != MARK_NOTE)
		return i;
	end = label_end(s, at, label);
	return end == at ? i : end;
}

static bool
white(struct str s, size_t i)
{
	return i >= s.len || s.at[i] == ' ' || s.at[i] == '\t' ||
	    s.at[i] == '\n';
}

/* A run of pipes at s[i]: two make a mark unless white on both sides. */
static size_t
pipes(struct buf *b, struct str s, size_t i)
{
	bool open, close;
	size_t end = i;

	while (end < s.len && s.at[end] == '|')
		end++;
	open = !white(s, end);
	close = i > 0 && !white(s, i - 1);
	if (end - i != 2 || (!open && !close)) {
		buf_add(b, s.at + i, end - i);
		return end;
	}
	buf_char(b, '|');
	mark_put(b, open && close ? MARK_BOTH : open ? MARK_OPEN : MARK_CLOSE);
	buf_char(b, '|');
	return end;
}

/* "[^label]" at s[i], maybe with a colon: which must not look to cmark like a
 * link reference definition. */
static size_t
bracket(struct buf *b, struct str s, size_t i)
{
	struct str label;
	size_t end = label_end(s, i + 1, &label);

	buf_char(b, '[');
	if (end == i + 1)
		return end;
	mark_put(b, MARK_NOTE);
	buf_add(b, s.at + i + 1, end - i - 1);
	if (end < s.len && s.at[end] == ':')
		mark_put(b, MARK_DEFINITION);
	return end;
}

struct str
markup_marks_add(struct arena *a, struct str s)
{
	struct buf b = buf_new(a, s.len + s.len / 4 + 64);
	size_t i = 0;

	while (i < s.len) {
		if (s.at[i] == '|') {
			i = pipes(&b, s, i);
		} else if (s.at[i] == '[') {
			i = bracket(&b, s, i);
		} else if (nonchar_at(s, i)) {
			i += MARKUP_MARK_LEN;
		} else {
			if (s.at[i] == '\\' && i + 1 < s.len)
				buf_char(&b, s.at[i++]);
			buf_char(&b, s.at[i++]);
		}
	}
	return buf_view(&b);
}
