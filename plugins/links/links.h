/* links.h: what the files of this plugin share. */
#ifndef LINKS_H
#define LINKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { LINKS_HOST = 254 };		/* with the NUL, RFC 1035 2.3.4 */

/* ---- host.c ---- */

/* A link's host in lower case; false if it has none (mailto:). */
bool links_host(const char *url, char ret[LINKS_HOST]);
/* Who registered it, by the public suffix list: "shop.example" of
 * "www.shop.example"; an address is its own. */
const char *links_host_domain(const char *host);
/* A service that hides where a link leads. */
bool links_host_shortens(const char *domain);

/* ---- letters.c ---- */

/* A label has letters of two scripts that are never written together, or
 * Cyrillic ones that look like Latin in a name that ends in Latin: made to be
 * taken for another. */
bool links_letters_deceive(const char *host);

/* ---- known.c: domains in comments that moderators approved. ---- */

struct links_known;			/* lives in the host's memory */

uint64_t links_known_size(void);
/* Too few are known to say that another one is new. */
bool links_known_enough(const struct links_known *);
bool links_known_has(const struct links_known *, const char *domain);
void links_known_add(struct links_known *, const char *domain);
void links_known_drop(struct links_known *, const char *domain);

#endif
