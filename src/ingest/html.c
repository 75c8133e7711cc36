/*
 * html.c: an article's page into lines, through libxml2's HTML parser.
 *
 * Walks the tree without recursion. Emphasis is flattened; what is around the
 * article (menus, forms, captions) is dropped and noted. The parser fetches
 * nothing, and gives up on elements nested deeper than 256: so do we.
 */
#include <libxml/HTMLparser.h>
#include <string.h>
#include <strings.h>

#include "ingest/internal.h"

enum kind { INLINE, BLOCK, QUOTE, CELL, BREAK, IMAGE, ASIDE, OUTER, SILENT };

static const struct {
	const char *name;
	enum kind kind;
} elements[] = {
	{ "p", BLOCK }, { "div", BLOCK }, { "h1", BLOCK }, { "h2", BLOCK },
	{ "h3", BLOCK }, { "h4", BLOCK }, { "h5", BLOCK }, { "h6", BLOCK },
	{ "li", BLOCK }, { "ul", BLOCK }, { "ol", BLOCK }, { "dl", BLOCK },
	{ "dt", BLOCK }, { "dd", BLOCK }, { "table", BLOCK }, { "tr", BREAK },
	{ "td", CELL }, { "th", CELL }, { "pre", BLOCK }, { "hr", BLOCK },
	{ "article", BLOCK }, { "section", BLOCK }, { "main", BLOCK },
	{ "address", BLOCK }, { "center", BLOCK },
	{ "figure", BLOCK }, { "blockquote", QUOTE }, { "br", BREAK },
	{ "img", IMAGE }, { "header", OUTER }, { "footer", OUTER },
	{ "nav", ASIDE }, { "aside", ASIDE }, { "form", ASIDE },
	{ "button", ASIDE }, { "select", ASIDE }, { "textarea", ASIDE },
	{ "figcaption", ASIDE }, { "iframe", ASIDE }, { "object", ASIDE },
	{ "noscript", ASIDE }, { "video", ASIDE }, { "audio", ASIDE },
	{ "svg", ASIDE }, { "math", ASIDE }, { "head", SILENT },
	{ "script", SILENT }, { "style", SILENT }, { "template", SILENT },
};

/* Words of class and id that mark what is not the article. */
static const char *const around[] = {
	"facebook", "fb-like", "fb-comments", "social", "share", "nav",
	"navigation", "menu", "breadcrumb", "breadcrumbs", "sidebar"
};

struct walk {
	struct arena *arena;
	struct lines *lines;
	struct buf text;		/* of the line that is being read */
	struct line line;
	int breaks;			/* <br>s since the last text */
};

static enum kind
kind_of(const xmlNode *node)
{
	for (size_t k = 0; k < COUNT(elements); k++)
		if (strcasecmp((const char *)node->name, elements[k].name) == 0)
			return elements[k].kind;
	return INLINE;
}

/* The attribute's value in the arena, or "". */
static struct str
attribute(struct walk *w, xmlNode *node, const char *name)
{
	xmlChar *value = xmlGetProp(node, (const xmlChar *)name);
	struct str s;

	if (value == NULL)
		return STR("");
	s = ingest_lines_squeeze(w->arena, str_of((const char *)value));
	xmlFree(value);
	return s;
}

static bool
is_around(struct walk *w, xmlNode *node)
{
	struct str words = arena_fmt(w->arena, STR_FMT " " STR_FMT,
	    STR_ARG(attribute(w, node, "class")),
	    STR_ARG(attribute(w, node, "id")));
	struct str word;

	while (str_split(&words, ' ', &word))
		for (size_t k = 0; k < COUNT(around); k++)
			if (str_eq_nocase(word, around[k]))
				return true;
	return false;
}

static bool
in_article(const xmlNode *node)
{
	for (; node != NULL && node->type == XML_ELEMENT_NODE;
	    node = node->parent)
		if (strcmp((const char *)node->name, "article") == 0 ||
		    strcmp((const char *)node->name, "main") == 0)
			return true;
	return false;
}

static void
note(struct walk *w, xmlNode *node, const char *what, struct str text)
{
	if (text.len > 0)
		ingest_lines_note(w->arena, &w->lines->notes,
		    (struct ingest_note){ .line = (int)xmlGetLineNo(node),
		    .dropped = true, .what = what, .text = text });
}

static void
note_content(struct walk *w, xmlNode *node)
{
	xmlChar *content = xmlNodeGetContent(node);

	if (content == NULL)
		return;
	note(w, node, "around the article", ingest_lines_squeeze(w->arena,
	    str_of((const char *)content)));
	xmlFree(content);
}

