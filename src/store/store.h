/*
 * store.h: the only room that speaks to PostgreSQL (libpq).
 *
 * One connection a process. Every statement is a file in sql/queries/ and is
 * prepared when a connection first needs it. A lost connection is opened again
 * by the next call, at most every 250 ms; until then calls fail at once with
 * ERR_DATABASE. 40001 and 40P01 are tried at most three times; a COMMIT whose
 * answer is lost is not repeated here unless a client key makes it harmless.
 * Results live in the arena given. No call waits over `store_timeout`.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include <sys/types.h>

#include "base/base.h"
#include "model/model.h"

/* ---- db.c ---- */
struct store;

/* Opens lazily: OK even while the database is away. conninfo: libpq's
 * (connect_timeout, keepalives, tcp_user_timeout and
 * target_session_attrs=read-write are added where it leaves them out).
 * `site`: the row of table site this process serves. */
enum err store_open(struct arena *, const char *conninfo, const char *site,
    struct store **ret) MUST_CHECK;
void store_close(struct store *);
/* Connects and asks: OK, ERR_DATABASE (away: try later) or ERR_SCHEMA (never
 * fits: give up). store_trouble says why, in a sentence. */
enum err store_check(struct store *) MUST_CHECK;
/* prepare.c: the same, and prepares all that there is. */
enum err store_prepare_all(struct store *) MUST_CHECK;
const char *store_trouble(const struct store *);
/* As a log may hold it: PostgreSQL quotes values when it refuses them. */
const char *store_trouble_log(const struct store *);
/* Is there still a connection after that? Then only what was asked failed. */
bool store_connected(const struct store *);
/* What the connection's role may do; foyerd's writes rows and owns nothing. */
struct store_role {
	struct str name;
	bool owns, writes;		/* alters tables; comments */
};
/* The server as check looks at it. */
struct store_server {
	int version;			/* 150004 is 15.4 */
	bool utf8;
	int64_t now;			/* its clock, usec */
	bool standby, read_only;	/* read_only: by a setting */
	int64_t log;			/* bytes its write-ahead log may grow to
					 * before it is used again */
	struct str folder;		/* of its data; "": this role may not
					 * ask */
};
enum err store_server(struct store *, struct arena *,
    struct store_server *ret) MUST_CHECK;
/* Writes a row and takes it back. */
enum err store_writes(struct store *) MUST_CHECK;
/* Who made the socket that it is connected to; 0: nobody on this machine. */
pid_t store_peer(const struct store *);
enum err store_role(struct store *, struct arena *, struct store_role *ret)
    MUST_CHECK;
/* No call lasts past this moment (clock_mono); 0: each has its three seconds.
 * Many slow answers, one after the other, are one slow request. */
void store_until(struct store *, int64_t);
/* Round trips made since it was opened, for tests and metrics. */
int64_t store_trips(const struct store *);
/* Microseconds that its calls have waited for PostgreSQL. */
int64_t store_waited(const struct store *);

/* ---- review.c ---- */
/* Adds or, by slug, updates; its thread is made with the site's policy or
 * kept. *created tells which. Sets review->id. One transaction. */
enum err store_review_put(struct store *, struct arena *, struct review *,
    bool *created) MUST_CHECK;
enum err store_review_get(struct store *, struct arena *, struct str slug,
    struct review *ret) MUST_CHECK;

struct store_review_row {
	int64_t id;
	struct str slug, heading, reviewer;
	int issue, year;
	int64_t count;			/* shown comments */
	struct str language;
	int64_t last;			/* of store_review_places */
};
/* Newest issue first; after: id of the last row seen with its issue, 0 for the
 * first page; at most 100 rows. */
struct store_reviews {
	struct store_review_row *rows;
	size_t n;
	int64_t version;		/* see store_change_version */
};
enum err store_review_list(struct store *, struct arena *, int after_issue,
    int64_t after_id, struct store_reviews *ret) MUST_CHECK;
/* All of them, the latest first: of each its slug and, as `last`, when its
 * newest comment was posted, or 0. */
enum err store_review_places(struct store *, struct arena *,
    struct store_reviews *ret) MUST_CHECK;

