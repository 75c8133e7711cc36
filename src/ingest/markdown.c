/* markdown.c: a comment's HTML, as other systems keep it, into Markdown. */
#include <libxml/HTMLparser.h>
#include <string.h>
#include <strings.h>

#include "ingest/internal.h"

struct md {
	struct buf out, line;		/* line: of the paragraph */
	bool breaks;			/* a new line in the text is one */
	bool item;			/* the paragraph begins a list's item */
	int quote, before;		/* before: of the paragraph before */
};

enum kind { INLINE, BLOCK, QUOTE, ITEM, BREAK, EMPHASIS, STRONG, LINK, SILENT };

static const struct {
	const char *name;
	enum kind kind;
} elements[] = {
	{ "p", BLOCK }, { "div", BLOCK }, { "ul", BLOCK }, { "ol", BLOCK },
	{ "pre", BLOCK }, { "h1", BLOCK }, { "h2", BLOCK }, { "h3", BLOCK },
	{ "h4", BLOCK }, { "h5", BLOCK }, { "h6", BLOCK }, { "hr", BLOCK },
	{ "blockquote", QUOTE }, { "li", ITEM }, { "br", BREAK },
	{ "em", EMPHASIS }, { "i", EMPHASIS }, { "cite", EMPHASIS },
	{ "strong", STRONG }, { "b", STRONG }, { "a", LINK },
	{ "script", SILENT }, { "style", SILENT }, { "iframe", SILENT },
	{ "object", SILENT }
};

static void walk(struct md *, const xmlNode *);

static enum kind
kind_of(const xmlNode *node)
{
	for (size_t k = 0; k < COUNT(elements); k++)
		if (strcasecmp((const char *)node->name, elements[k].name) == 0)
			return elements[k].kind;
	return INLINE;
}

static bool
at_start(const struct md *m)
{
	return m->line.len == 0 || m->line.at[m->line.len - 1] == '\n';
}

/* Is what stands in this line only a number, so that a dot made it a list's? */
static bool
after_number(const struct md *m)
{
	size_t i = m->line.len;

	while (i > 0 && m->line.at[i - 1] >= '0' && m->line.at[i - 1] <= '9')
		i--;
	return i < m->line.len && (i == 0 || m->line.at[i - 1] == '\n');
}

/* "&amp;" and its like: "&" alone is itself. */
static bool
is_entity(const char *s)
{
	size_t n = strspn(s + 1, "#0123456789abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ");

	return n > 0 && s[1 + n] == ';';
}

