/* host.c: whose host a link leads to. */
#include <libpsl.h>
#include <string.h>

#include "links.h"

static const char *const shorteners[] = {
	"adf.ly", "bit.do", "bit.ly", "bitly.com", "bl.ink", "buff.ly",
	"clck.ru", "clk.ink", "cutt.ly", "cutt.us", "goo.gl", "goo.su",
	"is.gd", "j.mp", "lnkd.in", "ouo.io", "ow.ly", "qps.ru", "rb.gy",
	"rebrand.ly", "s.id", "short.io", "shorte.st", "shorturl.at", "soo.gd",
	"surl.li", "t.co", "t.ly", "tiny.cc", "tiny.one", "tinyurl.com",
	"u.to", "v.gd", "vk.cc", "wp.me",
};

bool
links_host(const char *url, char ret[LINKS_HOST])
{
	const char *at = strstr(url, "://"), *user;
	size_t i, n;

	if (at == NULL)
		return false;
	at += 3;
	n = strcspn(at, "/?#");
	for (user = at; (user = memchr(user, '@', n - (size_t)(user - at))) !=
	    NULL; ) {
		user++;
		n -= (size_t)(user - at);
		at = user;
	}
	n = strcspn(at, ":/?#");
	while (n > 0 && at[n - 1] == '.')
		n--;
	if (n == 0 || n >= LINKS_HOST)
		return false;
	for (i = 0; i < n; i++)
		ret[i] = (char)(at[i] >= 'A' && at[i] <= 'Z' ?
		    at[i] + 'a' - 'A' : at[i]);
	ret[n] = '\0';
	return true;
}

/* No top-level domain begins with a digit. */
static bool
is_address(const char *host)
{
	const char *dot = strrchr(host, '.'), *last = dot ? dot + 1 : host;

	return last[0] >= '0' && last[0] <= '9';
}

const char *
links_host_domain(const char *host)
{
	const char *domain = is_address(host) ? NULL :
	    psl_registrable_domain(psl_builtin(), host);

	return domain != NULL ? domain : host;
}

bool
links_host_shortens(const char *domain)
{
	size_t i;

	for (i = 0; i < sizeof(shorteners) / sizeof(shorteners[0]); i++)
		if (strcmp(shorteners[i], domain) == 0)
			return true;
	return false;
}
