/* mine.c: an author's own comment: where it stands, and what may be done. */
#include "page/parts.h"

static void
mine_state(struct buf *b, const struct page_site *site,
    const struct comment *c, struct str from)
{
	OUT(b, "<p class=\"notice\" role=\"status\">");
	switch (c->state) {
	case STATE_SHOWN:
		OUT(b, T("Your comment is published."), " <a href=\"");
		if (from.len > 0)
			OUT(b, from, "#comment-", c->id);
		else
			page_comment_url(b, site, c);
		OUT(b, "\">", T("See it in its place"), "</a>");
		break;
	case STATE_HELD:
	case STATE_SPAM:
		OUT(b, T("Thank you. Your comment waits for a moderator; "
		    "only you can see it until then."));
		break;
	case STATE_REMOVED:
		OUT(b, T("Your comment is no longer shown."));
		break;
	case STATE_ERASED:
		OUT(b, T("Your comment is gone."));
		break;
	}
	OUT(b, "</p>\n");
}

static void
mine_edit(struct buf *b, const struct page_site *site,
    const struct comment *c, const struct page_own *own)
{
	struct page_form form = {
		.slug = c->slug, .author = c->author, .body = c->body,
		.comment = c->id, .token = own->token, .from = own->from,
		.spoiler = c->spoiler
	};
	char key[UUID_TEXT];
	struct uuid fresh;

	uuid_random(&fresh);
	uuid_text(&fresh, key);
	form.key = str_of(key);
	OUT(b, "<section class=\"write\" aria-labelledby=\"edit-title\">\n"
	    "<h2 id=\"edit-title\">", T("Change it"), "</h2>\n"
	    "<p class=\"hint\">");
	SAY(b, T("You can change or delete it until %s."),
	    page_shell_time(b, c->edit_until));
	OUT(b, "</p>\n");
	page_form_write(b, site, &form);
	OUT(b, "<details class=\"delete\"><summary>",
	    T("Delete it"), "</summary>\n"
	    "<form method=\"post\" action=\"/foyer/threads/", c->slug,
	    "/comments/", c->id, "/delete\">\n"
	    "<p>");
	OUT(b, T("This can’t be undone."), "</p>\n");
	page_form_hidden(b, STR("token"), own->token);
	page_form_hidden(b, STR("from"), own->from);
	OUT(b, "<p><button type=\"submit\" class=\"grave\">",
	    T("Delete for good"), "</button></p>\n</form>\n</details>\n"
	    "</section>\n");
}

void
page_mine(struct buf *b, const struct page_site *site,
    const struct comment *c, const struct page_own *own)
{
	bool live = c->state == STATE_SHOWN || c->state == STATE_HELD ||
	    c->state == STATE_SPAM;

	page_shell_head(b, site, T_STR(b, "Your comment"));
	page_shell_script(b);
	OUT(b, "<meta name=\"robots\" content=\"noindex\">\n");
	page_shell_main(b, site);
	OUT(b, "<div class=\"foyer narrow\">\n<h1>", T("Your comment"),
	    "</h1>\n");
	mine_state(b, site, c, own->from);
	OUT(b, "<article class=\"comment\">\n");
	if (live)
		OUT(b, "<header>\n<h2 class=\"by\"><bdi>", c->author,
		    "</bdi></h2>\n<p class=\"meta\"><span>");
	else
		OUT(b, "<header>\n<p class=\"meta\"><span>");
	page_shell_time(b, c->posted);
	OUT(b, "</span></p>\n</header>\n");
	page_passage_quote(b, site, c);
	page_comment_body(b, c);
	OUT(b, "</article>\n");
	if (live && clock_now() < c->edit_until)
		mine_edit(b, site, c, own);
	OUT(b, "<p><a href=\"/foyer/me\">",
	    T("What you wrote, your mail and your data"), "</a></p>\n");
	page_form_back(b, site, c->slug, own->from);
	OUT(b, "</div>\n");
	page_shell_end(b, site);
}
