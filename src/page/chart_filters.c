/* chart_filters.c: how filters compare with what moderators ruled. */
#include "page/chart.h"
#include "page/parts.h"

enum { WIDTH = 320, HEIGHT = 120, LEFT = 52, BELOW = 20, ABOVE = 8 };

void
page_chart_percent(struct buf *b, int64_t part, int64_t of)
{
	int64_t mille = model_span_mille(part, of);

	if (mille < 0)
		OUT(b, "—");
	else
		OUT(b, mille / 10, ".", mille % 10, " %");
}

/* Weeks from the first one on; one alone stands in the middle. */
static int
week_x(const struct insight_quality *q, size_t n, size_t i)
{
	int64_t weeks = q[n - 1].week - q[0].week;

	if (weeks == 0)
		return (LEFT + WIDTH) / 2;
	return (int)(LEFT + 8 + (q[i].week - q[0].week) *
	    (WIDTH - LEFT - 16) / weeks);
}

static int
mille_y(int64_t mille)
{
	return (int)(HEIGHT - BELOW - mille * (HEIGHT - BELOW - ABOVE) / 1000);
}

static int64_t
mille_of(const struct insight_quality *q, bool recall)
{
	return model_span_mille(q->caught, q->caught +
	    (recall ? q->missed : q->wrong));
}

/* A line through the weeks that have one, and a mark on each. */
static void
line(struct buf *b, const struct insight_quality *q, size_t n, bool recall)
{
	bool on = false;
	size_t i;

	OUT(b, "<path class=\"line ", recall ? "recall" : "precision",
	    "\" d=\"");
	for (i = 0; i < n; i++) {
		int64_t mille = mille_of(&q[i], recall);

		if (mille >= 0)
			OUT(b, on ? "L" : "M", week_x(q, n, i), " ",
			    mille_y(mille));
		on |= mille >= 0;
	}
	OUT(b, on ? "" : "M0 0", "\"/>\n");
	for (i = 0; i < n; i++) {
		int64_t mille = mille_of(&q[i], recall);
		int x = week_x(q, n, i), y = mille_y(mille);

		if (mille < 0)
			continue;
		if (recall)
			OUT(b, "<rect class=\"mark recall\" x=\"", x - 4,
			    "\" y=\"", y - 4, "\" width=\"8\" height=\"8\"/>");
		else
			OUT(b, "<circle class=\"mark precision\" cx=\"", x,
			    "\" cy=\"", y, "\" r=\"3.5\"/>");
	}
}

static void
grid(struct buf *b, const struct insight_quality *q, size_t n)
{
	char date[CLOCK_TEXT];
	int i;

	for (i = 0; i <= 100; i += 50) {
		OUT(b, "<path class=\"grid\" d=\"M", LEFT, " ",
		    mille_y(i * 10), "H", WIDTH, "\"/><text class=\"y\" "
		    "x=\"46\" y=\"", mille_y(i * 10) + 4, "\">");
		OUT(b, i, " %</text>\n");
	}
	model_span_date(q[0].week, date);
	OUT(b, "<text class=\"", n > 1 ? "start" : "x", "\" x=\"",
	    n > 1 ? LEFT : week_x(q, n, 0), "\" y=\"116\">",
	    str_cut(str_of(date), 0, 10), "</text>\n");
	if (q[n - 1].week == q[0].week)
		return;
	model_span_date(q[n - 1].week, date);
	OUT(b, "<text class=\"y\" x=\"", WIDTH, "\" y=\"116\">",
	    str_cut(str_of(date), 0, 10), "</text>\n");
}

static struct insight_quality
sum(const struct insight_quality *q, size_t n)
{
	struct insight_quality all = { .filter = q->filter };
	size_t i;

	for (i = 0; i < n; i++) {
		all.caught += q[i].caught;
		all.wrong += q[i].wrong;
		all.missed += q[i].missed;
		all.passed += q[i].passed;
		all.silent += q[i].silent;
	}
	return all;
}

