/* shell.c: the page around every page: head, masthead, main, colophon. */
#include <time.h>

#include "page/parts.h"

void
page_shell_head(struct buf *b, const struct page_site *site, struct str title)
{
	OUT(b, "<!doctype html>\n<html lang=\"", site->language, "\">\n"
	    "<head>\n<meta charset=\"utf-8\">\n"
	    "<meta name=\"viewport\" "
	    "content=\"width=device-width, initial-scale=1\">\n"
	    "<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
	if (title.len > 0)
		OUT(b, title, " · ");
	OUT(b, site->name, "</title>\n"
	    "<link rel=\"stylesheet\" href=\"/foyer/foyer.css\">\n"
	    "<link rel=\"stylesheet\" href=\"/foyer/page.css\">\n");
}

void
page_shell_main(struct buf *b, const struct page_site *site)
{
	OUT(b, "</head>\n<body class=\"foyer-page\">\n"
	    "<a class=\"skip\" href=\"#main\">Skip to the text</a>\n"
	    "<header class=\"masthead\"><a href=\"", site->reviews, "\">",
	    site->name, "</a></header>\n<main id=\"main\">\n");
}

void
page_shell_end(struct buf *b, const struct page_site *site)
{
	OUT(b, "</main>\n<footer class=\"colophon\"><p><a href=\"",
	    site->reviews, "\">All reviews</a> "
	    "<a href=\"/foyer/session\" rel=\"nofollow\">For moderators</a></p>"
	    "</footer>\n</body>\n</html>\n");
}

void
page_shell_time(struct buf *b, int64_t usec)
{
	static const char *const months[] = {
		"January", "February", "March", "April", "May", "June",
		"July", "August", "September", "October", "November",
		"December"
	};
	time_t seconds = (time_t)(usec / 1000000);
	char machine[CLOCK_TEXT];
	struct tm tm;

	clock_rfc3339(usec, machine);
	if (gmtime_r(&seconds, &tm) == NULL)
		return;
	buf_fmt(b, "<time datetime=\"%s\">%d %s %d, %02d:%02d UTC</time>",
	    machine, tm.tm_mday, months[tm.tm_mon], tm.tm_year + 1900,
	    tm.tm_hour, tm.tm_min);
}

void
page_shell_token(struct buf *b, struct str token)
{
	if (token.len > 0)
		OUT(b, "<input type=\"hidden\" name=\"token\" value=\"", token,
		    "\">\n");
}
