/* revisions.c: what a comment was before, and what its author changed. */
#include "page/jsons.h"
#include "page/parts.h"

/* What each version changed in the one before; the first is itself. */
static struct model_change *
changes(struct buf *b, struct model_differ *d, const struct page_revisions *r,
    size_t i, size_t *n)
{
	return model_diff(b->arena, d, i > 0 ? r->versions[i - 1].body :
	    r->versions[0].body, r->versions[i].body, n);
}

static void
version_words(struct buf *b, const struct model_change *c, size_t n)
{
	static const char *const open[] = { "", "<del>", "<ins>" };
	static const char *const close[] = { "", "</del>", "</ins>" };
	size_t i;

	OUT(b, "<div class=\"words typed\" lang=\"\" dir=\"auto\">");
	for (i = 0; i < n; i++) {
		buf_lit(b, open[c[i].kind]);
		OUT(b, c[i].text);
		buf_lit(b, close[c[i].kind]);
	}
	OUT(b, "</div>\n");
}

/* Text as it was typed shows what it means to hide. */
static bool
hides(const struct page_revisions *r)
{
	size_t i;

	for (i = 0; i < r->n; i++)
		if (str_find(r->versions[i].body, STR("||")) != (size_t)-1)
			return true;
	return false;
}

static void
versions(struct buf *b, const struct page_revisions *r)
{
	struct model_differ d;
	size_t i, n;

	model_diff_open(b->arena, &d);
	OUT(b, "<ol class=\"versions\">\n");
	for (i = 0; i < r->n; i++) {
		struct model_change *c = changes(b, &d, r, i, &n);

		OUT(b, "<li>\n<h2>");
		SAY(b, i == 0 ? T("Posted %s") : T("Changed %s"),
		    page_shell_time(b, r->versions[i].since));
		OUT(b, "</h2>\n");
		version_words(b, c, n);
		OUT(b, "</li>\n");
	}
	OUT(b, "</ol>\n");
}

void
page_revisions(struct buf *b, const struct page_site *site,
    const struct page_revisions *r)
{
	const struct comment *c = r->comment;
	bool hidden = c->spoiler || hides(r);

	page_shell_head(b, site, T_STR(b, "What was changed"));
	page_shell_script(b);
	OUT(b, "<meta name=\"robots\" content=\"noindex\">\n");
	page_shell_style(b, "versions");
	page_shell_main(b, site);
	OUT(b, "<div class=\"foyer narrow\">\n<h1>", T("What was changed"),
	    "</h1>\n<p class=\"hint\">");
	SAY(b, T("A comment by %s, as it was typed."), OUT(b, "<bdi>",
	    c->author, "</bdi>"));
	if (r->n == 1)
		OUT(b, " ", c->edited == 0 ? T("It was never changed.") :
		    T("Readers have seen no other version."));
	OUT(b, "</p>\n");
	if (hidden)
		OUT(b, "<details><summary>",
		    T("It may spoil the film: show it"), "</summary>\n");
	versions(b, r);
	OUT(b, hidden ? "</details>\n" : "", "<p><a href=\"", site->reviews,
	    c->slug, "#comment-", c->id, "\">", T("Back to the comment"),
	    "</a></p>\n</div>\n");
	page_shell_end(b, site);
}

void
page_revisions_json(struct buf *b, const struct page_revisions *r)
{
	static const char *const ops[] = { "same", "gone", "new" };
	struct model_differ d;
	size_t i, k, n;

	model_diff_open(b->arena, &d);
	JSON(b, "{\"id\":", r->comment->id, ",\"versions\":[");
	for (i = 0; i < r->n; i++) {
		struct model_change *c = changes(b, &d, r, i, &n);

		JSON(b, i > 0 ? "," : "", "{\"since\":");
		page_json_time(b, r->versions[i].since);
		JSON(b, ",\"changes\":[");
		for (k = 0; k < n; k++)
			JSON(b, k > 0 ? "," : "", "{\"op\":", ops[c[k].kind],
			    ",\"text\":", c[k].text, "}");
		JSON(b, "]}");
	}
	JSON(b, "]}\n");
}
