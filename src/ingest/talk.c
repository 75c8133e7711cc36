/* talk.c: what was said elsewhere: Disqus's and WordPress's exports. */
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <stdlib.h>
#include <string.h>

#include "ingest/internal.h"

struct talk {
	struct arena *arena;
	struct list said;
	struct list pages;		/* of struct page */
};

struct page {				/* Disqus tells it apart */
	struct str id, url, slug;
};

static bool
is(const xmlNode *node, const char *name)
{
	return node != NULL && node->type == XML_ELEMENT_NODE &&
	    strcmp((const char *)node->name, name) == 0;
}

static xmlNode *
child(const xmlNode *node, const char *name)
{
	xmlNode *each = node != NULL ? node->children : NULL;

	while (each != NULL && !is(each, name))
		each = each->next;
	return each;
}

/* What the first element of that name holds, or "". */
static struct str
text(const struct talk *r, const xmlNode *node, const char *name)
{
	xmlNode *found = child(node, name);
	xmlChar *content = found != NULL ? xmlNodeGetContent(found) : NULL;
	struct str s = arena_str(r->arena,
	    str_trim(str_of((const char *)content)));

	xmlFree(content);
	return s;
}

static struct str
id_of(const struct talk *r, const xmlNode *node)
{
	xmlChar *id = node != NULL ? xmlGetProp(node, (const xmlChar *)"id") :
	    NULL;
	struct str s = arena_str(r->arena, str_of((const char *)id));

	xmlFree(id);
	return s;
}

/* Of what says who somebody is the first that is there. */
static struct str
first_of(struct str a, struct str b, struct str c)
{
	return a.len > 0 ? a : b.len > 0 ? b : c;
}

/* ---- Disqus: <disqus> of <thread> and <post>, in any order. ---- */

static void
disqus_page(struct talk *r, const xmlNode *node)
{
	struct page *p = ingest_list_add(r->arena, &r->pages, sizeof(*p));

	*p = (struct page){ .id = id_of(r, node),
	    .url = text(r, node, "link"), .slug = text(r, node, "id") };
}

static void
disqus_post(struct talk *r, const xmlNode *node)
{
	struct ingest_said *s = ingest_list_add(r->arena, &r->said,
	    sizeof(*s));
	const xmlNode *author = child(node, "author");
	struct str thread = id_of(r, child(node, "thread"));
	const struct page *pages = r->pages.at;
	size_t i;

	*s = (struct ingest_said){
		.line = (int)xmlGetLineNo(node), .id = id_of(r, node),
		.parent = id_of(r, child(node, "parent")),
		.author = text(r, author, "name"),
		.email = text(r, author, "email"),
		.body = ingest_markdown(r->arena, text(r, node, "message"),
		    false),
		.fate = str_is(text(r, node, "isDeleted"), "true") ||
		    str_is(text(r, node, "isSpam"), "true") ? INGEST_GONE :
		    str_is(text(r, node, "isApproved"), "false") ?
		    INGEST_HELD : INGEST_SHOWN
	};
	s->who = first_of(text(r, author, "username"), s->email, s->author);
	if (!clock_parse(text(r, node, "createdAt"), &s->posted))
		s->posted = 0;
	for (i = 0; i < r->pages.n; i++)
		if (str_eq(pages[i].id, thread)) {
			s->url = pages[i].url;
			s->slug = pages[i].slug;
		}
}

static void
disqus(struct talk *r, const xmlNode *root)
{
	const xmlNode *each;

	for (each = root->children; each != NULL; each = each->next)
		if (is(each, "thread"))
			disqus_page(r, each);
	for (each = root->children; each != NULL; each = each->next)
		if (is(each, "post"))
			disqus_post(r, each);
}

/* ---- WordPress: <rss><channel><item> of <wp:comment>. ---- */

/* "2011-02-03 04:05:06", which is UTC. */
static int64_t
wordpress_time(const struct talk *r, struct str s)
{
	int64_t at;

	s = arena_fmt(r->arena, STR_FMT "T" STR_FMT "Z",
	    STR_ARG(str_cut(s, 0, 10)), STR_ARG(str_cut(s, 11, 8)));
	return clock_parse(s, &at) ? at : 0;
}

