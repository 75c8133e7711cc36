/* honeypot.c: robots fill in what people don't see, and are quick. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <foyer/plugin.h>

enum { MIN_DEFAULT = 3, MIN_MOST = 3600 };	/* seconds */
enum { SCORE_FILLED = 100, SCORE_QUICK = 60 };

struct honeypot {
	long min_seconds;
	char reason[80];
	struct foyer_feature seconds;
};

static int
honeypot_open(const struct foyer_host *host, const struct foyer_setting *set,
    uint64_t n, void **state)
{
	static struct honeypot pot = { .min_seconds = MIN_DEFAULT };
	uint64_t i;
	char *end;

	for (i = 0; i < n; i++) {
		if (strcmp(set[i].key, "min_seconds") != 0) {
			host->log(host, "the only setting is min_seconds");
			return -1;
		}
		pot.min_seconds = strtol(set[i].value, &end, 10);
		if (end == set[i].value || *end != '\0' ||
		    pot.min_seconds < 0 || pot.min_seconds > MIN_MOST) {
			host->log(host, "min_seconds is a number, 0 to 3600");
			return -1;
		}
	}
	*state = &pot;
	return 0;
}

static int
honeypot_judge(void *state, const struct foyer_comment *c,
    struct foyer_verdict *v)
{
	struct honeypot *pot = state;

	if (c->form_seconds >= 0) {
		pot->seconds = (struct foyer_feature){ "seconds",
		    c->form_seconds };
		v->features = &pot->seconds;
		v->nfeatures = 1;
	}
	if (c->honeypot[0] != '\0') {
		v->score = SCORE_FILLED;
		v->reason = "the hidden field is filled in";
	} else if (c->form_seconds >= 0 &&
	    c->form_seconds < pot->min_seconds) {
		v->score = SCORE_QUICK;
		snprintf(pot->reason, sizeof(pot->reason), "sent %lld s after "
		    "the form was given out", (long long)c->form_seconds);
		v->reason = pot->reason;
	}
	return 0;
}

FOYER_PLUGIN(.name = "honeypot", .version = "1.0", .open = honeypot_open,
    .judge = honeypot_judge);
