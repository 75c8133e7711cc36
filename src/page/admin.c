/* admin.c: what moderators' pages have in common. */
#include "page/parts.h"

static void
nav_link(struct buf *b, struct str path, struct msg label, struct str here)
{
	OUT(b, "<li><a href=\"", path, str_eq(path, here) ?
	    "\" aria-current=\"page\">" : "\">", label, "</a></li>\n");
}

/* For who moderates every review. */
static void
nav_all(struct buf *b, const struct page_moderator *m, struct str here)
{
	nav_link(b, STR("/foyer/admin/people"), T("People"), here);
	nav_link(b, STR("/foyer/admin/bans"), T("Bans"), here);
	nav_link(b, STR("/foyer/admin/terms"), T("Terms"), here);
	nav_link(b, STR("/foyer/admin/filters"), T("Filters"), here);
	nav_link(b, STR("/foyer/admin/statistics"), T("Statistics"), here);
	nav_link(b, STR("/foyer/admin/log"), T("Log"), here);
	if (m->account->role == ROLE_OWNER)
		nav_link(b, STR("/foyer/admin/accounts"), T("Accounts"), here);
}

static void
sign_out(struct buf *b, struct str token)
{
	OUT(b, "<form method=\"post\" action=\"/foyer/session/end\">\n");
	page_shell_token(b, token);
	OUT(b, "<button type=\"submit\" class=\"quiet\">", T("Sign out"),
	    "</button>\n</form>\n");
}

void
page_admin_open(struct buf *b, const struct page_site *site,
    const struct page_moderator *m, struct str title, struct str here)
{
	page_shell_head(b, site, title);
	page_shell_script(b);
	OUT(b, "<meta name=\"robots\" content=\"noindex\">\n");
	page_shell_style(b, "admin");
	page_shell_style(b, "queue");
	page_shell_load(b, "admin");
	page_shell_main(b, site);
	OUT(b, "<div class=\"foyer admin\">\n<div class=\"admin-bar\">\n"
	    "<nav aria-label=\"", T("Moderation"), "\"><ul>\n");
	nav_link(b, STR("/foyer/admin/"), T("Queue"), here);
	if (m->account->role >= ROLE_MODERATOR)
		nav_all(b, m, here);
	OUT(b, "</ul></nav>\n<div class=\"me\"><span>");
	SAY(b, T("Signed in as %s"), OUT(b, "<a href=\"/foyer/account\">"
	    "<bdi>", m->account->name, "</bdi></a>"));
	OUT(b, "</span>\n");
	sign_out(b, m->token);
	OUT(b, "</div>\n</div>\n<h1>", title, "</h1>\n");
	if (m->said != NULL)
		OUT(b, "<p class=\"notice\" role=\"status\">", m->said,
		    "</p>\n");
}

void
page_admin_columns(struct buf *b, const char *const *titles, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		OUT(b, "<th scope=\"col\">", T_OF(titles[i]), "</th>");
}

void
page_admin_cell(struct buf *b, const char *title)
{
	OUT(b, "<td data-name=\"", T_OF(title), "\">");
}

/* A form that rules on a comment: where it goes. */
static void
rule_form(struct buf *b, const struct comment *c, struct str slug)
{
	OUT(b, "<form class=\"rule\" method=\"post\" "
	    "action=\"/foyer/admin/threads/", slug, "/comments/", c->id,
	    "/rule\" aria-label=\"");
}

static void
rule_hidden(struct buf *b, const struct comment *c, struct str token,
    struct str back)
{
	OUT(b, "\">\n<input type=\"hidden\" "
	    "name=\"seen\" value=\"", model_state_name(c->state), "\">\n");
	/* Of what readers do not see, only the queue tells when it changed. */
	if (c->state == STATE_SHOWN || c->state == STATE_HELD)
		OUT(b, "<input type=\"hidden\" name=\"version\" value=\"",
		    c->edited, "\">\n");
	page_shell_token(b, token);
	if (back.len > 0)
		OUT(b, "<input type=\"hidden\" name=\"back\" value=\"", back,
		    "\">\n");
}

void
page_admin_rule(struct buf *b, const struct comment *c, struct str slug,
    struct str token, struct str back)
{
	rule_form(b, c, slug);
	SAY(b, T("Rule on comment %d by %s"), OUT(b, c->id),
	    OUT(b, c->author));
	rule_hidden(b, c, token, back);
}

void
page_admin_rule_named(struct buf *b, const struct comment *c,
    struct str token, struct str label)
{
	rule_form(b, c, c->slug);
	OUT(b, label);
	rule_hidden(b, c, token, STR("thread"));
}

void
page_admin_buttons(struct buf *b, const enum model_act *acts, size_t n)
{
	static const char *const labels[] = {
		[ACT_APPROVE] = N_("Approve"), [ACT_SPAM] = N_("Spam"),
		[ACT_REMOVE] = N_("Remove"), [ACT_HOLD] = N_("Hold")
	};
	size_t i;

	for (i = 0; i < n; i++)
		OUT(b, "<button type=\"submit\" name=\"act\" class=\"act-",
		    model_act_name(acts[i]), "\" value=\"",
		    model_act_name(acts[i]), "\">", T_OF(labels[acts[i]]),
		    "</button>\n");
}

/* For the comment and its author at once. */
void
page_admin_both(struct buf *b)
{
	OUT(b, "<button type=\"submit\" name=\"act\" class=\"act-spam-ban\" "
	    "value=\"spam-ban\">", T("Spam and ban"), "</button>\n"
	    "<button type=\"submit\" name=\"act\" class=\"act-approve-trust\" "
	    "value=\"approve-trust\">", T("Approve and trust"),
	    "</button>\n");
}

/* Enter in the reason presses the form's first button, so removing, which
 * the reason is for, comes first. */
void
page_admin_acts(struct buf *b, const struct comment *c,
    const enum model_act *acts, size_t n, bool people)
{
	bool removes = false;
	size_t i;

	for (i = 0; i < n; i++)
		removes |= acts[i] == ACT_REMOVE;
	OUT(b, "<span class=\"why\"><label for=\"reason-", c->id, "\">",
	    T("Reason"), " <span class=\"optional\">", removes ?
	    T("(readers see it when you remove)") : T("(for the log)"),
	    "</span></label>\n");
	OUT(b, "<input id=\"reason-", c->id, "\" name=\"reason\" "
	    "type=\"text\" autocomplete=\"off\" dir=\"auto\"></span>\n");
	OUT(b, "<span class=\"buttons\">\n");
	page_admin_buttons(b, acts, n);
	if (people)
		page_admin_both(b);
	OUT(b, "</span>\n</form>\n");
}
