/* thread_admin.c: one thread as its moderators see it. */
#include "page/parts.h"

static void
policy_option(struct buf *b, const struct thread *t, enum model_policy policy,
    struct msg label)
{
	OUT(b, "<option value=\"", model_policy_name(policy),
	    t->own && t->policy == policy ? "\" selected>" : "\">", label,
	    "</option>\n");
}

static void
policy_form(struct buf *b, const struct thread *t, struct str token)
{
	char closes[CLOCK_TEXT] = "";

	if (t->closes_at != 0)
		clock_rfc3339(t->closes_at, closes);
	OUT(b, "<form class=\"policy\" method=\"post\" "
	    "action=\"/foyer/admin/threads/", t->slug, "\">\n");
	page_shell_token(b, token);
	OUT(b, "<div class=\"field\"><label for=\"policy\">",
	    T("Who waits for a moderator"), "</label>\n"
	    "<select id=\"policy\" name=\"policy\">\n");
	policy_option(b, t, POLICY_OPEN, T("Nobody (open)"));
	policy_option(b, t, POLICY_FIRST, T("Newcomers (first)"));
	policy_option(b, t, POLICY_ALL, T("Everybody (all)"));
	policy_option(b, t, POLICY_CLOSED, T("No new comments (closed)"));
	OUT(b, "<option value=\"inherit\"", t->own ? ">" : " selected>",
	    T("As its issue or the site says"), "</option>\n");
	OUT(b, "</select></div>\n<div class=\"field\">"
	    "<label for=\"closes-at\">", T("Closes at"),
	    " <span class=\"optional\">", T("(UTC; empty: never)"),
	    "</span></label>\n");
	OUT(b, "<input id=\"closes-at\" "
	    "name=\"closes_at\" type=\"text\" autocomplete=\"off\" "
	    "aria-describedby=\"closes-hint\" value=\"", str_of(closes),
	    "\">\n<p class=\"hint\" id=\"closes-hint\">",
	    T("Like 2026-01-31T18:00:00Z"), "</p></div>\n");
	OUT(b, "<p class=\"send\"><button type=\"submit\">", T("Save"),
	    "</button></p>\n</form>\n");
}

static void
admin_comment(struct buf *b, const struct thread *t, const struct comment *c,
    struct str token)
{
	static const enum model_act shown[] = { ACT_REMOVE, ACT_SPAM };
	static const enum model_act removed[] = { ACT_APPROVE };

	OUT(b, "<li>\n<article class=\"held\" id=\"comment-", c->id, "\">\n"
	    "<header>\n<h3>");
	if (c->state == STATE_ERASED)
		OUT(b, T("Deleted comment"));
	else if (c->state == STATE_REMOVED)
		OUT(b, T("Removed comment"));
	else
		OUT(b, "<bdi>", c->author, "</bdi>");
	OUT(b, "</h3>\n<p class=\"meta\"><span>");
	page_shell_time(b, c->posted);
	OUT(b, "</span> <span>", page_words_name(b,
	    str_of(model_state_name(c->state))), "</span> ");
	OUT(b, "<span><a href=\"/foyer/admin/threads/", t->slug,
	    "/comments/", c->id, "\">", T("More acts"),
	    "<span class=\"unseen\"> #", c->id,
	    "</span></a></span></p>\n</header>\n");
	page_comment_body(b, c);
	if (c->state != STATE_ERASED) {
		page_admin_rule(b, c, t->slug, token, STR("thread"));
		if (c->state == STATE_SHOWN)
			page_admin_acts(b, c, shown, COUNT(shown), false);
		else
			page_admin_acts(b, c, removed, COUNT(removed), false);
	}
	OUT(b, "</article>\n</li>\n");
}

void
page_thread_admin(struct buf *b, const struct page_site *site,
    const struct page_moderator *m, const struct thread_page *page)
{
	const struct thread *t = &page->thread;
	size_t i;

	page_admin_open(b, site, m, t->title.len > 0 ? t->title : t->slug,
	    STR(""));
	OUT(b, "<p><a href=\"", site->reviews, t->slug,
	    "\">", T("The review and its thread as readers see them"),
	    "</a></p>\n");
	policy_form(b, t, m->token);
	OUT(b, "<h2>", TN("%d comment shown", "%d comments shown", t->count),
	    "</h2>\n");
	if (page->ncomments == 0)
		OUT(b, "<p class=\"empty\">",
		    T("No comment has been shown here."), "</p>\n");
	else
		OUT(b, "<ol class=\"queue\">\n");
	for (i = 0; i < page->ncomments; i++)
		admin_comment(b, t, &page->comments[i], m->token);
	if (page->ncomments > 0)
		OUT(b, "</ol>\n");
	if (page->next != 0)
		OUT(b, "<p class=\"next\"><a rel=\"next\" "
		    "href=\"/foyer/admin/threads/", t->slug, "?after=",
		    page->next, "\">", T("More comments"), "</a></p>\n");
	OUT(b, "</div>\n");
	page_shell_end(b, site);
}