/* Within a word it marks nothing, and addresses are full of it. */
static bool
in_word(const struct md *m)
{
	char c = at_start(m) ? ' ' : m->line.at[m->line.len - 1];

	return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

static void
put_char(struct md *m, const char *s)
{
	bool mark = *s == '&' ? is_entity(s) : *s == '_' ? !in_word(m) :
	    strchr("\\*[]<`|", *s) != NULL ||
	    (at_start(m) && strchr("#>+-=~", *s) != NULL) ||
	    ((*s == '.' || *s == ')') && after_number(m));

	if (mark)
		buf_char(&m->line, '\\');
	buf_char(&m->line, *s);
}

static void
put_break(struct md *m)
{
	if (at_start(m))
		return;
	buf_lit(&m->line, "\\\n");
}

static void
put_prefix(struct md *m, int quotes)
{
	int i;

	for (i = 0; i < quotes; i++)
		buf_lit(&m->out, i > 0 ? " >" : ">");
}

/* Its new line is trimmed off already; two backslashes are one that was
 * written. */
static bool
ends_in_break(struct str s)
{
	size_t n = 0;

	while (n < s.len && s.at[s.len - 1 - n] == '\\')
		n++;
	return n % 2 == 1;
}

static void
flush(struct md *m)
{
	struct str text = str_trim(buf_view(&m->line)), line;
	bool item = m->item, first = true;

	while (ends_in_break(text))
		text = str_trim(str_cut(text, 0, text.len - 1));
	m->line.len = 0;
	if (text.len == 0)
		return;
	text = arena_str(m->out.arena, text);
	if (m->out.len > 0) {
		put_prefix(m, m->before < m->quote ? m->before : m->quote);
		buf_char(&m->out, '\n');
	}
	m->before = m->quote;
	for (; str_split(&text, '\n', &line); first = false) {
		put_prefix(m, m->quote);
		buf_lit(&m->out, m->quote > 0 ? " " : "");
		buf_lit(&m->out, !item ? "" : first ? "- " : "  ");
		buf_str(&m->out, line);
		buf_char(&m->out, '\n');
	}
	m->item = false;
}

static void
put_text(struct md *m, const char *s)
{
	for (; *s != '\0'; s++) {
		bool space = strchr(" \t\r\n", *s) != NULL;

		if (m->breaks && *s == '\n' && s[1] == '\n')
			flush(m);
		else if (m->breaks && *s == '\n')
			put_break(m);
		else if (!space)
			put_char(m, s);
		else if (!at_start(m) &&
		    m->line.at[m->line.len - 1] != ' ')
			buf_char(&m->line, ' ');
	}
}

/* Between marks, which no space may follow or precede; a block within is
 * stronger than they. */
static void
wrap(struct md *m, const xmlNode *node, const char *open, const char *close)
{
	size_t from = m->line.len;
	struct str inner, text;

	walk(m, node);
	if (m->line.len <= from)
		return;
	inner = arena_str(m->out.arena, str_cut(buf_view(&m->line), from,
	    m->line.len));
	if ((text = str_trim(inner)).len == 0)
		return;
	m->line.len = from;
	if (inner.at[0] == ' ')
		buf_char(&m->line, ' ');
	buf_lit(&m->line, open);
	buf_str(&m->line, text);
	buf_lit(&m->line, close);
	if (inner.at[inner.len - 1] == ' ')
		buf_char(&m->line, ' ');
}

/* One whose text is its address stays bare: it is a link by itself. */
static void
put_link(struct md *m, xmlNode *node)
{
	xmlChar *href = xmlGetProp(node, (const xmlChar *)"href");
	xmlChar *text = xmlNodeGetContent(node);
	struct str to = str_of((const char *)href);

	if (!str_begins(to, "http://") && !str_begins(to, "https://"))
		walk(m, node);
	else if (str_eq(to, str_of((const char *)text)))
		buf_str(&m->line, to);
	else {
		struct buf close = buf_new(m->out.arena, to.len + 8);

		buf_lit(&close, "](<");
		buf_percent(&close, to, "!#$%&'()*+,-./:;=?@[]_~");
		buf_lit(&close, ">)");
		wrap(m, node, "[", buf_cstr(&close));
	}
	xmlFree(href);
	xmlFree(text);
}

static void
put_block(struct md *m, const xmlNode *node, enum kind kind)
{
	flush(m);
	m->quote += kind == QUOTE;
	m->item |= kind == ITEM;
	walk(m, node);
	flush(m);
	m->quote -= kind == QUOTE;
}

static void
put_element(struct md *m, xmlNode *node)
{
	enum kind kind = kind_of(node);

	switch (kind) {
	case BLOCK: case QUOTE: case ITEM:
		put_block(m, node, kind);
		break;
	case BREAK:
		put_break(m);
		break;
	case EMPHASIS:
		wrap(m, node, "*", "*");
		break;
	case STRONG:
		wrap(m, node, "**", "**");
		break;
	case LINK:
		put_link(m, node);
		break;
	case SILENT:
		break;
	case INLINE:
		walk(m, node);
	}
}

/* The parser gives up on elements nested deeper than 256. */
static void
walk(struct md *m, const xmlNode *node)
{
	xmlNode *each;

	for (each = node->children; each != NULL; each = each->next)
		if (each->type == XML_ELEMENT_NODE)
			put_element(m, each);
		else if (each->type == XML_TEXT_NODE ||
		    each->type == XML_CDATA_SECTION_NODE)
			put_text(m, (const char *)each->content);
}

struct str
ingest_markdown(struct arena *a, struct str html, bool breaks)
{
	struct md m = { .out = buf_new(a, 2 * html.len + 64),
	    .line = buf_new(a, 2 * html.len + 64), .breaks = breaks };
	htmlDocPtr doc = htmlReadMemory(html.len > 0 ? html.at : " ",
	    html.len > 0 ? (int)html.len : 1, NULL, "UTF-8",
	    HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
	    HTML_PARSE_NONET);

	if (doc == NULL)
		return STR("");
	walk(&m, (const xmlNode *)doc);
	flush(&m);
	xmlFreeDoc(doc);
	return str_trim(buf_view(&m.out));
}
