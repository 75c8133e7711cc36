/* bans.c: who may not write here, until when and why. */
#include "page/parts.h"

static void
lift(struct buf *b, const struct ban *ban, struct str token)
{
	char id[UUID_TEXT];
	struct str path = STR("/foyer/admin/bans");

	uuid_text(&ban->person, id);
	if (!uuid_null(&ban->person))
		path = arena_fmt(b->arena, "/foyer/admin/people/%s", id);
	page_desk_form(b, path, uuid_null(&ban->person) ? NULL : "ban",
	    token);
	page_form_hidden(b, STR("domain"), ban->domain);
	OUT(b, "<input type=\"hidden\" name=\"value\" value=\"\">\n"
	    "<button type=\"submit\" class=\"quiet\">", T("Lift"),
	    "<span class=\"unseen\">: <bdi>", ban->domain.len > 0 ?
	    ban->domain : ban->name, "</bdi></span></button>\n</form>\n");
}

static void
ban_row(struct buf *b, const struct ban *ban, struct str token)
{
	OUT(b, "<tr><th scope=\"row\">");
	if (uuid_null(&ban->person))
		OUT(b, "@", ban->domain);
	else
		page_desk_person(b, &ban->person, ban->name);
	OUT(b, "</th><td>");
	page_desk_ban(b, ban->told);
	if (ban->over)
		OUT(b, " (", T("over"), ")");
	OUT(b, "</td><td dir=\"auto\">", ban->reason, "</td><td><bdi>",
	    ban->by, "</bdi> ");
	page_shell_time(b, ban->since);
	OUT(b, "</td><td>");
	lift(b, ban, token);
	OUT(b, "</td></tr>\n");
}

static void
domain(struct buf *b, struct str token)
{
	OUT(b, "<details class=\"more\">\n<summary>",
	    T("Ban a mail domain"), "</summary>\n<p class=\"hint\">",
	    T("Whoever gives a mail address there. People are banned on "
	    "their own pages."), "</p>\n");
	page_desk_form(b, STR("/foyer/admin/bans"), NULL, token);
	page_desk_text(b, &(struct page_desk_field){ "ban-domain", "domain",
	    N_("Domain"), N_("(like example.org)"), STR("") });
	page_desk_bans(b, STR("domain"), false);
	page_desk_send(b, N_("Ban"), true);
	OUT(b, "</details>\n");
}

void
page_bans(struct buf *b, const struct page_site *site,
    const struct page_moderator *m, const struct page_bans *p)
{
	static const char *const columns[] = {
		N_("Who"), N_("What is sent"), N_("Reason"), N_("Banned by"),
		N_("Act")
	};
	size_t i;

	page_admin_open(b, site, m, T_STR(b, "Bans"),
	    STR("/foyer/admin/bans"));
	if (p->n == 0)
		OUT(b, "<p class=\"empty\">", T("Nobody is banned."),
		    "</p>\n");
	else {
		OUT(b, "<div class=\"wide\" role=\"region\" tabindex=\"0\" "
		    "aria-label=\"", T("Bans"), "\">\n<table>\n<caption>",
		    T("The latest first"), "</caption>\n<thead><tr>");
		page_admin_columns(b, columns, COUNT(columns));
		OUT(b, "</tr></thead>\n<tbody>\n");
		for (i = 0; i < p->n; i++)
			ban_row(b, &p->rows[i], m->token);
		OUT(b, "</tbody>\n</table>\n</div>\n");
	}
	if (p->next != 0)
		OUT(b, "<p class=\"next\"><a rel=\"next\" "
		    "href=\"/foyer/admin/bans?before=", p->next, "\">",
		    T("Earlier bans"), "</a></p>\n");
	domain(b, m->token);
	OUT(b, "</div>\n");
	page_shell_end(b, site);
}
