/*
 * markup.h: a comment's Markdown into HTML that pages may print as it is.
 *
 * CommonMark (spec 0.30) parsed by cmark, rendered by us: DESIGN section 11.
 * Besides: "||spoiler||" within a paragraph, as a span that shows itself when
 * it has the focus; "[^1]" with a line "[^1]: note"; bare http(s) URLs;
 * moments of the film ("1:02:03"), as <time datetime="PT1H2M3S">. Of hosts
 * that may pass for another's (UTS #39) the ASCII is shown.
 */
#ifndef MARKUP_MARKUP_H
#define MARKUP_MARKUP_H

#include "base/base.h"

struct markup_link {
	struct str url, host;		/* as in the href; host in ASCII
					   (punycode), lower case */
};

struct markup {
	struct str html;
	struct markup_link *links;	/* in order, at most 100 */
	size_t nlinks;
	struct str text;		/* plain text, spoilers left out: mail,
					   feeds' titles */
};

struct markup_about {
	struct str id;			/* makes footnotes' ids unique on a
					   page: any [a-z0-9-] string */
	int minutes;			/* of the film; 0 unknown: then only
					   moments with hours are told */
};

/* body: valid, cleaned UTF-8. ERR_BODY_DEEP when output passes 8 x input (+1
 * KiB). */
enum err markup_render(struct arena *, struct str body,
    const struct markup_about *, struct markup *ret) MUST_CHECK;

/* ---- host.c ---- */

/* Host in ASCII, lower case (UTS #46, through libidn2); odd: scripts mixed, or
 * all of it looks like Latin. false: it is no host. */
bool markup_host_read(struct arena *, struct str host, struct str *ascii,
    bool *odd);

#endif
