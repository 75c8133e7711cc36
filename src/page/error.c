/* error.c: the page for people when something went wrong. */
#include "page/parts.h"

const char *
page_error_title(enum err e)
{
	switch (err_status(e)) {
	case 400: return "The request was not understood";
	case 401: return "Please sign in";
	case 403: return "Not allowed";
	case 404: return "Not found";
	case 405: return "Not possible here";
	case 409: return "Changed meanwhile";
	case 413: return "Too large";
	case 415: return "Unknown kind of content";
	case 422: return "Something needs mending";
	case 429: return "Too many at once";
	case 503: return "Not available just now";
	default: return "Something broke";
	}
}

void
page_error(struct buf *b, const struct page_site *site, enum err e)
{
	struct str title = str_of(page_error_title(e));

	page_shell_head(b, site, title);
	OUT(b, "<meta name=\"robots\" content=\"noindex\">\n");
	page_shell_main(b, site);
	OUT(b, "<div class=\"narrow\">\n<h1>", title, "</h1>\n<p>",
	    err_sentence(e), "</p>\n<p>");
	if (err_status(e) == 401)
		OUT(b, "<a href=\"/foyer/session\">Sign in</a>, or go "
		    "<a href=\"", site->reviews, "\">back to the reviews</a>.");
	else
		OUT(b, "<a href=\"", site->reviews,
		    "\">Back to the reviews</a>");
	OUT(b, "</p>\n</div>\n");
	page_shell_end(b, site);
}
