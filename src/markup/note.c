/* note.c: footnotes: "[^1]" in the text, "[^1]: what it says" on its line. */
#include "markup/internal.h"

struct markup_note *
markup_note_get(struct markup_notes *notes, struct str label)
{
	size_t i;

	for (i = 0; i < notes->n; i++)
		if (str_eq(notes->each[i].label, label))
			return &notes->each[i];
	return NULL;
}

static bool
is_break(cmark_node *node)
{
	return cmark_node_get_type(node) == CMARK_NODE_SOFTBREAK ||
	    cmark_node_get_type(node) == CMARK_NODE_LINEBREAK;
}

/* Bytes of the "[^label]:" that a text begins with, or 0. */
static size_t
prefix_len(cmark_node *text, struct str *label)
{
	struct str s = str_of(cmark_node_get_literal(text));
	size_t i = markup_mark_note(s, 0, label);

	if (i == 0 || markup_mark_at(s, i) != MARK_DEFINITION)
		return 0;
	i += MARKUP_MARK_LEN;
	return i < s.len && s.at[i] == ':' ? i + 1 : 0;
}

/* Makes a note of the definition that `text` begins; cuts its prefix off, of
 * which a plain text is made. NULL if it begins none. */
static struct markup_note *
define(struct arena *a, cmark_node *text, struct markup_notes *notes)
{
	struct markup_note *note = &notes->each[notes->n];
	struct str s = STR(""), label;
	size_t i;

	if (cmark_node_get_type(text) != CMARK_NODE_TEXT ||
	    (i = prefix_len(text, &label)) == 0 ||
	    notes->n == MARKUP_NOTES_MAX ||
	    markup_note_get(notes, label) != NULL)
		return NULL;
	*note = (struct markup_note){ .label = arena_str(a, label) };
	s = arena_str(a, str_of(cmark_node_get_literal(text)));
	while (i < s.len && s.at[i] == ' ')
		i++;
	cmark_node_set_literal(text, s.at + i);
	note->prefix = cmark_node_new(CMARK_NODE_TEXT);
	cmark_node_set_literal(note->prefix,
	    arena_fmt(a, "[^" STR_FMT "]: ", STR_ARG(note->label)).at);
	cmark_node_insert_before(text, note->prefix);
	notes->n++;
	return note;
}

/* The paragraph for a new definition, after that of the one before, whose last
 * line break goes. */
static cmark_node *
begin(cmark_node *paragraph, cmark_node *before)
{
	cmark_node *fresh;

	if (before == NULL)
		return paragraph;
	fresh = cmark_node_new(CMARK_NODE_PARAGRAPH);
	cmark_node_insert_after(paragraph, fresh);
	cmark_node_free(before);
	return fresh;
}

static void
split_paragraph(struct arena *a, cmark_node *given, struct markup_notes *notes)
{
	cmark_node *node, *next, *before = NULL, *to = given;

	for (node = cmark_node_first_child(given); node != NULL; node = next) {
		struct markup_note *note = NULL;

		next = cmark_node_next(node);
		if (before == NULL || is_break(before))
			note = define(a, node, notes);
		if (note != NULL) {
			note->paragraph = to = begin(to, before);
			cmark_node_set_user_data(to, note);
		}
		if (note != NULL && to != given)
			cmark_node_append_child(to, note->prefix);
		if (to != given)
			cmark_node_append_child(to, node);
		before = node;
	}
}

void
markup_note_find(struct arena *a, cmark_node *doc, struct markup_notes *notes)
{
	cmark_node *node, *next;

	for (node = cmark_node_first_child(doc); node != NULL; node = next) {
		next = cmark_node_next(node);
		if (cmark_node_get_type(node) == CMARK_NODE_PARAGRAPH)
			split_paragraph(a, node, notes);
	}
}

cmark_node *
markup_note_refer(struct markup_notes *notes, struct markup_note *note)
{
	cmark_node *node = cmark_node_new(CMARK_NODE_CUSTOM_INLINE);

	if (note->number == 0)
		note->number = ++notes->used;
	cmark_node_set_user_data(node, note);
	return node;
}

void
markup_note_gather(struct markup_notes *notes)
{
	struct markup_note *ordered[MARKUP_NOTES_MAX];
	size_t i;

	notes->list = cmark_node_new(CMARK_NODE_DOCUMENT);
	for (i = 0; i < notes->n; i++)
		if (notes->each[i].number > 0)
			ordered[notes->each[i].number - 1] = &notes->each[i];
	for (i = 0; i < notes->used; i++) {
		cmark_node *back = cmark_node_new(CMARK_NODE_CUSTOM_INLINE);

		cmark_node_unlink(ordered[i]->prefix);
		cmark_node_free(ordered[i]->prefix);
		cmark_node_set_user_data(back, ordered[i]);
		cmark_node_append_child(ordered[i]->paragraph, back);
		cmark_node_append_child(notes->list, ordered[i]->paragraph);
	}
}
