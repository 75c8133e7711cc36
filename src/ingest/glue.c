/*
 * glue.c: an image's alternative text stuck to a paragraph's first word.
 *
 * "tesnotaSet in 1998": lower-case words run into a capital letter. They are
 * an image's text if they hold a word of the film's title, end like a file's
 * name or stand before another line too; else they are kept and noted.
 */
#include <string.h>

#include "ingest/internal.h"

enum { GLUE_MAX = 60, GLUE_WORDS = 4, GLUE_LETTERS = 3 };

static const char *const suffixes[] = { ".jpg", ".jpeg", ".png", ".gif" };

static bool
goes_with(int32_t c)
{
	return c > 0 && c < 0x80 && strchr("0123456789_-.", (char)c) != NULL;
}

/* The bytes of s that are stuck to a capital letter; 0 for none. */
static size_t
stuck(struct str s)
{
	size_t i = 0, at = 0, letters = 0, words = 1;
	bool stop = false;

	s = str_cut(s, 0, GLUE_MAX);
	while (!stop && i < s.len) {
		int32_t c;

		at = i;
		c = text_next(s, &i);
		if (ingest_chars_upper(c))
			return letters >= GLUE_LETTERS && words <= GLUE_WORDS ?
			    at : 0;
		if (ingest_chars_lower(c)) {
			letters++;
		} else if (c == ' ') {
			letters = 0;
			words++;
		} else {
			stop = !goes_with(c);
		}
	}
	return 0;
}

static bool
is_file(struct str *glue)
{
	for (size_t k = 0; k < COUNT(suffixes); k++)
		if (str_ends(*glue, suffixes[k])) {
			glue->len -= strlen(suffixes[k]);
			return true;
		}
	return false;
}

/* Takes the next run of letters off *s. */
static bool
next_word(struct str *s, struct str *word)
{
	size_t i = 0, from = 0, at = 0;
	bool inside = false;

	while (at < s->len) {
		bool letter = ingest_chars_lower(text_next(*s, &i));

		if (letter && !inside)
			from = at;
		if (!letter && inside)
			break;
		inside |= letter;
		at = i;
	}
	*word = str_cut(*s, from, at - from);
	*s = str_cut(*s, at, s->len);
	return inside;
}

static bool
has_word(struct str title, struct str word)
{
	struct str each;

	while (next_word(&title, &each))
		if (str_eq(each, word))
			return true;
	return false;
}

/* Does it hold a word of one of the film's titles? */
static bool
of_film(struct reader *r, struct str glue)
{
	struct str title = ingest_chars_lowered(r->arena, r->review->title);
	struct str original = ingest_chars_lowered(r->arena,
	    r->review->original);
	struct str word;

	while (next_word(&glue, &word))
		if (word.len >= GLUE_LETTERS && (has_word(title, word) ||
		    has_word(original, word)))
			return true;
	return false;
}

static bool
is_repeated(const struct reader *r, struct str glue)
{
	for (size_t i = 0; i < r->n; i++) {
		struct str text = r->lines[i].text;

		if (i != r->i && stuck(text) == glue.len &&
		    str_eq(str_cut(text, 0, glue.len), glue))
			return true;
	}
	return false;
}

struct str
ingest_glue_cut(struct reader *r, struct str text)
{
	size_t n = stuck(text);
	struct str glue = str_cut(text, 0, n), stem = glue;

	if (n == 0)
		return text;
	if (!is_file(&stem) && !of_film(r, stem) && !is_repeated(r, glue)) {
		ingest_article_note(r, false, "perhaps an image's text", glue);
		return text;
	}
	ingest_article_note(r, true, "image's text", glue);
	return str_cut(text, n, text.len);
}
