/* filters.c: how filters are, and a trial of other weights. */
#include "page/chart.h"
#include "page/parts.h"

#define PATH	"/foyer/admin/filters"

static struct msg
condition(const struct page_filter *f)
{
	return !f->loaded ? T("not loaded") : f->out ?
	    T("resting after faults") : T("works");
}

static void
usec(struct buf *b, int64_t n, bool any)
{
	if (!any)
		OUT(b, "—");
	else if (n < 1000)
		OUT(b, n, " µs");
	else
		OUT(b, n / 1000, ".", n % 1000 / 100, " ms");
}

static const char *const columns[] = {
	N_("Filter"), N_("State"), N_("Weight"), N_("Asked"), N_("Faults"),
	N_("Median"), N_("99 in 100")
};

static void
row(struct buf *b, const struct page_filter *f)
{
	OUT(b, "<tr><th scope=\"row\"><a href=\"#filter-", f->name, "\">",
	    f->name, "</a></th><td>", condition(f), "</td>");
	page_admin_cell(b, columns[2]);
	OUT(b, f->weight, " %</td>");
	page_admin_cell(b, columns[3]);
	OUT(b, f->asked, "</td>");
	page_admin_cell(b, columns[4]);
	OUT(b, f->faults, "</td>");
	page_admin_cell(b, columns[5]);
	usec(b, f->half, f->answers > 0);
	OUT(b, "</td>");
	page_admin_cell(b, columns[6]);
	usec(b, f->most, f->answers > 0);
	OUT(b, "</td></tr>\n");
}

static void
conditions(struct buf *b, const struct page_filters *p)
{
	size_t i;

	OUT(b, "<div class=\"wide\" role=\"region\" tabindex=\"0\" "
	    "aria-label=\"", T("Filters"), "\">\n<table>\n<caption>",
	    T("Asked and faults: since foyerd started. Times: of the last "
	    "500 comments."), "</caption>\n<thead><tr>");
	page_admin_columns(b, columns, COUNT(columns));
	OUT(b, "</tr></thead>\n<tbody>\n");
	for (i = 0; i < p->n; i++)
		row(b, &p->all[i]);
	OUT(b, "</tbody>\n</table>\n</div>\n");
}

static void
number(struct buf *b, struct str name, struct msg label, const int is[3])
{
	OUT(b, "<div class=\"field\"><label for=\"", name, "\">", label,
	    "</label>\n<input id=\"", name, "\" name=\"", name,
	    "\" type=\"number\" ");
	OUT(b, "value=\"", is[0], "\" min=\"", is[1], "\" max=\"", is[2],
	    "\" required></div>\n");
}

static void
form(struct buf *b, const struct page_filters *p)
{
	size_t i;

	OUT(b, "<form class=\"trial\" method=\"get\" action=\"" PATH
	    "#preview\">\n");
	number(b, STR("hold_at"), T("Held from"),
	    (const int[]){ p->hold_tried, -100, 101 });
	number(b, STR("spam_at"), T("Spam from"),
	    (const int[]){ p->spam_tried, -100, 101 });
	for (i = 0; i < p->n; i++) {
		struct str name = p->all[i].name;

		OUT(b, "<div class=\"field\"><label for=\"weight_", name,
		    "\">");
		SAY(b, T("Weight of %s"), OUT(b, name));
		OUT(b, "</label>\n<input id=\"weight_", name,
		    "\" name=\"weight_", name, "\" type=\"number\" min=\"0\" "
		    "max=\"1000\" required value=\"", p->all[i].tried,
		    "\"></div>\n");
	}
	OUT(b, "<div class=\"send\"><button type=\"submit\">",
	    T("Try these"), "</button></div>\n</form>\n");
}

static void
outcome(struct buf *b, struct msg name, const int64_t now[3],
    const int64_t then[3])
{
	static const enum model_state states[] = {
		STATE_SHOWN, STATE_HELD, STATE_SPAM
	};
	size_t i;

	OUT(b, "<tr><th scope=\"row\">", name, "</th>");
	for (i = 0; i < COUNT(states); i++) {
		int64_t n = then[states[i]], change = n - now[states[i]];

		page_admin_cell(b, model_state_name(states[i]));
		OUT(b, n);
		if (change != 0) {
			OUT(b, " <span class=\"change\">(",
			    change > 0 ? "+" : "−",
			    change > 0 ? change : -change);
			OUT(b, ")</span>");
		}
		OUT(b, "</td>");
	}
	OUT(b, "</tr>\n");
}

