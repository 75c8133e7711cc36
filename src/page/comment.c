/* comment.c: one comment as readers see it. */
#include "page/parts.h"

static struct str
named(const struct buf *b, const struct comment *c)
{
	return c->state == STATE_SHOWN ? c->author :
	    T_STR(b, "a removed comment");
}

void
page_comment_body(struct buf *b, const struct comment *c)
{
	switch (c->state) {
	case STATE_ERASED:
		OUT(b, "<p class=\"gone\">", T("This comment was deleted by "
		    "its author."), "</p>\n");
		return;
	case STATE_REMOVED:
		OUT(b, "<p class=\"gone\">");
		if (c->reason.len > 0)
			SAY(b, T("This comment was removed by a moderator: %s"),
			    OUT(b, "<q dir=\"auto\">", c->reason, "</q>"));
		else
			OUT(b, T("This comment was removed by a moderator."));
		OUT(b, "</p>\n");
		return;
	default:
		if (c->spoiler)
			OUT(b, "<details class=\"spoils\">\n<summary>",
			    T("This comment spoils the film"),
			    "</summary>\n");
		OUT(b, "<div class=\"words\" lang=\"\" dir=\"auto\">");
		out_trusted_markup(b, c->html);
		OUT(b, "</div>\n");
		if (c->spoiler)
			OUT(b, "</details>\n");
	}
}

struct str
page_comment_told(struct buf *b, const struct comment *c)
{
	struct buf told = buf_new(b->arena, c->html.len + 64);

	if (c->spoiler)
		OUT(&told, "<p>", T_STR(b, "This comment spoils the film"),
		    "</p>");
	else
		page_out_told(&told, c->html);
	return buf_view(&told);
}

/* An address that stays; on the first page in time there is none better than
 * its place. */
static void
permalink(struct buf *b, const struct thread_page *page, int64_t id)
{
	bool first = page->sort == SORT_OLDEST && page->after == 0;

	if (first)
		OUT(b, "<a href=\"#comment-", id, "\">");
	else
		OUT(b, "<a href=\"/foyer/comments/", id, "\">");
}

/* Whom it answers, where its place does not show it: the parent stands beside
 * it, or on an earlier page. */
static void
comment_to(struct buf *b, const struct comment *c, const struct comment *to)
{
	OUT(b, " <span>");
	if (to != NULL)
		SAY(b, T("in reply to %s"), OUT(b, "<a href=\"#comment-",
		    to->id, "\"><bdi>", named(b, to), "</bdi></a>"));
	else
		OUT(b, "<a href=\"/foyer/comments/", c->parent, "\">",
		    T("in reply to an earlier comment"), "</a>");
	OUT(b, "</span>");
}

/* When, whether edited, whom it answers, how many liked it. */
static void
comment_meta(struct buf *b, const struct thread_page *page,
    const struct comment *c, const struct comment *to)
{
	OUT(b, "<p class=\"meta\">");
	permalink(b, page, c->id);
	page_shell_time(b, c->posted);
	OUT(b, "</a>");
	if (c->edited != 0 && c->state == STATE_SHOWN) {
		OUT(b, " <a class=\"edited\" rel=\"nofollow\" "
		    "href=\"/foyer/threads/", page->thread.slug,
		    "/comments/", c->id, "/revisions\">");
		SAY(b, T("edited %s"), page_shell_time(b, c->edited));
		OUT(b, "</a>");
	}
	if (c->marks & MARK_MOVED)
		OUT(b, " <span>", T("moved here from another review"),
		    "</span>");
	if (to != NULL || (c->parent != 0 && c->depth == 0))
		comment_to(b, c, to);
	if (c->votes > 0)
		OUT(b, " <span class=\"votes\">", TN("%d vote", "%d votes",
		    c->votes), "</span>");
	OUT(b, "</p>\n");
}

