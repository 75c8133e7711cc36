/* traces.c: all that somebody wrote here, for them alone. */
#include "page/parts.h"

static void
traces_comment(struct buf *b, const struct comment *c)
{
	OUT(b, "<article class=\"comment\">\n<header>\n<h2 class=\"by\">"
	    "<a href=\"/foyer/threads/", c->slug, "/comments/", c->id, "\">",
	    "<bdi>", c->title, "</bdi></a></h2>\n<p class=\"meta\"><span>");
	page_shell_time(b, c->posted);
	OUT(b, "</span> <span>", page_words_name(b,
	    str_of(model_state_name(c->state))), "</span></p>\n</header>\n");
	page_comment_body(b, c);
	OUT(b, "</article>\n");
}

static void
traces_stop(struct buf *b, const struct page_traces *p)
{
	OUT(b, "<form class=\"comment-form\" method=\"post\" "
	    "action=\"/foyer/me/mail\">\n");
	page_shell_token(b, p->token);
	OUT(b, "<p class=\"send\">");
}

static void
traces_followed(struct buf *b, const struct page_traces *p,
    const struct page_followed *f)
{
	OUT(b, "<article class=\"comment\">\n<header>\n<h3 class=\"by\" "
	    "id=\"mail-", f->comment, "\"><a href=\"/foyer/threads/", f->slug,
	    "/comments/", f->comment, "\"><bdi>", f->title, "</bdi></a></h3>\n"
	    "<p class=\"meta\">");
	if (f->address.len > 0)
		OUT(b, "<span><bdi>", f->address, "</bdi></span> ");
	OUT(b, "<span>");
	page_shell_time(b, f->asked);
	OUT(b, "</span> <span>", f->confirmed > 0 ? T("confirmed") :
	    T("not confirmed: nothing is sent yet"),
	    "</span></p>\n</header>\n");
	traces_stop(b, p);
	OUT(b, "<button type=\"submit\" class=\"quiet\" name=\"comment\" "
	    "value=\"", f->comment, "\" aria-describedby=\"mail-", f->comment,
	    "\">", T("Stop it for this comment"),
	    "</button></p>\n</form>\n</article>\n");
}

static void
traces_mail(struct buf *b, const struct page_traces *p)
{
	OUT(b, "<h2 id=\"mail\">", T("Replies by mail"), "</h2>\n"
	    "<p class=\"hint\">", p->nmail == 0 ?
	    T("You get no mail about replies.") :
	    T("You asked to be told by mail of replies to these comments."),
	    "</p>\n");
	for (size_t i = 0; i < p->nmail; i++)
		traces_followed(b, p, &p->mail[i]);
	if (p->nmail == 0)
		return;
	if (p->nmail == PAGE_TRACES_MAIL)
		OUT(b, "<p class=\"hint\">", T("These are the newest; older "
		    "ones come up when these are stopped."), "</p>\n");
	traces_stop(b, p);
	OUT(b, "<button type=\"submit\" name=\"all\" value=\"true\">",
	    T("Stop all of it"), "</button></p>\n</form>\n");
}

static void
traces_erase(struct buf *b, const struct page_traces *p)
{
	OUT(b, "<details class=\"delete\"");
	if (p->error != OK)
		OUT(b, " open");
	OUT(b, "><summary>", T("Erase me"), "</summary>\n"
	    "<form method=\"post\" action=\"/foyer/me/erase\">\n<p>",
	    T("Everything you wrote here is erased for good, with your name "
	    "and, if you have one, your account. Answers to you stay."),
	    "</p>\n");
	page_shell_token(b, p->token);
	OUT(b, "<p><label><input type=\"checkbox\" name=\"sure\" "
	    "value=\"yes\"> ", T("Yes, erase all of it"), "</label></p>\n"
	    "<p><button type=\"submit\" class=\"grave\">",
	    T("Erase me for good"), "</button></p>\n</form>\n</details>\n");
}

static void
traces_top(struct buf *b, const struct page_site *site, struct msg title)
{
	page_shell_head(b, site, page_words_text(b, title));
	OUT(b, "<meta name=\"robots\" content=\"noindex\">\n");
	page_shell_main(b, site);
	OUT(b, "<div class=\"foyer narrow\">\n<h1>", title, "</h1>\n");
}

static void
traces_end(struct buf *b, const struct page_site *site)
{
	OUT(b, "<p><a href=\"", site->reviews, "\">",
	    T("Back to the reviews"), "</a></p>\n</div>\n");
	page_shell_end(b, site);
}

/* What was asked for is told also where no mail is sent any more. */
void
page_traces(struct buf *b, const struct page_site *site,
    const struct page_traces *p)
{
	bool mail = p->first && (p->nmail > 0 || site->mail);

	traces_top(b, site, T("What you wrote"));
	if (p->error != OK)
		OUT(b, "<div class=\"alert\" role=\"alert\"><p>",
		    T_OF(err_sentence(p->error)), "</p></div>\n");
	if (mail && p->n > 1)
		OUT(b, "<p><a href=\"#mail\">", T("Replies by mail"),
		    "</a></p>\n");
	if (p->n == 0)
		OUT(b, "<p class=\"hint\">", T("There is nothing of yours."),
		    "</p>\n");
	for (size_t i = 0; i < p->n; i++)
		traces_comment(b, &p->rows[i]);
	if (p->next.len > 0)
		OUT(b, "<p><a href=\"/foyer/me?after=", p->next, "\">",
		    T("More of it"), "</a></p>\n");
	if (mail)
		traces_mail(b, p);
	OUT(b, "<h2>", T("Your data"), "</h2>\n<p><a href=\"/foyer/me.jsonl\" "
	    "download>", T("Download what is kept of you"), "</a></p>\n");
	if (p->moderator)
		OUT(b, "<p class=\"hint\">", T("Moderators’ acts are in the "
		    "log under their name. An owner can end that."), "</p>\n");
	else
		traces_erase(b, p);
	traces_end(b, site);
}

void
page_traces_erased(struct buf *b, const struct page_site *site)
{
	traces_top(b, site, T("You are being erased"));
	OUT(b, "<p class=\"notice\" role=\"status\">",
	    T("In a moment nothing of yours is left here. You are signed "
	    "out."), "</p>\n");
	traces_end(b, site);
}
