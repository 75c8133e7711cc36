/* desk.c: parts of moderators' forms. */
#include "page/parts.h"

void
page_desk_form(struct buf *b, struct str action, const char *act,
    struct str token)
{
	OUT(b, "<form class=\"deed\" method=\"post\" action=\"", action,
	    "\">\n");
	page_shell_token(b, token);
	if (act != NULL)
		OUT(b, "<input type=\"hidden\" name=\"act\" value=\"", act,
		    "\">\n");
}

void
page_desk_text(struct buf *b, const struct page_desk_field *f)
{
	OUT(b, "<div class=\"field\"><label for=\"", f->id, "\">",
	    T_OF(f->label));
	if (f->hint != NULL)
		OUT(b, " <span class=\"optional\">", T_OF(f->hint), "</span>");
	OUT(b, "</label>\n<input id=\"", f->id, "\" name=\"", f->name,
	    "\" type=\"text\" autocomplete=\"off\" dir=\"auto\" value=\"",
	    f->value, "\"></div>\n");
}

void
page_desk_area(struct buf *b, const struct page_desk_field *f, int rows)
{
	OUT(b, "<div class=\"field\"><label for=\"", f->id, "\">",
	    T_OF(f->label));
	if (f->hint != NULL)
		OUT(b, " <span class=\"optional\">", T_OF(f->hint), "</span>");
	OUT(b, "</label>\n<textarea id=\"", f->id, "\" name=\"", f->name,
	    "\" rows=\"", rows, "\" dir=\"auto\">\n", f->value,
	    "</textarea></div>\n");
}

void
page_desk_tick(struct buf *b, const char *id, const char *name,
    const char *label)
{
	OUT(b, "<p class=\"tick\"><input type=\"checkbox\" id=\"", id,
	    "\" name=\"", name, "\" value=\"1\">\n<label for=\"", id, "\">",
	    T_OF(label), "</label></p>\n");
}

void
page_desk_send(struct buf *b, const char *label, bool grave)
{
	OUT(b, "<p class=\"send\"><button type=\"submit\" class=\"",
	    grave ? "grave" : "quiet", "\">", T_OF(label),
	    "</button></p>\n</form>\n");
}

/* Sets it, or takes it away. */
void
page_desk_switch(struct buf *b, struct str action, const char *act,
    const struct page_desk_switch *s)
{
	page_desk_form(b, action, act, s->token);
	OUT(b, "<input type=\"hidden\" name=\"value\" value=\"",
	    s->on ? "" : "1", "\">\n");
	page_desk_send(b, s->on ? s->undo : s->set, false);
}

void
page_desk_person(struct buf *b, const struct uuid *id, struct str name)
{
	char text[UUID_TEXT];

	uuid_text(id, text);
	OUT(b, "<a href=\"/foyer/admin/people/", str_of(text), "\"><bdi>");
	if (name.len > 0)
		OUT(b, name);
	else
		OUT(b, T("somebody without a name"));
	OUT(b, "</bdi></a>");
}

/* "refuse address until 2026-01-31T18:00:00Z" in words. */
void
page_desk_ban(struct buf *b, struct str told)
{
	size_t until = str_find(told, STR("until "));
	int64_t at;

	if (str_begins(told, "refuse"))
		OUT(b, T("refused, and told so"));
	else if (str_begins(told, "hold"))
		OUT(b, T("waits, and is not told"));
	else
		OUT(b, T("goes to spam, and is not told"));
	if (str_find(told, STR(" address")) != (size_t)-1)
		OUT(b, "; ", T("by address too"));
	if (str_find(told, STR(" mail")) != (size_t)-1)
		OUT(b, "; ", T("by mail address too"));
	if (until == (size_t)-1 || !clock_parse(str_cut(told, until + 6,
	    told.len), &at))
		return;
	OUT(b, "; ");
	SAY(b, T("until %s"), page_shell_time(b, at));
}

void
page_desk_bans(struct buf *b, struct str prefix, bool person)
{
	static const struct {
		const char *value, *label;
	} effects[] = {
		{ "refuse", N_("Refuse what they send, and say so") },
		{ "hold", N_("Let it wait, and say nothing more") },
		{ "spam", N_("Put it to spam; to them it looks as if it "
		    "waited") }
	};
	size_t i;

	OUT(b, "<fieldset class=\"choice\">\n<legend>",
	    T("What becomes of what they send"), "</legend>\n");
	for (i = 0; i < COUNT(effects); i++) {
		OUT(b, "<p class=\"tick\"><input type=\"radio\" "
		    "name=\"value\" id=\"", prefix, "-", effects[i].value,
		    "\" value=\"", effects[i].value,
		    i == 0 ? "\" checked>\n" : "\">\n");
		OUT(b, "<label for=\"", prefix, "-", effects[i].value, "\">",
		    T_OF(effects[i].label), "</label></p>\n");
	}
	OUT(b, "</fieldset>\n");
	if (person) {
		page_desk_tick(b, "ban-address", "address",
		    N_("Also whoever writes from the same address"));
		page_desk_tick(b, "ban-mail", "mail",
		    N_("Also whoever gives the same mail address"));
	}
	page_desk_text(b, &(struct page_desk_field){ "ban-until", "until",
	    N_("Until"), N_("(UTC, like 2026-01-31T18:00:00Z; empty: for "
	    "good)"), STR("") });
	page_desk_text(b, &(struct page_desk_field){ "ban-reason", "reason",
	    N_("Reason"), N_("(for the log)"), STR("") });
}
