/*
 * model.h: the nouns of a comment service and their rules. Pure: no I/O.
 *
 * Times are Unix microseconds, 0 for "never". Text is UTF-8 in somebody's
 * arena. Ids are database ids, 0 for "none".
 */
#ifndef MODEL_MODEL_H
#define MODEL_MODEL_H

#include "base/base.h"
#include "model/people.h"

enum {
	MODEL_AUTHOR_MAX = 80,		/* characters */
	MODEL_BODY_MAX = 10000,		/* characters */
	MODEL_EMAIL_MAX = 254,		/* bytes, RFC 5321 4.5.3.1.3 */
	MODEL_REASON_MAX = 300,		/* characters */
	MODEL_EDITS_MAX = 50,		/* of one comment */
	MODEL_SLUG_MAX = 100,		/* bytes */
	MODEL_PAGE_ROOTS = 50,		/* roots a page */
	MODEL_PAGE_MOST = 500,		/* comments a page */
	MODEL_PAGE_BYTES = 2 * 1024 * 1024,	/* of HTML a page, about */
	MODEL_DEPTH_MAX = 6,		/* deeper replies are shown flat */
	MODEL_SEARCH_MAX = 200,		/* characters asked for */
	MODEL_FOUND = 20,		/* comments, reviews a page */
	MODEL_FILTERS_MAX = 16,		/* plugins in one verdict */
	MODEL_QUOTE_MAX = 2000,		/* characters of a passage */
	MODEL_CONTEXT_MAX = 64,		/* on each side of it, as sent */
	MODEL_CONTEXT = 32,		/* and as it is kept */
	MODEL_PASSAGES_MAX = 500	/* that a review's page marks */
};

/* ---- state.c: names of states, policies, roles and acts, as in SQL. ---- */

enum model_state {
	STATE_SHOWN, STATE_HELD, STATE_SPAM, STATE_REMOVED, STATE_ERASED
};
enum model_policy { POLICY_OPEN, POLICY_FIRST, POLICY_ALL, POLICY_CLOSED };
enum model_role {
	ROLE_GUEST, ROLE_READER, ROLE_REVIEWER, ROLE_MODERATOR, ROLE_OWNER
};
enum model_act { ACT_APPROVE, ACT_SPAM, ACT_REMOVE, ACT_HOLD };
/* Why a reader reports a comment. */
enum model_complaint {
	COMPLAINT_SPAM, COMPLAINT_ABUSE, COMPLAINT_SPOILER, COMPLAINT_TOPIC,
	COMPLAINT_OTHER
};
/* SORT_FEED: the newest comments, answers to old ones among them. */
enum model_sort { SORT_OLDEST, SORT_NEWEST, SORT_BEST, SORT_FEED };

const char *model_state_name(enum model_state);
const char *model_policy_name(enum model_policy);
const char *model_role_name(enum model_role);
const char *model_act_name(enum model_act);
const char *model_complaint_name(enum model_complaint);
bool model_state_parse(struct str, enum model_state *);
bool model_policy_parse(struct str, enum model_policy *);
bool model_role_parse(struct str, enum model_role *);
bool model_act_parse(struct str, enum model_act *);
bool model_complaint_parse(struct str, enum model_complaint *);
/* The state that an act leaves a comment in. */
enum model_state model_act_state(enum model_act);

/* ---- review.c ---- */

struct model_credit {
	struct str role;		/* "Director", "Cast" */
	struct str *names;
	size_t nnames;
};

struct passage {			/* that a shown comment is about */
	int64_t comment, start, end;	/* see anchor.c */
};

