/* chart_days.c: comments by day and state; how long they waited. */
#include <math.h>

#include "page/chart.h"
#include "page/parts.h"

enum { LEAST = 10, HOUR = 3600, DAY = 86400 };	/* seconds waited */

/* From the bottom of a column to its top. */
static const struct {
	enum model_state state;
	const char *css, *name;
} stack[] = {
	{ STATE_SHOWN, "shown", N_("shown") },
	{ STATE_HELD, "held", N_("held") },
	{ STATE_SPAM, "spam", N_("spam") },
	{ STATE_REMOVED, "removed", N_("removed") },
	{ STATE_ERASED, "erased", N_("erased") }
};

/* In print and for those who see no colour each state has its own pattern. */
static void
patterns(struct buf *b)
{
	static const char *const paths[] = {
		[STATE_HELD] = "M-1 1l2-2M0 6l6-6M5 7l2-2",
		[STATE_SPAM] = "M0 0l6 6M0 6l6-6",
		[STATE_REMOVED] = "M0 1.5h6M0 4.5h6"
	};
	size_t i;

	OUT(b, "<svg class=\"patterns\" width=\"0\" height=\"0\" "
	    "aria-hidden=\"true\"><defs>\n");
	for (i = 0; i < COUNT(stack); i++)
		if (stack[i].state < COUNT(paths) && paths[stack[i].state])
			OUT(b, "<pattern id=\"fill-", str_of(stack[i].css),
			    "\" class=\"", str_of(stack[i].css), "\" width=\"6"
			    "\" height=\"6\" patternUnits=\"userSpaceOnUse\">"
			    "<path d=\"", str_of(paths[stack[i].state]),
			    "\"/></pattern>\n");
	OUT(b, "</defs></svg>\n");
}

/* Solid, or filled with its pattern; nothing for what was erased. */
static void
box(struct buf *b, size_t k, const int at[4])
{
	OUT(b, "<rect class=\"bar ", str_of(stack[k].css), "\" x=\"", at[0],
	    "\" y=\"", at[1], "\" width=\"", at[2]);
	OUT(b, "\" height=\"", at[3], "\"");
	if (stack[k].state != STATE_SHOWN && stack[k].state != STATE_ERASED)
		OUT(b, " fill=\"url(#fill-", str_of(stack[k].css), ")\"");
	OUT(b, "/>");
}

static void
legend(struct buf *b)
{
	size_t k;

	OUT(b, "<figcaption><ul class=\"legend\">");
	for (k = 0; k < COUNT(stack); k++) {
		OUT(b, "<li><svg width=\"14\" height=\"14\" "
		    "aria-hidden=\"true\">");
		box(b, k, (const int[]){ 1, 1, 12, 12 });
		OUT(b, "</svg> ", T_OF(stack[k].name), "</li>");
	}
	OUT(b, "</ul></figcaption>\n</figure>\n");
}

static int64_t
total(const struct insight_day *d)
{
	int64_t sum = 0;
	size_t k;

	for (k = 0; k < MODEL_STATES; k++)
		sum += d->posted[k];
	return sum;
}

static void
column(struct buf *b, const struct chart *c, size_t i,
    const struct insight_day *d)
{
	int width = page_chart_width(c), gap = width > 12 ? width / 5 : 1;
	int64_t below = 0;
	size_t k;

	for (k = 0; k < COUNT(stack); k++) {
		int64_t n = d->posted[stack[k].state];
		int foot = page_chart_y(c, below);
		int head = page_chart_y(c, below + n);

		below += n;
		if (n > 0)
			box(b, k, (const int[]){ page_chart_x(c, i) + gap / 2,
			    head, width - gap, foot - head });
	}
	OUT(b, "\n");
}

static void
days_table(struct buf *b, const struct insight *is)
{
	static const char *const titles[] = {
		N_("From"), N_("shown"), N_("held"), N_("spam"),
		N_("removed"), N_("erased")
	};
	size_t i, k;

	page_chart_table(b, T("Comments by the day they were posted"), titles,
	    COUNT(titles));
	for (i = 0; i < is->ndays; i++) {
		OUT(b, "<tr><th scope=\"row\">");
		page_chart_first(b, is->span.is, is->days[i].first);
		OUT(b, "</th>");
		for (k = 0; k < COUNT(stack); k++) {
			page_admin_cell(b, stack[k].name);
			OUT(b, is->days[i].posted[stack[k].state], "</td>");
		}
		OUT(b, "</tr>\n");
	}
	page_chart_table_end(b);
}

