/* search.c: what was found in reviews and comments, and the form to ask. */
#include "page/parts.h"

/* What narrows a search, by its name in the query. */
struct facet {
	const char *name;
	struct str value;
	const char *title;		/* with the value, English */
};

enum { FACETS = 4 };

static void
facets_of(struct buf *b, const struct search *is, struct facet ret[FACETS])
{
	struct str issue = { "", 0 };

	if (is->issue != 0)
		issue = arena_fmt(b->arena, "%d", is->issue);
	ret[0] = (struct facet){ "issue", issue, N_("Issue %s") };
	ret[1] = (struct facet){ "film", is->film, N_("Film: %s") };
	ret[2] = (struct facet){ "director", is->director,
	    N_("Director: %s") };
	ret[3] = (struct facet){ "reviewer", is->reviewer,
	    N_("Reviewer: %s") };
}

void
page_search_form(struct buf *b, const struct page_site *site,
    const struct search *is)
{
	struct facet all[FACETS];
	size_t i;

	facets_of(b, is, all);
	OUT(b, "<form class=\"foyer search\" role=\"search\" action=\"",
	    site->reviews, "\">\n<label class=\"unseen\" for=\"search-words\">",
	    T("Search reviews and comments"), "</label>\n");
	OUT(b, "<input id=\"search-words\" type=\"search\" name=\"q\" value=\"",
	    is->words, "\" maxlength=\"", MODEL_SEARCH_MAX,
	    "\" placeholder=\"", T("A film, a name, some words"), "\">\n");
	for (i = 0; i < FACETS; i++)
		if (all[i].value.len > 0)
			OUT(b, "<input type=\"hidden\" name=\"",
			    str_of(all[i].name), "\" value=\"", all[i].value,
			    "\">\n");
	OUT(b, "<button type=\"submit\">", T("Search"), "</button>\n</form>\n");
}

void
page_search_marked(struct buf *b, struct str excerpt)
{
	size_t i, from = 0;
	bool marked = false;

	for (i = 0; i < excerpt.len; i++) {
		bool opens = excerpt.at[i] == '\x02';

		if (excerpt.at[i] != (marked ? '\x03' : '\x02'))
			continue;
		OUT(b, str_cut(excerpt, from, i - from));
		OUT(b, opens ? "<mark>" : "</mark>");
		marked = opens;
		from = i + 1;
	}
	OUT(b, str_cut(excerpt, from, excerpt.len), marked ? "</mark>" : "");
}

void
page_search_excerpt(struct buf *b, struct str excerpt)
{
	if (excerpt.len == 0)
		return;
	OUT(b, "<p class=\"excerpt\" lang=\"\" dir=\"auto\">");
	page_search_marked(b, excerpt);
	OUT(b, "</p>\n");
}

void
page_search_link(struct buf *b, const struct page_site *site,
    const char *name, struct str value)
{
	OUT(b, "<a href=\"", site->reviews, "?", name, "=");
	out_url(b, value);
	OUT(b, "\">", value, "</a>");
}

static void
title(struct buf *b, const struct search *is)
{
	struct facet all[FACETS];
	size_t i, n = 0;

	facets_of(b, is, all);
	for (i = 0; i < FACETS; i++) {
		if (all[i].value.len == 0)
			continue;
		OUT(b, n++ > 0 ? "<br>\n" : "");
		SAY(b, T_OF(all[i].title), OUT(b, "<bdi>", all[i].value,
		    "</bdi>"));
	}
	if (n == 0)
		OUT(b, T("Search"));
}

static void
comment_row(struct buf *b, const struct page_site *site,
    const struct found_comment *f)
{
	const struct comment *c = &f->comment;

	OUT(b, "<li>\n<p class=\"by\"><bdi>", c->author, "</bdi>");
	page_comment_badge(b, c->badge);
	OUT(b, "</p>\n<p class=\"meta\"><a rel=\"nofollow\" href=\"");
	page_comment_url(b, site, c);
	OUT(b, "\">");
	page_shell_time(b, c->posted);
	OUT(b, "</a></p>\n");
	page_search_excerpt(b, f->excerpt);
	if (c->spoiler)
		OUT(b, "<p class=\"gone\">", T("This comment spoils the film: "
		    "it is not shown here."), "</p>\n");
	OUT(b, "<p class=\"meta\"><a href=\"", site->reviews, c->slug,
	    "\" dir=\"auto\"");
	page_words_lang(b, f->language);
	OUT(b, ">", c->title, "</a></p>\n</li>\n");
}

