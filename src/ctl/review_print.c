/* review_print.c: every field of a review that was read, and the notes. */
#include <stdio.h>

#include "ctl/ctl.h"
#include "ctl/review_print.h"

enum { BEGINNING = 60 };		/* characters of a paragraph or note */

static void
text(const char *name, struct str value)
{
	struct str line;

	while (value.len > 0 && str_split(&value, '\n', &line)) {
		printf("  %-14s" STR_FMT "\n", name, STR_ARG(line));
		name = "";
	}
}

static void
number(const char *name, int value)
{
	if (value != 0)
		printf("  %-14s%d\n", name, value);
}

static void
texts(const char *name, const struct str *each, size_t n)
{
	for (size_t i = 0; i < n; i++)
		text(i == 0 ? name : "", each[i]);
}

static void
beginning(FILE *to, struct str s)
{
	struct str first = text_first(s, BEGINNING);

	for (size_t i = 0; i < first.len; i++)
		putc(first.at[i] == '\n' ? ' ' : first.at[i], to);
	fputs(first.len < s.len ? "...\n" : "\n", to);
}

static void
print_head(const struct review *rv)
{
	text("slug", rv->slug);
	text("path", rv->path);
	number("issue", rv->issue);
	number("year", rv->year);
	text("heading", rv->heading);
	texts("directors", rv->directors, rv->ndirectors);
	text("title", rv->title);
	text("original", rv->original);
	number("film year", rv->film_year);
	text("reviewer", rv->reviewer);
	text("affiliation", rv->affiliation);
	text("published", rv->published);
	text("updated", rv->updated);
	text("language", rv->language);
	text("epigraph", rv->epigraph);
}

static void
print_credits(const struct review *rv)
{
	text("country", rv->country);
	text("colour", rv->colour);
	number("minutes", rv->minutes);
	for (size_t i = 0; i < rv->ncredits; i++) {
		const struct model_credit *c = &rv->credits[i];

		printf("  %-14s" STR_FMT ": ", i == 0 ? "credits" : "",
		    STR_ARG(c->role));
		for (size_t k = 0; k < c->nnames; k++)
			printf("%s" STR_FMT, k > 0 ? " | " : "",
			    STR_ARG(c->names[k]));
		putchar('\n');
	}
}

void
ctl_review_print(const char *file, const struct ingest *got)
{
	const struct review *rv = &got->review;

	printf("%s: %s, %s\n", file, got->format, got->encoding);
	print_head(rv);
	for (size_t i = 0; i < rv->nparagraphs; i++) {
		printf("  %-14s%5zu characters: ", i == 0 ? "paragraphs" : "",
		    text_length(rv->paragraphs[i]));
		beginning(stdout, rv->paragraphs[i]);
	}
	texts("works cited", rv->works, rv->nworks);
	print_credits(rv);
	ctl_review_print_notes(stdout, file, got, true);
}

void
ctl_review_print_notes(FILE *to, const char *file, const struct ingest *got,
    bool dropped)
{
	for (size_t i = 0; i < got->nnotes; i++) {
		const struct ingest_note *note = &got->notes[i];

		if (note->dropped && !dropped)
			continue;
		fprintf(to, "%s:%d: %s (%s): ", file, note->line,
		    note->dropped ? "dropped" : "kept", note->what);
		beginning(to, note->text);
	}
}
