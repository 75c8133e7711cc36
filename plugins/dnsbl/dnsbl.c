/* dnsbl.c: asks DNS blocklists about the domains that a comment links to. */
#include <arpa/inet.h>
#include <arpa/nameser.h>
#include <ctype.h>
#include <netinet/in.h>
#include <resolv.h>
#include <stdio.h>
#include <string.h>

#include <idn2.h>
#include <libpsl.h>

#include "outward.h"

enum { DOMAINS = 10, HOST = 254, LISTED = 90 };

static char zones[OUTWARD_TEXT], server[OUTWARD_TEXT];
static long port = 53, retries = 1;
static struct __res_state resolver;
static const psl_ctx_t *suffixes;
static char reason[300];
static struct foyer_feature features[2];

/* A server of the settings instead of those in /etc/resolv.conf. */
static bool
choose_server(void)
{
	struct sockaddr_in *at = &resolver.nsaddr_list[0];

	if (res_ninit(&resolver) != 0)
		return false;
	resolver.retrans = 1;
	resolver.retry = (int)retries;
	resolver.options &= ~(unsigned long)(RES_DNSRCH | RES_DEFNAMES);
	if (server[0] == '\0')
		return resolver.nscount > 0;
	resolver.nscount = 1;
	at->sin_family = AF_INET;
	at->sin_port = htons((uint16_t)port);
	return inet_pton(AF_INET, server, &at->sin_addr) == 1;
}

static int
dnsbl_open(const struct foyer_host *host, const struct foyer_setting *set,
    uint64_t n, void **state)
{
	static const struct outward_setting table[] = {
		{ "zones", zones, NULL, 0, 0 },
		{ "server", server, NULL, 0, 0 },
		{ "port", NULL, &port, 1, 65535 },
		{ "retries", NULL, &retries, 1, 5 }
	};
	const char *why = "server";
	char line[200];
	bool good = outward_settings(table, sizeof(table) / sizeof(table[0]),
	    set, n, &why) && choose_server();

	(void)state;
	if (good && zones[0] == '\0') {
		why = "zones must be there";
		good = false;
	}
	if (!good) {
		snprintf(line, sizeof(line), "a wrong setting: %s; there are "
		    "zones (names of lists), server (an IPv4 address), port "
		    "and retries", why);
		host->log(host, line);
		return -1;
	}
	suffixes = psl_builtin();
	return suffixes == NULL;
}

/* "shop.example" of "https://user@www.shop.example:80/x"; false: an address,
 * or nothing that lists know. */
static bool
domain(const char *url, char ret[HOST])
{
	const char *at = strstr(url, "://"), *user;
	char host[HOST], *ascii = NULL;
	const char *found = NULL;
	size_t len;

	if (at == NULL)
		return false;
	at += 3;
	len = strcspn(at, "/?#");
	if ((user = memchr(at, '@', len)) != NULL) {
		len -= (size_t)(user + 1 - at);
		at = user + 1;
	}
	len = strcspn(at, ":/?#") < len ? strcspn(at, ":/?#") : len;
	if (len == 0 || len >= sizeof(host) || isdigit((unsigned char)
	    at[len - 1]))
		return false;
	memcpy(host, at, len);
	host[len] = '\0';
	if (idn2_to_ascii_8z(host, &ascii, IDN2_NONTRANSITIONAL) == IDN2_OK)
		found = psl_registrable_domain(suffixes, ascii);
	if (found != NULL)
		snprintf(ret, HOST, "%s", found);
	idn2_free(ascii);
	return found != NULL;
}

/* 1: listed, 0: not, -1: the list gave no answer. */
static int
listed(const char *name, const char *zone)
{
	unsigned char packet[1024];
	char query[2 * HOST];
	ns_msg msg;
	ns_rr rr;
	int i, n;

	snprintf(query, sizeof(query), "%.253s.%.250s.", name, zone);
	n = res_nquery(&resolver, query, ns_c_in, ns_t_a, packet,
	    sizeof(packet));
	if (n < 0)
		return resolver.res_h_errno == 1 /* HOST_NOT_FOUND */ ||
		    resolver.res_h_errno == 4 /* NO_DATA */ ? 0 : -1;
	if (ns_initparse(packet, n, &msg) != 0)
		return -1;
	for (i = 0; i < ns_msg_count(msg, ns_s_an); i++) {
		const unsigned char *a;

		if (ns_parserr(&msg, ns_s_an, i, &rr) != 0 ||
		    ns_rr_type(rr) != ns_t_a || ns_rr_rdlen(rr) != 4)
			continue;
		a = ns_rr_rdata(rr);
		/* 127.255.255.x and 127.0.0.1: "you may not ask". */
		if (a[0] == 127 && a[1] == 255)
			return -1;
		if (a[0] == 127 && !(a[1] == 0 && a[2] == 0 && a[3] == 1))
			return 1;
	}
	return 0;
}

static int
ask_zones(const char *name, int *asked)
{
	char list[OUTWARD_TEXT], *zone, *rest;

	strcpy(list, zones);
	for (zone = strtok_r(list, " ", &rest); zone != NULL;
	    zone = strtok_r(NULL, " ", &rest)) {
		int is = listed(name, zone);

		++*asked;
		if (is < 0)
			return -1;
		if (is == 0)
			continue;
		snprintf(reason, sizeof(reason), "%.120s is on the list %.120s",
		    name, zone);
		return 1;
	}
	return 0;
}

static int
dnsbl_judge(void *state, const struct foyer_comment *c,
    struct foyer_verdict *v)
{
	char names[DOMAINS][HOST];
	int i, n = 0, asked = 0, is;
	uint64_t k;

	(void)state;
	for (k = 0; k < c->nlinks && n < DOMAINS; k++) {
		if (!domain(c->links[k], names[n]))
			continue;
		for (i = 0; i < n && strcmp(names[i], names[n]) != 0; i++)
			;
		n += i == n;
	}
	for (i = 0; i < n; i++) {
		if ((is = ask_zones(names[i], &asked)) < 0)
			return -1;
		if (is == 0)
			continue;
		v->score = LISTED;
		v->reason = reason;
		break;
	}
	features[0] = (struct foyer_feature){ "domains", n };
	features[1] = (struct foyer_feature){ "asked", asked };
	v->features = features;
	v->nfeatures = 2;
	return 0;
}

FOYER_PLUGIN(.name = "dnsbl", .version = "1.0", .flags = FOYER_DEFERRED,
    .open = dnsbl_open, .judge = dnsbl_judge);
