/* cite_manual.c: a comment as two manuals of style cite it, in English. */
#include "page/cites.h"

struct tm
page_cite_time(int64_t usec)
{
	time_t seconds = (time_t)(usec / 1000000);
	struct tm tm = { .tm_year = 70 };

	gmtime_r(&seconds, &tm);
	return tm;
}

/* A title within double quotation marks has single ones. */
static void
quoted(struct buf *b, struct str title)
{
	size_t i = 0;

	OUT(b, "“");
	while (i < title.len) {
		size_t from = i;
		int32_t c = text_next(title, &i);

		if (c == 0x201c)
			OUT(b, "‘");
		else if (c == 0x201d)
			OUT(b, "’");
		else
			OUT(b, str_cut(title, from, i - from));
	}
}

/* "3:07 p.m. UTC" */
static void
clock_12(struct buf *b, const struct tm *tm)
{
	buf_fmt(b, "%d:%02d %s UTC", (tm->tm_hour + 11) % 12 + 1, tm->tm_min,
	    tm->tm_hour < 12 ? "a.m." : "p.m.");
}

/* The Chicago Manual of Style, 17th edition, 14.191, 14.208: readers' comments
 * are cited in a note, in reference to what they are on, and are left out of a
 * bibliography. */
void
page_cite_chicago(struct buf *b, const struct page_site *site,
    const struct comment *c, const struct review *r)
{
	static const char *const months[] = {
		"January", "February", "March", "April", "May", "June",
		"July", "August", "September", "October", "November",
		"December"
	};
	struct tm tm = page_cite_time(c->posted);

	OUT(b, "<bdi>", c->author, "</bdi>, ", months[tm.tm_mon], " ",
	    tm.tm_mday, ", ", tm.tm_year + 1900);
	OUT(b, " (");
	clock_12(b, &tm);
	OUT(b, "), comment on ");
	if (r->reviewer.len > 0)
		OUT(b, r->reviewer, ", ");
	quoted(b, r->heading);
	OUT(b, ",” <i>", site->name, "</i>");
	if (r->issue != 0)
		OUT(b, ", no. ", r->issue);
	if (r->year != 0)
		OUT(b, " (", r->year, ")");
	OUT(b, ", ", page_cite_url(b, site, c), ".");
}

/* MLA Handbook, 9th edition: the name as it is signed, since nobody knows
 * which part of it is a family's; "Comment on" for a title; day, month, year,
 * the hour; months of more than four letters are short. */
void
page_cite_mla(struct buf *b, const struct page_site *site,
    const struct comment *c, const struct review *r)
{
	static const char *const months[] = {
		"Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.",
		"Sept.", "Oct.", "Nov.", "Dec."
	};
	struct tm tm = page_cite_time(c->posted);
	char last = r->heading.len > 0 ? r->heading.at[r->heading.len - 1] :
	    '.';
	bool stop = last == '.' || last == '?' || last == '!';

	OUT(b, "<bdi>", c->author, "</bdi>", str_ends(c->author, ".") ? "" :
	    ".", " Comment on ");
	quoted(b, r->heading);
	OUT(b, stop ? "" : ".", "” <i>", site->name, "</i>");
	if (r->issue != 0)
		OUT(b, ", no. ", r->issue);
	OUT(b, ", ", tm.tm_mday, " ", months[tm.tm_mon], " ",
	    tm.tm_year + 1900, ", ");
	clock_12(b, &tm);
	OUT(b, ", ", page_cite_url(b, site, c), ".");
}
