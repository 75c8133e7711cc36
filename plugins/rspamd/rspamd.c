/* rspamd.c: asks an rspamd about the comment as if it were a mail. */
#include <curl/curl.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "outward.h"

enum { MESSAGE = 64 * 1024, ANSWER = 256 * 1024, NAMED = 5, MOST = 1000000 };

static char url[OUTWARD_TEXT] = "http://127.0.0.1:11333/checkv2";
static char learn[OUTWARD_TEXT], password[OUTWARD_TEXT];
static char allow_list[OUTWARD_TEXT] = "127.0.0.0/8 ::1";
static long timeout_ms = 2000;
static struct outward_allow allow;
static char message[MESSAGE], answer[ANSWER], reason[300];
static struct foyer_feature features[2];

static int
rspamd_open(const struct foyer_host *host, const struct foyer_setting *set,
    uint64_t n, void **state)
{
	static const struct outward_setting table[] = {
		{ "url", url, NULL, 0, 0 },
		{ "learn_url", learn, NULL, 0, 0 },
		{ "password", password, NULL, 0, 0 },
		{ "allow", allow_list, NULL, 0, 0 },
		{ "timeout", NULL, &timeout_ms, 50, 30000 }
	};
	const char *why = "allow";
	char line[200];

	(void)state;
	if (!outward_settings(table, sizeof(table) / sizeof(table[0]), set, n,
	    &why) || !outward_allow_read(&allow, allow_list)) {
		snprintf(line, sizeof(line), "a wrong setting: %s; there are "
		    "url, learn_url, password, allow and timeout", why);
		host->log(host, line);
		return -1;
	}
	/* So that the host keeps which rulings were passed on. */
	return host->memory(host, sizeof(int64_t)) == NULL ||
	    curl_global_init(CURL_GLOBAL_DEFAULT) != 0;
}

static long
ask(const char *where, const struct foyer_comment *c)
{
	char key[OUTWARD_TEXT + 16];
	const char *const headers[] = { "Content-Type: message/rfc822", key,
	    NULL };
	struct outward_post post = { .url = where, .headers = headers,
	    .body = message, .len = outward_message(c, message, MESSAGE),
	    .allow = &allow, .ms = timeout_ms, .answer = answer,
	    .room = ANSWER };

	if (password[0] != '\0')
		snprintf(key, sizeof(key), "Password: %s", password);
	else
		snprintf(key, sizeof(key), "Pass: all");
	return outward_post(&post);
}

/* The symbols that weighed most, heaviest first. */
static void
tell(const char *action, json_t *symbols)
{
	const char *told[NAMED] = { NULL }, *name;
	size_t len = (size_t)snprintf(reason, sizeof(reason), "%.40s", action);
	json_t *symbol, *best;
	int i, k;

	for (i = 0; i < NAMED; i++) {
		best = NULL;
		json_object_foreach(symbols, name, symbol) {
			bool again = false;

			for (k = 0; k < i; k++)
				again |= strcmp(told[k], name) == 0;
			if (!again && json_number_value(json_object_get(symbol,
			    "score")) > (best == NULL ? 0 : json_number_value(
			    json_object_get(best, "score")))) {
				best = symbol;
				told[i] = name;
			}
		}
		if (best == NULL || len + strlen(told[i]) + 4 > sizeof(reason))
			return;
		len += (size_t)snprintf(reason + len, sizeof(reason) - len,
		    "%s%s", i == 0 ? ": " : ", ", told[i]);
	}
}

static int
rspamd_judge(void *state, const struct foyer_comment *c,
    struct foyer_verdict *v)
{
	json_t *said;
	double score, required;
	const char *action;

	(void)state;
	if (ask(url, c) != 200 || (said = json_loads(answer, 0, NULL)) == NULL)
		return -1;
	score = json_number_value(json_object_get(said, "score"));
	required = json_number_value(json_object_get(said, "required_score"));
	action = json_string_value(json_object_get(said, "action"));
	if (action == NULL || required <= 0 || required > MOST ||
	    fabs(score) > MOST) {
		json_decref(said);
		return -1;
	}
	v->score = strcmp(action, "reject") == 0 || score >= required ? 100 :
	    score <= -required ? -100 : (int32_t)(100 * score / required);
	features[0] = (struct foyer_feature){ "score_x100",
	    (int64_t)(100 * score) };
	features[1] = (struct foyer_feature){ "required_x100",
	    (int64_t)(100 * required) };
	v->features = features;
	v->nfeatures = 2;
	tell(action, json_object_get(said, "symbols"));
	v->reason = reason;
	json_decref(said);
	return 0;
}

/* rspamd says 208 of what it has learned before. */
static int
rspamd_hear(void *state, const struct foyer_comment *c,
    const struct foyer_ruling *is)
{
	char where[2 * OUTWARD_TEXT];
	long status;

	(void)state;
	if (learn[0] == '\0' || is->again > 0 ||
	    (is->now != FOYER_SPAM && is->now != FOYER_HAM))
		return 0;
	snprintf(where, sizeof(where), "%s/%s", learn, is->now == FOYER_SPAM ?
	    "learnspam" : "learnham");
	status = ask(where, c);
	return status >= 200 && status < 300 ? 0 : -1;
}

FOYER_PLUGIN(.name = "rspamd", .version = "1.0", .flags = FOYER_DEFERRED,
    .open = rspamd_open, .judge = rspamd_judge, .hear = rspamd_hear);
