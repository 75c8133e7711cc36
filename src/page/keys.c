/* keys.c: what admin.js shows and says, so that it holds no words. */
#include "page/parts.h"

static void
key(struct buf *b, const char *keys, struct msg does)
{
	OUT(b, "<div><dt><kbd>", keys, "</kbd></dt><dd>", does,
	    "</dd></div>\n");
}

static void
help(struct buf *b, bool people)
{
	OUT(b, "<dialog id=\"keys\" aria-labelledby=\"keys-title\">\n"
	    "<h2 id=\"keys-title\">", T("Keys"), "</h2>\n<dl>\n");
	key(b, "j", T("next comment"));
	key(b, "k", T("comment before"));
	key(b, "x", T("select, or no longer"));
	key(b, "a", T("approve it, or all that is selected"));
	key(b, "s", T("spam"));
	if (people) {
		key(b, "t", T("approve, and trust who wrote it"));
		key(b, "b", T("spam, and ban who wrote it"));
	}
	key(b, "r", T("remove, with a reason"));
	key(b, "u", T("undo what was done last"));
	key(b, "?", T("these keys"));
	OUT(b, "</dl>\n<form method=\"dialog\"><button>", T("Close"),
	    "</button></form>\n</dialog>\n");
}

static void
ask(struct buf *b)
{
	OUT(b, "<dialog id=\"ask\" aria-labelledby=\"ask-title\">\n"
	    "<form method=\"dialog\">\n<h2 id=\"ask-title\">", T("Remove"),
	    "</h2>\n<div class=\"field\"><label for=\"ask-reason\">",
	    T("Reason"), " <span class=\"optional\">",
	    T("(readers see it when you remove)"), "</span></label>\n"
	    "<input id=\"ask-reason\" type=\"text\" autocomplete=\"off\" "
	    "dir=\"auto\"></div>\n");
	OUT(b, "<p class=\"send\"><button value=\"remove\">", T("Remove"),
	    "</button>\n"
	    "<button value=\"\" class=\"quiet\" formnovalidate>",
	    T("Cancel"), "</button></p>\n</form>\n</dialog>\n");
}

void
page_keys(struct buf *b, bool people)
{
	OUT(b, "<p class=\"unseen\" id=\"said\" role=\"status\"></p>\n");
	help(b, people);
	ask(b);
	OUT(b, "<template id=\"parts\">\n"
	    "<p class=\"hint\" data-part=\"keys\"><button type=\"button\" "
	    "class=\"quiet\">", T("Keys"), "</button></p>\n"
	    "<p class=\"ruled\" data-part=\"ruled\" tabindex=\"-1\"><span>"
	    "</span> <button type=\"button\" class=\"quiet\">", T("Undo"),
	    "</button></p>\n<p data-part=\"away\">",
	    T("It could not be sent. Please try again."), "</p>\n"
	    "<p data-part=\"selected\">", T("Selected:"), "</p>\n");
	OUT(b, "<p data-part=\"nothing\">", T("Nothing is left to undo here."),
	    "</p>\n</template>\n");
}
