/* statistics.c: what happened in a week, a month or a year. */
#include "page/chart.h"
#include "page/parts.h"

#define PATH	"/foyer/admin/statistics"

static void
link_open(struct buf *b, enum model_span span, int64_t day)
{
	char date[CLOCK_TEXT];

	model_span_date(day, date);
	OUT(b, "<a href=\"" PATH "?span=", str_of(model_span_name(span)),
	    "&amp;on=", str_of(date), "\"");
}

/* Which span, the one before and the one after. */
static void
choice(struct buf *b, const struct span *span, int64_t today)
{
	static const char *const labels[] = {
		[SPAN_WEEK] = N_("Week"), [SPAN_MONTH] = N_("Month"),
		[SPAN_YEAR] = N_("Year")
	};
	int64_t day = span->after <= today ? span->after - 1 : today;
	size_t i;

	if (day < span->first)
		day = span->first;
	OUT(b, "<nav class=\"spans\" aria-label=\"", T("Time"), "\"><ul>\n");
	for (i = 0; i < COUNT(labels); i++) {
		OUT(b, "<li>");
		link_open(b, (enum model_span)i, day);
		OUT(b, i == span->is ? " aria-current=\"true\">" : ">",
		    T_OF(labels[i]), "</a></li>\n");
	}
	OUT(b, "</ul>\n<ul>\n<li>");
	link_open(b, span->is, span->first > 0 ? span->first - 1 : 0);
	OUT(b, " rel=\"prev\">", T("Earlier"), "</a></li>\n");
	if (span->after <= today) {
		OUT(b, "<li>");
		link_open(b, span->is, span->after);
		OUT(b, " rel=\"next\">", T("Later"), "</a></li>\n");
	}
	OUT(b, "</ul></nav>\n");
}

static void
when(struct buf *b, const struct span *span)
{
	char first[CLOCK_TEXT], last[CLOCK_TEXT];

	model_span_date(span->first, first);
	model_span_date(span->after - 1, last);
	OUT(b, "<p class=\"when\">");
	SAY(b, T("From %s to %s (UTC)"), OUT(b, "<time>", str_of(first),
	    "</time>"), OUT(b, "<time>", str_of(last), "</time>"));
	OUT(b, "</p>\n");
}

static int64_t
posted(const struct insight *is, enum model_state state)
{
	int64_t sum = 0;
	size_t i;

	for (i = 0; i < is->ndays; i++)
		sum += is->days[i].posted[state];
	return sum;
}

static void
fact(struct buf *b, struct msg name, int64_t n)
{
	OUT(b, "<div><dt>", name, "</dt><dd>", n, "</dd></div>\n");
}

static void
facts(struct buf *b, const struct insight *is)
{
	OUT(b, "<dl class=\"facts\">\n");
	fact(b, T("shown"), posted(is, STATE_SHOWN));
	fact(b, T("held"), posted(is, STATE_HELD));
	fact(b, T("spam"), posted(is, STATE_SPAM));
	fact(b, T("removed"), posted(is, STATE_REMOVED));
	fact(b, T("Rulings"), is->waited.n);
	if (is->waited.n > 0) {
		OUT(b, "<div><dt>", T("Median wait"), "</dt><dd>");
		page_chart_duration(b, is->waited.half);
		OUT(b, "</dd></div>\n");
	}
	OUT(b, "</dl>\n");
}

static void
busiest(struct buf *b, const struct insight *is)
{
	static const char *const titles[] = {
		N_("Thread"), N_("Comments shown")
	};
	size_t i;

	if (is->nbusiest == 0) {
		OUT(b, "<p class=\"empty\">", T("No comment was shown."),
		    "</p>\n");
		return;
	}
	OUT(b, "<div class=\"wide\" role=\"region\" tabindex=\"0\" "
	    "aria-label=\"", T("The busiest threads"), "\">\n"
	    "<table class=\"busiest\">\n<thead><tr>");
	page_admin_columns(b, titles, COUNT(titles));
	OUT(b, "</tr></thead>\n<tbody>\n");
	for (i = 0; i < is->nbusiest; i++) {
		const struct insight_thread *t = &is->busiest[i];

		OUT(b, "<tr><th scope=\"row\"><a href=\"/foyer/admin/threads/",
		    t->slug, "\" dir=\"auto\">", t->heading, "</a></th>"
		    "<td><span class=\"score\">", t->shown, "</span> ");
		OUT(b, "<svg viewBox=\"0 0 1000 10\" aria-hidden=\"true\" "
		    "preserveAspectRatio=\"none\"><rect class=\"bar shown\" "
		    "width=\"", t->shown * 1000 / is->busiest[0].shown,
		    "\" height=\"10\"/></svg></td></tr>\n");
	}
	OUT(b, "</tbody>\n</table>\n</div>\n");
}

void
page_statistics(struct buf *b, const struct page_site *site,
    const struct page_moderator *m, const struct insight *is, int64_t today)
{
	int64_t sum = 0;
	size_t i;

	for (i = 0; i < MODEL_STATES; i++)
		sum += posted(is, (enum model_state)i);
	page_admin_open(b, site, m, T_STR(b, "Statistics"), STR(PATH));
	page_shell_style(b, "insight");
	choice(b, &is->span, today);
	when(b, &is->span);
	if (sum == 0 && is->waited.n == 0) {
		OUT(b, "<p class=\"empty\">", T("Nothing was posted or ruled "
		    "on in this time."), "</p>\n</div>\n");
		page_shell_end(b, site);
		return;
	}
	facts(b, is);
	OUT(b, "<section>\n<h2>", is->span.is == SPAN_YEAR ?
	    T("Comments a month") : T("Comments a day"), "</h2>\n");
	page_chart_days(b, is);
	OUT(b, "</section>\n<section>\n<h2>", T("Waiting"), "</h2>\n");
	if (is->waited.n > 0)
		page_chart_waits(b, is);
	else
		OUT(b, "<p class=\"empty\">", T("Nobody has ruled on a "
		    "comment that waited."), "</p>\n");
	OUT(b, "</section>\n<section>\n<h2>", T("Filters"), "</h2>\n");
	page_chart_filters(b, is->qualities, is->nqualities);
	OUT(b, "</section>\n<section>\n<h2>", T("The busiest threads"),
	    "</h2>\n");
	busiest(b, is);
	OUT(b, "</section>\n</div>\n");
	page_shell_end(b, site);
}
