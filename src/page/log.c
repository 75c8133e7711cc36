/* log.c: the moderation log as a table. */
#include "page/parts.h"

enum { HASH_SHOWN = 6 };		/* bytes of a row's hash */

static void
log_hash(struct buf *b, const unsigned char hash[32])
{
	int i;

	OUT(b, "<td><code>");
	for (i = 0; i < HASH_SHOWN; i++)
		buf_fmt(b, "%02x", hash[i]);
	OUT(b, "</code></td>");
}

/* What a row about no comment begins with; the rest are values. */
static void
log_target(struct buf *b, const struct log_row *row)
{
	struct str told = row->after.len > 0 ? row->after : row->before;
	struct str rest = told, first;
	struct uuid person;

	str_split(&rest, ' ', &first);
	if (uuid_parse(first, &person)) {
		if (!str_eq(row->act, model_act_logged(LOGGED_INVITE)) &&
		    !str_eq(row->act, model_act_logged(LOGGED_RESET)))
			page_desk_person(b, &person, T_STR(b, "a person"));
		return;
	}
	first = str_cut(told, 0, model_act_value(row->act, told));
	OUT(b, "<bdi>", first, "</bdi>");
}

/* The value, in words; what it is of is told beside. */
static void
log_value(struct buf *b, const struct log_row *row, struct str told)
{
	size_t at = model_act_value(row->act, told);
	struct str rest = told, first;
	struct uuid id;

	str_split(&rest, ' ', &first);
	if (uuid_parse(first, &id))
		OUT(b, page_words_name(b, rest));
	else
		OUT(b, page_words_name(b, str_cut(told, at, told.len)));
}

static void
log_about(struct buf *b, const struct log_row *row)
{
	OUT(b, "<td>");
	if (row->slug.len > 0) {
		OUT(b, "<a href=\"/foyer/admin/threads/", row->slug);
		if (row->comment != 0)
			OUT(b, "#comment-", row->comment);
		OUT(b, "\">", row->slug);
		if (row->comment != 0)
			OUT(b, " #", row->comment);
		OUT(b, "</a>");
	} else if (row->thread == 0) {
		log_target(b, row);
	}
	OUT(b, "</td><td dir=\"auto\">");
	if (row->before.len > 0 || row->after.len > 0) {
		log_value(b, row, row->before);
		OUT(b, " → ");
		log_value(b, row, row->after);
	}
	OUT(b, "</td>");
}

/* Why there is no way back; NULL: there is one, or it is an undo. */
static const char *
log_final(enum model_undo undo)
{
	switch (undo) {
	case FINAL_ACCOUNT:
		return N_("Final: an account stays. Suspend it instead.");
	case FINAL_SECRET:
		return N_("Final: no secret or session of before is kept.");
	case FINAL_GONE: return N_("Final: what is gone is gone.");
	case FINAL_ADDED: return N_("Final: nothing was taken away by it.");
	case FINAL_UNKNOWN: return N_("Final: this foyer does not know it.");
	case UNDO_STATE: case UNDO_VALUE: case FINAL_UNDO: break;
	}
	return NULL;
}

/* What it undoes, what has undone it, a button that does, or why there is
 * none. */
static void
log_undo(struct buf *b, const struct log_row *row,
    const struct page_moderator *m)
{
	const char *final = log_final(model_act_undo(row->act));

	OUT(b, "<td>");
	if (row->ref != 0)
		SAY(b, T("undoes %d"), OUT(b, row->ref));
	else if (row->undone != 0)
		SAY(b, T("undone by %d"), OUT(b, row->undone));
	else if (final != NULL)
		OUT(b, "<span class=\"hint\">", T_OF(final), "</span>");
	else if (m->account->role >= model_act_role(row->act)) {
		OUT(b, "<form method=\"post\" action=\"/foyer/admin/log/",
		    row->id, "/undo\">");
		page_shell_token(b, m->token);
		page_form_hidden(b, STR("back"), STR("log"));
		OUT(b, "<button type=\"submit\" class=\"quiet\">", T("Undo"),
		    "<span class=\"unseen\"> ", row->id,
		    "</span></button></form>");
	} else {
		OUT(b, "<span class=\"hint\">",
		    T("Only an owner can undo it."), "</span>");
	}
	OUT(b, "</td>");
}

static void
log_row(struct buf *b, const struct log_row *row,
    const struct page_moderator *m)
{
	OUT(b, "<tr id=\"row-", row->id, "\"><td>", row->id, "</td><td>");
	page_shell_time(b, row->at);
	OUT(b, "</td><td><bdi>", row->actor_name, "</bdi></td><td>",
	    page_words_name(b, row->act), "</td>");
	log_about(b, row);
	OUT(b, "<td dir=\"auto\">", row->reason, "</td>");
	log_undo(b, row, m);
	log_hash(b, row->hash);
	OUT(b, "</tr>\n");
}

void
page_log(struct buf *b, const struct page_site *site,
    const struct page_moderator *m, const struct page_log *log)
{
	static const char *const columns[] = {
		N_("No."), N_("When"), N_("Who"), N_("Act"), N_("About"),
		N_("Change"), N_("Reason"), N_("Undo"), N_("Seal")
	};
	size_t i;

	page_admin_open(b, site, m, T_STR(b, "Log"), STR("/foyer/admin/log"));
	page_log_find(b, log);
	if (log->n == 0) {
		OUT(b, "<p class=\"empty\">", log->next != 0 ?
		    T("Nothing here among the latest; there are earlier "
		    "acts.") :
		    page_log_narrowed(log) ?
		    T("Nothing of that kind was done.") :
		    T("Nothing has been done yet."), "</p>\n");
	} else {
		OUT(b, "<div class=\"wide\" role=\"region\" tabindex=\"0\" "
		    "aria-label=\"", T("Moderation log"), "\">\n"
		    "<table class=\"log\">\n<caption>",
		    T("What was done, the latest first. Each row’s seal "
		    "covers the row before it."), "</caption>\n<thead><tr>");
		page_admin_columns(b, columns, COUNT(columns));
		OUT(b, "</tr></thead>\n<tbody>\n");
		for (i = 0; i < log->n; i++)
			log_row(b, &log->rows[i], m);
		OUT(b, "</tbody>\n</table>\n</div>\n");
	}
	if (log->next != 0)
		OUT(b, "<p class=\"next\"><a rel=\"next\" "
		    "href=\"/foyer/admin/log?before=", log->next);
	if (log->next != 0) {
		page_log_query(b, log);
		OUT(b, "\">", T("Earlier acts"), "</a></p>\n");
	}
	OUT(b, "</div>\n");
	page_shell_end(b, site);
}
