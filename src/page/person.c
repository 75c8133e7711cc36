/* person.c: one person at a glance, and finding one. */
#include "page/jsons.h"
#include "page/parts.h"

static void
people_row(struct buf *b, const struct person_row *p)
{
	OUT(b, "<tr><th scope=\"row\">");
	page_desk_person(b, &p->id, p->name);
	OUT(b, "</th><td>", page_words_name(b, str_of(model_role_name(
	    (enum model_role)p->role))), "</td><td>");
	if (p->seen != 0)
		page_shell_time(b, p->seen);
	OUT(b, "</td><td>");
	if (p->trusted)
		OUT(b, T("trusted"), " ");
	if (p->ban.len > 0)
		page_desk_ban(b, p->ban);
	OUT(b, "</td></tr>\n");
}

static void
people_form(struct buf *b, struct str name)
{
	OUT(b, "<form class=\"deed\" role=\"search\" method=\"get\" "
	    "action=\"/foyer/admin/people\">\n");
	page_desk_text(b, &(struct page_desk_field){ "people-name", "name",
	    N_("A name, or how it begins"), NULL, name });
	OUT(b, "<p class=\"send\"><button type=\"submit\">", T("Find"),
	    "</button></p>\n</form>\n");
}

void
page_people(struct buf *b, const struct page_site *site,
    const struct page_moderator *m, const struct page_people *p)
{
	static const char *const columns[] = {
		N_("Name"), N_("Role"), N_("Last seen"), N_("Standing")
	};
	size_t i;

	page_admin_open(b, site, m, T_STR(b, "People"),
	    STR("/foyer/admin/people"));
	people_form(b, p->name);
	if (p->n == 0)
		OUT(b, "<p class=\"empty\">", T("Nobody was found."),
		    "</p>\n");
	else {
		OUT(b, "<div class=\"wide\" role=\"region\" tabindex=\"0\" "
		    "aria-label=\"", T("People"), "\">\n<table>\n<caption>",
		    p->name.len > 0 ? T("Who writes under such a name") :
		    T("Who wrote last"), "</caption>\n<thead><tr>");
		page_admin_columns(b, columns, COUNT(columns));
		OUT(b, "</tr></thead>\n<tbody>\n");
		for (i = 0; i < p->n; i++)
			people_row(b, &p->rows[i]);
		OUT(b, "</tbody>\n</table>\n</div>\n");
	}
	OUT(b, "</div>\n");
	page_shell_end(b, site);
}

static void
fact(struct buf *b, struct msg label)
{
	OUT(b, "<div><dt>", label, "</dt><dd>");
}

static void
counts(struct buf *b, const struct person_page *p)
{
	bool any = false;
	size_t i;

	fact(b, T("Comments"));
	for (i = 0; i < COUNT(p->counts); i++) {
		if (p->counts[i] == 0)
			continue;
		OUT(b, any ? ", " : "", page_words_name(b, str_of(
		    model_state_name((enum model_state)i))), " ",
		    p->counts[i], p->counts[i] == 100 ? "+" : "");
		any = true;
	}
	if (!any)
		OUT(b, T("none"));
	OUT(b, "</dd></div>\n");
}

static void
names(struct buf *b, const struct person_page *p)
{
	size_t i;

	if (p->nnames > 1) {
		fact(b, T("Writes as"));
		for (i = 0; i < p->nnames; i++)
			OUT(b, i > 0 ? ", " : "", "<bdi>", p->names[i],
			    "</bdi>");
		OUT(b, "</dd></div>\n");
	}
	if (p->nnear == 0)
		return;
	fact(b, T("From the same address"));
	for (i = 0; i < p->nnear; i++) {
		OUT(b, i > 0 ? ", " : "");
		page_desk_person(b, &p->near[i].id, p->near[i].name);
	}
	OUT(b, "</dd></div>\n");
}

