/* message.c: a comment as a mail, for filters that were made for mail. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "outward.h"

/* For a quoted string in a header: no quotes, no controls. */
static void
name(const char *from, char *to, size_t room)
{
	size_t n = 0;

	for (; *from != '\0' && n + 1 < room; from++)
		if ((unsigned char)*from >= ' ' && *from != '"' &&
		    *from != '\\' && *from != 0x7f)
			to[n++] = *from;
	to[n] = '\0';
}

size_t
outward_message(const struct foyer_comment *c, char *to, size_t room)
{
	char author[400], date[60] = "";
	time_t when = (time_t)c->now;
	struct tm tm;
	int n;

	name(c->author, author, sizeof(author));
	if (gmtime_r(&when, &tm) != NULL)
		strftime(date, sizeof(date), "%a, %d %b %Y %T +0000", &tm);
	n = snprintf(to, room, "Date: %s\r\nFrom: \"%s\" <reader@foyer.invalid>"
	    "\r\nTo: <comments@foyer.invalid>\r\nSubject: Comment on %s\r\n"
	    "Message-ID: <%s.%lld@foyer.invalid>\r\nMIME-Version: 1.0\r\n"
	    "Content-Type: text/plain; charset=utf-8\r\n"
	    "Content-Transfer-Encoding: 8bit\r\n\r\n%s\r\n", date, author,
	    c->review, c->sender, (long long)c->now, c->body);
	return n < 0 ? 0 : (size_t)n < room ? (size_t)n : room - 1;
}
