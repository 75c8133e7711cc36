/* extend.c: what CommonMark lacks, made in cmark's tree. */
#include "markup/internal.h"

struct extend {
	struct arena *arena;
	struct markup_notes *notes;
	int minutes;			/* of the film */
	int depth, links;		/* around the current node */
	bool in_note;
};

static void
insert_text(struct extend *x, cmark_node *before, struct str s)
{
	cmark_node *node;

	if (s.len == 0)
		return;
	node = cmark_node_new(CMARK_NODE_TEXT);
	cmark_node_set_literal(node, arena_cstr(x->arena, s));
	cmark_node_insert_before(before, node);
}

static void
insert_link(struct extend *x, cmark_node *before, struct str url)
{
	cmark_node *link = cmark_node_new(CMARK_NODE_LINK);
	cmark_node *label = cmark_node_new(CMARK_NODE_TEXT);
	const char *text = arena_cstr(x->arena, url);

	cmark_node_set_url(link, text);
	cmark_node_set_literal(label, text);
	cmark_node_append_child(link, label);
	cmark_node_insert_before(before, link);
}

/* The custom inline keeps its tag: what opens it is not empty. */
static void
insert_time(struct extend *x, cmark_node *before, struct str code,
    int seconds)
{
	cmark_node *node = cmark_node_new(CMARK_NODE_CUSTOM_INLINE);
	cmark_node *text = cmark_node_new(CMARK_NODE_TEXT);

	cmark_node_set_on_enter(node, arena_fmt(x->arena,
	    "<time datetime=\"PT%dH%dM%dS\">", seconds / 3600,
	    seconds / 60 % 60, seconds % 60).at);
	cmark_node_set_on_exit(node, "</time>");
	cmark_node_set_literal(text, arena_cstr(x->arena, code));
	cmark_node_append_child(node, text);
	cmark_node_insert_before(before, node);
}

/* A "||", a reference, a bare URL or a moment at s[i]: put before `node`, after
 * what text there was from s[*done]. Bytes it takes, or that are no URL. */
static size_t
special(struct extend *x, cmark_node *node, struct str s, size_t i,
    size_t *done)
{
	struct markup_target target;
	struct markup_note *note;
	struct str label, text = str_cut(s, *done, i - *done);
	size_t len, run = 0;
	int seconds;

	if (markup_mark_spoiler(s, i) != MARK_NONE) {
		len = MARKUP_MARK_LEN + 2;
		insert_text(x, node, text);
		insert_text(x, node, str_cut(s, i, len));
	} else if ((len = markup_mark_note(s, i, &label) - i) > 0) {
		note = markup_note_get(x->notes, label);
		if (note == NULL || x->in_note)
			return len;
		insert_text(x, node, text);
		cmark_node_insert_before(node,
		    markup_note_refer(x->notes, note));
	} else if ((len = markup_link_bare(s, i, &run)) > 0 &&
	    markup_link_read(x->arena, str_cut(s, i, len), &target)) {
		insert_text(x, node, text);
		insert_link(x, node, str_cut(s, i, len));
	} else if ((len = markup_timecode(s, i, x->minutes, &seconds)) > 0) {
		insert_text(x, node, text);
		insert_time(x, node, str_cut(s, i, len), seconds);
	} else {
		return run > 0 ? run : 1;
	}
	*done = i + len;
	return len;
}

/* The node itself stays and keeps what text is last: the walk goes on. */
static void
split_text(struct extend *x, cmark_node *node)
{
	struct str s = arena_str(x->arena,
	    str_of(cmark_node_get_literal(node)));
	size_t i = 0, done = 0;

	while (i < s.len)
		i += special(x, node, s, i, &done);
	if (done > 0)
		cmark_node_set_literal(node, s.at + done);
}

static enum markup_mark
spoiler_mark(cmark_node *node)
{
	struct str s;

	if (cmark_node_get_type(node) != CMARK_NODE_TEXT)
		return MARK_NONE;
	s = str_of(cmark_node_get_literal(node));
	return s.len == MARKUP_MARK_LEN + 2 ? markup_mark_spoiler(s, 0) :
	    MARK_NONE;
}

/* Moves what is between two marks into a spoiler, and drops the marks. */
static void
wrap(cmark_node *open, cmark_node *close)
{
	cmark_node *spoiler = cmark_node_new(CMARK_NODE_CUSTOM_INLINE), *node;

	cmark_node_insert_before(open, spoiler);
	while ((node = cmark_node_next(open)) != close)
		cmark_node_append_child(spoiler, node);
	cmark_node_free(open);
	cmark_node_free(close);
}

/* Pairs marks that have the same parent: a pair never crosses an element. */
static void
pair_spoilers(cmark_node *parent)
{
	cmark_node *node, *next, *open = NULL;

	for (node = cmark_node_first_child(parent); node != NULL; node = next) {
		enum markup_mark mark = spoiler_mark(node);

		next = cmark_node_next(node);
		if (open != NULL && cmark_node_next(open) != node &&
		    (mark == MARK_BOTH || mark == MARK_CLOSE)) {
			wrap(open, node);
			open = NULL;
		} else if (open == NULL &&
		    (mark == MARK_BOTH || mark == MARK_OPEN)) {
			open = node;
		}
	}
}

static void
enter(struct extend *x, cmark_node *node)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_TEXT:
		if (x->links == 0 && x->depth <= MARKUP_DEPTH_MAX)
			split_text(x, node);
		return;
	case CMARK_NODE_LINK:
	case CMARK_NODE_IMAGE:
		x->links++;
		break;
	case CMARK_NODE_PARAGRAPH:
		x->in_note = cmark_node_get_user_data(node) != NULL;
		break;
	default:
		break;
	}
	if (cmark_node_first_child(node) != NULL)
		x->depth++;
}

static void
leave(struct extend *x, cmark_node *node)
{
	if (cmark_node_first_child(node) != NULL)
		x->depth--;
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_LINK:
	case CMARK_NODE_IMAGE:
		x->links--;
		break;
	case CMARK_NODE_PARAGRAPH:
	case CMARK_NODE_HEADING:
	case CMARK_NODE_EMPH:
	case CMARK_NODE_STRONG:
		if (x->links == 0 && x->depth < MARKUP_DEPTH_MAX)
			pair_spoilers(node);
		break;
	default:
		break;
	}
}

void
markup_extend(struct arena *a, cmark_node *doc, struct markup_notes *notes,
    int minutes)
{
	struct extend x = { .arena = a, .notes = notes, .minutes = minutes };
	cmark_iter *iter = cmark_iter_new(doc);
	cmark_event_type event;

	while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
		if (event == CMARK_EVENT_ENTER)
			enter(&x, cmark_iter_get_node(iter));
		else
			leave(&x, cmark_iter_get_node(iter));
	}
	cmark_iter_free(iter);
}
