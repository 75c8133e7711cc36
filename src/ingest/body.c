/* body.c: the epigraph, and paragraphs: what is left when no rule knows it. */
#include "ingest/internal.h"

enum {
	SHORT = 200,			/* characters of an epigraph */
	VERSE = 100,			/* of one that may belong to the next */
	EPIGRAPH_LINES = 30
};

static const char *const opening[] = { "“", "\"", "«", "„",
    "‘" };
static const char *const closing[] = { "”", "\"", "»", "“",
    "’", "…" };
static const char *const sources[] = { "(", "—", "–", "- ", "-- " };

static bool
begins_any(struct str s, const char *const *with, size_t n)
{
	for (size_t k = 0; k < n; k++)
		if (str_begins(s, with[k]))
			return true;
	return false;
}

/* Ends with a closing quote, maybe with its source in brackets after it. */
static bool
ends_quoted(struct str s)
{
	if (str_ends(s, ")"))
		return true;
	if (str_ends(s, "."))
		s.len--;
	for (size_t k = 0; k < COUNT(closing); k++)
		if (str_ends(s, closing[k]))
			return true;
	return false;
}

/* Lines from r->i to the next gap; 0 if one of them is long. */
static size_t
short_block(const struct reader *r)
{
	size_t i = r->i;

	do {
		if (text_length(r->lines[i].text) > SHORT)
			return 0;
		i++;
	} while (i < r->n && !r->lines[i].gap && i - r->i < EPIGRAPH_LINES);
	return i - r->i;
}

static bool
is_epigraph(const struct reader *r, size_t n)
{
	struct str first = r->lines[r->i].text;
	struct str last = r->lines[r->i + n - 1].text;
	bool source = begins_any(last, sources, COUNT(sources));

	if (r->lines[r->i].quote)
		return true;
	if (source)
		return n > 1 || r->epigraph.n > 0;
	return begins_any(first, opening, COUNT(opening)) && ends_quoted(last);
}

size_t
ingest_body_epigraph(struct reader *r)
{
	size_t n = short_block(r);

	if (n == 0 || !is_epigraph(r, n)) {
		r->section = IN_BODY;
		return 0;
	}
	for (size_t i = 0; i < n; i++)
		ingest_list_text(r->arena, &r->epigraph, "\n",
		    r->lines[r->i + i].text);
	return n;
}

/* What ties this line to the paragraph before, or NULL. */
static const char *
tie(const struct reader *r)
{
	const struct line *line = &r->lines[r->i];

	if (line->gap || r->before != ingest_body_take)
		return NULL;
	if (r->wrapped)
		return " ";
	return text_length(line[-1].text) <= VERSE &&
	    text_length(line->text) <= VERSE ? "\n" : NULL;
}

size_t
ingest_body_take(struct reader *r)
{
	struct str text = r->lines[r->i].text;
	const char *glue = tie(r);

	if (glue == NULL)
		text = ingest_glue_cut(r, text);
	ingest_list_text(r->arena, &r->paragraphs, glue, text);
	return 1;
}
