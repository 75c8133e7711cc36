/* routes.c: every route, and all that is asked of whoever takes it. */
#include <string.h>

#include "app/internal.h"

#define THREAD	"/foyer/threads/{}"
#define COMMENT	THREAD "/comments/{}"
#define MINE	"/foyer/account"
#define MAIL	"/foyer/mail"
#define ADMIN	"/foyer/admin"

enum {
	NONE = 0,
	SMALL = 4 * 1024,		/* a password, a ruling */
	NOTE = 16 * 1024,		/* a report, a token */
	TEXT = WIRE_BODY_MAX		/* a comment, percent-encoded */
};

/* What an answer is: the same for all, one's own, or that of a change, which
 * has to show that it is meant (app_visitor_token). */
#define SHARED	true, false
#define OWN	false, false
#define CHANGE	false, true

/* A pattern that begins with ~ goes on after the reviews' prefix. */
static const struct route routes[] = {
	{ METHOD_GET, "~", ANYONE, SHARED, NONE, app_review_index },
	{ METHOD_GET, "~sitemap.xml", ANYONE, SHARED, NONE,
	    app_review_sitemap },
	{ METHOD_GET, "~{}", ANYONE, SHARED, NONE, app_review_show },
	{ METHOD_GET, "~{}/{}", ANYONE, SHARED, NONE, app_review_show },
	{ METHOD_GET, THREAD ".html", ANYONE, SHARED, NONE, app_thread_html },
	{ METHOD_GET, THREAD "/{}.html", ANYONE, SHARED, NONE,
	    app_thread_html },
	{ METHOD_GET, THREAD ".json", ANYONE, SHARED, NONE, app_thread_json },
	{ METHOD_GET, THREAD "/{}.json", ANYONE, SHARED, NONE,
	    app_thread_json },
	{ METHOD_GET, THREAD ".atom", ANYONE, SHARED, NONE, app_thread_atom },
	{ METHOD_GET, "/foyer/search", ANYONE, SHARED, NONE,
	    app_search_html },
	{ METHOD_GET, "/foyer/search.json", ANYONE, SHARED, NONE,
	    app_search_json },
	{ METHOD_GET, "/foyer/counts.json", ANYONE, SHARED, NONE,
	    app_thread_counts },
	{ METHOD_GET, "/foyer/feeds/site.atom", ANYONE, SHARED, NONE,
	    app_feed_site },
	{ METHOD_GET, "/foyer/feeds/reviewer.atom", ANYONE, SHARED, NONE,
	    app_feed_reviewer },
	{ METHOD_GET, "/foyer/comments/{}", ANYONE, SHARED, NONE,
	    app_comment_find },
	{ METHOD_GET, "/foyer/comments/{}/cite", ANYONE, SHARED, NONE,
	    app_comment_cite },
	{ METHOD_GET, "/foyer/comments/{}/cite.bib", ANYONE, SHARED, NONE,
	    app_comment_cite_bib },
	{ METHOD_GET, "/foyer/comments/{}/cite.json", ANYONE, SHARED, NONE,
	    app_comment_cite_csl },
	{ METHOD_GET, "/foyer/letters", ANYONE, SHARED, NONE,
	    app_letter_list },
	{ METHOD_GET, "/foyer/letters.json", ANYONE, SHARED, NONE,
	    app_letter_list },
	{ METHOD_GET, "/foyer/health", ANYONE, SHARED, NONE, app_health },
	{ METHOD_GET, "/foyer/health/live", ANYONE, SHARED, NONE,
	    app_health_live },
	{ METHOD_GET, "/foyer/health/ready", ANYONE, SHARED, NONE,
	    app_health_ready },
	{ METHOD_GET, "/foyer/metrics", WATCHER, OWN, NONE,
	    app_metrics_show },

	{ METHOD_GET, "/foyer/challenge", ANYONE, OWN, NONE, app_challenge },
	{ METHOD_GET, THREAD "/reply", ANYONE, OWN, NONE, app_comment_reply },
	{ METHOD_GET, THREAD "/passage", ANYONE, OWN, NONE,
	    app_comment_passage },
	{ METHOD_POST, THREAD "/comments", ANYONE, CHANGE, TEXT,
	    app_comment_post },
	{ METHOD_POST, "/foyer/again", ANYONE, CHANGE, TEXT,
	    app_answer_again },
	{ METHOD_GET, COMMENT, ANYONE, OWN, NONE, app_comment_mine },
	{ METHOD_POST, COMMENT "/edit", SESSION, CHANGE, TEXT,
	    app_comment_edit },
	{ METHOD_POST, COMMENT "/delete", SESSION, CHANGE, SMALL,
	    app_comment_delete },
	{ METHOD_POST, THREAD "/preview", ANYONE, CHANGE, TEXT,
	    app_comment_preview },
	{ METHOD_GET, COMMENT "/revisions", ANYONE, SHARED, NONE,
	    app_comment_revisions },
	{ METHOD_GET, COMMENT "/revisions.json", ANYONE, SHARED, NONE,
	    app_comment_revisions },
	{ METHOD_GET, COMMENT "/vote", SESSION, OWN, NONE,
	    app_comment_vote_show },
	{ METHOD_POST, COMMENT "/vote", SESSION, CHANGE, SMALL,
	    app_comment_vote },
	{ METHOD_GET, COMMENT "/report", SESSION, OWN, NONE,
	    app_comment_report_show },
	{ METHOD_POST, COMMENT "/report", SESSION, CHANGE, NOTE,
	    app_comment_report },
	{ METHOD_GET, "/foyer/me.json", ANYONE, OWN, NONE, app_me },
	{ METHOD_GET, "/foyer/me", SESSION, OWN, NONE, app_traces },
	{ METHOD_GET, "/foyer/me.jsonl", SESSION, OWN, NONE, app_traces_data },
	{ METHOD_POST, "/foyer/me/erase", SESSION, CHANGE, SMALL,
	    app_traces_erase },
	{ METHOD_POST, "/foyer/me/mail", SESSION, CHANGE, SMALL,
	    app_follow_end },
	{ METHOD_GET, "/foyer/session", ANYONE, OWN, NONE, app_session_show },
	{ METHOD_POST, "/foyer/session", ANYONE, CHANGE, SMALL,
	    app_session_start },
	{ METHOD_GET, "/foyer/session/sso", ANYONE, OWN, NONE,
	    app_session_sso },
	{ METHOD_POST, "/foyer/session/sso", ANYONE, CHANGE, NOTE,
	    app_session_sso },
	{ METHOD_POST, "/foyer/session/end", SESSION, CHANGE, SMALL,
	    app_session_end },

	{ METHOD_GET, "/foyer/tally", ANYONE, SHARED, NONE, app_tally },
	{ METHOD_GET, "/foyer/tally.json", ANYONE, SHARED, NONE, app_tally },
	{ METHOD_GET, "/foyer/queue/{}.atom", ANYONE, OWN, NONE,
	    app_queue_feed },
	{ METHOD_GET, "/foyer/join", ANYONE, OWN, NONE, app_join_show },
	{ METHOD_POST, "/foyer/join", ANYONE, CHANGE, SMALL, app_join },
	{ METHOD_GET, MAIL "/confirm", ANYONE, OWN, NONE,
	    app_follow_confirm_show },
	{ METHOD_POST, MAIL "/confirm", ANYONE, CHANGE, SMALL,
	    app_follow_confirm },
	{ METHOD_GET, MAIL "/stop", ANYONE, OWN, NONE, app_follow_stop_show },
	{ METHOD_POST, MAIL "/stop", ANYONE, CHANGE, SMALL, app_follow_stop },
	{ METHOD_GET, MINE, ACCOUNT, OWN, NONE, app_account_show },
	{ METHOD_POST, MINE "/password", ACCOUNT, CHANGE, SMALL,
	    app_account_password },
	{ METHOD_POST, MINE "/sessions/{}/end", ACCOUNT, CHANGE, SMALL,
	    app_account_session_end },
	{ METHOD_POST, MINE "/leave", ACCOUNT, CHANGE, SMALL,
	    app_account_leave },
	{ METHOD_GET, MINE "/totp", ACCOUNT, OWN, NONE, app_totp_show },
	{ METHOD_POST, MINE "/totp", ACCOUNT, CHANGE, SMALL, app_totp_set },
	{ METHOD_POST, MINE "/totp/end", ACCOUNT, CHANGE, SMALL,
	    app_totp_end },
	{ METHOD_POST, MINE "/feed", MODERATOR, CHANGE, SMALL,
	    app_account_feed },

	{ METHOD_GET, ADMIN "/accounts", OWNER, OWN, NONE,
	    app_admin_accounts },
	{ METHOD_POST, ADMIN "/accounts/{}", OWNER, CHANGE, SMALL,
	    app_admin_account_set },
	{ METHOD_POST, ADMIN "/accounts/{}/reset", OWNER, CHANGE, SMALL,
	    app_admin_account_reset },
	{ METHOD_POST, ADMIN "/invitations", OWNER, CHANGE, SMALL,
	    app_admin_invite },
	{ METHOD_POST, ADMIN "/invitations/{}/end", OWNER, CHANGE, SMALL,
	    app_admin_invite_end },
	{ METHOD_POST, ADMIN "/choices", OWNER, CHANGE, SMALL,
	    app_admin_choose },
	{ METHOD_GET, ADMIN "/", REVIEWER, OWN, NONE, app_admin_queue },
	{ METHOD_GET, ADMIN "/queue.json", REVIEWER, OWN, NONE,
	    app_admin_queue },
	{ METHOD_GET, ADMIN "/count.json", MODERATOR, OWN, NONE,
	    app_admin_count },
	{ METHOD_POST, ADMIN "/rule", REVIEWER, CHANGE, TEXT,
	    app_admin_rule_many },
	{ METHOD_POST, ADMIN "/log/undo", MODERATOR, CHANGE, TEXT,
	    app_admin_undo_many },
	{ METHOD_POST, ADMIN "/log/{}/undo", MODERATOR, CHANGE, SMALL,
	    app_admin_undo },
	{ METHOD_GET, ADMIN "/threads/{}", REVIEWER, OWN, NONE,
	    app_admin_thread },
	{ METHOD_POST, ADMIN "/threads/{}", MODERATOR, CHANGE, SMALL,
	    app_admin_thread_set },
	{ METHOD_POST, ADMIN "/threads/{}/comments/{}/rule", REVIEWER,
	    CHANGE, SMALL, app_admin_rule },
	{ METHOD_GET, ADMIN "/threads/{}/comments/{}", MODERATOR, OWN, NONE,
	    app_deed_show },
	{ METHOD_POST, ADMIN "/threads/{}/comments/{}/act", MODERATOR,
	    CHANGE, TEXT, app_deed },
	{ METHOD_GET, ADMIN "/people", MODERATOR, OWN, NONE, app_person_find },
	{ METHOD_GET, ADMIN "/people/{}", MODERATOR, OWN, NONE,
	    app_person_show },
	{ METHOD_POST, ADMIN "/people/{}", MODERATOR, CHANGE, NOTE,
	    app_person_act },
	{ METHOD_POST, ADMIN "/people/{}/comments", MODERATOR, CHANGE, SMALL,
	    app_person_sweep },
	{ METHOD_GET, ADMIN "/bans", MODERATOR, OWN, NONE, app_person_bans },
	{ METHOD_POST, ADMIN "/bans", MODERATOR, CHANGE, SMALL,
	    app_person_domain },
	{ METHOD_GET, ADMIN "/terms", MODERATOR, OWN, NONE, app_terms_show },
	{ METHOD_POST, ADMIN "/terms", MODERATOR, CHANGE, SMALL,
	    app_terms_set },
	{ METHOD_POST, ADMIN "/reasons", MODERATOR, CHANGE, TEXT,
	    app_terms_reasons },
	{ METHOD_GET, ADMIN "/log", MODERATOR, OWN, NONE, app_admin_log },
	{ METHOD_GET, ADMIN "/log.jsonl", MODERATOR, OWN, NONE,
	    app_admin_log_lines },
	{ METHOD_GET, ADMIN "/statistics", MODERATOR, OWN, NONE,
	    app_admin_statistics },
	{ METHOD_GET, ADMIN "/statistics.json", MODERATOR, OWN, NONE,
	    app_admin_statistics },
	{ METHOD_GET, ADMIN "/filters", MODERATOR, OWN, NONE,
	    app_admin_filters },
	{ METHOD_GET, ADMIN "/filters.json", MODERATOR, OWN, NONE,
	    app_admin_filters },
	{ METHOD_POST, ADMIN "/filters/{}/retrain", MODERATOR, CHANGE, SMALL,
	    app_admin_retrain },
};

