/* follow.c: pages that the links of mails open; nothing happens without the
 * button, since programs follow links, too. */
#include "page/parts.h"

static struct msg
title(const struct page_follow *p)
{
	if (p->stop)
		return p->done ? T("No more mail") : T("Stop this mail?");
	return p->done ? T("You will hear of replies") :
	    T("Hear of replies by mail?");
}

static void
ask(struct buf *b, const struct page_follow *p)
{
	OUT(b, "<form class=\"comment-form\" method=\"post\" "
	    "action=\"/foyer/mail/", p->stop ? STR("stop") : STR("confirm"),
	    "\">\n");
	page_shell_token(b, p->token);
	page_form_hidden(b, STR("link"), p->link);
	OUT(b, "<p class=\"send\">");
	if (!p->stop || p->title.len > 0)
		OUT(b, "<button type=\"submit\">", p->stop ?
		    T("Stop it for this review") :
		    T("Yes, tell me of replies"), "</button>\n");
	if (p->stop)
		OUT(b, "<button type=\"submit\" name=\"all\" value=\"true\" "
		    "class=\"quiet\">", T("Stop all of it"), "</button>\n");
	OUT(b, "</p>\n</form>\n");
}

static void
told(struct buf *b, const struct page_follow *p)
{
	OUT(b, "<p class=\"notice\" role=\"status\">", p->stop ?
	    T("It is stopped, and what we kept for it is gone.") :
	    T("Thank you. Each mail has a link that ends it."), "</p>\n");
}

void
page_follow(struct buf *b, const struct page_site *site,
    const struct page_follow *p)
{
	page_shell_head(b, site, page_words_text(b, title(p)));
	OUT(b, "<meta name=\"robots\" content=\"noindex\">\n"
	    "<meta name=\"referrer\" content=\"no-referrer\">\n");
	page_shell_main(b, site);
	OUT(b, "<div class=\"foyer narrow\">\n<h1>", title(p), "</h1>\n");
	if (p->title.len > 0) {
		OUT(b, "<p>");
		SAY(b, T("About your comment on %s."), OUT(b, "<a href=\"",
		    site->reviews, p->slug, "\"><bdi>", p->title,
		    "</bdi></a>"));
		OUT(b, "</p>\n");
	}
	if (p->done)
		told(b, p);
	else
		ask(b, p);
	OUT(b, "</div>\n");
	page_shell_end(b, site);
}

static void
line_time(struct buf *b, int64_t at)
{
	char text[CLOCK_TEXT];

	clock_rfc3339(at, text);
	JSON(b, str_of(text));
}

void
page_follow_line(struct buf *b, const struct page_followed *p)
{
	JSON(b, "{\"follows\":{\"comment\":", p->comment, ",\"address\":",
	    p->address, ",\"asked\":");
	line_time(b, p->asked);
	JSON(b, ",\"confirmed\":");
	if (p->confirmed > 0)
		line_time(b, p->confirmed);
	else
		JSON(b, "null");
	JSON(b, "}}\n");
}
