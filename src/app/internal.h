/*
 * internal.h: what the files of this room share: the worker's state, the
 * route's row, the actions.
 */
#ifndef APP_INTERNAL_H
#define APP_INTERNAL_H

#include "app/app.h"
#include "app/metrics.h"
#include "filter/filter.h"
#include "markup/markup.h"
#include "model/model.h"
#include "page/page.h"
#include "proc/proc.h"
#include "seal/seal.h"
#include "settings/settings.h"
#include "snapshot/snapshot.h"
#include "store/store.h"
#include "wire/wire.h"

/* Who is asking; settled before an action runs. */
struct visitor {
	bool known;			/* carries a good session */
	struct session session;
	struct account account;		/* on moderators' routes: fresh */
	int64_t form_made;		/* from a good form token, else 0 */
	enum wire_origin from;		/* whose page it is on */
	bool inside;			/* a moderators' page: ours only */
};

/* A shared answer on its way to become a file (shared.c). */
struct shared {
	struct snapshot_page page;
	struct snapshot_ticket ticket;
	int64_t id;			/* of the thread; 0: all of them */
	bool kept;			/* the answer shall become a file */
};

/* One worker (or the CGI process), and the request it is at. */
struct app {
	const struct settings *settings;
	struct page_site site;
	struct arena *life;		/* dies with the process */
	struct arena *arena;		/* dies with the request */
	struct store *store;
	struct seal_keys *keys;
	struct seal_sso *sso;		/* NULL: the journal signs none */
	struct filter_hub *hub, *slow;	/* slow: of deferred ones, or NULL */
	struct filter_seat *filters;
	struct snapshot *snapshots;
	struct metrics *metrics;
	const struct route *route;	/* of the request; NULL: none fits */
	struct visitor visitor;
	struct shared shared;
	int64_t told;			/* of the database (answer.c) */
};

/* What the master gives its children. */
struct run {
	struct arena *arena;		/* dies with its settings */
	struct arena *life;		/* dies with the process */
	struct settings settings;
	struct filter_hub *hub, *slow;	/* slow: NULL: of deferred ones */
	struct snapshot *snapshots;
	struct metrics *metrics;
	const char *conf;
	struct proc_plan *plan;
};

/* ---- worker.c ---- */

/* Everything a process needs to answer; false has logged why. */
bool app_open(struct app *, struct run *, size_t seat);
int app_worker(const struct proc_seat *, void *run);
/* What settings allow one request. */
struct wire_limits app_limits(const struct settings *);

/* ---- background.c ---- */
int app_background(const struct proc_seat *, void *run);

/* ---- trouble.c ---- */

/* In the log, once for each time that it begins; *last: what was told. */
void app_trouble_tell(const struct store *, enum err, enum err *last);

/* ---- deferred.c: a process that asks slow filters later. ---- */

bool app_deferred_any(const struct settings *);
int app_deferred(const struct proc_seat *, void *run);
/* Whether a comment waits for them. */
void app_deferred_policy(const struct settings *, struct policy *);
/* Of all filters, theirs last. */
void app_deferred_status(const struct app *, struct arena *,
    struct filter_status **ret, size_t *n);
/* Does it wait by a rule that has nothing to do with filters? */
bool app_deferred_ruled(struct str why);
/* Keeps their places in what is stored of a comment that waits. */
void app_deferred_mark(const struct settings *, struct verdict *);

/* ---- routes.c ---- */

/* WATCHER: whose address the settings name. From ACCOUNT on the database is
 * asked each time. REVIEWER: one where the owner lets them, on what they
 * reviewed, or whoever may moderate all. */
enum app_who {
	ANYONE, SESSION, WATCHER, ACCOUNT, REVIEWER, MODERATOR, OWNER
};
typedef enum err app_action(struct app *, struct request *, struct response *);

/* The whole policy of one route. */
struct route {
	enum wire_method method;
	const char *pattern;		/* {} is a run without / and . */
	enum app_who who;
	bool shared;			/* the answer is the same for all */
	bool token;			/* a change: see app_visitor_token */
	size_t body;			/* bytes it takes at most */
	app_action *action;
};

/* ERR_NOT_FOUND, or ERR_METHOD with the Allow header set. */
enum err app_route(const struct app *, struct request *, struct response *,
    const struct route **ret) MUST_CHECK;

/* Its place in the table, and what is at a place: the method and, with the
 * settings' prefix, the pattern; "" past the end. */
size_t app_route_number(const struct route *);
const char *app_route_at(const struct app *, size_t, struct str *pattern);

/* ---- visitor.c ---- */

/* Reads the session; checks that the route is for this visitor. */
enum err app_visitor(struct app *, const struct request *,
    const struct route *) MUST_CHECK;
