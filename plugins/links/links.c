/* links.c: a comment that is mostly links is mostly spam. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <foyer/plugin.h>

enum { MAX_DEFAULT = 2, MAX_MOST = 100 };
enum { SHARE_HALF = 50, SHARE_ALL = 80 };	/* percent */

struct links {
	long max;			/* links that raise no suspicion */
	char reason[80];
	struct foyer_feature features[2];
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

static int64_t
links_score(int64_t count, int64_t max, int64_t share)
{
	int64_t score = 0;

	if (count > max)
		score = 30 + 15 * (count - max);
	if (share >= SHARE_ALL)
		score += 40;
	else if (share >= SHARE_HALF && count > max)
		score += 20;
	return score > 100 ? 100 : score;
}

static int
links_judge(void *state, const struct foyer_comment *c,
    struct foyer_verdict *v)
{
	struct links *l = state;
	int64_t count = (int64_t)c->nlinks, share = links_share(c);

	if (count == 0)
		return 0;
	l->features[0] = (struct foyer_feature){ "links", count };
	l->features[1] = (struct foyer_feature){ "share", share };
	v->features = l->features;
	v->nfeatures = 2;
	v->score = (int32_t)links_score(count, l->max, share);
	if (v->score == 0)
		return 0;
	snprintf(l->reason, sizeof(l->reason), "%lld link%s, %lld%% of the "
	    "text", (long long)count, count == 1 ? "" : "s",
	    (long long)share);
	v->reason = l->reason;
	return 0;
}

FOYER_PLUGIN(.name = "links", .version = "1.0", .open = links_open,
    .judge = links_judge);
