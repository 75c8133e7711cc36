/* script.c: what foyer.js shows and says, so that it holds no words. */
#include "page/parts.h"

static void
button(struct buf *b, struct str part, struct msg says)
{
	OUT(b, "<button type=\"button\" class=\"quiet\" data-part=\"", part,
	    "\">", says, "</button>\n");
}

static void
line(struct buf *b, struct str part, struct str class, struct msg says)
{
	OUT(b, "<p class=\"", class, "\" data-part=\"", part, "\">", says,
	    "</p>\n");
}

void
page_script_parts(struct buf *b)
{
	OUT(b, "<template class=\"parts\">\n");
	button(b, STR("pick"), T("Comment on this passage"));
	button(b, STR("cancel"), T("Cancel"));
	button(b, STR("drop"), T("Without the passage"));
	button(b, STR("mine"), T("Edit or delete"));
	button(b, STR("share"), T("Share"));
	button(b, STR("ignore"), T("Ignore"));
	button(b, STR("heed"), T("Show again"));
	line(b, STR("copied"), STR("hint"), T("The link is copied."));
	line(b, STR("posted"), STR("hint"), T("Your comment is published."));
	line(b, STR("ignored"), STR("gone"), T("You ignore this commenter."));
	line(b, STR("draft"), STR("hint"), T("What you wrote here before is "
	    "back."));
	line(b, STR("away"), STR("wrong"), T("It could not be sent. Your text "
	    "is kept in this browser; please try again."));
	line(b, STR("done"), STR("notice"), T("Thank you. It is done."));
	OUT(b, "<p class=\"notice\" data-part=\"waits\"><a>",
	    T("A comment of yours waits for a moderator."), "</a></p>\n"
	    "<p class=\"notice\" data-part=\"news\"><a>",
	    T("New since your last visit"), "</a>: <span></span></p>\n"
	    "<span class=\"new\" data-part=\"new\">", T("new"), "</span>\n");
	OUT(b, "<figure class=\"answered\" data-part=\"quote\"><figcaption>",
	    T("From the review"), "</figcaption><blockquote dir=\"auto\">"
	    "</blockquote></figure>\n<div data-part=\"ignoring\"><p>",
	    T("Commenters whom you ignore"), "</p><ul></ul></div>\n"
	    "</template>\n");
}
