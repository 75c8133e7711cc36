/* chart.c: what all pictures have in common. */
#include "page/chart.h"
#include "page/parts.h"

enum {
	LEFT = 104, RIGHT = 8, ABOVE = 12, BELOW = 28,	/* margins */
	LABELS = 12			/* below the columns, at most */
};

void
page_chart_open(struct buf *b, const struct chart *c)
{
	struct str id = str_of(c->id);

	OUT(b, "<figure class=\"chart\">\n<svg viewBox=\"0 0 ", CHART_WIDTH,
	    " ", CHART_HEIGHT, "\" role=\"img\" aria-labelledby=\"", id,
	    "-title ", id, "-desc\">\n");
	OUT(b, "<title id=\"", id, "-title\">", c->title, "</title>\n"
	    "<desc id=\"", id, "-desc\">");
}

void
page_chart_said(struct buf *b)
{
	OUT(b, "</desc>\n");
}

int
page_chart_width(const struct chart *c)
{
	return (CHART_WIDTH - LEFT - RIGHT) / (int)(c->n > 0 ? c->n : 1);
}

int
page_chart_x(const struct chart *c, size_t column)
{
	return LEFT + (CHART_WIDTH - LEFT - RIGHT) * (int)column /
	    (int)(c->n > 0 ? c->n : 1);
}

int
page_chart_y(const struct chart *c, int64_t value)
{
	int64_t room = CHART_HEIGHT - ABOVE - BELOW;

	if (value > c->top)
		value = c->top;
	return (int)(CHART_HEIGHT - BELOW - value * room / c->top);
}

void
page_chart_line(struct buf *b, int y)
{
	OUT(b, "<path class=\"grid\" d=\"M", LEFT, " ", y, "H",
	    CHART_WIDTH - RIGHT, "\"/><text class=\"y\" x=\"", LEFT - 6);
	OUT(b, "\" y=\"", y + 4, "\">");
}

/* The day's number, or the month's; a week's days with their month. */
static void
label(struct buf *b, const struct chart *c, size_t i)
{
	char date[CLOCK_TEXT];
	struct str s;

	model_span_date(c->firsts[i], date);
	s = str_of(date);
	OUT(b, "<text class=\"x\" x=\"", page_chart_x(c, i) +
	    page_chart_width(c) / 2, "\" y=\"", CHART_HEIGHT - 8, "\">",
	    c->span == SPAN_MONTH ? str_cut(s, 8, 2) :
	    c->span == SPAN_YEAR ? str_cut(s, 5, 2) : str_cut(s, 5, 5),
	    "</text>");
}

void
page_chart_close(struct buf *b, const struct chart *c)
{
	size_t i, step = (c->n + LABELS - 1) / LABELS;

	for (i = 0; i < c->n; i += step)
		label(b, c, i);
	OUT(b, "\n</svg>\n");
}

int64_t
page_chart_round(int64_t n)
{
	int64_t ten = 1;

	while (n > 10 * ten)
		ten *= 10;
	return n <= ten ? 2 * ten : (n + 2 * ten - 1) / (2 * ten) * 2 * ten;
}

void
page_chart_duration(struct buf *b, int64_t s)
{
	if (s < 90)
		OUT(b, TN("%d second", "%d seconds", s));
	else if (s < 90 * 60)
		OUT(b, TN("%d minute", "%d minutes", (s + 30) / 60));
	else if (s < 48 * 3600)
		OUT(b, TN("%d hour", "%d hours", (s + 1800) / 3600));
	else
		OUT(b, TN("%d day", "%d days", (s + 43200) / 86400));
}

void
page_chart_first(struct buf *b, enum model_span span, int64_t day)
{
	char date[CLOCK_TEXT];

	model_span_date(day, date);
	OUT(b, str_cut(str_of(date), 0, span == SPAN_YEAR ? 7 : 10));
}

void
page_chart_table(struct buf *b, struct msg caption,
    const char *const *titles, size_t n)
{
	OUT(b, "<details class=\"numbers\">\n<summary>", T("The numbers"),
	    "</summary>\n<div class=\"wide\" role=\"region\" tabindex=\"0\" "
	    "aria-label=\"", caption, "\">\n<table>\n<caption>", caption,
	    "</caption>\n<thead><tr>");
	page_admin_columns(b, titles, n);
	OUT(b, "</tr></thead>\n<tbody>\n");
}

void
page_chart_table_end(struct buf *b)
{
	OUT(b, "</tbody>\n</table>\n</div>\n</details>\n");
}
