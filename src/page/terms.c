/* terms.c: who waits and when threads close, by issue and for the site. */
#include "page/parts.h"

static void
policies(struct buf *b, int chosen, bool none)
{
	static const struct {
		enum model_policy policy;
		const char *label;
	} known[] = {
		{ POLICY_OPEN, N_("Nobody (open)") },
		{ POLICY_FIRST, N_("Newcomers (first)") },
		{ POLICY_ALL, N_("Everybody (all)") },
		{ POLICY_CLOSED, N_("No new comments (closed)") }
	};
	size_t i;

	OUT(b, "<select id=\"terms-", none ? "issue" : "site",
	    "-policy\" name=\"policy\">\n");
	for (i = 0; i < COUNT(known); i++)
		OUT(b, "<option value=\"", model_policy_name(known[i].policy),
		    (int)known[i].policy == chosen ? "\" selected>" : "\">",
		    T_OF(known[i].label), "</option>\n");
	if (none)
		OUT(b, "<option value=\"\">", T("As the site says"),
		    "</option>\n");
	OUT(b, "</select>");
}

static void
terms_form(struct buf *b, const struct page_terms_row *site, bool issue,
    struct str token)
{
	page_desk_form(b, STR("/foyer/admin/terms"), NULL, token);
	if (issue)
		page_desk_text(b, &(struct page_desk_field){ "terms-issue",
		    "issue", N_("Issue"), NULL, STR("") });
	OUT(b, "<div class=\"field\"><label for=\"terms-",
	    issue ? "issue" : "site", "-policy\">",
	    T("Who waits for a moderator"), "</label>\n");
	policies(b, (int)site->policy, issue);
	OUT(b, "</div>\n");
	page_desk_text(b, &(struct page_desk_field){ issue ?
	    "terms-issue-days" : "terms-site-days", "days",
	    N_("Closes so many days after its first comment"),
	    N_("(0: never)"), arena_fmt(b->arena, "%d", site->days) });
	page_desk_send(b, N_("Save"), false);
}

static void
issues(struct buf *b, const struct page_terms *p)
{
	static const char *const columns[] = {
		N_("Issue"), N_("Who waits for a moderator"),
		N_("Days until it closes")
	};
	size_t i;

	if (p->n < 2)
		return;
	OUT(b, "<div class=\"wide\" role=\"region\" tabindex=\"0\" "
	    "aria-label=\"", T("Issues with terms of their own"),
	    "\">\n<table>\n<caption>",
	    T("Issues with terms of their own"), "</caption>\n<thead><tr>");
	page_admin_columns(b, columns, COUNT(columns));
	OUT(b, "</tr></thead>\n<tbody>\n");
	for (i = 1; i < p->n; i++)
		OUT(b, "<tr><th scope=\"row\">", p->rows[i].issue,
		    "</th><td>", page_words_name(b, str_of(
		    model_policy_name(p->rows[i].policy))), "</td><td>",
		    p->rows[i].days, "</td></tr>\n");
	OUT(b, "</tbody>\n</table>\n</div>\n");
}

static void
reasons(struct buf *b, const struct page_terms *p, struct str token)
{
	struct buf list = buf_new(b->arena, 256);
	size_t i;

	for (i = 0; i < p->nreasons; i++) {
		buf_str(&list, p->reasons[i]);
		buf_char(&list, '\n');
	}
	OUT(b, "<h2>", T("Reasons for removals"), "</h2>\n<p class=\"hint\">",
	    T("Moderators choose among them; readers see the reason in the "
	    "comment’s place."), "</p>\n");
	page_desk_form(b, STR("/foyer/admin/reasons"), NULL, token);
	page_desk_area(b, &(struct page_desk_field){ "reasons", "value",
	    N_("One on each line"), NULL, buf_view(&list) }, 6);
	page_desk_send(b, N_("Save the list"), false);
}

void
page_terms(struct buf *b, const struct page_site *site,
    const struct page_moderator *m, const struct page_terms *p)
{
	page_admin_open(b, site, m, T_STR(b, "Terms"),
	    STR("/foyer/admin/terms"));
	OUT(b, "<p class=\"hint\">", T("A thread’s own terms come before "
	    "its issue’s, and an issue’s before the site’s."), "</p>\n"
	    "<h2>", T("The site"), "</h2>\n");
	terms_form(b, &p->rows[0], false, m->token);
	OUT(b, "<h2>", T("An issue"), "</h2>\n");
	issues(b, p);
	terms_form(b, &p->rows[0], true, m->token);
	reasons(b, p, m->token);
	OUT(b, "</div>\n");
	page_shell_end(b, site);
}
