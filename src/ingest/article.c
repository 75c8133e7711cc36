/* article.c: offers each line to the rules; the first that knows it has it. */
#include <stdlib.h>

#include "ingest/internal.h"

enum {
	AFTER = IN_EPIGRAPH | IN_BODY | IN_WORKS | IN_CREDITS,
	TEXT = IN_EPIGRAPH | IN_BODY | IN_WORKS
};

/* The order matters: what has a fixed form comes before what may be anything,
 * and the last two take whatever is left. */
static const struct {
	unsigned in;
	rule_fn *take;
} rules[] = {
	{ IN_HEAD | AFTER, ingest_heading_issue },
	{ IN_HEAD, ingest_heading_early },
	{ IN_HEAD, ingest_heading_take },
	{ AFTER, ingest_heading_byline },
	{ AFTER, ingest_heading_again },
	{ AFTER, ingest_ending_facebook },
	{ AFTER, ingest_ending_updated },
	{ AFTER, ingest_ending_copyright },
	{ AFTER, ingest_ending_works },
	{ TEXT, ingest_credits_begin },
	{ IN_CREDITS, ingest_credits_take },
	{ IN_BODY | IN_WORKS, ingest_ending_signature },
	{ IN_BODY | IN_WORKS, ingest_ending_affiliation },
	{ IN_WORKS, ingest_ending_work },
	{ IN_EPIGRAPH, ingest_body_epigraph },
	{ IN_HEAD | AFTER, ingest_body_take },
};

void
ingest_article_note(struct reader *r, bool dropped, const char *what,
    struct str text)
{
	ingest_lines_note(r->arena, &r->notes, (struct ingest_note){
	    .line = r->lines[r->i].number, .dropped = dropped, .what = what,
	    .text = text });
}

size_t
ingest_article_keep(struct reader *r, const char *what)
{
	struct str text = r->lines[r->i].text;

	ingest_article_note(r, false, what, text);
	ingest_list_text(r->arena, &r->paragraphs, NULL, text);
	return 1;
}

static size_t
place(struct reader *r)
{
	for (size_t k = 0; k < COUNT(rules); k++) {
		size_t n = r->section & rules[k].in ? rules[k].take(r) : 0;

		if (n > 0) {
			r->before = rules[k].take;
			return n;
		}
	}
	abort();			/* the last rule takes every line */
}

static struct str
language(const struct review *rv)
{
	size_t letters = 0, cyrillic = 0;

	for (size_t p = 0; p < rv->nparagraphs; p++) {
		struct str s = rv->paragraphs[p];

		for (size_t i = 0; i < s.len; ) {
			int32_t c = text_next(s, &i);

			letters += ingest_chars_lower(c);
			cyrillic += ingest_chars_lower(c) &&
			    ingest_chars_cyrillic(c);
		}
	}
	return 2 * cyrillic > letters ? STR("ru") : STR("en");
}

static int
by_line(const void *a, const void *b)
{
	const struct ingest_note *x = a, *y = b;

	return (x->line > y->line) - (x->line < y->line);
}

static void
finish(struct reader *r, struct ingest *ret)
{
	struct review *rv = r->review;
	struct arena *a = r->arena;

	rv->directors = ingest_list_strings(a, &r->directors, &rv->ndirectors);
	rv->epigraph = ingest_list_first(a, &r->epigraph);
	rv->paragraphs = ingest_list_strings(a, &r->paragraphs,
	    &rv->nparagraphs);
	rv->affiliation = ingest_list_first(a, &r->affiliation);
	rv->works = ingest_list_strings(a, &r->works, &rv->nworks);
	ingest_credits_finish(r);
	rv->language = language(rv);
	ret->notes = r->notes.at;
	ret->nnotes = r->notes.n;
	if (ret->nnotes > 1)
		qsort(ret->notes, ret->nnotes, sizeof(*ret->notes), by_line);
}

enum err
ingest_article_read(const struct fault *f, const struct lines *lines,
    struct ingest *ret)
{
	struct reader r = {
		.arena = f->arena, .lines = lines->list.at,
		.n = lines->list.n, .wrapped = lines->wrapped,
		.section = IN_HEAD, .review = &ret->review,
		.notes = lines->notes,
	};

	if (r.n > INGEST_LINES_MAX)
		return ingest_fault(f, r.lines[INGEST_LINES_MAX].number,
		    "expected a review of at most %d lines", INGEST_LINES_MAX);
	if (!ingest_heading_find(&r))
		return ingest_fault(f, r.n > 0 ? r.lines[0].number : 1,
		    "expected a heading like \"Director: Title (Original "
		    "title, 2017)\" among the first lines");
	for (r.i = 0; r.i < r.n; )
		r.i += place(&r);
	if (r.paragraphs.n == 0)
		return ingest_fault(f, r.lines[r.n - 1].number,
		    "expected the review's text after its heading");
	finish(&r, ret);
	return OK;
}