static void
wordpress_comment(struct talk *r, const xmlNode *node, struct page page)
{
	struct str kind = text(r, node, "comment_type");
	struct str approved = text(r, node, "comment_approved");
	struct str parent = text(r, node, "comment_parent");
	struct ingest_said *s;

	if (kind.len > 0 && !str_is(kind, "comment"))
		return;			/* another site's notice of a link */
	s = ingest_list_add(r->arena, &r->said, sizeof(*s));
	*s = (struct ingest_said){
		.line = (int)xmlGetLineNo(node), .url = page.url,
		.slug = page.slug, .id = text(r, node, "comment_id"),
		.parent = str_is(parent, "0") ? STR("") : parent,
		.author = text(r, node, "comment_author"),
		.email = text(r, node, "comment_author_email"),
		.body = ingest_markdown(r->arena,
		    text(r, node, "comment_content"), true),
		.posted = wordpress_time(r, text(r, node, "comment_date_gmt")),
		.fate = str_is(approved, "1") ? INGEST_SHOWN :
		    str_is(approved, "0") ? INGEST_HELD : INGEST_GONE
	};
	s->who = first_of(s->email, s->author, STR(""));
}

static void
wordpress(struct talk *r, const xmlNode *root)
{
	const xmlNode *item = child(root, "channel"), *each;
	struct page page;

	for (item = item != NULL ? item->children : NULL; item != NULL;
	    item = item->next) {
		if (!is(item, "item"))
			continue;
		page = (struct page){ .url = text(r, item, "link"),
		    .slug = text(r, item, "post_name") };
		for (each = item->children; each != NULL; each = each->next)
			if (is(each, "comment"))
				wordpress_comment(r, each, page);
	}
}

/* ---- all ---- */

static const struct {
	const char *name, *root;
	void (*read)(struct talk *, const xmlNode *root);
} systems[] = {
	{ "disqus", "disqus", disqus },
	{ "wordpress", "rss", wordpress },
};

bool
ingest_talk_known(const char *system)
{
	size_t i;

	for (i = 0; i < COUNT(systems); i++)
		if (strcmp(systems[i].name, system) == 0)
			return true;
	return false;
}

/* A thread is read in the order of its comments' ids; of one moment, in that
 * of the file. */
static int
by_time(const void *a, const void *b)
{
	const struct ingest_said *x = a, *y = b;

	return x->posted != y->posted ? (x->posted > y->posted) -
	    (x->posted < y->posted) : (x->line > y->line) -
	    (x->line < y->line);
}

static enum err
read_root(const struct fault *f, const xmlDoc *doc, const char *system,
    struct ingest_talk *ret)
{
	xmlNode *root = xmlDocGetRootElement(doc);
	struct talk r = { .arena = f->arena };
	size_t i = 0;

	while (i < COUNT(systems) && strcmp(systems[i].name, system) != 0)
		i++;
	if (i == COUNT(systems) || !is(root, systems[i].root) ||
	    doc->intSubset != NULL)
		return ingest_fault(f, 1, "expected an export of %s: <%s>, "
		    "without a DOCTYPE", system, i < COUNT(systems) ?
		    systems[i].root : "");
	systems[i].read(&r, root);
	ret->all = r.said.at;
	ret->n = r.said.n;
	if (ret->n > 0)
		qsort(ret->all, ret->n, sizeof(*ret->all), by_time);
	return OK;
}

enum err
ingest_talk_file(struct arena *a, const char *path, const char *system,
    struct ingest_talk *ret, struct str *why)
{
	struct fault f = { a, path, why };
	xmlDoc *doc;
	enum err e = ingest_xml_read(&f, "expected XML", &doc);

	if (e != OK)
		return e;
	e = read_root(&f, doc, system, ret);
	xmlFreeDoc(doc);
	return e;
}