static void
picture(struct buf *b, const struct insight_quality *q, size_t n)
{
	const struct insight_quality all = sum(q, n);

	OUT(b, "<figure class=\"chart small\">\n<figcaption>", q->filter,
	    "</figcaption>\n<svg viewBox=\"0 0 ", WIDTH, " ", HEIGHT,
	    "\" role=\"img\" aria-labelledby=\"quality-", q->filter);
	OUT(b, "-title quality-", q->filter, "-desc\">\n<title id=\"quality-",
	    q->filter, "-title\">");
	SAY(b, T("Precision and recall of the filter %s by week"),
	    OUT(b, q->filter));
	OUT(b, "</title>\n<desc id=\"quality-", q->filter, "-desc\">");
	SAY(b, T("In all: precision %s, recall %s."),
	    page_chart_percent(b, all.caught, all.caught + all.wrong),
	    page_chart_percent(b, all.caught, all.caught + all.missed));
	OUT(b, "</desc>\n");
	grid(b, q, n);
	line(b, q, n, true);
	line(b, q, n, false);
	OUT(b, "</svg>\n<p class=\"hint\">");
	SAY(b, T("In all: precision %s, recall %s."),
	    page_chart_percent(b, all.caught, all.caught + all.wrong),
	    page_chart_percent(b, all.caught, all.caught + all.missed));
	OUT(b, "</p>\n</figure>\n");
}

static void
table(struct buf *b, const struct insight_quality *q, size_t n)
{
	static const char *const titles[] = {
		N_("Filter"), N_("Week from"), N_("Spam caught"),
		N_("Good ones suspected"), N_("Spam missed"),
		N_("Good ones passed"), N_("silent"), N_("Precision"),
		N_("Recall")
	};
	size_t i, k;

	page_chart_table(b, T("Filters against rulings, by week"), titles,
	    COUNT(titles));
	for (i = 0; i < n; i++) {
		OUT(b, "<tr><th scope=\"row\">", q[i].filter, "</th><td>");
		page_chart_first(b, SPAN_WEEK, q[i].week);
		OUT(b, "</td>");
		for (k = 0; k < 5; k++) {
			const int64_t is[] = { q[i].caught, q[i].wrong,
			    q[i].missed, q[i].passed, q[i].silent };

			page_admin_cell(b, titles[2 + k]);
			OUT(b, is[k], "</td>");
		}
		page_admin_cell(b, titles[7]);
		page_chart_percent(b, q[i].caught, q[i].caught + q[i].wrong);
		OUT(b, "</td>");
		page_admin_cell(b, titles[8]);
		page_chart_percent(b, q[i].caught, q[i].caught + q[i].missed);
		OUT(b, "</td></tr>\n");
	}
	page_chart_table_end(b);
}

static void
legend(struct buf *b)
{
	OUT(b, "<ul class=\"legend\"><li><svg width=\"28\" height=\"14\" "
	    "aria-hidden=\"true\"><path class=\"line precision\" "
	    "d=\"M0 7H28\"/><circle class=\"mark precision\" cx=\"14\" "
	    "cy=\"7\" r=\"3.5\"/></svg> ",
	    T("Precision: of what it spoke against, so much was spam"),
	    "</li><li><svg width=\"28\" height=\"14\" aria-hidden=\"true\">"
	    "<path class=\"line recall\" d=\"M0 7H28\"/><rect class=\"mark "
	    "recall\" x=\"10\" y=\"3\" width=\"8\" height=\"8\"/></svg> ",
	    T("Recall: of all spam, it spoke against so much"),
	    "</li></ul>\n<p class=\"hint\">",
	    T("A filter speaks against a comment with a score of 30 or more. "
	    "What was removed for another reason than spam does not count."),
	    "</p>\n");
}

void
page_chart_filters(struct buf *b, const struct insight_quality *q, size_t n)
{
	size_t i, k;

	if (n == 0) {
		OUT(b, "<p class=\"empty\">", T("Nobody has ruled yet on "
		    "anything that a filter saw."), "</p>\n");
		return;
	}
	legend(b);
	OUT(b, "<div class=\"charts\">\n");
	for (i = 0; i < n; i = k) {
		for (k = i; k < n && str_eq(q[k].filter, q[i].filter); k++)
			;
		picture(b, &q[i], k - i);
	}
	OUT(b, "</div>\n");
	table(b, q, n);
}