/* Ends the line; `gap`: the next one is set apart. */
static void
end_line(struct walk *w, bool gap)
{
	w->line.text = ingest_lines_squeeze(w->arena, buf_view(&w->text));
	if (w->line.text.len > 0) {
		if (w->lines->list.n <= INGEST_LINES_MAX)
			ingest_lines_add(w->arena, w->lines, w->line);
		w->line.gap = false;
	}
	w->line.number = 0;
	w->line.gap |= gap;
	w->text.len = 0;
}

static void
add_text(struct walk *w, xmlNode *node)
{
	const char *s = (const char *)node->content;
	int number = (int)xmlGetLineNo(node);

	if (s == NULL)
		return;
	if (s[strspn(s, " \t\r\n")] != '\0') {
		if (w->line.number == 0)
			w->line.number = number;
		w->breaks = 0;
	}
	buf_lit(&w->text, s);
}

static void
set_quote(struct walk *w, const xmlNode *node)
{
	w->line.quote = false;
	for (; node != NULL; node = node->parent)
		w->line.quote |= node->type == XML_ELEMENT_NODE &&
		    kind_of(node) == QUOTE;
}

/* Goes into an element; false: not into what it holds. */
static bool
enter(struct walk *w, xmlNode *node)
{
	enum kind kind = kind_of(node);

	if (kind == SILENT)
		return false;
	if (kind == ASIDE || (kind == OUTER && !in_article(node)) ||
	    (kind == BLOCK && is_around(w, node))) {
		end_line(w, true);
		note_content(w, node);
		return false;
	}
	if (kind == BREAK)
		end_line(w, w->breaks++ > 0);
	if (kind == CELL)
		buf_char(&w->text, ' ');
	if (kind == BLOCK || kind == QUOTE || kind == OUTER)
		end_line(w, true);
	if (kind == QUOTE)
		set_quote(w, node);
	if (kind == IMAGE)
		note(w, node, "image's text", attribute(w, node, "alt"));
	return true;
}

static void
leave(struct walk *w, xmlNode *node)
{
	enum kind kind = node->type == XML_ELEMENT_NODE ? kind_of(node) :
	    INLINE;

	if (kind == BLOCK || kind == QUOTE || kind == OUTER)
		end_line(w, true);
	if (kind == QUOTE)
		set_quote(w, node->parent);
}

static void
walk(struct walk *w, xmlNode *root)
{
	xmlNode *node = root;
	bool deeper;

	while (node != NULL) {
		deeper = false;
		if (node->type == XML_TEXT_NODE ||
		    node->type == XML_CDATA_SECTION_NODE)
			add_text(w, node);
		else if (node->type == XML_ELEMENT_NODE)
			deeper = enter(w, node) && node->children != NULL;
		if (deeper) {
			node = node->children;
			continue;
		}
		leave(w, node);
		while (node != root && node->next == NULL)
			leave(w, node = node->parent);
		node = node == root ? NULL : node->next;
	}
	end_line(w, true);
}

/* The address that the page gives as its own: <link rel="canonical">. */
static struct str
canonical(struct walk *w, xmlNode *root)
{
	xmlNode *node = root->children;

	while (node != NULL && strcmp((const char *)node->name, "head") != 0)
		node = node->next;
	for (node = node ? node->children : NULL; node; node = node->next)
		if (node->type == XML_ELEMENT_NODE &&
		    strcmp((const char *)node->name, "link") == 0 &&
		    str_is(attribute(w, node, "rel"), "canonical"))
			return ingest_sitemap_path(attribute(w, node,
			    "href"));
	return STR("");
}

static enum err
read_tree(const struct fault *f, struct lines *lines, htmlParserCtxt *parser,
    xmlDoc *doc)
{
	xmlNode *root = doc != NULL ? xmlDocGetRootElement(doc) : NULL;
	struct walk w = { .arena = f->arena, .lines = lines };

	if (parser->disableSAX || root == NULL)
		return ingest_fault(f, parser->lastError.line > 0 ?
		    parser->lastError.line : 1, "expected an HTML page whose "
		    "elements are not nested deeper than 256");
	w.text = buf_new(f->arena, 4096);
	w.line.gap = true;
	lines->path = canonical(&w, root);
	walk(&w, root);
	return OK;
}

enum err
ingest_html_lines(const struct fault *f, struct str text, struct lines *lines)
{
	htmlParserCtxt *parser = htmlNewParserCtxt();
	xmlDoc *doc;
	enum err e;

	if (parser == NULL)
		return ERR_BROKEN;
	parser->linenumbers = 1;
	doc = htmlCtxtReadMemory(parser, text.len ? text.at : "",
	    (int)text.len, NULL, "UTF-8", HTML_PARSE_RECOVER |
	    HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
	    HTML_PARSE_NODEFDTD);
	e = read_tree(f, lines, parser, doc);
	if (doc != NULL)
		xmlFreeDoc(doc);
	htmlFreeParserCtxt(parser);
	return e;
}
