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
	}
	OUT(b, "</td><td>");
	if (row->before.len > 0 || row->after.len > 0)
		OUT(b, page_words_name(b, row->before), " → ",
		    page_words_name(b, row->after));
	OUT(b, "</td>");
}

/* What it undoes, what has undone it, or a button that does. */
static void
log_undo(struct buf *b, const struct log_row *row, struct str token)
{
	OUT(b, "<td>");
	if (row->ref != 0)
		SAY(b, T("undoes %d"), OUT(b, row->ref));
	else if (row->undone != 0)
		SAY(b, T("undone by %d"), OUT(b, row->undone));
	else if (model_act_undo(row->act) != UNDO_NEVER) {
		OUT(b, "<form method=\"post\" action=\"/foyer/admin/log/",
		    row->id, "/undo\">");
		page_shell_token(b, token);
		page_form_hidden(b, STR("back"), STR("log"));
		OUT(b, "<button type=\"submit\" class=\"quiet\">", T("Undo"),
		    "<span class=\"unseen\"> ", row->id,
		    "</span></button></form>");
	}
	OUT(b, "</td>");
}

static void
log_row(struct buf *b, const struct log_row *row, struct str token)
{
	OUT(b, "<tr id=\"row-", row->id, "\"><td>", row->id, "</td><td>");
	page_shell_time(b, row->at);
	OUT(b, "</td><td><bdi>", row->actor_name, "</bdi></td><td>",
	    page_words_name(b, row->act), "</td>");
	log_about(b, row);
	OUT(b, "<td dir=\"auto\">", row->reason, "</td>");
	log_undo(b, row, token);
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
			log_row(b, &log->rows[i], m->token);
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