struct review {
	int64_t id;			/* also its thread's id */
	struct str slug;		/* [a-z0-9-]{1,100} */
	struct str path;		/* of the journal's article, or "" */
	int issue, year;		/* journal's issue; 0 unknown */
	struct str heading;		/* "Kantemir Balagov: Closeness ..." */
	struct str title, original;	/* of the film; original may be "" */
	int film_year, minutes;		/* 0 unknown */
	struct str *directors;
	size_t ndirectors;
	struct str reviewer, affiliation;
	struct str epigraph;		/* lines joined by \n */
	struct str *paragraphs;		/* the body */
	size_t nparagraphs;
	struct str *works;		/* works cited, an entry each */
	size_t nworks;
	struct model_credit *credits;
	size_t ncredits;
	struct str colour, country;	/* "Color", "Russia" */
	struct str language;		/* BCP 47 of the review's text, "en" */
	struct str published, updated;	/* as printed: "2018"; may be "" */
	struct passage *passages;	/* by start; where a page asked */
	size_t npassages;
};

bool model_slug_ok(struct str);
/* "closeness-2017" from the film's title and year. */
struct str model_review_slug(struct arena *, const struct review *);
/* Do they say the same? Ids are not looked at. */
bool model_review_same(const struct review *, const struct review *);

/* ---- anchor.c: the words of a review that a comment is about. ----
 *
 * In JSON a TextQuoteSelector whose `position` is a TextPositionSelector (W3C
 * Web Annotation Data Model, 4.2.4 and 4.2.5):
 *
 *   {"type":"TextQuoteSelector","exact":"…","prefix":"…","suffix":"…",
 *    "position":{"type":"TextPositionSelector","start":120,"end":168}}
 *
 * The text is the review's paragraphs, joined by \n; positions count its code
 * points. The words are kept as they were when they were chosen. `position` is
 * where they stand in the review as it is now: settled when a comment is posted
 * and when its review is imported again, so that a page has nothing to look
 * for. Without it the review has them no longer. */

struct anchor {
	struct str exact, prefix, suffix;	/* exact "": no anchor */
	int64_t start, end;			/* end 0: nowhere */
};
struct anchor_text {				/* a review's, to search in */
	int32_t *raw, *folded;			/* spaces, quotes alike */
	size_t n;
};

/* Cleans its words and bounds them; end 0 unless start < end. */
enum err model_anchor_check(struct arena *, struct anchor *) MUST_CHECK;
struct anchor_text model_anchor_text(struct arena *, const struct str *
    paragraphs, size_t n);
/* Where paragraph i of the text begins. */
int64_t model_anchor_paragraph(const struct anchor_text *, size_t i);
/* Finds its words: as they are, where what stands around them fits; else about
 * as they are (approx.c), so that a review may be mended. `start` is where to
 * look first. Sets start and end; false, and end 0, if they are gone. Takes
 * O(text), whatever the words. */
bool model_anchor_find(struct arena *, const struct anchor_text *,
    struct anchor *);
/* After it was found: its words and what is around them as the text has them,
 * the words at most MODEL_QUOTE_MAX. */
void model_anchor_quote(struct arena *, const struct anchor_text *,
    struct anchor *);

/* ---- approx.c ---- */

enum { MODEL_APPROX_MAX = 192 };	/* code points of a pattern */

struct model_approx {
	const int32_t *pattern;
	size_t n, from, to;		/* the part of it that is wanted */
	size_t near;			/* of matches as good, the nearest */
	size_t start, end;		/* the part's place, when found */
};
/* Sets the part's place in the text: of the pattern's best match, by edit
 * distance, if at most a third of it and two fifths of the part differ. */
bool model_approx_find(struct arena *, const int32_t *text, size_t n,
    struct model_approx *);

/* ---- draft.c: what a reader sent, before it is a comment. ---- */

struct draft {
	int64_t thread, parent;		/* parent 0: a root */
	struct str slug;		/* of the review */
	struct str author, body, email;	/* after model_draft_check */
	struct str html;		/* body, rendered */
	struct str honeypot;		/* the hidden field: "" for people */
	struct str answer;		/* to a filter's challenge, or "" */
	struct str anchor;		/* JSON or "" */
	bool spoiler;			/* it spoils the film */
	struct anchor passage;		/* the same, read */
	struct uuid key;		/* the client key */
	struct uuid person;		/* account or guest */
	bool has_account;
	bool stranger;			/* the person is new with this draft */
	bool guessed;			/* is the sender banned? not asked */
	const char *policy;		/* that it was judged by; NULL: any */
	struct str badge;		/* what its author is here */
	struct str sender;		/* keyed hash of the address, hex */
	struct str email_hash;		/* keyed hash, hex, or "" */
	struct str follow;		/* sealed address for replies, or "" */
	int64_t sent;			/* now */
	int64_t form_made;		/* when the form was given out, or 0 */
};

