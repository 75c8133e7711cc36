/* sitemap.c: the addresses that a sitemap lists (sitemaps.org, 0.9). */
#include <string.h>

#include <libxml/parser.h>
#include <libxml/tree.h>

#include "ingest/internal.h"

static bool
is(const xmlNode *node, const char *name)
{
	return node->type == XML_ELEMENT_NODE &&
	    strcmp((const char *)node->name, name) == 0;
}

static void
add_url(struct arena *a, struct list *list, xmlNode *loc)
{
	xmlChar *content = xmlNodeGetContent(loc);
	struct str *url = ingest_list_add(a, list, sizeof(*url));

	*url = arena_str(a, str_trim(str_of((const char *)content)));
	xmlFree(content);
}

/* <urlset><url><loc>, or <sitemapindex><sitemap><loc>. */
static void
read_entries(struct arena *a, xmlNode *root, const char *entry,
    struct list *list)
{
	xmlNode *each, *in;

	for (each = root->children; each != NULL; each = each->next)
		for (in = is(each, entry) ? each->children : NULL; in != NULL;
		    in = in->next)
			if (is(in, "loc"))
				add_url(a, list, in);
}

static enum err
read_root(const struct fault *f, const xmlDoc *doc,
    struct ingest_sitemap *ret)
{
	xmlNode *root = xmlDocGetRootElement(doc);
	struct list list = { .n = 0 };

	/* No sitemap has entities of its own. */
	if (root == NULL || doc->intSubset != NULL || (!is(root, "urlset") &&
	    !is(root, "sitemapindex")))
		return ingest_fault(f, 1, "expected a sitemap: <urlset> or "
		    "<sitemapindex>, without a DOCTYPE");
	ret->index = is(root, "sitemapindex");
	read_entries(f->arena, root, ret->index ? "sitemap" : "url", &list);
	ret->urls = list.at;
	ret->n = list.n;
	return OK;
}

enum err
ingest_sitemap_file(struct arena *a, const char *path,
    struct ingest_sitemap *ret, struct str *why)
{
	struct fault f = { a, path, why };
	xmlDoc *doc;
	enum err e = ingest_xml_read(&f, "expected a sitemap in XML", &doc);

	if (e != OK)
		return e;
	e = read_root(&f, doc, ret);
	xmlFreeDoc(doc);
	return e;
}

static int
hex(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ?
	    c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Percent-decoded (RFC 3986); what is no escape stays. */
static struct str
decoded(struct arena *a, struct str s)
{
	struct buf b = buf_new(a, s.len + 1);
	size_t i;

	for (i = 0; i < s.len; i++) {
		bool escape = s.at[i] == '%' && i + 2 < s.len &&
		    hex(s.at[i + 1]) >= 0 && hex(s.at[i + 2]) >= 0;

		buf_char(&b, escape ? (char)(hex(s.at[i + 1]) * 16 +
		    hex(s.at[i + 2])) : s.at[i]);
		i += escape ? 2 : 0;
	}
	return buf_view(&b);
}

struct str
ingest_sitemap_path(struct str url)
{
	size_t host = str_find(url, STR("://")), slash;

	if (host == (size_t)-1)
		return str_begins(url, "/") ? url : STR("");
	url = str_cut(url, host + 3, url.len);
	slash = str_find(url, STR("/"));
	return slash == (size_t)-1 ? STR("") : str_cut(url, slash, url.len);
}

struct str
ingest_sitemap_file_of(struct arena *a, struct str path)
{
	struct str file = decoded(a, path), rest = file, part;

	if (str_find(path, STR("?")) != (size_t)-1 ||
	    !str_begins(path, "/") || memchr(file.at, '\0', file.len) != NULL)
		return STR("");
	while (str_split(&rest, '/', &part))
		if (str_is(part, ".."))
			return STR("");
	return str_ends(file, "/") ?
	    arena_fmt(a, STR_FMT "index.html", STR_ARG(file)) : file;
}