/* ---- page.c ---- */
struct store_view {			/* which page of a thread */
	struct str slug;
	enum model_sort sort;
	int64_t after;			/* `next` of the page before, or 0 */
};
/* The thread and a page of it: one round trip for the first page of one that
 * was read lately. Comments come in display order with depth set, without body
 * and person. What is removed, erased or waits again comes as a tombstone
 * (empty author and html; removed or erased) while it has shown replies, and
 * else not. A root whose replies don't fit goes on on the next page. */
enum err store_page_thread(struct store *, struct arena *,
    const struct store_view *, struct thread_page *ret) MUST_CHECK;
/* The same with its review. */
enum err store_page_review(struct store *, struct arena *,
    const struct store_view *, struct review *, struct thread_page *)
    MUST_CHECK;

/* ---- thread.c ---- */
/* Its review's language. */
enum err store_thread_language(struct store *, struct arena *, struct str slug,
    struct str *ret) MUST_CHECK;
enum err store_thread_version(struct store *, int64_t thread, int64_t *ret)
    MUST_CHECK;
struct store_closing {			/* threads that close, in us */
	int64_t after, until;
	struct str *slugs;		/* at most 1000 */
	size_t n;
	bool more;
};
/* Those with after < closes_at <= until; fills in the rest. */
enum err store_thread_closing(struct store *, struct arena *,
    struct store_closing *) MUST_CHECK;
/* Shown comments of each; -1: no such review. */
enum err store_thread_counts(struct store *, struct arena *,
    const struct str *slugs, size_t n, int64_t *counts) MUST_CHECK;

/* ---- comment.c ---- */
/* What the filters and rules must know before a comment is judged; one round
 * trip, or none for a stranger's that answers nobody, if the thread was asked
 * for lately: then a guess, which store_comment_add checks. ERR_NOT_FOUND: no
 * such review; ERR_PARENT_BAD; ERR_LOCKED: no replies are taken there. */
struct store_context {
	struct thread thread;
	struct policy policy;		/* all but hold_at, spam_at */
	struct str parent_author, parent_body;	/* body cut at 2000 chars */
	int64_t shown, removed;		/* this person's, counted to 100 */
	int64_t first_seen;		/* their oldest comment, or 0 */
	struct str badge;		/* what they are here, or "" */
	bool refused;			/* a ban that says so */
};
enum err store_comment_context(struct store *, struct arena *,
    struct draft *, struct store_context *ret) MUST_CHECK;

struct store_judged {			/* what a comment shall be, and why */
	const struct verdict *verdict;
	enum model_state state;
	const char *why;
};
struct store_added {
	struct comment comment;		/* edit_until and title are not set */
	bool again;
};
/* One round trip, one transaction: comment, verdicts, change. Sent again with
 * the same key it returns the first one's id and state, `again` true. Same key
 * but another person or body: ERR_KEY_USED. Rechecks that the thread is open
 * (ERR_THREAD_CLOSED) and the parent there (ERR_PARENT_BAD). ERR_USED: another
 * comment has the mark that its verdict names. ERR_CONFLICT: it was judged by
 * what is no longer so; judge it again. A reply to one's own held comment is
 * held too. Safe to repeat after a lost answer, and does so itself. */
enum err store_comment_add(struct store *, struct arena *,
    const struct draft *, const struct store_judged *, struct store_added *ret)
    MUST_CHECK;
enum err store_comment_get(struct store *, struct arena *, struct str slug,
    int64_t id, struct comment *ret) MUST_CHECK;	/* any state */
/* Where a comment lives: sets id, thread, slug; shown ones and tombstones. */
enum err store_comment_find(struct store *, struct arena *, int64_t id,
    struct comment *ret) MUST_CHECK;
/* In any state, but only if it was under the review `was` before. */
enum err store_comment_where(struct store *, struct arena *, int64_t id,
    struct str was, struct comment *ret) MUST_CHECK;
struct store_mine {
	struct comment *rows;
	size_t n;
	int64_t *votes;			/* ids of comments */
	size_t nvotes;
};
/* A person's own comments in a thread, newest first, at most 100, not those
 * that they erased; and their newest votes there, at most 1000. */
enum err store_comment_mine(struct store *, struct arena *, struct str slug,
    const struct uuid *person, struct store_mine *ret) MUST_CHECK;

struct store_place {			/* a comment, and who asks for it */
	struct str slug;
	int64_t id;
	struct uuid person;
};

/* ---- place.c ---- */
/* The page of its thread that a comment is on, oldest first: sets c->after,
 * from id, thread and slug. A later page begins with its branch. */
