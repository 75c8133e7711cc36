/* join.c: a link that was given out: a name and a password, or that alone. */
#include "page/parts.h"

void
page_join(struct buf *b, const struct page_site *site,
    const struct page_join *p)
{
	bool new = p->known.len == 0;

	page_own_open(b, site, new ? T_STR(b, "Join") :
	    T_STR(b, "A new password"), p->error);
	OUT(b, "<p>");
	if (new)
		SAY(b, T("You are invited to %s as: %s."), OUT(b, site->name),
		    OUT(b, page_words_name(b,
		    str_of(model_role_name(p->role)))));
	else
		SAY(b, T("A new password for %s. All sessions end."),
		    OUT(b, "<b><bdi>", p->known, "</bdi></b>"));
	OUT(b, "</p>\n<form class=\"comment-form\" method=\"post\" "
	    "action=\"/foyer/join\">\n");
	page_shell_token(b, p->token);
	page_form_hidden(b, STR("link"), p->link);
	if (!new)
		page_own_name(b, p->known);
	else
		OUT(b, "<div class=\"field\"><label for=\"join-name\">",
		    T("Name"), "</label>\n<input id=\"join-name\" name=\"name\""
		    " required maxlength=\"80\" autocomplete=\"username\" "
		    "dir=\"auto\" value=\"", p->name, "\"></div>\n");
	page_own_fresh(b, p->error);
	OUT(b, "<p class=\"send\"><button type=\"submit\">",
	    new ? T("Join") : T("Change the password"),
	    "</button></p>\n</form>\n</div>\n");
	page_shell_end(b, site);
}

void
page_link_json(struct buf *b, struct str url)
{
	JSON(b, "{\"url\":", url, "}\n");
}
