/* links.c: a comment that is mostly links is mostly spam. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <foyer/plugin.h>

#include "links.h"

enum { MAX_DEFAULT = 2, MAX_MOST = 100, HOSTS_MOST = 100 };
enum { SHARE_HALF = 50, SHARE_ALL = 80 };	/* percent */
enum { SCORE_SHORT = 25, SCORE_DECEIVE = 60, SCORE_NEW = 5, SCORE_NEWS = 15 };

struct links {
	long max;			/* links that raise no suspicion */
	struct links_known *known;	/* NULL: nothing outlives us */
	char reason[200];
	struct foyer_feature features[6];
};

struct count {
	int64_t links, share, hosts, shortened, deceiving, fresh;
};

static int
links_open(const struct foyer_host *host, const struct foyer_setting *set,
    uint64_t n, void **state)
{
	static struct links links = { .max = MAX_DEFAULT };
	uint64_t i;
	char *end;

	for (i = 0; i < n; i++) {
		if (strcmp(set[i].key, "max_links") != 0) {
			host->log(host, "the only setting is max_links");
			return -1;
		}
		links.max = strtol(set[i].value, &end, 10);
		if (end == set[i].value || *end != '\0' || links.max < 0 ||
		    links.max > MAX_MOST) {
			host->log(host, "max_links is a number, 0 to 100");
			return -1;
		}
	}
	links.known = host->memory(host, links_known_size());
	*state = &links;
	return 0;
}

/* Percent of the text that is the links' own addresses. */
static int64_t
links_share(const struct foyer_comment *c)
{
	uint64_t i, bytes = 0;

	if (c->body_len == 0)
		return 0;
	for (i = 0; i < c->nlinks; i++)
		bytes += strlen(c->links[i]);
	return bytes >= c->body_len ? 100 :
	    (int64_t)(bytes * 100 / c->body_len);
}

/* One host, the first time that its domain comes. */
static void
links_domain(const struct links *l, const char *domain, struct count *n)
{
	n->hosts++;
	n->shortened += links_host_shortens(domain);
	n->fresh += l->known != NULL && links_known_enough(l->known) &&
	    !links_known_has(l->known, domain);
}

static void
links_hosts(const struct links *l, const struct foyer_comment *c,
    struct count *n)
{
	static char seen[HOSTS_MOST][LINKS_HOST];
	char host[LINKS_HOST];
	uint64_t i;
	int64_t k;

	for (i = 0; i < c->nlinks && n->hosts < HOSTS_MOST; i++) {
		const char *domain;

		if (!links_host(c->links[i], host))
			continue;
		n->deceiving += links_letters_deceive(host);
		domain = links_host_domain(host);
		for (k = 0; k < n->hosts && strcmp(seen[k], domain) != 0; k++)
			;
		if (k < n->hosts)
			continue;
		snprintf(seen[k], sizeof(seen[k]), "%s", domain);
		links_domain(l, domain, n);
	}
}

static int64_t
links_score(const struct count *n, int64_t max)
{
	int64_t score = 0, fresh = SCORE_NEW * n->fresh;

	if (n->links > max)
		score = 30 + 15 * (n->links - max);
	if (n->share >= SHARE_ALL)
		score += 40;
	else if (n->share >= SHARE_HALF && n->links > max)
		score += 20;
	if (n->shortened > 0)
		score += SCORE_SHORT;
	if (n->deceiving > 0)
		score += SCORE_DECEIVE;
	score += fresh < SCORE_NEWS ? fresh : SCORE_NEWS;
	return score > 100 ? 100 : score;
}

static void
links_features(struct links *l, const struct count *n,
    struct foyer_verdict *v)
{
	const struct foyer_feature all[] = {
		{ "links", n->links }, { "share", n->share },
		{ "hosts", n->hosts }, { "shortened", n->shortened },
		{ "deceiving", n->deceiving }, { "new", n->fresh },
	};
	size_t i;

	for (i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (i < 3 || all[i].value > 0)
			l->features[v->nfeatures++] = all[i];
	v->features = l->features;
}

static void
links_reason(struct links *l, const struct count *n)
{
	const struct {
		int64_t n;
		const char *what;
	} more[] = {
		{ n->shortened, "shortened" },
		{ n->deceiving, "with letters made to deceive" },
		{ n->fresh, "to hosts new to the site" },
	};
	size_t i, len;

	len = (size_t)snprintf(l->reason, sizeof(l->reason),
	    "%lld link%s, %lld%% of the text", (long long)n->links,
	    n->links == 1 ? "" : "s", (long long)n->share);
	for (i = 0; i < sizeof(more) / sizeof(more[0]); i++)
		if (more[i].n > 0)
			len += (size_t)snprintf(l->reason + len,
			    sizeof(l->reason) - len, ", %lld %s",
			    (long long)more[i].n, more[i].what);
}

static int
links_judge(void *state, const struct foyer_comment *c,
    struct foyer_verdict *v)
{
	struct links *l = state;
	struct count n = { .links = (int64_t)c->nlinks };

	if (c->nlinks == 0)
		return 0;
	n.share = links_share(c);
	links_hosts(l, c, &n);
	links_features(l, &n, v);
	v->score = (int32_t)links_score(&n, l->max);
	if (v->score == 0)
		return 0;
	links_reason(l, &n);
	v->reason = l->reason;
	return 0;
}

/* What a moderator lets through, readers may link to again: unless that was
 * taken back. */
static int
links_hear(void *state, const struct foyer_comment *c,
    const struct foyer_ruling *is)
{
	struct links *l = state;
	char host[LINKS_HOST];
	uint64_t i;

	if (l->known == NULL ||
	    (is->now != FOYER_HAM && is->before != FOYER_HAM))
		return 0;
	for (i = 0; i < c->nlinks; i++) {
		if (!links_host(c->links[i], host))
			continue;
		if (is->now == FOYER_HAM)
			links_known_add(l->known, links_host_domain(host));
		else
			links_known_drop(l->known, links_host_domain(host));
	}
	return 0;
}

FOYER_PLUGIN(.name = "links", .version = "1.1", .open = links_open,
    .judge = links_judge, .hear = links_hear);