/* CSRF: who has a session and is not on a page of our own, or can't be told to
 * be, brings a form token (other sites' pages: app_across_check). Who has no
 * session has nothing that could be abused. */
enum err app_visitor_token(struct app *, const struct request *) MUST_CHECK;
struct str app_visitor_form_token(struct app *);
/* Gives (or renews) the visitor's cookie. */
enum err app_visitor_remember(struct app *, const struct request *,
    struct response *, const struct session *) MUST_CHECK;

/* ---- across.c: pages of other origins (CORS, Fetch standard). ---- */

/* Settles whose page asks. */
void app_across(struct app *, struct request *);
/* ERR_CROSS_SITE: one that is not on the list changes something or reads with
 * scripts, or one that is asks for what is moderators'. */
enum err app_across_check(struct app *, const struct request *,
    const struct route *) MUST_CHECK;
/* What lets the page's scripts read the answer; the reason of a refusal they
 * may always read. */
void app_across_headers(const struct app *, const struct request *,
    struct response *, enum err);
/* The answer to a browser that asks whether it may ask. */
enum err app_across_ask(struct app *, const struct request *,
    struct response *, const struct route *) MUST_CHECK;

/* ---- session.c ---- */

/* This account's session, and the answer to who signed in. next: a path, or
 * "" for where such people go. */
enum err app_session_give(struct app *, const struct request *,
    struct response *, const struct account *, struct str next) MUST_CHECK;

/* ---- back.c: the way back. ---- */

/* A path of our own host, at most 500 bytes, else "": never a redirect to
 * anywhere. */
struct str app_back_path(struct str);
/* The page that a form is on: the journal's own, where the thread is embedded:
 * its path, or its URL on an origin of the list; "" for our own pages. The
 * form, the query or the Referer tells it. */
struct str app_back(const struct app *, const struct request *);
/* path?from=... */
struct str app_back_with(const struct app *, struct str path,
    struct str from);

/* ---- answer.c ---- */

/* A wire_handler_fn; arg: struct app. Answers, and logs one line. */
void app_answer(void *app, struct request *, struct response *);
void app_answer_html(struct response *);
void app_answer_json(struct response *);
void app_answer_see(struct response *, int status, struct str url);
/* The status of what went wrong, and when to try again if that may help. */
void app_answer_status(struct response *, enum err);
bool app_wants_json(const struct request *);

/* ---- words.c ---- */

/* Before a route's action: the site's language, as all readers share the
 * answer, or that of the one person it is for. */
void app_words_choose(const struct app *, const struct request *,
    struct response *, bool shared);
/* The language that the thread's pages have, for a page about it. */
void app_words_thread(struct app *, struct response *, struct str slug);

/* ---- shared.c ---- */

/* Before the database is read for a page that is the same for everybody.
 * thread: its slug, or "" for the index. True: another worker has just made
 * it, and it is the answer. */
bool app_shared_begin(struct app *, struct response *, struct str thread,
    struct str name);
/* The answer stands for this version: it may become a file once it is sent. */
void app_shared_keep(struct app *, int64_t thread, int64_t version);
void app_shared_publish(struct app *);
/* After a change, before it is acknowledged. */
void app_shared_drop(struct snapshot *, struct str slug);

/* ---- search.c ---- */

/* The query asks for words, a film, a person or an issue. */
bool app_search_asked(const struct request *);

/* ---- thread.c ---- */

#define APP_ATOM	"application/atom+xml; charset=utf-8"

/* Reads "newest", "best", "after-ID", "newest-after-ID" or "". */
enum err app_thread_view(struct str view, enum model_sort *, int64_t *after)
    MUST_CHECK;
/* The snapshot's name: "thread.newest.json", "review..html". */
struct str app_thread_file(struct app *, const char *what, struct str view,
    const char *ending);
void app_thread_keep(struct app *, const struct thread_page *);

/* ---- the actions, by file ---- */