_Static_assert(COUNT(routes) < METRICS_ROUTES, "each is counted");

size_t
app_route_number(const struct route *r)
{
	return (size_t)(r - routes);
}

const char *
app_route_at(const struct app *app, size_t i, struct str *pattern)
{
	*pattern = STR("");
	if (i >= COUNT(routes))
		return "";
	*pattern = str_of(routes[i].pattern);
	if (*pattern->at == '~')
		*pattern = arena_fmt(app->arena, "%s%s",
		    app->settings->reviews, pattern->at + 1);
	return routes[i].method == METHOD_POST ? "POST" : "GET";
}

/* Matches path against pattern, filling params for its {}s. */
static bool
matches(const char *pattern, struct str path, struct str params[4])
{
	size_t i = 0, n = 0;

	for (; *pattern != '\0'; pattern++) {
		size_t from = i;

		if (pattern[0] != '{') {
			if (i == path.len || path.at[i] != *pattern)
				return false;
			i++;
			continue;
		}
		pattern++;	/* the } */
		while (i < path.len && path.at[i] != '/' && path.at[i] != '.')
			i++;
		if (i == from)
			return false;
		params[n++] = str_cut(path, from, i - from);
	}
	return i == path.len;
}

static bool
route_fits(const struct app *app, const struct route *r, struct request *rq)
{
	const char *pattern = r->pattern;
	struct str path = rq->path;

	if (*pattern == '~') {
		if (!str_begins(path, app->settings->reviews))
			return false;
		path = str_cut(path, strlen(app->settings->reviews), path.len);
		pattern++;
	}
	return matches(pattern, path, rq->params);
}

enum err
app_route(const struct app *app, struct request *rq, struct response *rs,
    const struct route **ret)
{
	bool may_get = false, may_post = false;
	enum wire_method method = rq->method;
	size_t i;

	if (method == METHOD_HEAD)
		method = METHOD_GET;
	for (i = 0; i < COUNT(routes); i++) {
		if (!route_fits(app, &routes[i], rq))
			continue;
		if (routes[i].method == method || method == METHOD_OPTIONS) {
			*ret = &routes[i];
			return OK;
		}
		may_get |= routes[i].method == METHOD_GET;
		may_post |= routes[i].method == METHOD_POST;
	}
	if (!may_get && !may_post)
		return ERR_NOT_FOUND;
	wire_header(rs, "Allow", str_of(!may_post ? "GET, HEAD" :
	    may_get ? "GET, HEAD, POST" : "POST"));
	return ERR_METHOD;
}
