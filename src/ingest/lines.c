/* lines.c: a text file into lines, each clean and numbered. */
#include <string.h>

#include "ingest/internal.h"

enum {
	WRAP_WIDTH = 100,		/* characters: no line is longer */
	WRAP_LEAST = 12			/* lines: too few to tell */
};

/* The bytes of the white space at s[i]: 0 if there is none. */
static size_t
space_at(struct str s, size_t i)
{
	if (memchr(" \t\n\v\f\r", s.at[i], 6) != NULL)
		return 1;
	return str_begins(str_cut(s, i, 2), "\u00a0") ? 2 : 0;
}

struct str
ingest_lines_squeeze(struct arena *a, struct str s)
{
	struct buf b = buf_new(a, s.len + 1);
	struct str clean;
	bool space = false;

	for (size_t i = 0; i < s.len; ) {
		size_t n = space_at(s, i);

		if (n > 0) {
			space = true;
			i += n;
			continue;
		}
		if (space && b.len > 0)
			buf_char(&b, ' ');
		space = false;
		buf_char(&b, s.at[i++]);
	}
	if (text_clean(a, buf_view(&b), false, &clean) != OK)
		return buf_view(&b);	/* is valid: the encoding was read */
	return str_trim(clean);
}

void
ingest_lines_add(struct arena *a, struct lines *lines, struct line line)
{
	*(struct line *)ingest_list_add(a, &lines->list, sizeof(line)) = line;
}

void
ingest_lines_note(struct arena *a, struct list *notes, struct ingest_note note)
{
	*(struct ingest_note *)ingest_list_add(a, notes, sizeof(note)) = note;
}

/* Takes a line off *rest; it ends with \n, \r\n or \r. */
static bool
next_line(struct str *rest, struct str *line)
{
	size_t n = 0;

	if (rest->len == 0)
		return false;
	while (n < rest->len && rest->at[n] != '\n' && rest->at[n] != '\r')
		n++;
	*line = str_cut(*rest, 0, n);
	n += str_begins(str_cut(*rest, n, 2), "\r\n") ? 2 : 1;
	*rest = str_cut(*rest, n, rest->len);
	return true;
}

/* Do the paragraphs run over lines of a fixed width? */
static bool
is_wrapped(const struct lines *lines)
{
	const struct line *at = lines->list.at;
	size_t wide = 0;

	for (size_t i = 0; i < lines->list.n; i++) {
		size_t length = text_length(at[i].text);

		if (length > WRAP_WIDTH)
			return false;
		wide += length > WRAP_WIDTH / 2;
	}
	return wide >= WRAP_LEAST;
}

void
ingest_lines_text(struct arena *a, struct str text, struct lines *lines)
{
	struct line line = { .number = 0, .gap = true };
	struct str raw;

	while (next_line(&text, &raw) && lines->list.n <= INGEST_LINES_MAX) {
		line.number++;
		line.text = ingest_lines_squeeze(a, raw);
		if (line.text.len > 0)
			ingest_lines_add(a, lines, line);
		line.gap = line.text.len == 0;
	}
	lines->wrapped = is_wrapped(lines);
}
