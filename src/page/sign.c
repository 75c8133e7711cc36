/* sign.c: signing in, and the account's own page. */
#include "page/parts.h"

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
	OUT(b, "<div class=\"field\"><label for=\"sign-name\">Name</label>\n"
	    "<input id=\"sign-name\" name=\"name\" type=\"text\" required "
	    "autocomplete=\"username\" autocapitalize=\"none\" dir=\"auto\" "
	    "value=\"", s->name, "\"");
	buf_lit(b, wrong);
	OUT(b, "></div>\n<div class=\"field\"><label for=\"sign-password\">"
	    "Password</label>\n<input id=\"sign-password\" name=\"password\" "
	    "type=\"password\" required autocomplete=\"current-password\"");
	buf_lit(b, wrong);
	OUT(b, "></div>\n<p class=\"send\"><button type=\"submit\">Sign in"
	    "</button></p>\n</form>\n");
}

void
page_sign_in(struct buf *b, const struct page_site *site,
    const struct page_sign_in *s)
{
	page_shell_head(b, site, STR("Sign in"));
	OUT(b, "<meta name=\"robots\" content=\"noindex\">\n");
	page_shell_main(b, site);
	OUT(b, "<div class=\"foyer narrow\">\n<h1>Sign in</h1>\n");
	if (s->error != OK)
		OUT(b, "<div class=\"alert\" role=\"alert\">"
		    "<p id=\"sign-wrong\">", err_sentence(s->error),
		    "</p></div>\n");
	else
		OUT(b, "<p class=\"hint\">For moderators and reviewers. "
		    "Readers need no account.</p>\n");
	sign_form(b, s);
	OUT(b, "<p><a href=\"", site->reviews, "\">Back to the reviews</a>"
	    "</p>\n</div>\n");
	page_shell_end(b, site);
}

void
page_account(struct buf *b, const struct page_site *site,
    const struct account *account, struct str token)
{
	page_shell_head(b, site, STR("Your account"));
	OUT(b, "<meta name=\"robots\" content=\"noindex\">\n");
	page_shell_main(b, site);
	OUT(b, "<div class=\"foyer narrow\">\n<h1>Your account</h1>\n"
	    "<p>You are signed in as <b><bdi>", account->name, "</bdi></b> (",
	    model_role_name(account->role), ").</p>\n");
	if (account->role >= ROLE_MODERATOR)
		OUT(b, "<p><a href=\"/foyer/admin/\">Go to the moderation "
		    "queue</a></p>\n");
	OUT(b, "<form method=\"post\" action=\"/foyer/session/end\">\n");
	page_shell_token(b, token);
	OUT(b, "<p class=\"send\"><button type=\"submit\">Sign out</button>"
	    "</p>\n</form>\n<p><a href=\"", site->reviews, "\">Back to the "
	    "reviews</a></p>\n</div>\n");
	page_shell_end(b, site);
}
