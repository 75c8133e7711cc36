/* deed.c: one comment, and all that a moderator may do to it. */
#include "page/parts.h"

static void
ruling(struct buf *b, const struct page_deed *p, struct str token)
{
	static const enum model_act shown[] = {
		ACT_REMOVE, ACT_SPAM, ACT_HOLD
	};
	static const enum model_act gone[] = { ACT_APPROVE };
	static const enum model_act held[] = {
		ACT_REMOVE, ACT_SPAM, ACT_APPROVE
	};
	const struct comment *c = p->comment;

	if (c->state == STATE_ERASED)
		return;
	page_admin_rule(b, c, c->slug, token, STR("thread"));
	if (c->state == STATE_SHOWN)
		page_admin_acts(b, c, shown, COUNT(shown), false);
	else if (c->state == STATE_HELD)
		page_admin_acts(b, c, held, COUNT(held), false);
	else
		page_admin_acts(b, c, gone, COUNT(gone), false);
}

/* A listed reason by one press; own words in the form after it. */
static void
remove_by_list(struct buf *b, const struct page_deed *p, struct str token)
{
	const struct comment *c = p->comment;
	size_t i;

	if (p->nreasons == 0 || (c->state != STATE_SHOWN &&
	    c->state != STATE_HELD))
		return;
	page_admin_rule_named(b, c, token, T_STR(b,
	    "Remove for one of the journal’s reasons"));
	OUT(b, "<span class=\"why\"><label for=\"listed\">",
	    T("Remove for one of the journal’s reasons"), "</label>\n"
	    "<select id=\"listed\" name=\"reason\">\n");
	for (i = 0; i < p->nreasons; i++)
		OUT(b, "<option value=\"", p->reasons[i], "\">",
		    p->reasons[i], "</option>\n");
	OUT(b, "</select></span>\n<span class=\"buttons\"><button "
	    "type=\"submit\" name=\"act\" class=\"act-remove\" "
	    "value=\"remove\">", T("Remove"),
	    "</button></span>\n</form>\n");
}

static void
switches(struct buf *b, const struct page_deed *p, struct str path,
    struct str token)
{
	OUT(b, "<div class=\"switches\">\n");
	if (p->comment->parent == 0)
		page_desk_switch(b, path, "pin", &(struct page_desk_switch){
		    token, p->pinned, N_("Pin: first in every order"),
		    N_("Unpin") });
	page_desk_switch(b, path, "feature", &(struct page_desk_switch){
	    token, (p->comment->marks & MARK_FEATURED) != 0,
	    N_("Feature: worth reading"), N_("Feature no longer") });
	if (p->locked == 0 || p->locked == p->comment->id)
		page_desk_switch(b, path, "lock", &(struct page_desk_switch){
		    token, p->locked != 0, N_("Take no replies below it"),
		    N_("Take replies again") });
	OUT(b, "</div>\n");
}

static void
edit(struct buf *b, const struct page_deed *p, struct str path,
    struct str token)
{
	OUT(b, "<details class=\"more\">\n<summary>", T("Edit the text"),
	    "</summary>\n<p class=\"hint\">", T("Readers see that a "
	    "moderator edited it, why, and what it was before."), "</p>\n");
	page_desk_form(b, path, "edit", token);
	page_desk_area(b, &(struct page_desk_field){ "edit-body", "body",
	    N_("Text"), NULL, p->comment->body }, 8);
	OUT(b, "<p class=\"tick\"><input type=\"checkbox\" "
	    "id=\"edit-spoiler\" name=\"spoiler\" value=\"1\"",
	    p->comment->spoiler ? " checked" : "",
	    ">\n<label for=\"edit-spoiler\">", T("It spoils the film"),
	    "</label></p>\n");
	page_desk_text(b, &(struct page_desk_field){ "edit-reason", "reason",
	    N_("Why"), N_("(readers see it)"), STR("") });
	page_desk_send(b, N_("Save the text"), false);
	OUT(b, "</details>\n");
}

static void
letter(struct buf *b, const struct page_deed *p, struct str path,
    struct str token)
{
	OUT(b, "<details class=\"more\">\n<summary>",
	    p->letter.len > 0 ? T("It is a letter to the editor") :
	    T("Print as a letter to the editor"), "</summary>\n");
	page_desk_form(b, path, "letter", token);
	page_desk_text(b, &(struct page_desk_field){ "letter-heading",
	    "value", N_("Heading"), N_("(empty: it is no letter)"),
	    p->letter });
	page_desk_send(b, N_("Save"), false);
	OUT(b, "</details>\n");
}

static void
move(struct buf *b, struct str path, struct str token)
{
	OUT(b, "<details class=\"more\">\n<summary>",
	    T("Move it and its replies to another thread"), "</summary>\n"
	    "<p class=\"hint\">", T("Links to it go on working. What it "
	    "cites of this review is not shown there."), "</p>\n");
	page_desk_form(b, path, "move", token);
	page_desk_text(b, &(struct page_desk_field){ "move-to", "value",
	    N_("The other review"), N_("(its address, or the end of it)"),
	    STR("") });
	page_desk_text(b, &(struct page_desk_field){ "move-reason", "reason",
	    N_("Reason"), N_("(for the log)"), STR("") });
	page_desk_send(b, N_("Move"), false);
	OUT(b, "</details>\n");
}

static void
comment(struct buf *b, const struct page_site *site,
    const struct page_deed *p)
{
	const struct comment *c = p->comment;

	OUT(b, "<p class=\"meta\"><span>");
	page_shell_time(b, c->posted);
	OUT(b, "</span> <span>", page_words_name(b,
	    str_of(model_state_name(c->state))), "</span> <span>");
	if (c->author.len > 0)
		page_desk_person(b, &c->person, c->author);
	OUT(b, "</span> <span><a href=\"/foyer/admin/threads/", c->slug,
	    "\" dir=\"auto\">", c->title.len > 0 ? c->title : c->slug,
	    "</a></span></p>\n");
	if (p->home.len > 0) {
		OUT(b, "<p class=\"hint\">");
		SAY(b, T("It was moved here from %s."), OUT(b,
		    "<a href=\"/foyer/admin/threads/", p->home, "\">",
		    p->home, "</a>"));
		OUT(b, "</p>\n");
	}
	page_passage_quote(b, site, c);
	if (c->state == STATE_ERASED || c->state == STATE_REMOVED)
		page_comment_body(b, c);
	if (c->state == STATE_ERASED)
		return;
	OUT(b, "<div class=\"words\" lang=\"\" dir=\"auto\">");
	out_trusted_markup(b, c->html);
	OUT(b, "</div>\n");
}

void
page_deed(struct buf *b, const struct page_site *site,
    const struct page_moderator *m, const struct page_deed *p)
{
	const struct comment *c = p->comment;
	struct str path = arena_fmt(b->arena, "/foyer/admin/threads/" STR_FMT
	    "/comments/%lld/act", STR_ARG(c->slug), (long long)c->id);

	page_admin_open(b, site, m, arena_fmt(b->arena, STR_FMT " #%lld",
	    STR_ARG(T_STR(b, "Comment")), (long long)c->id), STR(""));
	OUT(b, "<article class=\"held\">\n");
	comment(b, site, p);
	remove_by_list(b, p, m->token);
	ruling(b, p, m->token);
	OUT(b, "</article>\n");
	if (c->state != STATE_ERASED) {
		switches(b, p, path, m->token);
		edit(b, p, path, m->token);
		letter(b, p, path, m->token);
		move(b, path, m->token);
	}
	OUT(b, "</div>\n");
	page_shell_end(b, site);
}