static void
standing(struct buf *b, const struct person_page *p)
{
	fact(b, T("Standing"));
	if (p->is.trusted)
		OUT(b, T("trusted"), " ");
	if (p->suspended)
		OUT(b, T("the account is suspended"), " ");
	if (p->is.ban.len > 0) {
		page_desk_ban(b, p->is.ban);
		if (p->ban_reason.len > 0)
			OUT(b, ": <q dir=\"auto\">", p->ban_reason, "</q>");
		if (p->ban_by.len > 0)
			OUT(b, " (<bdi>", p->ban_by, "</bdi>)");
	}
	if (!p->is.trusted && !p->suspended && p->is.ban.len == 0)
		OUT(b, T("nothing special"));
	OUT(b, "</dd></div>\n");
}

static void
glance(struct buf *b, const struct person_page *p)
{
	OUT(b, "<dl class=\"facts\">\n");
	fact(b, T("Role"));
	OUT(b, page_words_name(b, str_of(model_role_name(
	    (enum model_role)p->is.role))));
	if (p->account.len > 0)
		OUT(b, " (<bdi>", p->account, "</bdi>)");
	OUT(b, "</dd></div>\n");
	if (p->first != 0) {
		fact(b, T("First comment"));
		page_shell_time(b, p->first);
		OUT(b, "</dd></div>\n");
		fact(b, T("Last comment"));
		page_shell_time(b, p->is.seen);
		OUT(b, "</dd></div>\n");
	}
	counts(b, p);
	standing(b, p);
	names(b, p);
	OUT(b, "</dl>\n");
}

static void
note(struct buf *b, const struct person_page *p, struct str path,
    struct str token)
{
	OUT(b, "<section>\n<h2>", T("Note for moderators"), "</h2>\n");
	if (p->note.len > 0) {
		OUT(b, "<p class=\"hint\">");
		SAY(b, T("By %s, %s"), OUT(b, "<bdi>", p->note_by, "</bdi>"),
		    page_shell_time(b, p->note_at));
		OUT(b, "</p>\n");
	}
	page_desk_form(b, path, "note", token);
	page_desk_area(b, &(struct page_desk_field){ "note", "value",
	    N_("Only moderators see it"), NULL, p->note }, 3);
	page_desk_send(b, N_("Save the note"), false);
	OUT(b, "</section>\n");
}

static void
ban(struct buf *b, const struct person_page *p, struct str path,
    struct str token)
{
	OUT(b, "<details class=\"more\">\n<summary>",
	    p->is.ban.len > 0 ? T("Change or lift the ban") :
	    T("Ban or suspend"), "</summary>\n");
	if (p->is.ban.len > 0) {
		page_desk_form(b, path, "ban", token);
		OUT(b, "<input type=\"hidden\" name=\"value\" "
		    "value=\"\">\n");
		page_desk_send(b, N_("Lift the ban"), false);
	}
	page_desk_form(b, path, "ban", token);
	page_desk_bans(b, STR("ban"), true);
	page_desk_send(b, N_("Ban"), true);
	OUT(b, "</details>\n");
}

static void
sweep(struct buf *b, const struct person_page *p, struct str path,
    struct str token)
{
	struct str to = arena_fmt(b->arena, STR_FMT "/comments",
	    STR_ARG(path));

	if (p->counts[STATE_SHOWN] + p->counts[STATE_HELD] > 0) {
		OUT(b, "<details class=\"more\">\n<summary>",
		    T("Remove all their comments"), "</summary>\n");
		page_desk_form(b, to, "remove", token);
		page_desk_text(b, &(struct page_desk_field){ "sweep-reason",
		    "reason", N_("Reason"), N_("(readers see it when you "
		    "remove)"), STR("") });
		page_desk_send(b, N_("Remove what is shown or waits, a "
		    "hundred at a time"), true);
		OUT(b, "</details>\n");
	}
	if (p->counts[STATE_REMOVED] > 0) {
		page_desk_form(b, to, "restore", token);
		page_desk_send(b, N_("Bring back what was removed all at "
		    "once"), false);
	}
}

