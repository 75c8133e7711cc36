/* tally.c: what moderators did, by month. */
#include "page/parts.h"

static void
wait(struct buf *b, int64_t seconds)
{
	int64_t minutes = (seconds + 59) / 60;

	if (minutes == 0)
		OUT(b, "–");
	else if (minutes < 120)
		OUT(b, TN("%d minute", "%d minutes", minutes));
	else if (minutes < 48 * 60)
		OUT(b, TN("%d hour", "%d hours", minutes / 60));
	else
		OUT(b, TN("%d day", "%d days", minutes / 60 / 24));
}

/* Reasons given three times and more; words given once might tell of whom. */
static void
reasons(struct buf *b, const struct tally *t, struct str month)
{
	size_t i;

	OUT(b, "<td>");
	for (i = 0; i < t->nreasons; i++) {
		const struct tally_reason *r = &t->reasons[i];

		if (!str_eq(r->month, month))
			continue;
		OUT(b, "<span dir=\"auto\">", r->reason.len > 0 ? r->reason :
		    T_STR(b, "no reason given"), "</span> ", r->n, "<br>");
	}
	OUT(b, "</td>");
}

static const char *const columns[] = {
	N_("Month"), N_("Shown"), N_("Ruled after waiting"),
	N_("Median wait"), N_("Spam"), N_("Removed"), N_("Why")
};

static void
month(struct buf *b, const struct tally *t, const struct tally_month *m)
{
	OUT(b, "<tr><th scope=\"row\">", m->month, "</th>");
	page_admin_cell(b, columns[1]);
	OUT(b, m->shown, "</td>");
	page_admin_cell(b, columns[2]);
	OUT(b, m->ruled, "</td>");
	page_admin_cell(b, columns[3]);
	wait(b, m->wait);
	OUT(b, "</td>");
	page_admin_cell(b, columns[4]);
	OUT(b, m->spam, "</td>");
	page_admin_cell(b, columns[5]);
	OUT(b, m->removed, "</td>");
	reasons(b, t, m->month);
	OUT(b, "</tr>\n");
}

void
page_tally(struct buf *b, const struct page_site *site, const struct tally *t)
{
	size_t i;

	page_own_open(b, site, T_STR(b, "What moderators did"), OK);
	OUT(b, "<div class=\"wide\" role=\"region\" tabindex=\"0\" "
	    "aria-label=\"", T("What moderators did"), "\">\n<table>\n"
	    "<caption>", T("By the month in which comments were posted or "
	    "ruled on. Reasons are told from three times on."),
	    "</caption>\n<thead><tr>");
	page_admin_columns(b, columns, COUNT(columns));
	OUT(b, "</tr></thead>\n<tbody>\n");
	for (i = 0; i < t->n; i++)
		month(b, t, &t->months[i]);
	OUT(b, "</tbody>\n</table>\n</div>\n</div>\n");
	page_shell_end(b, site);
}

static void
month_json(struct buf *b, const struct tally *t, const struct tally_month *m)
{
	bool first = true;
	size_t i;

	JSON(b, "{\"month\":", m->month, ",\"shown\":", m->shown,
	    ",\"ruled\":", m->ruled, ",\"median_wait_seconds\":", m->wait);
	JSON(b, ",\"spam\":", m->spam, ",\"removed\":", m->removed,
	    ",\"reasons\":[");
	for (i = 0; i < t->nreasons; i++) {
		if (!str_eq(t->reasons[i].month, m->month))
			continue;
		if (!first)
			buf_char(b, ',');
		first = false;
		JSON(b, "{\"reason\":", t->reasons[i].reason, ",\"removed\":",
		    t->reasons[i].n, "}");
	}
	JSON(b, "]}");
}

void
page_tally_json(struct buf *b, const struct tally *t)
{
	size_t i;

	JSON(b, "{\"months\":[");
	for (i = 0; i < t->n; i++) {
		if (i > 0)
			buf_char(b, ',');
		month_json(b, t, &t->months[i]);
	}
	JSON(b, "]}\n");
}
