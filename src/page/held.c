/* held.c: one comment that waits, with all that a ruling needs. */
#include "page/parts.h"

const char *
page_held_why(struct str why)
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
		{ "banned", N_("All that this person sends is spam; they are "
		    "not told.") },
		{ "restored", N_("Brought back by a moderator.") },
		{ "reported", N_("Readers have reported it.") },
		{ "imported", N_("It waited where it was imported from.") },
	};
	size_t i;

	for (i = 0; i < COUNT(known); i++)
		if (str_is(why, known[i].why))
			return known[i].sentence;
	return NULL;
}

/* The rule that held it, in words; an unknown one as it is. */
static struct str
why_sentence(const struct buf *b, struct str why)
{
	const char *known = page_held_why(why);

	return known == NULL ? why : page_words_text(b, T_OF(known));
}

static int
weight_of(const struct page_queue *q, struct str filter)
{
	size_t i;

	for (i = 0; i < q->nweights; i++)
		if (str_eq(q->weights[i].filter, filter))
			return q->weights[i].weight;
	return 0;
}

static const char *const columns[] = {
	N_("Filter"), N_("Score"), N_("Counts"), N_("Reason"), N_("Features")
};

/* What it says, what that counts for, why. */
static void
evidence_row(struct buf *b, const struct evidence *ev, int weight)
{
	OUT(b, "<tr><th scope=\"row\">", ev->filter, "</th>");
	if (ev->silent) {
		OUT(b, "<td class=\"score silent\" colspan=\"4\">");
		if (str_is(ev->reason, "is asked later"))
			OUT(b, T("is asked later"));
		else if (ev->reason.len == 0)
			OUT(b, T("silent: did not answer"));
		else
			SAY(b, T("silent: %s"), page_why_out(b, ev->reason));
		OUT(b, "</td></tr>\n");
		return;
	}
	page_admin_cell(b, columns[1]);
	OUT(b, ev->score, "</td>");
	page_admin_cell(b, columns[2]);
	if (weight != 100)
		OUT(b, "<span class=\"times\">× ", weight, " % = </span>");
	OUT(b, ev->score * weight / 100, "</td><td dir=\"auto\">");
	page_why_out(b, ev->reason);
	OUT(b, "</td><td class=\"features\">", ev->features, "</td></tr>\n");
}

static bool
speaks(const struct evidence *ev)
{
	return ev->silent || ev->score != 0 || ev->reason.len > 0;
}

static void
evidence_table(struct buf *b, const struct page_queue *q,
    const struct verdict *v, bool speaking)
{
	size_t i;

	OUT(b, "<div class=\"wide\">\n<table>\n<caption>",
	    T("What each filter said, from −100 (surely fine) to 100 "
	    "(surely spam)"), "</caption>\n<thead><tr>");
	page_admin_columns(b, columns, COUNT(columns));
	OUT(b, "</tr></thead>\n<tbody>\n");
	for (i = 0; i < v->n; i++)
		if (speaks(&v->each[i]) == speaking)
			evidence_row(b, &v->each[i],
			    weight_of(q, v->each[i].filter));
	OUT(b, "</tbody>\n</table>\n</div>\n");
}

/* Those that have nothing to say are folded: a moderator reads hundreds. */
static void
held_verdict(struct buf *b, const struct page_queue *q,
    const struct verdict *v)
{
	size_t i, n = 0;

	for (i = 0; i < v->n; i++)
		n += speaks(&v->each[i]);
	if (n > 0)
		evidence_table(b, q, v, true);
	if (v->n == 0)
		OUT(b, "<p class=\"hint\">", T("No filter was asked."),
		    "</p>\n");
	if (v->n == n)
		return;
	OUT(b, "<details class=\"narrow\">\n<summary>",
	    TN("%d filter has nothing to say", "%d filters have nothing to "
	    "say", (int64_t)(v->n - n)), "</summary>\n");
	evidence_table(b, q, v, false);
	OUT(b, "</details>\n");
}