void
page_comment_badge(struct buf *b, struct str badge)
{
	static const struct {
		const char *badge, *said;
	} known[] = {
		{ "reviewer", N_("author of the review") },
		{ "moderator", N_("moderator") }, { "owner", N_("moderator") },
		{ "verified", N_("verified") }
	};
	size_t i;

	for (i = 0; i < COUNT(known); i++)
		if (str_is(badge, known[i].badge))
			OUT(b, " <span class=\"badge badge-", badge, "\">",
			    T_OF(known[i].said), "</span>");
}

static void
comment_author(struct buf *b, const struct comment *c)
{
	if (c->state != STATE_SHOWN) {
		OUT(b, "<h3 class=\"unseen\">", c->state == STATE_ERASED ?
		    T("Deleted comment") : T("Removed comment"), "</h3>\n");
		return;
	}
	OUT(b, "<h3 class=\"by\"><bdi>", c->author, "</bdi>");
	page_comment_badge(b, c->badge);
	if (c->marks & MARK_PINNED)
		OUT(b, " <span class=\"badge\">", T("pinned"), "</span>");
	if (c->marks & MARK_FEATURED)
		OUT(b, " <span class=\"badge\">", T("featured"), "</span>");
	OUT(b, "</h3>\n");
}

/* Links and buttons that look alike are told apart by whom they are for. */
static void
acts_whose(struct buf *b, const struct comment *c, const char *end)
{
	OUT(b, "<span class=\"unseen\">: <bdi>", c->author, "</bdi></span>");
	buf_lit(b, end);
}

/* The vote's button is of a form that stands once in the page. */
static void
comment_acts(struct buf *b, const struct thread *t, const struct comment *c)
{
	OUT(b, "<p class=\"acts\">");
	if (c->marks & MARK_LOCKED)
		OUT(b, "<span>", T("No more replies"), "</span>\n");
	else if (!page_thread_closed(t)) {
		OUT(b, "<a rel=\"nofollow\" href=\"/foyer/threads/", t->slug,
		    "/reply?parent=", c->id, "\">", T("Reply"));
		acts_whose(b, c, "</a>\n");
	}
	OUT(b, "<button class=\"helpful\" form=\"foyer-vote\" "
	    "formaction=\"/foyer/threads/", t->slug, "/comments/", c->id,
	    "/vote\">", T("Helpful"));
	acts_whose(b, c, "</button>\n");
	OUT(b, "<a rel=\"nofollow\" href=\"/foyer/comments/", c->id,
	    "/cite\">", T("Cite"));
	acts_whose(b, c, "</a>\n");
	OUT(b, "<a rel=\"nofollow\" href=\"/foyer/threads/", t->slug,
	    "/comments/", c->id, "/report\">", T("Report"));
	acts_whose(b, c, "</a></p>\n");
}

/* The data are for scripts: what is new, whom to ignore. */
void
page_comment_article(struct buf *b, const struct page_site *site,
    const struct thread_page *page, const struct comment *c,
    const struct comment *to)
{
	bool shown = c->state == STATE_SHOWN;

	OUT(b, "<article class=\"comment", shown ? "" : " tombstone",
	    "\" id=\"comment-", c->id, "\" data-id=\"", c->id,
	    "\" data-posted=\"", c->posted / 1000000);
	if (shown && c->who != 0)
		buf_fmt(b, "\" data-author=\"%016llx",
		    (unsigned long long)c->who);
	OUT(b, "\">\n<header>\n");
	comment_author(b, c);
	comment_meta(b, page, c, to);
	OUT(b, "</header>\n");
	page_passage_quote(b, site, c);
	page_comment_body(b, c);
	if (c->note.len > 0) {
		OUT(b, "<p class=\"gone\">");
		SAY(b, T("Edited by a moderator: %s"), OUT(b,
		    "<q dir=\"auto\">", c->note, "</q>"));
		OUT(b, "</p>\n");
	}
	if (shown)
		comment_acts(b, &page->thread, c);
	OUT(b, "</article>\n");
}