/* Cleans and bounds author, body, email in place (DESIGN section 11). */
enum err model_draft_check(struct arena *, struct draft *) MUST_CHECK;
/* Of its mail address, in lower case; "" where there is none. */
struct str model_draft_domain(struct arena *, const struct draft *);

/* ---- policy.c: verdicts and rules into a state. ---- */

struct evidence {			/* one filter's word on one comment */
	struct str filter;		/* the plugin's name */
	bool silent;			/* failed, late, out or absent */
	int score;			/* -100 surely fine, 100 surely spam */
	struct str reason;		/* for the moderator; may be "" */
	struct str features;		/* "name=value name=value"; may be "" */
	int64_t usec;			/* how long it took */
	struct str mark, mark_used;	/* see foyer_mark; "": none */
	int64_t mark_ends;		/* it is known for no longer */
};

struct verdict {
	struct evidence each[MODEL_FILTERS_MAX];
	size_t n;
	bool silent;			/* one that counts was silent */
	int total;			/* weighted, clamped to -100..100 */
};

struct policy {				/* what the core's rules know */
	enum model_policy thread;
	int64_t closes_at;		/* 0 never */
	bool newcomer;			/* has no shown comment yet */
	bool trusted;			/* a moderator or trusted account */
	bool banned;
	bool quiet;			/* what they send waits, unsaid */
	bool deferred;			/* filters are asked later, too */
	int defer_at;			/* from which total on */
	int hold_at, spam_at;		/* total >= hold_at holds, and so on */
};

/* What a comment's state shall be. Silence is not consent: a silent filter
 * holds. A filter never publishes what a rule holds; the banned and what the
 * filters are sure of go to spam, the trusted are shown. `why`, a literal for
 * the moderator: "newcomer", "filters", "silent filter", "policy", "banned",
 * "quiet", "deferred" (until filters that are asked later have spoken), "". */
enum model_state model_policy_state(const struct verdict *,
    const struct policy *, const char **why);
bool model_policy_closed(const struct policy *, int64_t now);

/* ---- comment.c, order.c ---- */

struct comment {
	int64_t id, thread, parent, root;	/* root: itself for a root */
	enum model_state state;
	struct str author;
	struct str badge;	/* "", or a stable word: "reviewer" (of this
				   review), "moderator", "owner", "verified" */
	struct str html, body;			/* "" where it is not shown */
	struct str anchor, reason;		/* reason: of the removal */
	bool spoiler;				/* it spoils the film */
	struct anchor passage;			/* anchor, where it was read */
	struct uuid person;
	int64_t who;				/* the same for one person's,
						   on shared pages; 0: untold */
	int64_t posted, edited, edit_until;
	int votes;
	int depth;				/* set by model_order */
	int marks;				/* MARK_* */
	struct str note;			/* why a moderator edited it */
	int64_t after;				/* of the page that it is on:
						   0 the first, -1 untold */
	struct str slug, title;			/* of its review */
};

struct thread {
	int64_t id, version;
	struct str slug, title, language;
	int minutes;				/* of the film; 0 unknown */
	enum model_policy policy;
	int64_t closes_at;
	bool own;				/* terms of its own */
	int64_t count;				/* shown comments */
};

struct thread_page {
	struct thread thread;
	enum model_sort sort;
	int64_t after;				/* 0: the first page */
	bool stray;				/* no comment here is `after` */
	struct comment *comments;		/* in display order */
	size_t ncomments;
	int64_t next;				/* after-ID of the next page */
	struct letter_row *letters;		/* on a review's page */
	struct letter_row *featured;		/* on the first page: how they
						   begin is their heading */
	size_t nletters, nfeatured;
};