static void
outcomes(struct buf *b, const struct page_filters *p)
{
	static const char *const titles[] = {
		N_("Ruled to be"), N_("shown"), N_("held"), N_("spam")
	};

	OUT(b, "<p class=\"verdict\" role=\"status\"><strong>",
	    TN("%d spam shown", "%d spam shown", p->then.spam[STATE_SHOWN]),
	    "</strong>, <strong>", TN("%d good one lost", "%d good ones lost",
	    p->then.good[STATE_SPAM]), "</strong> ");
	OUT(b, TN("of the last ruling.", "of the last %d rulings.",
	    p->then.n), "</p>\n");
	OUT(b, "<div class=\"wide\">\n<table>\n<caption>", p->tries ?
	    T("What would have become of them with these weights; in "
	    "brackets the change against the settings") :
	    T("What becomes of them with the settings as they are"),
	    "</caption>\n<thead><tr>");
	page_admin_columns(b, titles, COUNT(titles));
	OUT(b, "</tr></thead>\n<tbody>\n");
	outcome(b, T("spam"), p->now.spam, p->then.spam);
	outcome(b, T("good"), p->now.good, p->then.good);
	OUT(b, "</tbody>\n</table>\n</div>\n");
}

/* The settings' file is the operator's; a moderator can pass them on. */
static void
lines(struct buf *b, const struct page_filters *p)
{
	size_t i;

	OUT(b, "<p>", T("To use them, change these lines of foyer.conf and "
	    "reload foyerd:"), "</p>\n<pre><code>");
	if (p->hold_tried != p->hold_at)
		OUT(b, "hold_at = ", p->hold_tried, "\n");
	if (p->spam_tried != p->spam_at)
		OUT(b, "spam_at = ", p->spam_tried, "\n");
	for (i = 0; i < p->n; i++)
		if (p->all[i].tried != p->all[i].weight)
			OUT(b, "filter ", p->all[i].name,
			    " {\n\tweight = ", p->all[i].tried, "\n}\n");
	OUT(b, "</code></pre>\n");
}

static void
preview(struct buf *b, const struct page_filters *p)
{
	OUT(b, "<section id=\"preview\">\n<h2>", T("Other weights"),
	    "</h2>\n<p class=\"hint\">", T("A score counts by its filter’s "
	    "weight. No filter is asked again: what they said is weighed "
	    "anew and compared with what moderators ruled."), "</p>\n");
	form(b, p);
	if (p->then.n == 0)
		OUT(b, "<p class=\"empty\">", T("Nobody has ruled yet on "
		    "anything that a filter saw."), "</p>\n");
	else
		outcomes(b, p);
	if (p->tries)
		lines(b, p);
	OUT(b, "</section>\n");
}

static void
learning(struct buf *b, const struct page_filter *f, struct str token)
{
	OUT(b, "<form method=\"post\" action=\"" PATH "/", f->name,
	    "/retrain\">\n");
	page_shell_token(b, token);
	OUT(b, "<button type=\"submit\">", T("Learn anew"), "</button>\n"
	    "<span class=\"hint\">");
	if (f->wished == 0)
		OUT(b, T("from the whole moderation log"));
	else if (f->granted < f->wished)
		OUT(b, T("asked for, and on its way: "));
	else
		OUT(b, T("last done: "));
	if (f->wished != 0)
		page_shell_time(b, f->granted < f->wished ? f->wished :
		    f->granted);
	OUT(b, "</span>\n</form>\n");
}

static void
one(struct buf *b, const struct page_filter *f, struct str token)
{
	size_t i;

	OUT(b, "<article class=\"filter\" id=\"filter-", f->name, "\">\n<h3>",
	    f->name, "</h3>\n<p>", condition(f), "</p>\n");
	if (f->trouble.len > 0)
		OUT(b, "<p class=\"wrong\">", f->trouble, "</p>\n");
	if (f->nsettings > 0)
		OUT(b, "<dl class=\"settings\">\n");
	for (i = 0; i < f->nsettings; i++)
		OUT(b, "<div><dt><code>", f->settings[i].key,
		    "</code></dt><dd><code>", f->settings[i].value,
		    "</code></dd></div>\n");
	if (f->nsettings > 0)
		OUT(b, "</dl>\n");
	if (f->list.len > 0)
		OUT(b, "<details>\n<summary>", T("The list of words"),
		    "</summary>\n<pre class=\"list\" tabindex=\"0\">", f->list,
		    "</pre>\n</details>\n<p class=\"hint\">",
		    T("Whoever may write that file changes the list."),
		    "</p>\n");
	if (f->learns)
		learning(b, f, token);
	OUT(b, "</article>\n");
}

void
page_filters(struct buf *b, const struct page_site *site,
    const struct page_moderator *m, const struct page_filters *p)
{
	size_t i;

	page_admin_open(b, site, m, T_STR(b, "Filters"), STR(PATH));
	page_shell_style(b, "insight");
	if (p->n == 0) {
		OUT(b, "<p class=\"empty\">", T("The settings name no filter."),
		    "</p>\n</div>\n");
		page_shell_end(b, site);
		return;
	}
	conditions(b, p);
	preview(b, p);
	OUT(b, "<section>\n<h2>", T("Against the moderators’ rulings"),
	    "</h2>\n<p class=\"hint\">", T("The last twelve weeks."),
	    "</p>\n");
	page_chart_filters(b, p->qualities, p->nqualities);
	OUT(b, "</section>\n<section>\n<h2>", T("Each filter"), "</h2>\n");
	for (i = 0; i < p->n; i++)
		one(b, &p->all[i], m->token);
	OUT(b, "</section>\n</div>\n");
	page_shell_end(b, site);
}
