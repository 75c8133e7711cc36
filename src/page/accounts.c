/* accounts.c: the owner's page: who may do what, links, the site's choices. */
#include "page/parts.h"

#define PATH	"/foyer/admin/accounts"

static void
roles(struct buf *b, enum model_role chosen)
{
	int role;

	for (role = ROLE_READER; role <= ROLE_OWNER; role++) {
		struct str name = str_of(
		    model_role_name((enum model_role)role));

		OUT(b, "<option value=\"", name, "\"");
		buf_lit(b, role == (int)chosen ? " selected>" : ">");
		OUT(b, page_words_name(b, name), "</option>");
	}
}

static void
account(struct buf *b, const struct account *a, struct str token)
{
	char id[UUID_TEXT];
	struct str key;

	uuid_text(&a->id, id);
	key = str_of(id);
	OUT(b, "<tr><th scope=\"row\"><bdi>", a->name, "</bdi></th>");
	page_admin_cell(b, N_("Second factor"));
	OUT(b, a->totp.len > 0 ? T("on") : T("off"), "</td><td>"
	    "<form class=\"inline\" method=\"post\" action=\"" PATH "/", key,
	    "\">\n");
	page_shell_token(b, token);
	OUT(b, "<select name=\"role\" aria-label=\"");
	SAY(b, T("Role of %s"), OUT(b, a->name));
	OUT(b, "\">");
	roles(b, a->role);
	OUT(b, "</select>\n<label><input type=\"checkbox\" name=\"suspended\" "
	    "value=\"yes\"");
	buf_lit(b, a->suspended ? " checked" : "");
	OUT(b, "> ", T("suspended"), "</label>\n<button class=\"quiet\" "
	    "type=\"submit\">", T("Save"), "</button></form></td><td>\n");
	OUT(b, "<form class=\"inline\" method=\"post\" action=\"" PATH "/", key,
	    "/reset\">\n");
	page_shell_token(b, token);
	OUT(b, "<button class=\"quiet\" type=\"submit\">",
	    T("Link for a new password"), "</button></form></td></tr>\n");
}

/* Readers are many: they are found by name. */
static void
accounts_find(struct buf *b, struct str name)
{
	OUT(b, "<form class=\"policy\" method=\"get\" action=\"" PATH "\" "
	    "role=\"search\" aria-label=\"", T("Find an account"), "\">\n"
	    "<div class=\"field\"><label for=\"account-name\">",
	    T("Name begins with"), "</label>\n<input id=\"account-name\" "
	    "name=\"name\" dir=\"auto\" autocomplete=\"off\" value=\"",
	    name, "\"></div>\n<p class=\"send\"><button type=\"submit\">",
	    T("Find"), "</button></p>\n</form>\n");
}

static void
accounts(struct buf *b, const struct page_accounts *p, struct str token)
{
	static const char *const columns[] = {
		N_("Name"), N_("Second factor"), N_("Role"), N_("Password")
	};
	size_t i;

	if (p->n == 0) {
		OUT(b, "<p class=\"empty\">", T("No account is called so."),
		    "</p>\n");
		return;
	}
	OUT(b, "<div class=\"wide\" role=\"region\" tabindex=\"0\" "
	    "aria-label=\"", T("Accounts"), "\">\n<table>\n<caption>",
	    T("A change ends the account’s sessions."), "</caption>\n"
	    "<thead><tr>");
	page_admin_columns(b, columns, COUNT(columns));
	OUT(b, "</tr></thead>\n<tbody>\n");
	for (i = 0; i < p->n; i++)
		account(b, &p->accounts[i], token);
	OUT(b, "</tbody>\n</table>\n</div>\n");
}

static void
invite(struct buf *b, const struct page_invite *i, struct str token)
{
	char id[UUID_TEXT];

	uuid_text(&i->id, id);
	OUT(b, "<li>");
	if (i->name.len > 0)
		SAY(b, T("A new password for %s"), OUT(b, "<bdi>", i->name,
		    "</bdi>"));
	else
		OUT(b, page_words_name(b, str_of(model_role_name(i->role))));
	if (i->note.len > 0)
		OUT(b, " · <bdi>", i->note, "</bdi>");
	OUT(b, " · ");
	SAY(b, T("made by %s, good until %s"), OUT(b, "<bdi>", i->maker,
	    "</bdi>"), page_shell_time(b, i->ends));
	OUT(b, "\n<form class=\"inline\" method=\"post\" "
	    "action=\"/foyer/admin/invitations/", str_of(id), "/end\">\n");
	page_shell_token(b, token);
	OUT(b, "<button class=\"quiet\" type=\"submit\">", T("Take it back"),
	    "</button></form></li>\n");
}

static void
invites(struct buf *b, const struct page_accounts *p, struct str token)
{
	size_t i;

	OUT(b, "<h2>", T("Invite somebody"), "</h2>\n"
	    "<form class=\"comment-form\" method=\"post\" "
	    "action=\"/foyer/admin/invitations\">\n");
	page_shell_token(b, token);
	OUT(b, "<div class=\"field\"><label for=\"invite-role\">", T("Role"),
	    "</label>\n<select id=\"invite-role\" name=\"role\">");
	roles(b, ROLE_MODERATOR);
	OUT(b, "</select></div>\n<div class=\"field\">"
	    "<label for=\"invite-note\">", T("For whom (a note)"),
	    "</label>\n<input id=\"invite-note\" name=\"note\" "
	    "maxlength=\"300\"></div>\n<p class=\"send\">"
	    "<button type=\"submit\">", T("Make a link"),
	    "</button></p>\n</form>\n");
	if (p->ninvites == 0)
		return;
	OUT(b, "<h3>", T("Links that are out"), "</h3>\n<ul>\n");
	for (i = 0; i < p->ninvites; i++)
		invite(b, &p->invites[i], token);
	OUT(b, "</ul>\n");
}

static void
choice(struct buf *b, struct str name, struct msg label, bool on)
{
	OUT(b, "<p><label><input type=\"checkbox\" name=\"", name,
	    "\" value=\"yes\"");
	buf_lit(b, on ? " checked" : "");
	OUT(b, "> ", label, "</label></p>\n");
}

void
page_accounts(struct buf *b, const struct page_site *site,
    const struct page_moderator *m, const struct page_accounts *p)
{
	page_admin_open(b, site, m, T_STR(b, "Accounts"), STR(PATH));
	if (p->link.len > 0)
		OUT(b, "<div class=\"notice\" role=\"status\"><label "
		    "for=\"made\">", T("Give this link to them. It is good "
		    "once, for seven days, and is not shown again."),
		    "</label>\n<input id=\"made\" readonly value=\"", p->link,
		    "\"></div>\n");
	accounts_find(b, p->name);
	accounts(b, p, m->token);
	invites(b, p, m->token);
	OUT(b, "<h2>", T("On this site"), "</h2>\n<form method=\"post\" "
	    "action=\"/foyer/admin/choices\">\n");
	page_shell_token(b, m->token);
	choice(b, STR("reviewers"), T("Reviewers rule on comments under their "
	    "own reviews"), p->reviewers);
	choice(b, STR("tally"), T("Readers may see how many comments were "
	    "held, shown and removed"), p->tally);
	OUT(b, "<p class=\"send\"><button type=\"submit\">", T("Save"),
	    "</button></p>\n</form>\n</div>\n");
	page_shell_end(b, site);
}