/* Puts comments of one page into display order, parents before replies and
 * replies by time, and sets depth, MODEL_DEPTH_MAX at most. Roots keep the
 * order they came in. A reply whose parent is absent counts as a root. */
void model_order(struct arena *, struct comment *, size_t n);

/* ---- diff.c ---- */

enum model_diff { DIFF_SAME, DIFF_GONE, DIFF_NEW };

struct model_change {
	enum model_diff kind;
	struct str text;		/* whole words, of one of the two */
};

struct model_differ {
	int *trace;
	int64_t allowance;		/* of work, for all comparisons */
};

/* Texts compared word by word. Where they differ by hundreds of words, or much
 * was compared already, what differs counts as replaced. */
void model_diff_open(struct arena *, struct model_differ *);
struct model_change *model_diff(struct arena *, struct model_differ *,
    struct str old, struct str new, size_t *n);

/* ---- finding ---- */

struct search {				/* "" and 0: not asked for */
	struct str words;		/* as typed: words "a phrase" -not or */
	struct str film, director, reviewer;
	int issue;
	int64_t before;			/* comments older than this id; or 0 */
};

/* An excerpt is plain text, no markup, the words found between \x02 and \x03;
 * what spoils a film is not in it. */
struct found_review {
	struct str slug, heading, reviewer, language, excerpt;
	int issue, year;
	int64_t count;
};

struct found_comment {
	struct comment comment;		/* without html and body */
	struct str language;		/* of its review */
	struct str excerpt;
};

struct findings {
	struct found_review *reviews;	/* the closest first */
	size_t nreviews;
	bool more;			/* reviews were found than these */
	struct found_comment *comments;	/* the newest first */
	size_t ncomments;
	int64_t next;			/* `before` of the next page; or 0 */
};

/* ---- device.c ---- */

/* What a browser calls itself by its User-Agent, as the owner of a session
 * may tell it from others: "Firefox, Linux"; "" where neither is known. Made
 * of our own words, so it is bounded. */
struct str model_device(struct arena *, struct str agent);

/* ---- the queue, the log, accounts ---- */

struct report {
	enum model_complaint reason;
	struct str words;			/* the reporter's own, or "" */
	int64_t at;
};

enum { MODEL_REPORTS_MAX = 10, MODEL_NEAR_MAX = 5 };	/* of one comment */

struct held {
	struct comment comment;
	struct verdict verdict;
	struct str why;				/* the rule that held it */
	struct str parent_author, parent_body;
	int64_t shown_before, removed_before;	/* of the same person */
	int64_t first_seen;			/* their oldest comment, or 0 */
	struct report reports[MODEL_REPORTS_MAX];	/* not dealt with */
	size_t nreports;
	struct person_row *near;		/* who wrote from the same
						   address: id, name */
	size_t nnear;				/* MODEL_NEAR_MAX + 1: more */
};

struct log_row {
	int64_t id, at;
	struct uuid actor;			/* null: foyerctl */
	struct str actor_name, act;		/* "approve", "sign-in" ... */
	int64_t thread, comment;
	struct str slug;
	struct str reason, before, after;
	int64_t ref;				/* the row it undoes, or 0 */
	int64_t undone;				/* the row that undid it; told,
						   not kept */
	unsigned char prev[32], hash[32];	/* BLAKE2b-256 */
};

struct account {
	struct uuid id;
	struct str name, password;		/* password: Argon2id string */
	struct str reviewer;			/* as reviews print it; or "" */
	enum model_role role;
	int64_t epoch;				/* token_epoch */
	bool suspended;
	struct str totp;			/* its secret, sealed; or "" */
	int64_t totp_step;			/* of the last code taken */
	int64_t feed;				/* which address; 0: none */
};

#include "model/acts.h"
#include "model/insight.h"
#include "model/tally.h"

#endif
