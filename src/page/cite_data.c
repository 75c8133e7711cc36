/* cite_data.c: a comment for programs that keep references: BibTeX, CSL. */
#include "page/cites.h"

/* ---- BibTeX: btxdoc, and biblatex reads the same fields. ---- */

/* TeX's special characters; a lone brace would end the field, even escaped.
 * All else is UTF-8, which biber and LaTeX read. */
static void
tex(struct buf *b, struct str s)
{
	static const struct {
		char c;
		const char *tex;
	} special[] = {
		{ '\\', "\\textbackslash{}" }, { '{', "\\textbraceleft{}" },
		{ '}', "\\textbraceright{}" }, { '~', "\\textasciitilde{}" },
		{ '^', "\\textasciicircum{}" }, { '<', "\\textless{}" },
		{ '>', "\\textgreater{}" }, { '"', "''" }, { '&', "\\&" },
		{ '%', "\\%" }, { '$', "\\$" }, { '#', "\\#" },
		{ '_', "\\_" },
	};
	size_t i, k;

	for (i = 0; i < s.len; i++) {
		for (k = 0; k < COUNT(special) && special[k].c != s.at[i]; k++)
			;
		if (k < COUNT(special))
			buf_lit(b, special[k].tex);
		else
			buf_char(b, s.at[i]);
	}
}

/* Doubly braced: neither a name is taken apart nor a title put in lower
 * case. */
void
page_cite_bib(struct buf *b, const struct page_site *site,
    const struct comment *c, const struct review *r)
{
	static const char *const months[] = {
		"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep",
		"oct", "nov", "dec"
	};
	struct tm tm = page_cite_time(c->posted);

	buf_fmt(b, "@misc{" STR_FMT "-comment-%lld,\n  author = {{",
	    STR_ARG(r->slug), (long long)c->id);
	tex(b, c->author);
	buf_lit(b, "}},\n  title = {{Comment on ``");
	tex(b, r->heading);
	buf_lit(b, "''}},\n  howpublished = {Reader's comment, \\emph{");
	tex(b, str_of(site->name));
	buf_lit(b, "}");
	if (r->issue != 0)
		buf_fmt(b, ", no.~%d", r->issue);
	buf_fmt(b, "},\n  year = {%d},\n  month = %s,\n  day = {%d},\n"
	    "  note = {Posted at %02d:%02d UTC},\n  url = {",
	    tm.tm_year + 1900, months[tm.tm_mon], tm.tm_mday, tm.tm_hour,
	    tm.tm_min);
	buf_str(b, page_cite_url(b, site, c));
	buf_lit(b, "}\n}\n");
}

/* ---- CSL-JSON: citationstyles.org, schema csl-data 1.0.2: an array. ---- */

void
page_cite_csl(struct buf *b, const struct page_site *site,
    const struct comment *c, const struct review *r)
{
	struct tm tm = page_cite_time(c->posted);
	struct str title = arena_fmt(b->arena, "Comment on “" STR_FMT "”",
	    STR_ARG(r->heading));

	JSON(b, "[{\"id\":\"");
	buf_fmt(b, STR_FMT "-comment-%lld", STR_ARG(r->slug),
	    (long long)c->id);
	JSON(b, "\",\n\"type\":\"post\",\n\"genre\":\"Reader’s comment\",\n"
	    "\"author\":[{\"literal\":", c->author, "}],\n\"title\":", title,
	    ",\n\"container-title\":", site->name);
	if (r->issue != 0)
		JSON(b, ",\n\"issue\":\"", r->issue, "\"");
	JSON(b, ",\n\"issued\":{\"date-parts\":[[", tm.tm_year + 1900, ",",
	    tm.tm_mon + 1, ",", tm.tm_mday, "]]},\n\"URL\":");
	JSON(b, page_cite_url(b, site, c));
	JSON(b, ",\n\"note\":\"Posted at ");
	buf_fmt(b, "%02d:%02d UTC\"}]\n", tm.tm_hour, tm.tm_min);
}
