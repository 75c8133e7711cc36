/* form.c: the form for a comment, new, in reply, edited or given back. */
#include "page/parts.h"

/* Whether this field is the one at fault. */
static bool
wrong(const struct page_form *f, const char *field)
{
	const char *at = f->error == OK ? NULL : err_field(f->error);

	return at != NULL && strcmp(at, field) == 0;
}

void
page_form_described(struct buf *b, const struct page_form *f,
    const char *field, bool hint)
{
	bool bad = wrong(f, field);

	if (bad)
		OUT(b, " aria-invalid=\"true\"");
	if (!bad && !hint)
		return;
	OUT(b, " aria-describedby=\"");
	if (bad)
		OUT(b, "foyer-", field, "-wrong");
	if (bad && hint)
		OUT(b, " ");
	if (hint)
		OUT(b, "foyer-", field, "-hint");
	OUT(b, "\"");
}

void
page_form_complaint(struct buf *b, const struct page_form *f,
    const char *field)
{
	if (wrong(f, field))
		OUT(b, "<p class=\"wrong\" id=\"foyer-", field, "-wrong\">",
		    T_OF(err_sentence(f->error)), "</p>\n");
}

void
page_form_hidden(struct buf *b, struct str name, struct str value)
{
	if (value.len > 0)
		OUT(b, "<input type=\"hidden\" name=\"", name, "\" value=\"",
		    value, "\">\n");
}

static void
field_author(struct buf *b, const struct page_form *f)
{
	OUT(b, "<div class=\"field\"><label for=\"foyer-author\">", T("Name"),
	    "</label>\n<input id=\"foyer-author\" name=\"author\" "
	    "type=\"text\" required "
	    "autocomplete=\"name\" dir=\"auto\" value=\"", f->author, "\"");
	page_form_described(b, f, "author", false);
	OUT(b, ">\n");
	page_form_complaint(b, f, "author");
	OUT(b, "</div>\n");
}

static void
field_email(struct buf *b, const struct page_form *f)
{
	OUT(b, "<div class=\"field\"><label for=\"foyer-email\">", T("Email"),
	    " <span class=\"optional\">", T("(optional, never shown)"),
	    "</span></label>\n"
	    "<input id=\"foyer-email\" name=\"email\" type=\"email\" "
	    "autocomplete=\"email\" value=\"", f->email, "\"");
	page_form_described(b, f, "email", false);
	OUT(b, ">\n");
	page_form_complaint(b, f, "email");
	OUT(b, "</div>\n");
}

static void
field_follow(struct buf *b, const struct page_form *f)
{
	OUT(b, "<div class=\"field\"><p class=\"tick\">"
	    "<input id=\"foyer-follow\" name=\"follow\" type=\"checkbox\" "
	    "value=\"true\" aria-describedby=\"foyer-follow-hint\"",
	    f->follow ? " checked" : "", "><label for=\"foyer-follow\">",
	    T("Mail me replies"), "</label></p>\n"
	    "<p class=\"hint\" id=\"foyer-follow-hint\">",
	    T("First a mail asks whether you want that, and each has a link "
	    "that ends it. For this alone your address is kept, encrypted."),
	    "</p></div>\n");
}

static void
field_marks(struct buf *b)
{
	OUT(b, "<code>*", T("emphasis"), "*</code>, <code>**", T("strong"),
	    "**</code>, <code>&gt; ", T("quote"), "</code>, <code>[");
	OUT(b, T("link"), "](https://…)</code>, <code>||", T("spoiler"),
	    "||</code>");
}

/* A parser drops the first line end in a textarea, so there is one more. */
static void
field_body(struct buf *b, const struct page_form *f)
{
	OUT(b, "<div class=\"field\">"
	    "<label for=\"foyer-body\">", T("Comment"), "</label>\n"
	    "<textarea id=\"foyer-body\" name=\"body\" rows=\"8\" required "
	    "dir=\"auto\"");
	page_form_described(b, f, "body", true);
	OUT(b, ">\n", f->body, "</textarea>\n");
	page_form_complaint(b, f, "body");
	OUT(b, "<p class=\"hint\" id=\"foyer-body-hint\">");
	SAY(b, T("You can write %s."), field_marks(b));
	OUT(b, "</p>\n</div>\n");
}

static void
field_spoiler(struct buf *b, const struct page_form *f)
{
	OUT(b, "<p class=\"tick\"><input id=\"foyer-spoiler\" "
	    "name=\"spoiler\" type=\"checkbox\" value=\"true\"",
	    f->spoiler ? " checked" : "", "><label for=\"foyer-spoiler\">",
	    T("This comment spoils the film"), "</label></p>\n");
}

/* People never see it; programs fill it in. */
static void
field_trap(struct buf *b)
{
	OUT(b, "<p class=\"trap\" aria-hidden=\"true\">"
	    "<label for=\"foyer-website\">",
	    T("Website (leave this empty)"), "</label>\n"
	    "<input id=\"foyer-website\" name=\"website\" type=\"text\" "
	    "tabindex=\"-1\" autocomplete=\"off\"></p>\n");
}