/* By name and link; of their address nothing but that it is the same. */
static void
held_near(struct buf *b, const struct held *h)
{
	size_t i, n = h->nnear < MODEL_NEAR_MAX ? h->nnear : MODEL_NEAR_MAX;

	if (n == 0)
		return;
	OUT(b, "<div><dt>", T("Same address"), "</dt><dd>");
	if (h->nnear > n)
		OUT(b, T("More than five others write from it:"));
	else
		OUT(b, TN("%d other writes from it:",
		    "%d others write from it:", (int64_t)n));
	for (i = 0; i < n; i++) {
		OUT(b, i > 0 ? ", " : " ");
		page_desk_person(b, &h->near[i].id, h->near[i].name);
	}
	OUT(b, "</dd></div>\n");
}

static void
held_person(struct buf *b, const struct held *h, bool narrow)
{
	if (narrow)
		OUT(b, "<bdi>", h->comment.author, "</bdi>");
	else
		page_desk_person(b, &h->comment.person, h->comment.author);
	OUT(b, ": ");
	if (h->shown_before == 0 && h->removed_before == 0)
		OUT(b, T("has no earlier comment"));
	else
		SAY(b, T("%d shown, %d removed before"),
		    OUT(b, h->shown_before), OUT(b, h->removed_before));
	if (h->first_seen != 0 && h->first_seen < h->comment.posted)
		SAY(b, T("; here since %s"),
		    page_shell_time(b, h->first_seen));
}

static void
held_facts(struct buf *b, const struct held *h, bool narrow)
{
	OUT(b, "<dl class=\"facts\">\n<div><dt>",
	    h->comment.state != STATE_HELD ? T("Here because") :
	    T("Held because"), "</dt><dd>", why_sentence(b, h->why),
	    "</dd></div>\n<div><dt>", T("This person"), "</dt><dd>");
	held_person(b, h, narrow);
	OUT(b, "</dd></div>\n");
	if (!narrow)
		held_near(b, h);
	OUT(b, "</dl>\n");
}

static void
held_reports(struct buf *b, const struct held *h)
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
held_parent(struct buf *b, const struct held *h)
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

/* Its box belongs to the form that acts on all that is selected; the value
 * tells which comment, and what of it the moderator has seen. */
static void
held_box(struct buf *b, const struct comment *c, bool checked)
{
	OUT(b, "<p class=\"tick choose\">"
	    "<input type=\"checkbox\" form=\"many\" name=\"select\" "
	    "id=\"pick-", c->id, "\" value=\"", c->slug, ".", c->id, ".");
	OUT(b, model_state_name(c->state), ".", c->edited,
	    checked ? "\" checked>" : "\">");
	OUT(b, "<label for=\"pick-", c->id, "\">", T("Select"),
	    "<span class=\"unseen\">: ", c->author, "</span></label></p>\n");
}

static void
held_head(struct buf *b, const struct comment *c, bool checked)
{
	OUT(b, "<header>\n<h2><bdi>", c->author, "</bdi></h2>\n");
	held_box(b, c, checked);
	OUT(b, "<p class=\"meta\"><span>");
	page_shell_time(b, c->posted);
	OUT(b, "</span> <span><a href=\"/foyer/admin/threads/", c->slug,
	    "\" dir=\"auto\">", c->title.len > 0 ? c->title : c->slug,
	    "</a></span> <span><a href=\"/foyer/admin/?review=", c->slug,
	    "\">", T("only this review"), "</a></span></p>\n</header>\n");
}

void
page_held_item(struct buf *b, const struct page_site *site,
    const struct page_queue *q, const struct held *h, struct str token)
{
	const struct comment *c = &h->comment;
	const enum model_act *acts;
	bool people;
	size_t n = page_queue_acts(q, &acts, &people);

	OUT(b, "<li>\n<article class=\"held\" id=\"held-", c->id, "\">\n");
	held_head(b, c, q->wanted.all);
	held_parent(b, h);
	page_passage_quote(b, site, c);
	OUT(b, "<div class=\"words\" lang=\"\" dir=\"auto\">");
	out_trusted_markup(b, c->html);
	OUT(b, "</div>\n");
	held_reports(b, h);
	held_facts(b, h, q->narrow);
	held_verdict(b, q, &h->verdict);
	page_admin_rule(b, c, c->slug, token, STR(""));
	page_queue_kept(b, &q->wanted);
	page_admin_acts(b, c, acts, n, people);
	OUT(b, "</article>\n</li>\n");
}
