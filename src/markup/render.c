/* render.c: the tree into HTML; no tag is written but from here. */
#include "markup/internal.h"

/* How an element is written; `tags` must be free for it to be. */
struct shape {
	const char *open, *close;
	int tags;
	bool block;
};

static const struct shape shapes[] = {
	[CMARK_NODE_BLOCK_QUOTE] =
	    { "<blockquote>\n", "</blockquote>\n", 1, true },
	[CMARK_NODE_LIST] = { "", "", 1, true },
	[CMARK_NODE_ITEM] = { "<li>", "</li>\n", 1, true },
	[CMARK_NODE_PARAGRAPH] = { "<p>", "</p>\n", 1, true },
	[CMARK_NODE_HEADING] = { "<p><strong>", "</strong></p>\n", 2, true },
	[CMARK_NODE_EMPH] = { "<em>", "</em>", 1, false },
	[CMARK_NODE_STRONG] = { "<strong>", "</strong>", 1, false },
	[CMARK_NODE_LINK] = { "", "</a>", 1, false },
	[CMARK_NODE_IMAGE] = { "", "</a>", 1, false },
	[CMARK_NODE_CUSTOM_INLINE] = {
	    "<span class=\"spoiler\" tabindex=\"0\">", "</span>", 1, false },
};

static void
put_list_tag(struct markup_out *r, cmark_node *list, bool open)
{
	bool bullets = cmark_node_get_list_type(list) == CMARK_BULLET_LIST;
	int start = cmark_node_get_list_start(list);

	if (!open)
		buf_lit(&r->html, bullets ? "</ul>\n" : "</ol>\n");
	else if (bullets || start == 1)
		buf_lit(&r->html, bullets ? "<ul>\n" : "<ol>\n");
	else
		buf_fmt(&r->html, "<ol start=\"%d\">\n", start);
}

/* What opens a moment of the film; a spoiler's node says nothing of its own. */
static const char *
time_tag(cmark_node *node)
{
	const char *tag = cmark_node_get_on_enter(node);

	return tag != NULL && *tag != '\0' ? tag : NULL;
}

static bool
is_spoiler(cmark_node *node)
{
	return cmark_node_get_type(node) == CMARK_NODE_CUSTOM_INLINE &&
	    time_tag(node) == NULL;
}

static bool
in_tight_item(cmark_node *paragraph)
{
	cmark_node *item = cmark_node_parent(paragraph);

	return item != NULL && cmark_node_get_type(item) == CMARK_NODE_ITEM &&
	    cmark_node_get_list_tight(cmark_node_parent(item));
}

/* Whether an element gets its tags; if not, only what is in it is written. */
static bool
gets_tags(const struct markup_out *r, cmark_node *node,
    const struct shape *shape)
{
	if (r->tags + shape->tags > MARKUP_DEPTH_MAX)
		return false;
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_PARAGRAPH:
		return !in_tight_item(node);
	case CMARK_NODE_LIST:		/* with room for its items */
		return r->tags + 2 <= MARKUP_DEPTH_MAX;
	case CMARK_NODE_ITEM:
		return cmark_node_get_user_data(cmark_node_parent(node)) !=
		    NULL;
	case CMARK_NODE_LINK:
	case CMARK_NODE_IMAGE:
	case CMARK_NODE_CUSTOM_INLINE:
		return r->links == 0;
	default:
		return true;
	}
}

/* The user data of an element is set while it has tags. */
static void
enter(struct markup_out *r, cmark_node *node, const struct shape *shape)
{
	cmark_node_type type = cmark_node_get_type(node);

	cmark_node_set_user_data(node, NULL);
	if (!gets_tags(r, node, shape))
		return;
	if (type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE) {
		if (!markup_put_link(r, node))
			return;
	} else {
		cmark_node_set_user_data(node, node);
	}
	r->tags += shape->tags;
	if (type == CMARK_NODE_LIST)
		put_list_tag(r, node, true);
	buf_lit(&r->html, time_tag(node) != NULL ? time_tag(node) :
	    shape->open);
	if (is_spoiler(node)) {
		markup_put_plain(r, STR("\u2026"));
		r->spoilers++;
	}
}

static void
leave(struct markup_out *r, cmark_node *node, const struct shape *shape)
{
	cmark_node_type type = cmark_node_get_type(node);
	const void *tags = cmark_node_get_user_data(node);

	if (tags != NULL) {
		if (type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE)
			markup_put_link_end(r, tags);
		if (is_spoiler(node))
			r->spoilers--;
		if (type == CMARK_NODE_LIST)
			put_list_tag(r, node, false);
		buf_lit(&r->html, time_tag(node) != NULL ?
		    cmark_node_get_on_exit(node) : shape->close);
		r->tags -= shape->tags;
	} else if (shape->block && cmark_node_next(node) != NULL) {
		markup_put_end(&r->html);
	}
	if (shape->block)
		markup_put_end(&r->text);
}

