/* sign.c: signing in, and the account's own page. */
#include "page/parts.h"

/* The second step: the password was right. */
static void
sign_code(struct buf *b, const struct page_sign_in *s)
{
	OUT(b, "<form class=\"comment-form\" method=\"post\" "
	    "action=\"/foyer/session\">\n");
	page_shell_token(b, s->token);
	page_form_hidden(b, STR("step"), s->step);
	if (s->next.len > 0)
		page_form_hidden(b, STR("next"), s->next);
	OUT(b, "<p class=\"hint\">", T("The code that your application shows, "
	    "or one of your codes for recovery."), "</p>\n");
	page_totp_code(b, s->error);
	OUT(b, "<p class=\"send\"><button type=\"submit\">", T("Sign in"),
	    "</button></p>\n</form>\n");
}

static void
sign_form(struct buf *b, const struct page_sign_in *s)
{
	const char *wrong = err_field(s->error) == NULL ? "" : " "
	    "aria-invalid=\"true\" aria-describedby=\"sign-wrong\"";

	OUT(b, "<form class=\"comment-form\" method=\"post\" "
	    "action=\"/foyer/session\">\n");
	page_shell_token(b, s->token);
	if (s->next.len > 0)
		OUT(b, "<input type=\"hidden\" name=\"next\" value=\"", s->next,
		    "\">\n");
	OUT(b, "<div class=\"field\"><label for=\"sign-name\">", T("Name"),
	    "</label>\n"
	    "<input id=\"sign-name\" name=\"name\" type=\"text\" required "
	    "autocomplete=\"username\" autocapitalize=\"none\" dir=\"auto\" "
	    "value=\"", s->name, "\"");
	buf_lit(b, wrong);
	OUT(b, "></div>\n<div class=\"field\"><label for=\"sign-password\">",
	    T("Password"), "</label>\n<input id=\"sign-password\" "
	    "name=\"password\" "
	    "type=\"password\" required autocomplete=\"current-password\"");
	buf_lit(b, wrong);
	OUT(b, "></div>\n<p class=\"send\"><button type=\"submit\">",
	    T("Sign in"), "</button></p>\n</form>\n");
}

void
page_sign_in(struct buf *b, const struct page_site *site,
    const struct page_sign_in *s)
{
	page_shell_head(b, site, T_STR(b, "Sign in"));
	OUT(b, "<meta name=\"robots\" content=\"noindex\">\n");
	page_shell_main(b, site);
	OUT(b, "<div class=\"foyer narrow\">\n<h1>", T("Sign in"), "</h1>\n");
	if (s->error == ERR_CODE_NEEDED)
		OUT(b, "<p role=\"status\">", T("Your password is right."),
		    "</p>\n");
	else if (s->error != OK)
		OUT(b, "<div class=\"alert\" role=\"alert\">"
		    "<p id=\"sign-wrong\">", T_OF(err_sentence(s->error)),
		    "</p></div>\n");
	else
		OUT(b, "<p class=\"hint\">", T("For moderators and reviewers. "
		    "Readers need no account."), "</p>\n");
	if (s->step.len > 0)
		sign_code(b, s);
	else
		sign_form(b, s);
	OUT(b, "<p><a href=\"", site->reviews, "\">",
	    T("Back to the reviews"), "</a></p>\n</div>\n");
	page_shell_end(b, site);
}

void
page_sso(struct buf *b, const struct page_site *site,
    const struct page_sso *p)
{
	page_shell_head(b, site, T_STR(b, "Sign in"));
	OUT(b, "<meta name=\"robots\" content=\"noindex\">\n");
	page_shell_main(b, site);
	OUT(b, "<div class=\"foyer narrow\">\n<h1>", T("Sign in"),
	    "</h1>\n<p>");
	SAY(b, T("You come from another site. Go on as %s?"), OUT(b,
	    "<b><bdi>", p->name, "</bdi></b>"));
	OUT(b, "</p>\n<form class=\"comment-form\" method=\"post\" "
	    "action=\"/foyer/session/sso\">\n");
	page_shell_token(b, p->token);
	page_form_hidden(b, STR("sso"), p->sso);
	page_form_hidden(b, STR("next"), p->next);
	OUT(b, "<p class=\"send\"><button type=\"submit\">", T("Go on"),
	    "</button></p>\n</form>\n<p><a href=\"", site->reviews, "\">",
	    T("Back to the reviews"), "</a></p>\n</div>\n");
	page_shell_end(b, site);
}

void
page_account(struct buf *b, const struct page_site *site,
    const struct account *account, struct str token)
{
	page_shell_head(b, site, T_STR(b, "Your account"));
	OUT(b, "<meta name=\"robots\" content=\"noindex\">\n");
	page_shell_main(b, site);
	OUT(b, "<div class=\"foyer narrow\">\n<h1>", T("Your account"),
	    "</h1>\n<p>");
	SAY(b, T("You are signed in as %s (%s)."),
	    OUT(b, "<b><bdi>", account->name, "</bdi></b>"),
	    OUT(b, page_words_name(b,
	    str_of(model_role_name(account->role)))));
	OUT(b, "</p>\n");
	if (account->role >= ROLE_MODERATOR)
		OUT(b, "<p><a href=\"/foyer/admin/\">",
		    T("Go to the moderation queue"), "</a></p>\n");
	OUT(b, "<p><a href=\"/foyer/account\">",
	    T("Password, second factor, sessions"), "</a></p>\n");
	OUT(b, "<p><a href=\"/foyer/me\">",
	    T("What you wrote, your mail and your data"), "</a></p>\n");
	OUT(b, "<form method=\"post\" action=\"/foyer/session/end\">\n");
	page_shell_token(b, token);
	OUT(b, "<p class=\"send\"><button type=\"submit\">", T("Sign out"),
	    "</button></p>\n</form>\n<p><a href=\"", site->reviews, "\">",
	    T("Back to the reviews"), "</a></p>\n</div>\n");
	page_shell_end(b, site);
}
