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
		OUT(b, "<div class=\"words\" lang=\"\" dir=\"auto\">");
		out_trusted_markup(b, c->html);
		OUT(b, "</div>\n");
	}
}

/* When, whether edited, whom it answers, how many liked it. */
static void
comment_meta(struct buf *b, const struct thread *t, const struct comment *c,
    const struct comment *to)
{
	OUT(b, "<p class=\"meta\"><a href=\"#comment-", c->id, "\">");
	page_shell_time(b, c->posted);
	OUT(b, "</a>");
	if (c->edited != 0 && c->state == STATE_SHOWN) {
		OUT(b, " <a class=\"edited\" rel=\"nofollow\" "
		    "href=\"/foyer/threads/", t->slug, "/comments/", c->id,
		    "/revisions\">");
		SAY(b, T("edited %s"), page_shell_time(b, c->edited));
		OUT(b, "</a>");
	}
	if (to != NULL) {
		OUT(b, " <span>");
		SAY(b, T("in reply to %s"), OUT(b, "<a href=\"#comment-",
		    to->id, "\"><bdi>", named(b, to), "</bdi></a>"));
		OUT(b, "</span>");
	}
	if (c->votes > 0)
		OUT(b, " <span>", TN("%d vote", "%d votes", c->votes),
		    "</span>");
	OUT(b, "</p>\n");
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
	if (c->badge.len > 0)
		OUT(b, " <span class=\"badge\">", page_words_name(b, c->badge),
		    "</span>");
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
comment_acts(struct buf *b, const struct thread *t, const struct comment *c,
    bool open)
{
	OUT(b, "<p class=\"acts\">");
	if (open)
		OUT(b, "<a rel=\"nofollow\" href=\"/foyer/threads/", t->slug,
		    "/reply?parent=", c->id,
		    "\">", T("Reply"));
	if (open)
		acts_whose(b, c, "</a>\n");
	OUT(b, "<button class=\"helpful\" form=\"foyer-vote\" "
	    "formaction=\"/foyer/threads/", t->slug, "/comments/", c->id,
	    "/vote\">", T("Helpful"));
	acts_whose(b, c, "</button>\n");
	OUT(b, "<a rel=\"nofollow\" href=\"/foyer/threads/", t->slug,
	    "/comments/", c->id, "/report\">", T("Report"));
	acts_whose(b, c, "</a></p>\n");
}

void
page_comment_article(struct buf *b, const struct thread *t,
    const struct comment *c, const struct comment *to, bool open)
{
	bool shown = c->state == STATE_SHOWN;

	OUT(b, "<article class=\"comment", shown ? "" : " tombstone",
	    "\" id=\"comment-", c->id, "\">\n<header>\n");
	comment_author(b, c);
	comment_meta(b, t, c, to);
	OUT(b, "</header>\n");
	page_comment_body(b, c);
	if (shown)
		comment_acts(b, t, c, open);
	OUT(b, "</article>\n");
}