/* A block of text that is no Markdown, between tags if they fit. */
static void
put_block(struct markup_out *r, cmark_node *node, const struct shape *shape)
{
	bool tags = r->tags + shape->tags <= MARKUP_DEPTH_MAX;
	struct str s = str_of(cmark_node_get_literal(node));

	if (cmark_node_get_type(node) == CMARK_NODE_HTML_BLOCK)
		s = str_trim(s);
	if (tags)
		buf_lit(&r->html, shape->open);
	markup_put_text(r, s);
	if (tags)
		buf_lit(&r->html, shape->close);
	markup_put_end(&r->html);
	markup_put_end(&r->text);
}

static void
put_leaf(struct markup_out *r, cmark_node *node)
{
	static const struct shape pre =
	    { "<pre><code>", "</code></pre>\n", 2, true };
	bool fits = r->tags < MARKUP_DEPTH_MAX;

	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_CODE_BLOCK:
		put_block(r, node, &pre);
		break;
	case CMARK_NODE_HTML_BLOCK:
		put_block(r, node, &shapes[CMARK_NODE_PARAGRAPH]);
		break;
	case CMARK_NODE_THEMATIC_BREAK:
		buf_lit(&r->html, "<hr>\n");
		break;
	case CMARK_NODE_LINEBREAK:
		buf_lit(&r->html, "<br>");
		/* FALLTHROUGH */
	case CMARK_NODE_SOFTBREAK:
		markup_put_text(r, STR("\n"));
		break;
	case CMARK_NODE_CODE:
		buf_lit(&r->html, fits ? "<code>" : "");
		markup_put_text(r, str_of(cmark_node_get_literal(node)));
		buf_lit(&r->html, fits ? "</code>" : "");
		break;
	default:			/* text, and HTML as text */
		markup_put_text(r, str_of(cmark_node_get_literal(node)));
		break;
	}
}

/* A reference in the text, or the way back in its note. */
static bool
is_note(cmark_node *node)
{
	return cmark_node_get_type(node) == CMARK_NODE_CUSTOM_INLINE &&
	    cmark_node_first_child(node) == NULL;
}

static void
put_note(struct markup_out *r, cmark_node *node)
{
	struct markup_note *note = cmark_node_get_user_data(node);

	if (note->paragraph == cmark_node_parent(node))
		markup_put_back(r, note);
	else
		markup_put_reference(r, note);
}

static void
put_event(struct markup_out *r, cmark_node *node, bool entered)
{
	cmark_node_type type = cmark_node_get_type(node);
	const struct shape *shape = &shapes[type];	/* IMAGE is the last */

	if (type == CMARK_NODE_DOCUMENT)
		return;
	if (is_note(node)) {
		if (entered)
			put_note(r, node);
	} else if (shape->tags == 0) {
		put_leaf(r, node);
	} else if (entered) {
		enter(r, node, shape);
	} else {
		leave(r, node, shape);
	}
}

static enum err
put_tree(struct markup_out *r, cmark_node *root)
{
	cmark_iter *iter = cmark_iter_new(root);
	cmark_event_type event;

	while (r->html.len <= r->limit &&
	    (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE)
		put_event(r, cmark_iter_get_node(iter),
		    event == CMARK_EVENT_ENTER);
	cmark_iter_free(iter);
	return r->html.len <= r->limit ? OK : ERR_BODY_DEEP;
}

static enum err
put_notes(struct markup_out *r, cmark_node *list)
{
	cmark_node *node = cmark_node_first_child(list);
	enum err e = OK;
	size_t number;

	if (node == NULL)
		return OK;
	buf_lit(&r->html, "<ol class=\"footnotes\">\n");
	r->tags += 2;
	for (number = 1; node != NULL && e == OK; number++) {
		buf_fmt(&r->html, "<li id=\"fn-" STR_FMT "-%zu\">",
		    STR_ARG(r->id), number);
		buf_fmt(&r->text, "[%zu] ", number);
		e = put_tree(r, node);
		buf_lit(&r->html, "</li>\n");
		node = cmark_node_next(node);
	}
	r->tags -= 2;
	buf_lit(&r->html, "</ol>\n");
	return e;
}

enum err
markup_render(struct arena *a, struct str body,
    const struct markup_about *about, struct markup *ret)
{
	struct str source = markup_marks_add(a, body);
	cmark_node *doc = cmark_parse_document(source.at, source.len,
	    CMARK_OPT_DEFAULT);
	struct markup_notes *notes = arena_alloc(a, sizeof(*notes));
	struct markup_out r = {
		.arena = a, .ret = ret, .id = about->id,
		.html = buf_new(a, body.len * 2 + 256),
		.text = buf_new(a, body.len + 64),
		.limit = body.len * 8 + 1024
	};
	enum err e;

	*ret = (struct markup){ .links =
	    arena_alloc(a, MARKUP_LINKS_MAX * sizeof(*ret->links)) };
	markup_note_find(a, doc, notes);
	markup_extend(a, doc, notes, about->minutes);
	markup_note_gather(notes);
	if ((e = put_tree(&r, doc)) == OK)
		e = put_notes(&r, notes->list);
	cmark_node_free(doc);
	cmark_node_free(notes->list);
	ret->html = buf_view(&r.html);
	ret->text = str_trim(buf_view(&r.text));
	return e;
}
