/*
 * page.h: the only room that writes HTML, JSON and Atom.
 *
 * Everything is escaped by out_text, out_attr, out_url (private to the room);
 * only a comment's rendered html passes out_trusted_markup. Pages of a thread
 * or review are the same for every reader: nothing personal in them.
 */
#ifndef PAGE_PAGE_H
#define PAGE_PAGE_H

#include "base/base.h"
#include "model/model.h"

struct page_site {
	const char *name;		/* the journal's */
	const char *origin;		/* "https://..." no slash, for feeds */
	const char *reviews;		/* "/reviews/" */
	const char *language;
	bool challenge;			/* forms bring an answer to one */
	bool mail;			/* readers may be told of replies */
};

/* ---- words.c: the languages that pages speak. ---- */

/* A language by its BCP 47 tag ("ru-RU": "ru"); NULL if it has no words. What
 * a page's buf shall speak, where the page itself does not say. */
struct page_words *page_words_for(struct str tag);
/* From here on the buf speaks this language if there are words for it, else
 * the site's, else English. */
void page_words_speak(struct buf *, const struct page_site *, struct str tag);

struct page_form {			/* a form to give (back) to a reader */
	struct str slug, author, body, email;
	int64_t parent, comment;	/* comment: the one edited, or 0 */
	struct str anchor;		/* the passage, as sent, or "" */
	int64_t paragraph;		/* that it is chosen from, or 0 */
	struct str passage;		/* that paragraph's text */
	struct str key, token;		/* "" on pages shared by everybody */
	struct str from;		/* the page to go back to, or "" */
	struct str preview;		/* how it would look, or "" */
	bool spoiler;			/* it spoils the film */
	bool follow;			/* replies are to be mailed */
	enum err error;			/* OK, or what was wrong */
};

struct page_review_row {
	struct str slug, heading, reviewer;
	int issue, year;
	int64_t count;
	struct str language;
};

/* ---- HTML: whole pages ---- */
void page_review(struct buf *, const struct page_site *,
    const struct review *, const struct thread_page *);
void page_index(struct buf *, const struct page_site *,
    const struct page_review_row *, size_t n, struct str next_url);
/* For search engines. last: when it was last commented on, or 0. */
struct page_place {
	struct str slug;
	int64_t last;
};
void page_sitemap(struct buf *, const struct page_site *,
    const struct page_place *, size_t n);
/* What was found, the form to ask again with. */
void page_search(struct buf *, const struct page_site *,
    const struct search *, const struct findings *);
void page_search_json(struct buf *, const struct page_site *,
    const struct search *, const struct findings *);
/* The thread alone, under /foyer/threads/ and in page_review: a fragment. */
void page_thread_html(struct buf *, const struct page_site *,
    const struct thread_page *);
/* A page around one form: reply, edit, or given back with its error. */
void page_form(struct buf *, const struct page_site *,
    const struct page_form *, const struct comment *parent);
/* The author's own comment: held, shown; edit and delete while they may. */
struct page_own {
	struct str token, from;		/* as in page_form */
};
void page_mine(struct buf *, const struct page_site *, const struct comment *,
    const struct page_own *);
enum { PAGE_TRACES_MAIL = 50 };
struct page_traces {			/* all that somebody wrote */
	const struct comment *rows;
	size_t n;
	struct str next, token;		/* next: of ?after=, or "" */
	const struct page_followed *mail;	/* of the first page */
	size_t nmail;
	bool first;
	bool moderator;			/* who can't be erased */
	enum err error;
};
void page_traces(struct buf *, const struct page_site *,
    const struct page_traces *);
void page_traces_erased(struct buf *, const struct page_site *);
struct page_vote {			/* on a shown comment */
	const struct comment *comment;
	bool voted, own;		/* by, of who looks */
	struct str token, from;
	enum err error;
};
void page_vote(struct buf *, const struct page_site *,
    const struct page_vote *);
struct page_report {
	struct str slug;
	int64_t id;
	const struct comment *comment;	/* NULL: it could not be read */
	struct str reason, words, token, from;
	enum err error;
};
void page_report(struct buf *, const struct page_site *,
    const struct page_report *);
void page_reported(struct buf *, const struct page_site *, struct str slug,
    struct str from);
struct page_version {
	int64_t since;
	struct str body;		/* as typed */
};
struct page_revisions {
	const struct comment *comment;
	const struct page_version *versions;	/* oldest first; the last is
						 * what the comment is */
	size_t n;
};
void page_revisions(struct buf *, const struct page_site *,
    const struct page_revisions *);
/* How to cite a comment, for people; as BibTeX; as CSL-JSON. */
void page_cite(struct buf *, const struct page_site *, const struct comment *,
    const struct review *);
void page_cite_bib(struct buf *, const struct page_site *,
    const struct comment *, const struct review *);
void page_cite_csl(struct buf *, const struct page_site *,
    const struct comment *, const struct review *);
/* slug: of the review that it was about, or "". */
void page_error(struct buf *, const struct page_site *, enum err,
    struct str slug);
struct page_sign_in {
	struct str name;		/* as typed before, or "" */
	struct str token, next;		/* next: a path to go to, or "" */
	struct str step;		/* the code is asked for; or "" */
	enum err error;
};
void page_sign_in(struct buf *, const struct page_site *,
    const struct page_sign_in *);
struct page_sso {			/* asks before somebody comes in */
	struct str name;		/* as the journal calls them */
	struct str sso, token, next;	/* sso: the journal's token */
};
void page_sso(struct buf *, const struct page_site *,
    const struct page_sso *);
void page_account(struct buf *, const struct page_site *,
    const struct account *, struct str token);

#include "page/account.h"