enum err store_place_find(struct store *, struct arena *, struct comment *c)
    MUST_CHECK;

/* ---- passage.c: anchors (model/anchor.c) and their review's text. ---- */
struct store_passage_text {
	int64_t imported;		/* when it became this text */
	struct str *paragraphs;
	size_t n;
};
enum err store_passage_text(struct store *, struct arena *, struct str slug,
    struct store_passage_text *) MUST_CHECK;
struct store_settled { size_t moved, gone; };
/* Where passages of comments after `after` stand now, in batches. */
enum err store_passage_settle(struct store *, struct str slug, int64_t after,
    struct store_settled *) MUST_CHECK;
/* After comment `id` was added: again if its review is newer than that. */
enum err store_passage_posted(struct store *, struct str slug, int64_t id,
    int64_t imported) MUST_CHECK;

/* ---- mark.c ---- */
/* Forgets marks that are too old to be used, some at a time. */
enum err store_mark_retire(struct store *) MUST_CHECK;

/* ---- edit.c: by its author, while now < posted + window (us), else
 * ERR_WINDOW_OVER. Another's is ERR_NOT_FOUND; ERR_CONFLICT: a removed one, or
 * one that is no longer what was seen; ERR_EDITS_MANY; ERR_USED as above. */

struct store_own {			/* one's own comment */
	struct str slug;
	int64_t id;
	struct uuid person;
	int64_t window;
};
struct store_edit {
	struct store_own own;
	const struct draft *draft;	/* its body and html */
	enum model_state seen;		/* when it was judged */
	struct store_judged judged;
};
/* The old body is kept as a revision. */
enum err store_edit_save(struct store *, struct arena *,
    const struct store_edit *, struct comment *ret) MUST_CHECK;
/* Erased: its text, name, sender and revisions are gone. */
enum err store_edit_erase(struct store *, struct arena *,
    const struct store_own *) MUST_CHECK;

/* ---- revision.c ---- */
struct store_revision {
	struct str body;		/* as it was typed */
	int64_t since;			/* from when it was so */
};
/* What readers saw of a shown comment before it was as it is, oldest first;
 * none of one that is not shown, and nothing that never was. */
enum err store_revision_list(struct store *, struct arena *,
    const struct store_place *, struct store_revision **ret, size_t *n)
    MUST_CHECK;

/* ---- vote.c ---- */
struct store_vote {
	bool voted;			/* by this person */
	int votes;
	bool told;			/* the pages must hear of it now */
};
/* One each for a comment, or none. ERR_NOT_FOUND: it is not shown; ERR_OWN,
 * ERR_BANNED. One transaction; safe to repeat. */
enum err store_vote_cast(struct store *, struct arena *,
    const struct store_place *, bool helpful, struct store_vote *ret)
    MUST_CHECK;
/* The comment in any state, and whether this person voted for it. */
enum err store_vote_get(struct store *, struct arena *,
    const struct store_place *, struct comment *, bool *voted) MUST_CHECK;
/* Tells the pages of votes that came in since they were told. */
enum err store_vote_tell(struct store *, int64_t *threads) MUST_CHECK;

/* ---- report.c ---- */
struct store_report {
	struct store_place at;
	enum model_complaint reason;
	struct str words;
	int hold;			/* so many hold it; 0: none do */
};
/* One each for a shown comment; a second is not heard. *held: enough people
 * have reported it and it waits for a moderator, as the log says.
 * ERR_NOT_FOUND, ERR_OWN, ERR_BANNED; ERR_TOO_MANY: twenty an hour. */
enum err store_report_add(struct store *, struct arena *,
    const struct store_report *, bool *held) MUST_CHECK;

/* ---- feed.c: the newest shown comments of many threads, at most 50. ---- */
struct store_feed {
	struct comment *rows;
	size_t n;
	int64_t version;		/* of all (store_change_version) */
};
enum err store_feed_site(struct store *, struct arena *, struct store_feed *)
    MUST_CHECK;
/* Of one reviewer's reviews, without version; ERR_NOT_FOUND: there are none. */
enum err store_feed_reviewer(struct store *, struct arena *, struct str name,
    struct store_feed *) MUST_CHECK;

/* What waits, the newest first, at most 50: id, slug, title, author, posted,
 * why, and as body an excerpt of 200 characters. */
