/* shell.c: the page around every page: head, masthead, main, colophon. */
#include <string.h>
#include <time.h>

#include "page/parts.h"

static const struct {
	const char *name, *hashed;
} assets[] = {
#define ASSET(name, hashed) { name, hashed },
#include "assets.h"
#undef ASSET
};

/* web/NAME.ENDING: who has what has its hash need never ask again. */
static void
asset(struct buf *b, const char *name, const char *ending)
{
	size_t i, n = strlen(name);

	for (i = 0; i < COUNT(assets); i++)
		if (strncmp(assets[i].name, name, n) == 0 &&
		    strcmp(assets[i].name + n, ending) == 0)
			OUT(b, "/foyer/", str_of(assets[i].hashed));
}

void
page_shell_style(struct buf *b, const char *name)
{
	OUT(b, "<link rel=\"stylesheet\" href=\"");
	asset(b, name, ".css");
	OUT(b, "\">\n");
}

void
page_shell_load(struct buf *b, const char *name)
{
	OUT(b, "<script src=\"");
	asset(b, name, ".js");
	OUT(b, "\" defer></script>\n");
}

void
page_shell_head(struct buf *b, const struct page_site *site, struct str title)
{
	OUT(b, "<!doctype html>\n<html lang=\"", page_words_tag(b), "\">\n"
	    "<head>\n<meta charset=\"utf-8\">\n"
	    "<meta name=\"viewport\" "
	    "content=\"width=device-width, initial-scale=1\">\n"
	    "<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
	if (title.len > 0)
		OUT(b, title, " · ");
	OUT(b, site->name, "</title>\n");
	page_shell_style(b, "foyer");
	page_shell_style(b, "page");
}

void
page_shell_script(struct buf *b)
{
	page_shell_load(b, "foyer");
}

void
page_shell_main(struct buf *b, const struct page_site *site)
{
	OUT(b, "</head>\n<body class=\"foyer-page\">\n"
	    "<a class=\"skip\" href=\"#main\">", T("Skip to the text"),
	    "</a>\n<header class=\"masthead\"><a href=\"", site->reviews,
	    "\">", site->name, "</a></header>\n<main id=\"main\">\n");
}

void
page_shell_end(struct buf *b, const struct page_site *site)
{
	OUT(b, "</main>\n<footer class=\"colophon\"><p><a href=\"",
	    site->reviews, "\">", T("All reviews"), "</a> "
	    "<a href=\"/foyer/session\" rel=\"nofollow\">",
	    T("For moderators"), "</a></p></footer>\n</body>\n</html>\n");
}

void
page_shell_time(struct buf *b, int64_t usec)
{
	/* WORDS: day and year */
	static const char *const dates[] = {
		N_("%d January %d"), N_("%d February %d"), N_("%d March %d"),
		N_("%d April %d"), N_("%d May %d"), N_("%d June %d"),
		N_("%d July %d"), N_("%d August %d"), N_("%d September %d"),
		N_("%d October %d"), N_("%d November %d"),
		N_("%d December %d")
	};
	time_t seconds = (time_t)(usec / 1000000);
	char machine[CLOCK_TEXT];
	struct tm tm;

	clock_rfc3339(usec, machine);
	if (gmtime_r(&seconds, &tm) == NULL)
		return;
	OUT(b, "<time datetime=\"", str_of(machine), "\">");
	SAY(b, T_OF(dates[tm.tm_mon]), OUT(b, tm.tm_mday),
	    OUT(b, tm.tm_year + 1900));
	buf_fmt(b, ", %02d:%02d UTC</time>", tm.tm_hour, tm.tm_min);
}

void
page_shell_token(struct buf *b, struct str token)
{
	if (token.len > 0)
		OUT(b, "<input type=\"hidden\" name=\"token\" value=\"", token,
		    "\">\n");
}