static void
form_action(struct buf *b, const struct page_site *site,
    const struct page_form *f)
{
	OUT(b, "<form class=\"comment-form\" method=\"post\" "
	    "action=\"/foyer/threads/", f->slug, "/comments");
	if (f->comment != 0)
		OUT(b, "/", f->comment, "/edit");
	OUT(b, "\"");
	if (site->challenge)
		OUT(b, " data-challenge=\"/foyer/challenge?review=", f->slug,
		    "\"");
	OUT(b, ">\n");
	if (site->challenge)
		OUT(b, "<noscript><p class=\"hint\">",
		    T("Without JavaScript your comment waits for a "
		    "moderator."), "</p></noscript>\n");
}

void
page_form_write(struct buf *b, const struct page_site *site,
    const struct page_form *f)
{
	form_action(b, site, f);
	if (f->parent != 0 && f->comment == 0)
		OUT(b, "<input type=\"hidden\" name=\"parent\" value=\"",
		    f->parent, "\">\n");
	page_form_hidden(b, STR("key"), f->key);
	page_form_hidden(b, STR("from"), f->from);
	page_shell_token(b, f->token);
	if (f->comment != 0) {
		page_form_hidden(b, STR("author"), f->author);
		field_body(b, f);
	} else {
		page_passage_field(b, f);
		OUT(b, "<div class=\"who\">\n");
		field_author(b, f);
		field_email(b, f);
		OUT(b, "</div>\n");
		if (site->mail)
			field_follow(b, f);
		field_body(b, f);
		field_trap(b);
	}
	field_spoiler(b, f);
	OUT(b, "<p class=\"send\"><button type=\"submit\">", f->comment != 0 ?
	    T("Save changes") : f->parent != 0 ? T("Send reply") :
	    T("Send comment"), "</button>\n<button type=\"submit\" "
	    "name=\"preview\" value=\"1\" class=\"quiet\" formnovalidate>",
	    T("Preview"), "</button></p>\n</form>\n");
}

static struct str
form_title(const struct buf *b, const struct page_form *f)
{
	if (f->comment != 0)
		return T_STR(b, "Edit your comment");
	if (f->anchor.len > 0)
		return T_STR(b, "Comment on a passage");
	return f->parent != 0 ? T_STR(b, "Write a reply") :
	    T_STR(b, "Leave a comment");
}

/* At the top, with a way to the field. */
static void
form_alert(struct buf *b, const struct page_form *f)
{
	const char *field = err_field(f->error);
	bool link = field != NULL && (strcmp(field, "body") == 0 ||
	    (f->comment == 0 && (strcmp(field, "author") == 0 ||
	    strcmp(field, "email") == 0 || (strcmp(field, "anchor") == 0 &&
	    f->paragraph > 0))));

	OUT(b, "<div class=\"alert\" role=\"alert\"><p>");
	if (link)
		OUT(b, "<a href=\"#foyer-", field, "\">",
		    T_OF(err_sentence(f->error)), "</a>");
	else
		OUT(b, T_OF(err_sentence(f->error)));
	OUT(b, "</p>\n");
	if (str_trim(f->body).len > 0)
		OUT(b, "<p>", T("Your text is still here."), "</p>\n");
	OUT(b, "</div>\n");
}

static void
form_preview(struct buf *b, const struct page_form *f)
{
	OUT(b, "<section class=\"preview\" role=\"status\" "
	    "aria-labelledby=\"preview-title\">\n<h2 id=\"preview-title\">",
	    T("How it will look"),
	    "</h2>\n<div class=\"words\" lang=\"\" dir=\"auto\">");
	out_trusted_markup(b, f->preview);
	OUT(b, "</div>\n<p class=\"hint\">", T("It is not posted yet."),
	    "</p>\n</section>\n");
}

static void
form_parent(struct buf *b, const struct comment *parent)
{
	OUT(b, "<figure class=\"answered\">\n<figcaption>");
	SAY(b, T("In reply to %s"), OUT(b, "<bdi>", parent->author, "</bdi>"));
	OUT(b, "</figcaption>\n<blockquote tabindex=\"0\">");
	page_comment_body(b, parent);
	OUT(b, "</blockquote>\n</figure>\n");
}

static void
form_passage(struct buf *b, const struct page_form *f)
{
	OUT(b, "<figure class=\"answered\">\n<figcaption>",
	    T("From the review"), "</figcaption>\n"
	    "<blockquote tabindex=\"0\" dir=\"auto\"><p>", f->passage,
	    "</p></blockquote>\n</figure>\n");
}

void
page_form_back(struct buf *b, const struct page_site *site, struct str slug,
    struct str from)
{
	OUT(b, "<p><a href=\"");
	if (from.len > 0)
		OUT(b, from);
	else
		OUT(b, site->reviews, slug);
	OUT(b, "#comments\">", T("Back to the review"), "</a></p>\n");
}

void
page_form(struct buf *b, const struct page_site *site,
    const struct page_form *f, const struct comment *parent)
{
	struct str title = form_title(b, f);

	page_shell_head(b, site, title);
	OUT(b, "<meta name=\"robots\" content=\"noindex\">\n");
	page_shell_main(b, site);
	OUT(b, "<div class=\"foyer narrow\">\n<h1>", title, "</h1>\n");
	if (f->error != OK)
		form_alert(b, f);
	if (parent != NULL)
		form_parent(b, parent);
	if (f->preview.len > 0)
		form_preview(b, f);
	if (f->passage.len > 0)
		form_passage(b, f);
	page_form_write(b, site, f);
	page_form_back(b, site, f->slug, f->from);
	OUT(b, "</div>\n");
	page_shell_end(b, site);
}
