/* akismet.c: asks Akismet about the comment, and tells it what was ruled. */
#include <curl/curl.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "outward.h"

enum { FORM = 192 * 1024, ANSWER = 4096, OLD = 14 * 86400 };
enum { SPAM = 80, SURELY = 100, HAM = -10 };

static char url[OUTWARD_TEXT] = "https://rest.akismet.com/1.1";
static char api_key[OUTWARD_TEXT], blog[OUTWARD_TEXT];
static char reviews[OUTWARD_TEXT] = "/reviews/";
static char allow_list[OUTWARD_TEXT] = "public";
static long timeout_ms = 2500, test;
static struct outward_allow allow;
static char form[FORM], answer[ANSWER];

static int
akismet_open(const struct foyer_host *host, const struct foyer_setting *set,
    uint64_t n, void **state)
{
	static const struct outward_setting table[] = {
		{ "api_key", api_key, NULL, 0, 0 },
		{ "blog", blog, NULL, 0, 0 },
		{ "reviews", reviews, NULL, 0, 0 },
		{ "url", url, NULL, 0, 0 },
		{ "allow", allow_list, NULL, 0, 0 },
		{ "timeout", NULL, &timeout_ms, 50, 30000 },
		{ "test", NULL, &test, 0, 1 }
	};
	const char *why = "allow";
	char line[200];
	bool good = outward_settings(table, sizeof(table) / sizeof(table[0]),
	    set, n, &why) && outward_allow_read(&allow, allow_list);

	(void)state;
	if (good && (api_key[0] == '\0' || blog[0] == '\0')) {
		why = "api_key and blog must be there";
		good = false;
	}
	if (!good) {
		snprintf(line, sizeof(line), "a wrong setting: %s; there are "
		    "api_key, blog, reviews, url, allow, timeout and test "
		    "(0 or 1)", why);
		host->log(host, line);
		return -1;
	}
	/* So that the host keeps which rulings were passed on. */
	return host->memory(host, sizeof(int64_t)) == NULL ||
	    curl_global_init(CURL_GLOBAL_DEFAULT) != 0;
}

static size_t
field(size_t len, const char *name, const char *value)
{
	char *safe = curl_easy_escape(NULL, value, 0);
	int n = -1;

	if (safe != NULL)
		n = snprintf(form + len, FORM - len, "%s%s=%s", len ? "&" : "",
		    name, safe);
	curl_free(safe);
	return n < 0 || (size_t)n >= FORM - len ? len : len + (size_t)n;
}

/* No address: foyer keeps none, and gives filters none. */
static size_t
fill(const struct foyer_comment *c)
{
	char text[2 * OUTWARD_TEXT], date[40] = "";
	time_t when = (time_t)c->now;
	struct tm tm;
	size_t len = field(0, "api_key", api_key);

	len = field(len, "blog", blog);
	len = field(len, "user_ip", "127.0.0.1");
	len = field(len, "comment_type", c->parent[0] != '\0' ? "reply" :
	    "comment");
	len = field(len, "comment_author", c->author);
	len = field(len, "comment_content", c->body);
	snprintf(text, sizeof(text), "%s%s%s", blog, reviews, c->review);
	len = field(len, "permalink", text);
	if (gmtime_r(&when, &tm) != NULL)
		strftime(date, sizeof(date), "%FT%TZ", &tm);
	len = field(len, "comment_date_gmt", date);
	len = field(len, "blog_lang", c->language);
	len = field(len, "blog_charset", "UTF-8");
	if (c->honeypot[0] != '\0')
		len = field(len, "honeypot_field_name", "website");
	return test ? field(len, "is_test", "1") : len;
}

static bool
ask(const char *what, const struct foyer_comment *c, struct outward_post *post)
{
	char where[OUTWARD_TEXT + 40];

	snprintf(where, sizeof(where), "%s/%s", url, what);
	*post = (struct outward_post){ .url = where, .body = form,
	    .len = fill(c), .allow = &allow, .ms = timeout_ms,
	    .answer = answer, .room = ANSWER };
	return outward_post(post) == 200;
}

static int
akismet_judge(void *state, const struct foyer_comment *c,
    struct foyer_verdict *v)
{
	struct outward_post post;

	(void)state;
	if (!ask("comment-check", c, &post))
		return -1;
	if (strcmp(answer, "true") == 0) {
		bool surely = strcmp(post.tip, "discard") == 0;

		v->score = surely ? SURELY : SPAM;
		v->reason = surely ? "Akismet: surely spam" : "Akismet: spam";
		return 0;
	}
	v->score = HAM;
	v->reason = "Akismet: not spam";
	return strcmp(answer, "false") == 0 ? 0 : -1;
}

/* What is no longer spam was none: there is no other way to take it back. */
static const char *
submission(const struct foyer_ruling *is)
{
	if (is->now == FOYER_SPAM)
		return "submit-spam";
	if (is->now == FOYER_HAM || is->before == FOYER_SPAM)
		return "submit-ham";
	return NULL;
}

/* What Akismet answers with is a sentence; only the status tells. */
static int
akismet_hear(void *state, const struct foyer_comment *c,
    const struct foyer_ruling *is)
{
	const char *what = submission(is);
	struct outward_post post;

	(void)state;
	if (what == NULL || is->again > 0 ||
	    time(NULL) - (time_t)c->now > OLD)
		return 0;
	return ask(what, c, &post) ? 0 : -1;
}

FOYER_PLUGIN(.name = "akismet", .version = "1.0", .flags = FOYER_DEFERRED,
    .open = akismet_open, .judge = akismet_judge, .hear = akismet_hear);
