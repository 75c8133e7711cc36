/* queue.c: held comments, each with all that a ruling needs. */
#include "page/parts.h"

/* The rule that held it, in words; an unknown one as it is. */
static struct str
why_sentence(const struct buf *b, struct str why)
{
	static const struct {
		const char *why, *sentence;
	} known[] = {
		{ "", N_("No rule is on record.") },
		{ "newcomer", N_("A newcomer: none of their comments has "
		    "been shown yet.") },
		{ "filters", N_("The filters’ total reached the limit.") },
		{ "silent filter", N_("A filter did not answer.") },
		{ "deferred", N_("A filter that takes its time is still to "
		    "be heard.") },
		{ "policy", N_("Every comment in this thread waits.") },
		{ "parent", N_("It answers a comment that is not shown.") },
		{ "edited", N_("Changed by its author while it waited.") },
		{ "quiet", N_("All that this person sends waits; they are "
		    "not told.") },
		{ "restored", N_("Brought back by a moderator.") },
		{ "reported", N_("Readers have reported it.") },
	};
	size_t i;

	for (i = 0; i < COUNT(known); i++)
		if (str_is(why, known[i].why))
			return page_words_text(b, T_OF(known[i].sentence));
	return why;
}

static void
evidence_row(struct buf *b, const struct evidence *ev)
{
	OUT(b, "<tr><th scope=\"row\">", ev->filter, "</th>");
	if (ev->silent) {
		OUT(b, "<td class=\"score silent\" colspan=\"3\">",
		    str_is(ev->reason, "is asked later") ?
		    T("is asked later") : T("silent: did not answer"),
		    "</td></tr>\n");
		return;
	}
	OUT(b, "<td class=\"score\">", ev->score, "</td><td dir=\"auto\">",
	    ev->reason, "</td><td class=\"features\">", ev->features,
	    "</td></tr>\n");
}

static void
queue_verdict(struct buf *b, const struct verdict *v)
{
	static const char *const columns[] = {
		N_("Filter"), N_("Score"), N_("Reason"), N_("Features")
	};
	size_t i;

	if (v->n == 0) {
		OUT(b, "<p class=\"hint\">", T("No filter was asked."),
		    "</p>\n");
		return;
	}
	OUT(b, "<div class=\"wide\">\n<table>\n"
	    "<caption>", T("What each filter said"), "</caption>\n"
	    "<thead><tr>");
	page_admin_columns(b, columns, COUNT(columns));
	OUT(b, "</tr></thead>\n<tbody>\n");
	for (i = 0; i < v->n; i++)
		evidence_row(b, &v->each[i]);
	OUT(b, "</tbody>\n</table>\n</div>\n");
}

static void
queue_facts(struct buf *b, const struct held *h)
{
	OUT(b, "<dl class=\"facts\">\n<div><dt>", T("Held because"),
	    "</dt><dd>",
	    why_sentence(b, h->why), "</dd></div>\n<div><dt>",
	    T("This person"), "</dt><dd>");
	if (h->shown_before == 0 && h->removed_before == 0)
		OUT(b, T("has no earlier comment"));
	else
		SAY(b, T("%d shown, %d removed before"),
		    OUT(b, h->shown_before), OUT(b, h->removed_before));
	OUT(b, "</dd></div>\n</dl>\n");
}

static void
queue_reports(struct buf *b, const struct held *h)
{
	size_t i;

	if (h->nreports == 0)
		return;
	OUT(b, "<h3>", T("What readers reported"),
	    "</h3>\n<ul class=\"reports\">\n");
	for (i = 0; i < h->nreports; i++)
		page_act_complaint(b, &h->reports[i]);
	OUT(b, "</ul>\n");
}

static void
queue_parent(struct buf *b, const struct held *h)
{
	if (h->comment.parent == 0)
		return;
	OUT(b, "<figure class=\"answered\">\n<figcaption>");
	SAY(b, T("In reply to %s"), OUT(b, "<bdi>", h->parent_author,
	    "</bdi>"));
	OUT(b, "</figcaption>\n<blockquote lang=\"\" dir=\"auto\">"
	    "<p>", text_first(h->parent_body, 280),
	    text_length(h->parent_body) > 280 ? "…" : "",
	    "</p></blockquote>\n</figure>\n");
}

static void
queue_item(struct buf *b, const struct page_site *site,
    const struct held *h, struct str token)
{
	static const enum model_act acts[] = {
		ACT_REMOVE, ACT_SPAM, ACT_APPROVE
	};
	const struct comment *c = &h->comment;

	OUT(b, "<li>\n<article class=\"held\" id=\"held-", c->id, "\">\n"
	    "<header>\n<h2><bdi>", c->author, "</bdi></h2>\n"
	    "<p class=\"meta\"><span>");
	page_shell_time(b, c->posted);
	OUT(b, "</span> <span><a href=\"/foyer/admin/threads/", c->slug,
	    "\" dir=\"auto\">", c->title.len > 0 ? c->title : c->slug,
	    "</a></span></p>\n</header>\n");
	queue_parent(b, h);
	page_passage_quote(b, site, c);
	OUT(b, "<div class=\"words\" lang=\"\" dir=\"auto\">");
	out_trusted_markup(b, c->html);
	OUT(b, "</div>\n");
	queue_reports(b, h);
	if (c->state == STATE_HELD) {
		queue_facts(b, h);
		queue_verdict(b, &h->verdict);
	}
	page_admin_rule(b, c, c->slug, token, STR(""));
	page_admin_acts(b, c, acts, COUNT(acts));
	OUT(b, "</article>\n</li>\n");
}

void
page_queue(struct buf *b, const struct page_site *site,
    const struct page_moderator *m, const struct page_queue *q)
{
	size_t i;

	page_admin_open(b, site, m, T_STR(b, "Queue"), STR("/foyer/admin/"));
	if (q->nreported > 0)
		OUT(b, "<h2>", T("Reported by readers"), "</h2>\n"
		    "<ol class=\"queue\">\n");
	for (i = 0; i < q->nreported; i++)
		queue_item(b, site, &q->reported[i], m->token);
	if (q->nreported > 0)
		OUT(b, "</ol>\n<h2>", T("Waiting"), "</h2>\n");
	if (q->n == 0)
		OUT(b, "<p class=\"empty\">", T("Nothing waits. All comments "
		    "have been ruled on."), "</p>\n");
	else
		OUT(b, "<p class=\"hint\">", TN("%d comment waits.",
		    "%d comments wait, the oldest first.", q->total),
		    "</p>\n<ol class=\"queue\">\n");
	for (i = 0; i < q->n; i++)
		queue_item(b, site, &q->held[i], m->token);
	if (q->n > 0)
		OUT(b, "</ol>\n");
	if (q->next != 0)
		OUT(b, "<p class=\"next\"><a rel=\"next\" "
		    "href=\"/foyer/admin/?after=", q->next,
		    "\">", T("Later comments"), "</a></p>\n");
	OUT(b, "</div>\n");
	page_shell_end(b, site);
}
