/* own.c: one's own account: password, second factor, sessions, feed. */
#include "page/parts.h"

static void
post(struct buf *b, const char *path, struct str token)
{
	OUT(b, "<form class=\"comment-form\" method=\"post\" "
	    "action=\"/foyer/account/", path, "\">\n");
	page_shell_token(b, token);
}

static void
password(struct buf *b, const struct page_own_account *p)
{
	OUT(b, "<section aria-labelledby=\"own-password\">\n"
	    "<h2 id=\"own-password\">", T("Password"), "</h2>\n");
	post(b, "password", p->token);
	page_own_name(b, p->account->name);
	OUT(b, "<div class=\"field\"><label for=\"own-old\">",
	    T("Your password now"), "</label>\n<input id=\"own-old\" "
	    "name=\"old\" type=\"password\" required "
	    "autocomplete=\"current-password\"></div>\n");
	page_own_fresh(b, p->error);
	OUT(b, "<p class=\"send\"><button type=\"submit\">",
	    T("Change the password"), "</button></p>\n</form>\n</section>\n");
}

/* For who keeps passwords in the browser. */
void
page_own_name(struct buf *b, struct str name)
{
	OUT(b, "<input class=\"unseen\" type=\"text\" tabindex=\"-1\" "
	    "aria-hidden=\"true\" autocomplete=\"username\" value=\"",
	    name, "\">\n");
}

void
page_own_fresh(struct buf *b, enum err error)
{
	OUT(b, "<div class=\"field\"><label for=\"own-new\">",
	    T("New password"), "</label>\n<input id=\"own-new\" "
	    "name=\"password\" type=\"password\" required minlength=\"10\" "
	    "maxlength=\"200\" autocomplete=\"new-password\" "
	    "aria-describedby=\"own-hint\"");
	if (error == ERR_PASSWORD_SHORT)
		OUT(b, " aria-invalid=\"true\"");
	OUT(b, ">\n<p class=\"hint\" id=\"own-hint\">",
	    T("At least 10 characters; a few words are fine."),
	    "</p></div>\n");
}

static void
factor(struct buf *b, const struct page_own_account *p)
{
	OUT(b, "<section aria-labelledby=\"own-totp\">\n"
	    "<h2 id=\"own-totp\">", T("Second factor"), "</h2>\n<p>");
	if (p->account->totp.len > 0)
		OUT(b, T("Signing in asks for a code of your application."));
	else if (p->required)
		OUT(b, T("Your role needs a second factor here."));
	else
		OUT(b, T("A code from your telephone besides the password: who "
		    "learns the password alone can’t come in."));
	OUT(b, "</p>\n<p><a href=\"/foyer/account/totp\">",
	    p->account->totp.len > 0 ? T("Codes for recovery, turning it off") :
	    T("Set it up"), "</a></p>\n</section>\n");
}

static void
session(struct buf *b, const struct page_own_account *p,
    const struct page_session *s)
{
	char id[UUID_TEXT];

	uuid_text(&s->id, id);
	OUT(b, "<tr><td>");
	if (s->device.len > 0)
		OUT(b, s->device);
	else
		OUT(b, T("Another program"));
	OUT(b, "</td>");
	page_admin_cell(b, N_("Since"));
	page_shell_time(b, s->made);
	OUT(b, "</td>");
	page_admin_cell(b, N_("Last seen"));
	page_shell_time(b, s->seen);
	OUT(b, "</td><td>");
	if (uuid_eq(&s->id, &p->here)) {
		OUT(b, "<strong>", T("This one"), "</strong>");
	} else {
		OUT(b, "<form method=\"post\" action=\"/foyer/account/"
		    "sessions/", str_of(id), "/end\">\n");
		page_shell_token(b, p->token);
		OUT(b, "<button class=\"quiet\" type=\"submit\">", T("End"),
		    "</button></form>");
	}
	OUT(b, "</td></tr>\n");
}

static void
sessions(struct buf *b, const struct page_own_account *p)
{
	static const char *const columns[] = {
		N_("Device"), N_("Since"), N_("Last seen"), N_("End")
	};
	size_t i;

	OUT(b, "<section aria-labelledby=\"own-sessions\">\n"
	    "<h2 id=\"own-sessions\">", T("Where you are signed in"),
	    "</h2>\n<p class=\"hint\">", T("Times are whole hours; addresses "
	    "are not kept."), "</p>\n<div class=\"wide\" role=\"region\" "
	    "tabindex=\"0\" aria-label=\"", T("Your sessions"),
	    "\">\n<table>\n<thead><tr>");
	page_admin_columns(b, columns, COUNT(columns));
	OUT(b, "</tr></thead>\n<tbody>\n");
	for (i = 0; i < p->n; i++)
		session(b, p, &p->sessions[i]);
	OUT(b, "</tbody>\n</table>\n</div>\n");
	post(b, "leave", p->token);
	OUT(b, "<p class=\"send\"><button type=\"submit\" class=\"quiet\">",
	    T("Sign out everywhere"), "</button></p>\n</form>\n</section>\n");
}

static void
feed(struct buf *b, const struct page_site *site,
    const struct page_own_account *p)
{
	OUT(b, "<section aria-labelledby=\"own-feed\">\n"
	    "<h2 id=\"own-feed\">", T("Feed of the queue"), "</h2>\n"
	    "<p>", T("Tells your feed reader what waits. Whoever knows its "
	    "address can read it; signing out everywhere ends it."), "</p>\n");
	if (p->feed.len > 0)
		OUT(b, "<p><label for=\"own-address\">", T("Its address"),
		    "</label>\n<input id=\"own-address\" readonly value=\"",
		    site->origin, "/foyer/queue/", p->feed, ".atom\"></p>\n");
	post(b, "feed", p->token);
	OUT(b, "<p class=\"send\"><button type=\"submit\" name=\"feed\" "
	    "value=\"new\">", p->feed.len > 0 ? T("Make another address") :
	    T("Make an address"), "</button>\n");
	if (p->feed.len > 0)
		OUT(b, "<button type=\"submit\" class=\"quiet\" name=\"feed\" "
		    "value=\"none\">", T("End it"), "</button>\n");
	OUT(b, "</p>\n</form>\n</section>\n");
}

void
page_own_account(struct buf *b, const struct page_site *site,
    const struct page_own_account *p)
{
	page_own_open(b, site, T_STR(b, "Your account"), p->error);
	OUT(b, "<p>");
	SAY(b, T("You are signed in as %s (%s)."),
	    OUT(b, "<b><bdi>", p->account->name, "</bdi></b>"),
	    OUT(b, page_words_name(b,
	    str_of(model_role_name(p->account->role)))));
	OUT(b, "</p>\n");
	if (p->account->password.len > 0)
		password(b, p);
	factor(b, p);
	sessions(b, p);
	if (p->account->role >= ROLE_MODERATOR)
		feed(b, site, p);
	OUT(b, "<p><a href=\"/foyer/session\">", T("Back"),
	    "</a></p>\n</div>\n");
	page_shell_end(b, site);
}

void
page_own_open(struct buf *b, const struct page_site *site, struct str title,
    enum err error)
{
	page_shell_head(b, site, title);
	OUT(b, "<meta name=\"robots\" content=\"noindex\">\n");
	page_shell_style(b, "admin");
	page_shell_main(b, site);
	OUT(b, "<div class=\"foyer admin own\">\n<h1>", title, "</h1>\n");
	if (error != OK)
		OUT(b, "<div class=\"alert\" role=\"alert\">"
		    "<p id=\"own-wrong\">", T_OF(err_sentence(error)),
		    "</p></div>\n");
}