static void
reviews(struct buf *b, const struct page_site *site,
    const struct findings *found)
{
	size_t i;

	if (found->nreviews == 0)
		return;
	OUT(b, "<section aria-labelledby=\"found-reviews\">\n"
	    "<h2 id=\"found-reviews\">", T("Reviews"),
	    "</h2>\n<ul class=\"reviews\">\n");
	for (i = 0; i < found->nreviews; i++) {
		const struct found_review *r = &found->reviews[i];

		page_index_row(b, site, &(struct page_review_row){ r->slug,
		    r->heading, r->reviewer, r->issue, r->year, r->count,
		    r->language },
		    r->excerpt);
	}
	OUT(b, "</ul>\n");
	if (found->more)
		OUT(b, "<p class=\"meta\">", T("There are more. Another word "
		    "narrows it."), "</p>\n");
	OUT(b, "</section>\n");
}

/* The query of the page that begins after `before`. */
static void
next(struct buf *b, const struct page_site *site, const struct search *is,
    int64_t before)
{
	struct facet all[FACETS];
	size_t i;

	facets_of(b, is, all);
	OUT(b, "<p class=\"next\"><a rel=\"next nofollow\" href=\"",
	    site->reviews, "?q=");
	out_url(b, is->words);
	for (i = 0; i < FACETS; i++) {
		if (all[i].value.len == 0)
			continue;
		OUT(b, "&amp;", str_of(all[i].name), "=");
		out_url(b, all[i].value);
	}
	OUT(b, "&amp;before=", before, "\">", T("Earlier comments"),
	    "</a></p>\n");
}

static void
comments(struct buf *b, const struct page_site *site, const struct search *is,
    const struct findings *found)
{
	size_t i;

	if (found->ncomments == 0 && found->next == 0)
		return;
	OUT(b, "<section aria-labelledby=\"found-comments\">\n"
	    "<h2 id=\"found-comments\">", T("Comments"), "</h2>\n");
	OUT(b, found->ncomments > 0 ? "<ul class=\"found foyer\">\n" : "");
	for (i = 0; i < found->ncomments; i++)
		comment_row(b, site, &found->comments[i]);
	if (found->ncomments > 0)
		OUT(b, "</ul>\n");
	else
		OUT(b, "<p class=\"empty\">", T("Nothing was found among the "
		    "newer comments."), "</p>\n");
	if (found->next != 0)
		next(b, site, is, found->next);
	OUT(b, "</section>\n");
}

void
page_search(struct buf *b, const struct page_site *site,
    const struct search *is, const struct findings *found)
{
	bool asked = is->words.len > 0 || is->film.len > 0 || is->issue != 0 ||
	    is->director.len > 0 || is->reviewer.len > 0;

	page_shell_head(b, site, is->words.len > 0 ? is->words :
	    T_STR(b, "Search"));
	OUT(b, "<meta name=\"robots\" content=\"noindex\">\n");
	page_shell_style(b, "index");
	page_shell_main(b, site);
	OUT(b, "<div class=\"index\">\n<h1>");
	title(b, is);
	OUT(b, "</h1>\n");
	page_search_form(b, site, is);
	if (asked && found->nreviews + found->ncomments == 0 &&
	    found->next == 0)
		OUT(b, "<p class=\"empty\">", T("Nothing was found."),
		    "</p>\n<p>", T("Try fewer words. A name is found in "
		    "Cyrillic and in Latin letters, however it is spelt; "
		    "words in \"quotes\" are found as they stand."), "</p>\n");
	reviews(b, site, found);
	comments(b, site, is, found);
	OUT(b, "</div>\n");
	page_shell_end(b, site);
}
