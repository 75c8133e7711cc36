/* queue.c: what waits for moderators, or is spam: narrowed and acted on. */
#include "page/parts.h"

/* What narrows the queue, by its name in the query. */
struct narrow {
	const char *name;
	struct str value;
};

enum { NARROWS = 5 };

static void
narrows_of(const struct page_wanted *w, struct narrow ret[NARROWS])
{
	ret[0] = (struct narrow){ "review", w->slug };
	ret[1] = (struct narrow){ "why", w->why };
	ret[2] = (struct narrow){ "filter", w->filter };
	ret[3] = (struct narrow){ "language", w->language };
	ret[4] = (struct narrow){ "state", w->spam ? STR("spam") : STR("") };
}

static bool
narrowed(const struct page_wanted *w)
{
	return w->slug.len > 0 || w->why.len > 0 || w->filter.len > 0 ||
	    w->language.len > 0;
}

void
page_queue_path(struct buf *b, const struct page_wanted *w)
{
	struct narrow all[NARROWS];
	char sign = '?';
	size_t i;

	narrows_of(w, all);
	buf_lit(b, "/foyer/admin/");
	for (i = 0; i < NARROWS; i++) {
		if (all[i].value.len == 0)
			continue;
		buf_fmt(b, "%c%s=", sign, all[i].name);
		out_url(b, all[i].value);
		sign = '&';
	}
	if (w->after != 0)
		buf_fmt(b, "%cafter=%lld", sign, (long long)w->after);
	sign = w->after != 0 ? '&' : sign;
	if (w->undone != 0)
		buf_fmt(b, "%cundone=%lld", sign, (long long)w->undone);
	else if (w->done != 0)
		buf_fmt(b, "%cdone=%lld-%lld", sign, (long long)w->done,
		    (long long)w->done_to);
	else if (w->all)
		buf_fmt(b, "%call=1", sign);
	if (w->done != 0 && w->undone == 0 && w->also != 0)
		buf_fmt(b, "&also=%lld", (long long)w->also);
}

static void
queue_link(struct buf *b, struct page_wanted w, const char *rel,
    struct msg label)
{
	struct buf path = buf_new(b->arena, 128);

	w.done = w.done_to = w.undone = w.also = 0;
	page_queue_path(&path, &w);
	OUT(b, "<a", rel == NULL ? "" : " rel=\"next\"", " href=\"",
	    buf_view(&path), "\">", label, "</a>");
}

void
page_queue_kept(struct buf *b, const struct page_wanted *w)
{
	struct narrow all[NARROWS];
	size_t i;

	narrows_of(w, all);
	for (i = 0; i < NARROWS; i++)
		if (all[i].value.len > 0)
			page_form_hidden(b, str_of(all[i].name), all[i].value);
	if (w->after != 0)
		page_form_hidden(b, STR("after"), arena_fmt(b->arena, "%lld",
		    (long long)w->after));
}

/* What was just done here, and a way back from it. */
static void
queue_done(struct buf *b, const struct page_queue *q, struct str token)
{
	const struct page_wanted *w = &q->wanted;
	int64_t n = w->done_to - w->done + 1 - w->also;

	if (w->undone > 0)
		OUT(b, "<p class=\"notice\" role=\"status\">",
		    TN("%d act is undone.", "%d acts are undone.",
		    w->undone), "</p>\n");
	if (w->done <= 0 || n <= 0)
		return;
	OUT(b, "<form class=\"notice done\" method=\"post\" "
	    "action=\"/foyer/admin/log/undo\">\n<p role=\"status\">",
	    TN("%d comment is ruled on.", "%d comments are ruled on.", n));
	if (w->also > 0)
		OUT(b, " ", TN("%d person was trusted or banned, too.",
		    "%d people were trusted or banned, too.", w->also));
	OUT(b, "</p>\n");
	page_shell_token(b, token);
	page_form_hidden(b, STR("select"), arena_fmt(b->arena, "%lld-%lld",
	    (long long)w->done, (long long)w->done_to));
	page_queue_kept(b, w);
	if (!q->narrow)
		OUT(b, "<button type=\"submit\" class=\"quiet\">", T("Undo"),
		    "</button>\n");
	OUT(b, "</form>\n");
}