void
page_chart_days(struct buf *b, const struct insight *is)
{
	int64_t firsts[400], most = 0, sum = 0;
	struct chart c = {
		.id = "days", .title = T("Comments by day and state"),
		.span = is->span.is, .firsts = firsts, .n = is->ndays
	};
	size_t i;

	if (c.n > COUNT(firsts))
		c.n = COUNT(firsts);
	for (i = 0; i < c.n; i++) {
		int64_t n = total(&is->days[i]);

		firsts[i] = is->days[i].first;
		most = n > most ? n : most;
		sum += n;
	}
	c.top = page_chart_round(most);
	patterns(b);
	page_chart_open(b, &c);
	SAY(b, T("%d comments were posted; at most %d in one column."),
	    OUT(b, sum), OUT(b, most));
	page_chart_said(b);
	for (i = 0; i <= 2; i++) {
		page_chart_line(b, page_chart_y(&c, c.top * (int64_t)i / 2));
		OUT(b, c.top * (int64_t)i / 2, "</text>\n");
	}
	for (i = 0; i < c.n; i++)
		column(b, &c, i, &is->days[i]);
	page_chart_close(b, &c);
	legend(b);
	days_table(b, is);
}

/* ---- waiting: heights are logarithms, in thousandths ---- */

static int64_t
height(int64_t seconds)
{
	return seconds <= LEAST ? 0 :
	    (int64_t)(1000 * log((double)seconds / LEAST));
}

static void
wait_lines(struct buf *b, const struct chart *c)
{
	static const int64_t marks[] = { 60, HOUR, DAY, 7 * DAY, 60 * DAY };
	size_t i;

	for (i = 0; i < COUNT(marks); i++) {
		if (height(marks[i]) > c->top)
			return;
		page_chart_line(b, page_chart_y(c, height(marks[i])));
		page_chart_duration(b, marks[i] == 60 ? 60 : marks[i]);
		OUT(b, "</text>\n");
	}
}

/* A bar up to the median, a whisker to what one in ten waited longer than. */
static void
wait_column(struct buf *b, const struct chart *c, size_t i,
    const struct insight_wait *w)
{
	int width = page_chart_width(c), gap = width > 12 ? width / 3 : 1;
	int x = page_chart_x(c, i) + gap / 2;
	int mid = x + (width - gap) / 2, foot = page_chart_y(c, 0);
	int half = page_chart_y(c, height(w->half));
	int most = page_chart_y(c, height(w->most));

	OUT(b, "<rect class=\"bar shown\" x=\"", x, "\" y=\"", half,
	    "\" width=\"", width - gap, "\" height=\"");
	OUT(b, foot - half, "\"/><path class=\"whisker\" d=\"M", mid, " ",
	    half, "V", most);
	OUT(b, "M", x, " ", most, "H", x + width - gap, "\"/>\n");
}

static void
waits_table(struct buf *b, const struct insight *is)
{
	static const char *const titles[] = {
		N_("From"), N_("Rulings"), N_("Median"), N_("Nine in ten")
	};
	size_t i;

	page_chart_table(b, T("How long comments waited for a ruling"),
	    titles, COUNT(titles));
	for (i = 0; i < is->nwaits; i++) {
		const struct insight_wait *w = &is->waits[i];

		OUT(b, "<tr><th scope=\"row\">");
		page_chart_first(b, is->span.is, w->first);
		OUT(b, "</th>");
		page_admin_cell(b, titles[1]);
		OUT(b, w->n, "</td>");
		page_admin_cell(b, titles[2]);
		page_chart_duration(b, w->half);
		OUT(b, "</td>");
		page_admin_cell(b, titles[3]);
		page_chart_duration(b, w->most);
		OUT(b, "</td></tr>\n");
	}
	page_chart_table_end(b);
}

static void
wait_columns(struct buf *b, const struct chart *c, const struct insight *is)
{
	size_t i, k = 0;

	for (i = 0; i < is->nwaits; i++) {
		while (k + 1 < c->n && c->firsts[k] < is->waits[i].first)
			k++;
		wait_column(b, c, k, &is->waits[i]);
	}
}

void
page_chart_waits(struct buf *b, const struct insight *is)
{
	int64_t firsts[400], most = HOUR;
	struct chart c = {
		.id = "waits", .title = T("Time from posting to the ruling"),
		.span = is->span.is, .firsts = firsts, .n = is->ndays
	};
	size_t i;

	if (c.n > COUNT(firsts))
		c.n = COUNT(firsts);
	for (i = 0; i < c.n; i++)
		firsts[i] = is->days[i].first;
	for (i = 0; i < is->nwaits; i++)
		if (is->waits[i].most > most)
			most = is->waits[i].most;
	c.top = height(most + most / 4);
	page_chart_open(b, &c);
	SAY(b, T("Half of %d comments waited no longer than %s, nine in ten "
	    "no longer than %s."), OUT(b, is->waited.n),
	    page_chart_duration(b, is->waited.half),
	    page_chart_duration(b, is->waited.most));
	page_chart_said(b);
	wait_lines(b, &c);
	wait_columns(b, &c, is);
	page_chart_close(b, &c);
	OUT(b, "<figcaption>", T("The bar is the median; the line reaches to "
	    "what nine in ten waited. The scale is logarithmic."),
	    "</figcaption>\n</figure>\n");
	waits_table(b, is);
}