static void
comment(struct buf *b, const struct comment *c)
{
	OUT(b, "<li>\n<article class=\"held\" id=\"comment-", c->id, "\">\n"
	    "<header>\n<h3>", page_words_name(b,
	    str_of(model_state_name(c->state))), "</h3>\n<p class=\"meta\">"
	    "<span>");
	page_shell_time(b, c->posted);
	OUT(b, "</span> <span><a href=\"/foyer/admin/threads/", c->slug,
	    "/comments/", c->id, "\" dir=\"auto\">");
	OUT(b, c->title.len > 0 ? c->title : c->slug, " #", c->id,
	    "</a></span></p>\n</header>\n");
	if (c->state != STATE_ERASED) {
		OUT(b, "<div class=\"words\" lang=\"\" dir=\"auto\">");
		out_trusted_markup(b, c->html);
		OUT(b, "</div>\n");
	}
	if (c->state == STATE_REMOVED && c->reason.len > 0)
		OUT(b, "<p class=\"hint\"><q dir=\"auto\">", c->reason,
		    "</q></p>\n");
	OUT(b, "</article>\n</li>\n");
}

static void
comments(struct buf *b, const struct person_page *p, struct str path)
{
	size_t i;

	OUT(b, "<h2>", T("What they wrote, the newest first"), "</h2>\n");
	if (p->ncomments == 0)
		OUT(b, "<p class=\"empty\">", T("Nothing."), "</p>\n");
	else
		OUT(b, "<ol class=\"queue\">\n");
	for (i = 0; i < p->ncomments; i++)
		comment(b, &p->comments[i]);
	if (p->ncomments > 0)
		OUT(b, "</ol>\n");
	if (p->next != 0)
		OUT(b, "<p class=\"next\"><a rel=\"next\" href=\"", path,
		    "?before=", p->next, "\">", T("Earlier comments"),
		    "</a></p>\n");
}

static const struct page_desk_switch trust = {
	.set = N_("Trust them: nothing of theirs waits"),
	.undo = N_("Trust them no longer")
};

void
page_person(struct buf *b, const struct page_site *site,
    const struct page_moderator *m, const struct person_page *p)
{
	struct page_desk_switch trusted = trust;
	char id[UUID_TEXT];
	struct str path;

	uuid_text(&p->is.id, id);
	path = arena_fmt(b->arena, "/foyer/admin/people/%s", id);
	trusted.on = p->is.trusted;
	trusted.token = m->token;
	page_admin_open(b, site, m, p->is.name.len > 0 ? p->is.name :
	    T_STR(b, "Somebody without a name"), STR(""));
	glance(b, p);
	page_desk_switch(b, path, "trust", &trusted);
	ban(b, p, path, m->token);
	sweep(b, p, path, m->token);
	note(b, p, path, m->token);
	comments(b, p, path);
	OUT(b, "</div>\n");
	page_shell_end(b, site);
}

void
page_person_json(struct buf *b, const struct page_site *site,
    const struct person_page *p)
{
	char id[UUID_TEXT];
	size_t i;

	(void)site;
	uuid_text(&p->is.id, id);
	JSON(b, "{\"person\":", str_of(id), ",\"name\":", p->is.name,
	    ",\"role\":", model_role_name((enum model_role)p->is.role));
	JSON(b, ",\"trusted\":", p->is.trusted, ",\"ban\":", p->is.ban,
	    ",\"note\":", p->note, ",\"counts\":{");
	for (i = 0; i < COUNT(p->counts); i++) {
		JSON(b, i > 0 ? "," : "");
		JSON(b, model_state_name((enum model_state)i), ":",
		    p->counts[i]);
	}
	JSON(b, "},\"comments\":[");
	for (i = 0; i < p->ncomments; i++) {
		JSON(b, i > 0 ? ",{\"id\":" : "{\"id\":", p->comments[i].id);
		JSON(b, ",\"state\":",
		    model_state_name(p->comments[i].state), ",\"slug\":",
		    p->comments[i].slug, "}");
	}
	JSON(b, "],\"near\":[");
	for (i = 0; i < p->nnear; i++) {
		uuid_text(&p->near[i].id, id);
		JSON(b, i > 0 ? "," : "");
		JSON(b, "{\"person\":", str_of(id), ",\"name\":",
		    p->near[i].name, "}");
	}
	JSON(b, "],\"next\":");
	page_json_id(b, p->next);
	JSON(b, "}\n");
}
