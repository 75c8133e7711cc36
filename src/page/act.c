/* act.c: what readers do with others' comments: a vote, a report. */
#include "page/parts.h"

static void
act_open(struct buf *b, const struct page_site *site, struct str title)
{
	page_shell_head(b, site, title);
	OUT(b, "<meta name=\"robots\" content=\"noindex\">\n");
	page_shell_main(b, site);
	OUT(b, "<div class=\"foyer narrow\">\n<h1>", title, "</h1>\n");
}

static void
act_end(struct buf *b, const struct page_site *site, const struct comment *c,
    struct str from)
{
	OUT(b, "<p><a href=\"");
	if (from.len > 0)
		OUT(b, from, "#comment-", c->id);
	else
		page_comment_url(b, site, c);
	OUT(b, "\">", T("Back to the comment"), "</a></p>\n</div>\n");
	page_shell_end(b, site);
}

/* The same where the comment may be gone from its place. */
static void
act_done(struct buf *b, const struct page_site *site, struct str slug,
    struct str from)
{
	page_form_back(b, site, slug, from);
	OUT(b, "</div>\n");
	page_shell_end(b, site);
}

static void
act_comment(struct buf *b, const struct comment *c)
{
	OUT(b, "<figure class=\"answered\">\n<figcaption><bdi>", c->author,
	    "</bdi></figcaption>\n<blockquote tabindex=\"0\">");
	page_comment_body(b, c);
	OUT(b, "</blockquote>\n</figure>\n");
}

/* The form's opening, to where such acts go. */
static void
act_form(struct buf *b, struct str slug, int64_t id, const char *act)
{
	OUT(b, "<form class=\"comment-form\" method=\"post\" "
	    "action=\"/foyer/threads/", slug, "/comments/", id, "/", act,
	    "\">\n");
}

static void
vote_said(struct buf *b, const struct page_vote *v)
{
	int votes = v->comment->votes;

	if (v->error != OK)
		OUT(b, "<div class=\"alert\" role=\"alert\"><p>",
		    T_OF(err_sentence(v->error)), "</p></div>\n");
	else if (v->own)
		OUT(b, "<p class=\"notice\">",
		    T_OF(err_sentence(ERR_OWN)), "</p>\n");
	else if (v->voted)
		OUT(b, "<p class=\"notice\" role=\"status\">",
		    T("You find this comment helpful."), "</p>\n");
	if (votes > 0)
		OUT(b, "<p>", TN("%d reader finds it helpful.",
		    "%d readers find it helpful.", votes), "</p>\n");
}

void
page_vote(struct buf *b, const struct page_site *site,
    const struct page_vote *v)
{
	const struct comment *c = v->comment;

	act_open(b, site, T_STR(b, "A helpful comment"));
	vote_said(b, v);
	act_comment(b, c);
	if (!v->own) {
		act_form(b, c->slug, c->id, "vote");
		page_shell_token(b, v->token);
		page_form_hidden(b, STR("from"), v->from);
		OUT(b, "<p class=\"send\"><button type=\"submit\" "
		    "name=\"vote\" value=\"", v->voted ?
		    "none\" class=\"quiet\">" : "helpful\">",
		    v->voted ? T("Take it back") : T("Helpful"),
		    "</button></p>\n</form>\n");
	}
	act_end(b, site, c, v->from);
}

static const char *
complaint_label(enum model_complaint complaint)
{
	switch (complaint) {
	case COMPLAINT_SPAM: return N_("It is advertising or spam");
	case COMPLAINT_ABUSE: return N_("It insults or threatens somebody");
	case COMPLAINT_SPOILER:
		return N_("It spoils the film without a warning");
	case COMPLAINT_TOPIC:
		return N_("It is not about the film or the review");
	case COMPLAINT_OTHER: break;
	}
	return N_("Something else");
}

void
page_act_complaint(struct buf *b, const struct report *r)
{
	OUT(b, "<li>", T_OF(complaint_label(r->reason)));
	if (r->words.len > 0)
		OUT(b, ": <q dir=\"auto\">", r->words, "</q>");
	OUT(b, " ");
	page_shell_time(b, r->at);
	OUT(b, "</li>\n");
}

static void
report_reasons(struct buf *b, const struct page_report *r, bool wrong)
{
	int i;

	OUT(b, "<fieldset class=\"choice\"", wrong ?
	    " aria-describedby=\"foyer-wrong\">" : ">",
	    "\n<legend>", T("What is wrong with it?"), "</legend>\n");
	for (i = 0; i <= COMPLAINT_OTHER; i++) {
		const char *name = model_complaint_name(
		    (enum model_complaint)i);

		OUT(b, "<p class=\"tick\"><input type=\"radio\" "
		    "name=\"reason\" id=\"foyer-reason-", name,
		    "\" value=\"", name, "\"",
		    str_is(r->reason, name) ? " checked" : "", ">\n"
		    "<label for=\"foyer-reason-", name, "\">");
		OUT(b, T_OF(complaint_label((enum model_complaint)i)),
		    "</label></p>\n");
	}
	OUT(b, "</fieldset>\n");
}

static void
report_form(struct buf *b, const struct page_report *r)
{
	const char *field = r->error == OK ? NULL : err_field(r->error);
	bool words = field != NULL && strcmp(field, "words") == 0;

	act_form(b, r->slug, r->id, "report");
	page_shell_token(b, r->token);
	page_form_hidden(b, STR("from"), r->from);
	report_reasons(b, r, field != NULL && !words);
	OUT(b, "<div class=\"field\"><label for=\"foyer-words\">",
	    T("In your words"), " <span class=\"optional\">(",
	    T("optional, at most 300 characters"),
	    ")</span></label>\n");
	OUT(b, "<textarea id=\"foyer-words\" name=\"words\" "
	    "rows=\"3\" dir=\"auto\"", words ? " aria-invalid=\"true\" "
	    "aria-describedby=\"foyer-wrong\">\n" : ">\n", r->words,
	    "</textarea></div>\n<p class=\"send\"><button type=\"submit\">",
	    T("Report it"), "</button></p>\n</form>\n");
}

void
page_report(struct buf *b, const struct page_site *site,
    const struct page_report *r)
{
	act_open(b, site, T_STR(b, "Report a comment"));
	if (r->error != OK)
		OUT(b, "<div class=\"alert\" role=\"alert\">"
		    "<p id=\"foyer-wrong\">", T_OF(err_sentence(r->error)),
		    "</p></div>\n");
	else
		OUT(b, "<p class=\"hint\">", T("The moderators read every "
		    "report. Nobody else learns that you reported."),
		    "</p>\n");
	if (r->comment != NULL)
		act_comment(b, r->comment);
	report_form(b, r);
	if (r->comment != NULL)
		act_end(b, site, r->comment, r->from);
	else
		act_done(b, site, r->slug, r->from);
}

void
page_reported(struct buf *b, const struct page_site *site, struct str slug,
    struct str from)
{
	act_open(b, site, T_STR(b, "Report a comment"));
	OUT(b, "<p class=\"notice\" role=\"status\">",
	    T("Thank you. The moderators will look at it."), "</p>\n");
	act_done(b, site, slug, from);
}