static void
option(struct buf *b, struct str value, struct str chosen, struct str label)
{
	OUT(b, "<option value=\"", value, str_eq(value, chosen) ?
	    "\" selected>" : "\">", label, "</option>\n");
}

static void
select_open(struct buf *b, const char *name, struct msg label, struct msg any)
{
	OUT(b, "<div class=\"field\"><label for=\"queue-", name, "\">", label,
	    "</label>\n<select id=\"queue-", name, "\" name=\"", name,
	    "\">\n");
	OUT(b, "<option value=\"\">", any, "</option>\n");
}

static void
why_select(struct buf *b, struct str chosen)
{
	static const char *const whys[] = {
		"newcomer", "filters", "silent filter", "deferred", "policy",
		"parent", "edited", "quiet", "restored", "reported",
		"imported"
	};
	size_t i;

	select_open(b, "why", T("Why it waits"), T("any reason"));
	for (i = 0; i < COUNT(whys); i++)
		option(b, str_of(whys[i]), chosen, page_words_text(b,
		    T_OF(page_held_why(str_of(whys[i])))));
	OUT(b, "</select></div>\n");
}

static void
queue_narrow(struct buf *b, const struct page_queue *q)
{
	const struct page_wanted *w = &q->wanted;
	size_t i;

	OUT(b, "<details class=\"narrow\"", narrowed(w) ? " open>" : ">",
	    "\n<summary>", w->spam ? T("Narrow the spam") :
	    T("Narrow the queue"), "</summary>\n"
	    "<form class=\"policy\" action=\"/foyer/admin/\">\n");
	if (w->spam)
		page_form_hidden(b, STR("state"), STR("spam"));
	else
		why_select(b, w->why);
	select_open(b, "filter", T("Filter against it"), T("any filter"));
	for (i = 0; i < q->nweights; i++)
		option(b, q->weights[i].filter, w->filter,
		    q->weights[i].filter);
	OUT(b, "</select></div>\n");
	select_open(b, "language", T("Language of the review"),
	    T("any language"));
	for (i = 0; i < q->nlanguages; i++)
		option(b, q->languages[i], w->language, q->languages[i]);
	OUT(b, "</select></div>\n<div class=\"field\">"
	    "<label for=\"queue-review\">", T("Review, by its address"),
	    "</label>\n<input id=\"queue-review\" name=\"review\" "
	    "type=\"text\" autocomplete=\"off\" autocapitalize=\"none\" "
	    "value=\"", w->slug, "\"></div>\n");
	OUT(b, "<p class=\"send\"><button type=\"submit\">", T("Show"),
	    "</button></p>\n</form>\n</details>\n");
}

/* Who approves spam has looked at a text, not at its author. */
size_t
page_queue_acts(const struct page_queue *q, const enum model_act **acts,
    bool *people)
{
	static const enum model_act all[] = {
		ACT_REMOVE, ACT_SPAM, ACT_APPROVE
	};
	static const enum model_act back[] = { ACT_APPROVE };

	*people = !q->narrow && !q->wanted.spam;
	*acts = q->wanted.spam ? back : all;
	return q->wanted.spam ? COUNT(back) : COUNT(all);
}

/* Enter in the reason presses the first button, as in page_admin_acts. */
static void
queue_many(struct buf *b, const struct page_queue *q, struct str token)
{
	struct page_wanted all = q->wanted;
	const enum model_act *acts;
	bool people;
	size_t n = page_queue_acts(q, &acts, &people);

	all.all = !all.all;
	OUT(b, "<form class=\"rule many\" id=\"many\" method=\"post\" "
	    "action=\"/foyer/admin/rule\" aria-label=\"",
	    T("Rule on all that is selected"), "\">\n");
	page_shell_token(b, token);
	page_queue_kept(b, &q->wanted);
	OUT(b, "<p class=\"all\">");
	queue_link(b, all, NULL, all.all ? T("Select all on this page") :
	    T("Select none"));
	OUT(b, " <span id=\"selected\"></span></p>\n<span class=\"why\">"
	    "<label for=\"reason-many\">", T("Reason"),
	    " <span class=\"optional\">",
	    q->wanted.spam ? T("(for the log)") :
	    T("(readers see it when you remove)"), "</span></label>\n"
	    "<input id=\"reason-many\" name=\"reason\" type=\"text\" "
	    "autocomplete=\"off\" dir=\"auto\"></span>\n");
	OUT(b, "<span class=\"buttons\">\n");
	page_admin_buttons(b, acts, n);
	if (people)
		page_admin_both(b);
	OUT(b, "</span>\n</form>\n");
}