/* ---- HTML: moderators ---- */
struct page_moderator {
	const struct account *account;
	struct str token;
	const char *said;		/* of what was just done, or NULL */
};
struct page_weight {			/* of a filter, in per cent */
	struct str filter;
	int weight;
};
struct page_wanted {			/* which part of the queue; "", 0 */
	int64_t after;
	struct str slug, language, why, filter;
	bool spam;			/* instead of what waits */
	bool all;			/* everything is selected */
	int64_t done, done_to;		/* rows of the log just made */
	int64_t also;			/* `also` of them are about people */
	int64_t undone;			/* so many were just undone */
};
struct page_queue {
	struct page_wanted wanted;
	const struct held *held;	/* or shown, with reports */
	size_t n;
	int64_t total, next;		/* next: id to go on after, or 0 */
	bool narrow;			/* for who rules on this review alone */
	const struct str *languages;
	size_t nlanguages;
	const struct page_weight *weights;
	size_t nweights;
};
void page_queue(struct buf *, const struct page_site *,
    const struct page_moderator *, const struct page_queue *);
/* Reviews that somebody has a queue of, each with how many wait there. */
void page_queues(struct buf *, const struct page_site *,
    const struct page_moderator *, const struct page_review_row *, size_t n);
/* The page's path and query. */
void page_queue_path(struct buf *, const struct page_wanted *);
enum page_result {			/* as store's enum store_ruled */
	RESULT_DONE, RESULT_BEFORE, RESULT_CHANGED, RESULT_GONE, RESULT_KEPT,
	RESULT_RIGHT, RESULT_NEVER
};
struct page_ruled {
	int64_t id;			/* of the comment */
	struct str slug;
	enum model_act act;
	enum page_result result;
	int64_t log, also;		/* its rows of the log, or 0; also: what
					 * was done to its author */
	const struct log_row *undone;	/* or NULL: it was a ruling */
	struct log_row by;		/* what was done before, or id 0 */
};
struct page_rulings {
	const struct page_ruled *rows;
	size_t n;
	int64_t done;			/* of them */
};
void page_rulings(struct buf *, const struct page_site *,
    const struct page_moderator *, const struct page_rulings *);
struct page_log {
	const struct log_row *rows;
	size_t n;
	int64_t next;			/* id to go on before, or 0 */
	struct str actor, act, slug, since, until;	/* asked for, or "" */
};
/* JSON Lines: an object and a line break for each row. */
void page_log_lines(struct buf *, const struct log_row *, size_t n);
/* Link (RFC 8288) to the next page of lines. */
void page_log_next(struct buf *, const struct page_log *);
void page_log(struct buf *, const struct page_site *,
    const struct page_moderator *, const struct page_log *);
void page_thread_admin(struct buf *, const struct page_site *,
    const struct page_moderator *, const struct thread_page *);

#include "page/people.h"

/* ---- JSON ---- */
void page_thread_json(struct buf *, const struct page_site *,
    const struct thread_page *);
void page_posted_json(struct buf *, const struct page_site *,
    const struct comment *);	/* id, state, url, edit_until */
/* A TextQuoteSelector: model/anchor.c. */
void page_anchor_json(struct buf *, const struct anchor *);
void page_counts_json(struct buf *, const struct str *slugs,
    const int64_t *counts, size_t n);
void page_problem_json(struct buf *, enum err, const char *request_path);
void page_queue_json(struct buf *, const struct page_queue *);
/* {"reviews":[{"slug","heading","held"}]} */
void page_queues_json(struct buf *, const struct page_review_row *, size_t n);
/* {"done","results":[{"id","slug","result","log","words","by"}]} */
void page_rulings_json(struct buf *, const struct page_rulings *);
void page_count_json(struct buf *, int64_t waiting);
void page_ok_json(struct buf *);		/* {"ok":true} */
void page_vote_json(struct buf *, int64_t votes, bool voted);
void page_preview_json(struct buf *, struct str html);	/* {"html":""} */
/* {"id","versions":[{"since","changes":[{"op":"same|gone|new","text"}]}]} */
void page_revisions_json(struct buf *, const struct page_revisions *);

struct page_me {
	bool signed_in, has_account;
	struct str name, role, token, key;	/* key: a fresh client key */
	const struct comment *mine;
	size_t nmine;
	const int64_t *votes;		/* ids of comments */
	size_t nvotes;
};
void page_me_json(struct buf *, const struct page_site *,
    const struct page_me *);

struct page_health_filter {
	struct str name;
	bool loaded, out;
	int64_t faults;
};
struct page_health {
	enum err database;		/* what store_check says */
	const struct page_health_filter *filters;
	size_t nfilters;
};
/* {"status":"ok"|"degraded"|"down","database":"ok"|"away"|"unfit","filters":
 * [{"name","state":"ok"|"out"|"not loaded","faults"}]} */
void page_health_json(struct buf *, const struct page_health *);
void page_health_state(struct buf *, bool good);

/* ---- Atom (RFC 4287): the newest comments, spoilers left out ---- */
struct page_feed {			/* of many threads */
	struct str reviewer;		/* of their reviews, or "": all */
	const struct comment *comments;	/* newest first */
	size_t n;
};
void page_feed_atom(struct buf *, const struct page_site *,
    const struct page_feed *);
void page_thread_atom(struct buf *, const struct page_site *,
    const struct thread_page *);

/* /reviews/SLUG#comment-ID, or where it is on a later page of its thread:
 * /reviews/SLUG/after-ID#comment-ID; where that is not told
 * /foyer/comments/ID, which finds it. */
void page_comment_url(struct buf *, const struct page_site *,
    const struct comment *);

#include "page/filters.h"
#include "page/mail.h"

#endif