enum err store_feed_queue(struct store *, struct arena *, struct held **ret,
    size_t *n) MUST_CHECK;

/* ---- ruling.c: rulings in order, as filters hear them. ---- */
struct store_heard {
	int64_t id, comment;		/* the ruling's in the log */
	struct str now, before;		/* states; "": no ruling was before */
	struct draft draft;		/* what a filter is told of it */
	struct str slug, language, parent_body;
};
/* Those after `after`, at most 100; of what was erased none. */
enum err store_ruling_walk(struct store *, struct arena *, int64_t after,
    struct store_heard **ret, size_t *n) MUST_CHECK;

/* ---- notice.c: comments by their numbers, as filters notice them. ---- */

enum err store_notice_last(struct store *, struct arena *, int64_t *ret)
    MUST_CHECK;
/* Those after `after` that are a second old, at most 100; another site's have
 * no slug. */
enum err store_notice_walk(struct store *, struct arena *, int64_t after,
    struct store_heard **ret, size_t *n) MUST_CHECK;

/* ---- log.c: the moderation log's rows; their hash is made by `chain`. ---- */
/* seal's function, given here so that store needs no libsodium:
 * hash = chain(prev, row without prev and hash). Must be set once. */
typedef void store_chain_fn(const struct log_row *, unsigned char hash[32]);
void store_log_chain(store_chain_fn *);
enum err store_log_add(struct store *, struct arena *, struct log_row *)
    MUST_CHECK;
/* Newest first before id `before` (0: from the head), at most 100. */
enum err store_log_list(struct store *, struct arena *, int64_t before,
    struct log_row **ret, size_t *n) MUST_CHECK;
struct store_rows {
	struct log_row *rows;
	size_t n;
};
/* Those of these ids that there are, newest first, at most 200. */
enum err store_log_get(struct store *, struct arena *, const int64_t *ids,
    size_t n, struct store_rows *ret) MUST_CHECK;
/* Oldest first after `after`, at most 1000, and the head, for verify. */
enum err store_log_walk(struct store *, struct arena *, int64_t after,
    struct log_row **ret, size_t *n) MUST_CHECK;
struct store_log_find {
	struct str slug, actor, act;	/* "": any */
	int64_t since, until;		/* us; 0: ever */
	int64_t before;			/* an id; 0: from the head */
	int64_t most;			/* rows */
	struct log_row *rows;		/* newest first */
	size_t n;
	int64_t next;			/* the next call's `before`; or 0 */
};
/* Looks at 2000 rows at most, so a page may hold fewer than there are. */
enum err store_log_find(struct store *, struct arena *,
    struct store_log_find *) MUST_CHECK;
enum err store_log_head(struct store *, int64_t *id, unsigned char hash[32])
    MUST_CHECK;

/* ---- sso.c ---- */
struct store_sso {			/* a token's claims, checked */
	struct str jti, subject, name;
	int64_t ends;			/* of the token */
	enum model_role role;		/* reader or reviewer */
	const struct str *reviews;	/* slugs of those they wrote */
	size_t nreviews;
};
/* The account of the journal's subject, made at the first time. One
 * transaction. ERR_SSO_BAD: the token was used before. */
enum err store_sso_enter(struct store *, struct arena *,
    const struct store_sso *, struct account *ret) MUST_CHECK;
/* Forgets tokens that are too old to be used, some at a time. */
enum err store_sso_retire(struct store *) MUST_CHECK;

/* ---- search.c: over reviews and shown comments. ---- */
/* The newest comments first, reviews on the first page only. */
enum err store_search_find(struct store *, struct arena *,
    const struct search *, struct findings *ret) MUST_CHECK;
/* Brings the index up to the feed; a batch of older comments; a batch anew,
 * after the id *after, 0 at the end; all reviews. */
enum err store_search_follow(struct store *) MUST_CHECK;
enum err store_search_catch_up(struct store *, bool *over) MUST_CHECK;
enum err store_search_fill(struct store *, int64_t *after) MUST_CHECK;
enum err store_search_reviews(struct store *) MUST_CHECK;

#include "store/account.h"
#include "store/change.h"
#include "store/queue.h"
#include "store/arrive.h"
#include "store/setup.h"
#include "store/forget.h"
#include "store/keep.h"
#include "store/people.h"
#include "store/deferred.h"
#include "store/insight.h"
#include "store/mail.h"

#endif