static void
queue_list(struct buf *b, const struct page_site *site,
    const struct page_queue *q, struct str token)
{
	size_t i;

	if (q->n == 0) {
		OUT(b, "<p class=\"empty\">", q->next != 0 ?
		    T("Nothing of that kind is among these. There is more to "
		    "look through.") : narrowed(&q->wanted) ||
		    q->wanted.after != 0 ?
		    T("Nothing of that kind waits here.") :
		    q->wanted.spam ? T("Nothing was taken for spam.") :
		    T("Nothing waits. All comments have been ruled on."),
		    "</p>\n");
		return;
	}
	queue_many(b, q, token);
	OUT(b, "<ol class=\"queue\">\n");
	for (i = 0; i < q->n; i++)
		page_held_item(b, site, q, &q->held[i], token);
	OUT(b, "</ol>\n");
}

void
page_queue_count(struct buf *b, int64_t total)
{
	if (total >= 1000)
		OUT(b, T("More than 1,000 comments wait, the oldest first."));
	else
		OUT(b, TN("%d comment waits.",
		    "%d comments wait, the oldest first.", total));
}

/* To the other of the two lists, of the same review. */
static void
queue_other(struct buf *b, const struct page_queue *q)
{
	struct page_wanted other = {
		.slug = q->wanted.slug, .spam = !q->wanted.spam
	};

	OUT(b, "<p class=\"hint\">");
	if (q->wanted.spam)
		OUT(b, T("What filters or moderators took for spam, the "
		    "newest first."), " ");
	queue_link(b, other, NULL, other.spam ? T("Look through the spam") :
	    T("Back to the queue"));
	OUT(b, "</p>\n");
}

void
page_queue(struct buf *b, const struct page_site *site,
    const struct page_moderator *m, const struct page_queue *q)
{
	struct page_wanted next = q->wanted;

	page_admin_open(b, site, m, q->wanted.spam ? T_STR(b, "Spam") :
	    T_STR(b, "Queue"), STR("/foyer/admin/"));
	queue_done(b, q, m->token);
	OUT(b, "<p class=\"hint\" id=\"waiting\">");
	if (q->narrow)
		OUT(b, "<a href=\"/foyer/admin/\">", T("Your other reviews"),
		    "</a>");
	else
		page_queue_count(b, q->total);
	OUT(b, "</p>\n");
	queue_other(b, q);
	queue_narrow(b, q);
	queue_list(b, site, q, m->token);
	if (q->next != 0) {
		next.after = q->next;
		next.all = false;
		OUT(b, "<p class=\"next\">");
		queue_link(b, next, "next", next.spam ? T("Earlier comments") :
		    T("Later comments"));
		OUT(b, "</p>\n");
	}
	page_keys(b, !q->narrow);
	OUT(b, "</div>\n");
	page_shell_end(b, site);
}

void
page_queues(struct buf *b, const struct page_site *site,
    const struct page_moderator *m, const struct page_review_row *rows,
    size_t n)
{
	size_t i;

	page_admin_open(b, site, m, T_STR(b, "Queue"), STR("/foyer/admin/"));
	if (n == 0)
		OUT(b, "<p class=\"empty\">",
		    T("Nothing waits under your reviews."), "</p>\n");
	else
		OUT(b, "<p class=\"hint\">", T("Your reviews with comments "
		    "that wait:"), "</p>\n<ul class=\"queues\">\n");
	for (i = 0; i < n; i++)
		OUT(b, "<li><a href=\"/foyer/admin/?review=", rows[i].slug,
		    "\" dir=\"auto\">", rows[i].heading, "</a> (",
		    rows[i].count, ")</li>\n");
	OUT(b, n > 0 ? "</ul>\n</div>\n" : "</div>\n");
	page_shell_end(b, site);
}