app_action app_review_index;		/* review.c */
app_action app_review_sitemap;
app_action app_review_show;
app_action app_search_html;		/* search.c */
app_action app_search_json;
app_action app_thread_html;		/* thread.c */
app_action app_thread_json;
app_action app_thread_atom;
app_action app_thread_counts;
app_action app_feed_site;		/* feed.c */
app_action app_feed_reviewer;
app_action app_challenge;		/* challenge.c */
app_action app_comment_reply;		/* comment_form.c */
app_action app_comment_passage;
app_action app_comment_post;		/* comment_post.c */
app_action app_comment_mine;		/* comment_mine.c */
app_action app_comment_delete;
app_action app_comment_find;
app_action app_comment_cite;		/* comment_cite.c */
app_action app_comment_cite_bib;
app_action app_comment_cite_csl;
app_action app_comment_edit;		/* comment_edit.c */
app_action app_comment_preview;		/* form.c */
app_action app_comment_vote_show;	/* comment_vote.c */
app_action app_comment_vote;
app_action app_comment_report_show;	/* comment_report.c */
app_action app_comment_report;
app_action app_comment_revisions;	/* comment_revisions.c */
app_action app_me;			/* me.c */
app_action app_traces;			/* traces.c */
app_action app_traces_data;
app_action app_traces_erase;
app_action app_session_show;		/* session.c */
app_action app_session_start;
app_action app_session_end;
app_action app_session_sso;		/* session_sso.c */
app_action app_admin_queue;		/* admin_queue.c */
app_action app_admin_count;
app_action app_admin_rule;		/* admin_rule.c */
app_action app_admin_rule_many;
app_action app_admin_undo;		/* admin_undo.c */
app_action app_admin_undo_many;
app_action app_admin_log;		/* admin_log.c */
app_action app_admin_thread;		/* admin_thread.c */
app_action app_admin_thread_set;
app_action app_deed_show;		/* deed.c */
app_action app_deed;
app_action app_letter_list;		/* letter.c */
app_action app_person_find;		/* person.c */
app_action app_person_show;
app_action app_person_act;
app_action app_person_sweep;
app_action app_person_bans;
app_action app_person_domain;
app_action app_terms_show;		/* terms.c */
app_action app_terms_set;
app_action app_terms_reasons;
app_action app_admin_statistics;	/* admin_statistics.c */
app_action app_admin_filters;		/* admin_filters.c */
app_action app_admin_retrain;
app_action app_health;			/* health.c */
app_action app_health_live;
app_action app_health_ready;
app_action app_answer_again;		/* answer.c */
#include "app/account.h"
#include "app/mail.h"

/* ---- answers that give a reader's form back with what was wrong; the error
 * itself where there is nothing to give. ---- */

typedef enum err app_again(struct app *, const struct request *,
    struct response *, enum err);
app_again app_form_again;		/* form.c */
app_again app_form_edit_again;
app_again app_comment_vote_again;	/* comment_vote.c */
app_again app_comment_report_again;	/* comment_report.c */

/* ---- form.c ---- */

/* comment: the one that is edited, or 0. */
enum err app_form_preview(struct app *, const struct request *,
    struct response *, int64_t comment) MUST_CHECK;

/* ---- desk.c: what moderators' pages and acts have in common. ---- */

/* A field, cleaned and trimmed; `reason` of a bounded length. */
enum err app_desk_words(const struct request *, const char *field, bool lines,
    struct str *ret) MUST_CHECK;
enum err app_desk_reason(const struct request *, struct str *ret) MUST_CHECK;
bool app_desk_ticked(const struct request *, const char *field);
/* It is done: {"ok":true}, or go there. */
void app_desk_done(struct app *, const struct request *, struct response *,
    struct str to);

/* ---- comment_vote.c: what is done to a comment by anybody. ---- */

/* The comment that the path names, and who asks; false: it names none. */
bool app_comment_place(const struct app *, const struct request *,
    struct store_place *) MUST_CHECK;
struct str app_comment_path(const struct app *, const struct store_place *,
    const char *act);

/* ---- anchor.c: the passage that a comment is about. ---- */

/* From what a reader sent, a TextQuoteSelector or the words alone, or from what
 * the database keeps; "": none. */
enum err app_anchor_read(struct arena *, struct str text, struct anchor *ret)
    MUST_CHECK;
/* Finds the draft's passage in its review, after this paragraph (from 1) where
 * nothing else tells; then it is as the review has it. *imported: for
 * store_passage_posted. */
enum err app_anchor_settle(struct app *, struct str paragraph, struct draft *,
    int64_t *imported) MUST_CHECK;
/* Of a form given back: shows what its selector says, as words that can be
 * changed if they are what was wrong. */
void app_anchor_again(struct arena *, struct page_form *);
/* Reads the passages of comments that are to be shown. */
void app_anchor_show(struct arena *, struct comment *, size_t n);

/* ---- judge.c: what posting and editing share. ---- */

struct judged {
	struct store_context context;
	struct verdict verdict;
	enum model_state state;
	const char *why;
};
/* Reads author, body, email, key ... of the form into a draft, checks it and
 * settles whose it is. */
enum err app_draft_read(struct app *, const struct request *, struct draft *)
    MUST_CHECK;
/* Whether it spoils the film: a checkbox, or true in JSON. */
bool app_draft_spoiler(const struct request *);
/* Renders, asks the filters, applies the rules. */
enum err app_judge(struct app *, struct draft *, struct judged *) MUST_CHECK;
/* After ERR_USED: judges it again as who brought what was used before. */
void app_judge_used(const struct app *, struct judged *);
/* The comment as its author may know it: spam looks held. */
void app_comment_for_author(const struct app *, struct comment *);

#include "app/learning.h"
#include "app/retrain.h"
#include "app/admin.h"

#endif
