/* put.c: texts, links and footnotes' ways, written with care. */
#include "markup/internal.h"

static void
put_escaped(struct buf *b, struct str s)
{
	size_t i;

	for (i = 0; i < s.len; i++) {
		switch (s.at[i]) {
		case '&': buf_lit(b, "&amp;"); break;
		case '<': buf_lit(b, "&lt;"); break;
		case '>': buf_lit(b, "&gt;"); break;
		case '"': buf_lit(b, "&quot;"); break;
		case '\'': buf_lit(b, "&#39;"); break;
		default: buf_char(b, s.at[i]); break;
		}
	}
}

void
markup_put_plain(struct markup_out *r, struct str s)
{
	if (r->spoilers == 0)
		buf_str(&r->text, s);
}

/* A literal is cleaned once more: entities can say what the body could not,
 * and our marks are still in it. */
void
markup_put_text(struct markup_out *r, struct str s)
{
	size_t i;

	for (i = 0; i < s.len && ((s.at[i] >= ' ' && s.at[i] < 0x7f) ||
	    s.at[i] == '\n'); i++)
		;
	if (i < s.len && text_clean(r->arena, s, true, &s) != OK)
		return;
	put_escaped(&r->html, s);
	markup_put_plain(r, s);
}

void
markup_put_end(struct buf *b)
{
	if (b->len > 0 && b->at[b->len - 1] != '\n')
		buf_char(b, '\n');
}

/* ---- links ---- */

/* The text that is all a link is called, or another node. */
static cmark_node *
label_of(cmark_node *node)
{
	cmark_node *child;

	while ((child = cmark_node_first_child(node)) != NULL &&
	    cmark_node_next(child) == NULL)
		node = child;
	return node;
}

/* A label that looks like an address must be that of the link. */
static bool
misleads(struct arena *a, struct str label, const struct markup_target *t)
{
	struct str host = label, said;
	size_t begin = str_find(label, STR("://"));
	bool odd;

	if (t->odd)
		return true;
	if (begin != (size_t)-1)
		label = str_cut(label, begin + 3, label.len);
	str_split(&label, '/', &host);
	return str_find(host, STR(".")) != (size_t)-1 &&
	    markup_host_read(a, host, &said, &odd) &&
	    !str_eq(said, t->link.host);
}

/* True if there is an address to link to. */
bool
markup_put_link(struct markup_out *r, cmark_node *node)
{
	struct markup_target *t = arena_alloc(r->arena, sizeof(*t));
	struct str url = str_of(cmark_node_get_url(node));
	cmark_node *label_node = label_of(node);
	struct str label = str_of(cmark_node_get_literal(label_node));

	if (!markup_link_read(r->arena, url, t))
		return false;
	if (r->ret->nlinks < MARKUP_LINKS_MAX)
		r->ret->links[r->ret->nlinks++] = t->link;
	buf_lit(&r->html, "<a href=\"");
	put_escaped(&r->html, t->link.url);
	buf_lit(&r->html, "\" rel=\"nofollow ugc noopener\">");
	if (cmark_node_first_child(node) == NULL)
		markup_put_text(r, t->shown);
	else if (str_eq(label, url))
		cmark_node_set_literal(label_node,
		    arena_cstr(r->arena, t->shown));
	else
		t->tell = misleads(r->arena, label, t);
	cmark_node_set_user_data(node, t);
	r->links++;
	return true;
}

void
markup_put_link_end(struct markup_out *r, const struct markup_target *t)
{
	r->links--;
	if (!t->tell)
		return;
	markup_put_text(r, STR(" ("));
	markup_put_text(r, t->link.host);
	markup_put_text(r, STR(")"));
}

/* ---- footnotes ---- */

void
markup_put_reference(struct markup_out *r, struct markup_note *note)
{
	struct str plain = arena_fmt(r->arena, "[%zu]", note->number);

	markup_put_plain(r, plain);
	if (r->tags + 2 > MARKUP_DEPTH_MAX) {
		buf_str(&r->html, plain);
		return;
	}
	buf_lit(&r->html, "<sup><a");
	if (note->refs++ == 0)
		buf_fmt(&r->html, " id=\"fnref-" STR_FMT "-%zu\"",
		    STR_ARG(r->id), note->number);
	buf_fmt(&r->html, " href=\"#fn-" STR_FMT "-%zu\" role=\"doc-noteref\">"
	    "%zu</a></sup>", STR_ARG(r->id), note->number, note->number);
}

void
markup_put_back(struct markup_out *r, const struct markup_note *note)
{
	buf_fmt(&r->html, " <a href=\"#fnref-" STR_FMT "-%zu\""
	    " role=\"doc-backlink\">\u21a9</a>", STR_ARG(r->id), note->number);
}
