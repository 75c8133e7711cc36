/* error.c: the page for people when something went wrong. */
#include "page/parts.h"

const char *
page_error_title(enum err e)
{
	if (e == ERR_STRANGER)
		return N_("We don’t know you yet");
	switch (err_status(e)) {
	case 400: return N_("The request was not understood");
	case 401: return N_("Please sign in");
	case 403: return N_("Not allowed");
	case 404: return N_("Not found");
	case 405: return N_("Not possible here");
	case 409: return N_("Changed meanwhile");
	case 413: return N_("Too large");
	case 415: return N_("Unknown kind of content");
	case 422: return N_("Something needs mending");
	case 429: return N_("Too many at once");
	case 503: return N_("Not available just now");
	default: return N_("Something broke");
	}
}

void
page_error(struct buf *b, const struct page_site *site, enum err e,
    struct str slug)
{
	struct str title = page_words_text(b, T_OF(page_error_title(e)));

	page_shell_head(b, site, title);
	OUT(b, "<meta name=\"robots\" content=\"noindex\">\n");
	page_shell_main(b, site);
	OUT(b, "<div class=\"narrow\">\n<h1>", title, "</h1>\n<p>",
	    T_OF(err_sentence(e)), "</p>\n<p>");
	if (err_status(e) == 401)
		OUT(b, "<a href=\"/foyer/session\">", T("Sign in"), "</a> · ");
	OUT(b, "<a href=\"", site->reviews, slug, slug.len > 0 ?
	    "#comments\">" : "\">", slug.len > 0 ? T("Back to the review") :
	    T("Back to the reviews"), "</a></p>\n</div>\n");
	page_shell_end(b, site);
}
