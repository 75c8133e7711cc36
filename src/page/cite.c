/* cite.c: how to cite a comment: a page with all ways to. */
#include "page/cites.h"

struct str
page_cite_url(const struct buf *b, const struct page_site *site,
    const struct comment *c)
{
	return arena_fmt(b->arena, "%s/foyer/comments/%lld", site->origin,
	    (long long)c->id);
}

/* As text, for whoever copies it by hand, and as a file. */
static void
machine(struct buf *b, struct str name, struct str text, struct str file)
{
	OUT(b, "<h2>", name, "</h2>\n<pre lang=\"\" tabindex=\"0\" "
	    "role=\"region\" aria-label=\"", name, "\"><code>", text,
	    "</code></pre>\n<p class=\"hint\"><a href=\"", file);
	OUT(b, "\" download>", T("Download as a file"), "</a></p>\n");
}

static void
machines(struct buf *b, const struct page_site *site, const struct comment *c,
    const struct review *r)
{
	struct buf bib = buf_new(b->arena, 1024), csl = buf_new(b->arena, 1024);
	struct str url = arena_fmt(b->arena, "/foyer/comments/%lld/cite.",
	    (long long)c->id);

	page_cite_bib(&bib, site, c, r);
	page_cite_csl(&csl, site, c, r);
	machine(b, STR("BibTeX"), buf_view(&bib),
	    arena_fmt(b->arena, STR_FMT "bib", STR_ARG(url)));
	machine(b, STR("CSL-JSON"), buf_view(&csl),
	    arena_fmt(b->arena, STR_FMT "json", STR_ARG(url)));
}

void
page_cite(struct buf *b, const struct page_site *site,
    const struct comment *c, const struct review *r)
{
	page_shell_head(b, site, T_STR(b, "Cite this comment"));
	OUT(b, "<meta name=\"robots\" content=\"noindex\">\n");
	page_shell_style(b, "cite");
	page_shell_main(b, site);
	OUT(b, "<div class=\"foyer narrow cite\">\n<h1>",
	    T("Cite this comment"), "</h1>\n<p>");
	SAY(b, T("%s on %s"), OUT(b, "<bdi>", c->author, "</bdi>"),
	    OUT(b, "<a href=\"/foyer/comments/", c->id, "\">",
	    r->title.len > 0 ? r->title : r->heading, "</a>"));
	OUT(b, "</p>\n<h2>", STR("Chicago"), "</h2>\n<p lang=\"en\">");
	page_cite_chicago(b, site, c, r);
	OUT(b, "</p>\n<p class=\"hint\">", T("In a note: Chicago leaves "
	    "readers’ comments out of a bibliography."), "</p>\n<h2>",
	    STR("MLA"), "</h2>\n<p lang=\"en\">");
	page_cite_mla(b, site, c, r);
	OUT(b, "</p>\n");
	machines(b, site, c, r);
	OUT(b, "</div>\n");
	page_shell_end(b, site);
}
