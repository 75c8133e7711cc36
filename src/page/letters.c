/* letters.c: comments that the journal prints as letters to the editor. */
#include "page/jsons.h"
#include "page/parts.h"

static void
letter(struct buf *b, const struct page_site *site,
    const struct letter_row *l)
{
	OUT(b, "<article class=\"letter foyer\" id=\"letter-", l->comment,
	    "\">\n<h2 dir=\"auto\">", l->heading, "</h2>\n");
	if (l->spoiler)
		OUT(b, "<details class=\"spoils\">\n<summary>",
		    T("This comment spoils the film"), "</summary>\n");
	OUT(b, "<div class=\"words\" lang=\"\" dir=\"auto\">");
	out_trusted_markup(b, l->html);
	OUT(b, "</div>\n", l->spoiler ? "</details>\n" : "",
	    "<p class=\"meta\"><bdi>");
	OUT(b, l->author, "</bdi> <a href=\"/foyer/comments/", l->comment,
	    "\">");
	page_shell_time(b, l->posted);
	OUT(b, "</a> <span>");
	SAY(b, T("A comment on %s"), OUT(b, "<a href=\"", site->reviews,
	    l->slug, "\" dir=\"auto\">", l->title.len > 0 ? l->title :
	    l->slug, "</a>"));
	OUT(b, "</span></p>\n</article>\n");
}

void
page_letters(struct buf *b, const struct page_site *site,
    const struct page_letter_list *p)
{
	size_t i;

	page_shell_head(b, site, T_STR(b, "Letters to the editor"));
	page_shell_style(b, "index");
	page_shell_main(b, site);
	OUT(b, "<div class=\"index\">\n<h1>", T("Letters to the editor"),
	    "</h1>\n");
	if (p->n == 0)
		OUT(b, "<p class=\"empty\">", T("There are none yet."),
		    "</p>\n");
	for (i = 0; i < p->n; i++)
		letter(b, site, &p->rows[i]);
	if (p->next != 0)
		OUT(b, "<p class=\"next\"><a rel=\"next\" "
		    "href=\"/foyer/letters?before=", p->next, "\">",
		    T("Earlier letters"), "</a></p>\n");
	OUT(b, "</div>\n");
	page_shell_end(b, site);
}

void
page_letters_of(struct buf *b, const struct thread_page *page)
{
	size_t i;

	if (page->nletters == 0)
		return;
	OUT(b, "<section class=\"letters\" aria-labelledby=\"letters\">\n"
	    "<h2 id=\"letters\">", T("Letters to the editor"),
	    "</h2>\n<ul>\n");
	for (i = 0; i < page->nletters; i++)
		OUT(b, "<li><a href=\"/foyer/letters?before=",
		    page->letters[i].comment + 1, "#letter-",
		    page->letters[i].comment, "\" dir=\"auto\">",
		    page->letters[i].heading, "</a> <span class=\"meta\">"
		    "<bdi>", page->letters[i].author, "</bdi></span></li>\n");
	OUT(b, "</ul>\n</section>\n");
}

void
page_letters_json(struct buf *b, const struct page_site *site,
    const struct letter_row *rows, size_t n)
{
	size_t i;

	(void)site;
	JSON(b, "{\"letters\":[");
	for (i = 0; i < n; i++) {
		JSON(b, i > 0 ? ",{\"id\":" : "{\"id\":", rows[i].comment);
		JSON(b, ",\"heading\":", rows[i].heading, ",\"author\":",
		    rows[i].author, ",\"review\":", rows[i].slug,
		    ",\"posted\":");
		page_json_time(b, rows[i].posted);
		JSON(b, ",\"html\":", rows[i].spoiler ? STR("") :
		    rows[i].html, "}");
	}
	JSON(b, "]}\n");
}
