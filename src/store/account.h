/*
 * account.h: part of store.h, for accounts: who may sign in, as what, with what
 * proof; their sessions, their links.
 */
#ifndef STORE_ACCOUNT_H
#define STORE_ACCOUNT_H

#include "base/base.h"
#include "model/model.h"

struct store;

/* ---- account.c ---- */
enum err store_account_add(struct store *, struct arena *,
    const struct account *) MUST_CHECK;		/* ERR_CONFLICT: name taken */
enum err store_account_by_name(struct store *, struct arena *, struct str,
    struct account *ret) MUST_CHECK;
enum err store_account_by_id(struct store *, struct arena *,
    const struct uuid *, struct account *ret) MUST_CHECK;
/* The same, if this session of it is good. */
enum err store_account_by_session(struct store *, struct arena *,
    const struct uuid *, const struct uuid *session, struct account *ret)
    MUST_CHECK;
enum err store_account_list(struct store *, struct arena *,
    struct account **ret, size_t *n) MUST_CHECK;
/* Reviewers, moderators and owners, these first; at most 500. */
enum err store_account_staff(struct store *, struct arena *,
    struct account **ret, size_t *n) MUST_CHECK;
/* Whose names begin so, whatever their role; at most 50. */
enum err store_account_named(struct store *, struct arena *, struct str name,
    struct account **ret, size_t *n) MUST_CHECK;
/* A new password or role raises token_epoch: all sessions end. */
enum err store_account_password(struct store *, struct arena *,
    struct str name, struct str password) MUST_CHECK;
enum err store_account_revoke(struct store *, struct arena *, struct str name)
    MUST_CHECK;
/* ERR_NOT_FOUND: this account did not write that review. */
enum err store_account_reviewed(struct store *, const struct uuid *,
    struct str slug) MUST_CHECK;
/* What they wrote that has something to rule on, at most 200. */
struct store_own_review {
	struct str slug, heading;
	int64_t held;			/* counted to 1000 */
};
enum err store_account_reviews(struct store *, struct arena *,
    const struct uuid *, struct store_own_review **ret, size_t *n) MUST_CHECK;
/* A new secret address of the queue's feed, or none. Sets account->feed. */
enum err store_account_feed(struct store *, struct account *, bool on)
    MUST_CHECK;

/* ---- right.c: what the owner decides; each is in the log. ---- */
struct store_right {
	struct uuid id;
	enum model_role role;
	bool suspended;
	const struct account *actor;
};
/* Raises token_epoch. ERR_LAST_OWNER: nobody would be left to undo it. */
enum err store_right_set(struct store *, struct arena *,
    const struct store_right *) MUST_CHECK;
struct store_choice {
	bool reviewers;			/* rule on their own reviews */
	bool tally;			/* readers may see it */
};
enum err store_right_choice(struct store *, struct store_choice *ret)
    MUST_CHECK;
enum err store_right_choose(struct store *, struct arena *,
    const struct store_choice *, const struct account *actor) MUST_CHECK;
/* One line of the log about an account. */
enum err store_right_log(struct store *, struct arena *,
    const struct account *actor, enum model_logged, struct str after)
    MUST_CHECK;

/* ---- tally.c: the last twelve months, the latest first. ---- */
enum err store_tally_get(struct store *, struct arena *, struct tally *)
    MUST_CHECK;

/* ---- session.c: accounts' sessions; one without a row is over. ---- */
struct store_session {
	struct uuid id;
	struct str device;
	int64_t made, seen;		/* in whole hours */
	int64_t ends;
};
/* token_epoch, if the session is good; else ERR_NOT_FOUND. */
enum err store_session_check(struct store *, const struct uuid *account,
    const struct uuid *id, int64_t *epoch) MUST_CHECK;
/* An account keeps the twenty newest. */
enum err store_session_add(struct store *, const struct uuid *account,
    const struct store_session *) MUST_CHECK;
enum err store_session_list(struct store *, struct arena *,
    const struct uuid *account, struct store_session **ret, size_t *n)
    MUST_CHECK;
enum err store_session_end(struct store *, const struct uuid *account,
    const struct uuid *id) MUST_CHECK;		/* ERR_NOT_FOUND */
/* What is over, tries and links too, some at a time. */
enum err store_session_retire(struct store *) MUST_CHECK;
enum { STORE_TRY_SECONDS = 900 };
struct store_try {			/* to sign in */
	const unsigned char *network, *name;	/* keyed hashes, 16 bytes */
	int most_network, most_name;	/* in STORE_TRY_SECONDS */
};
/* Counts one; *wait: seconds until it may be tried again, 0: now. */
enum err store_session_try(struct store *, const struct store_try *,
    int64_t *wait) MUST_CHECK;
/* It was right: the name's tries are forgotten, this one of the network. */
enum err store_session_tried(struct store *, const struct store_try *)
    MUST_CHECK;

/* ---- totp.c ---- */
/* secret: sealed, or "": no second factor; hashes: of its recovery codes. */
enum err store_totp_set(struct store *, struct arena *,
    const struct account *, const struct str *hashes, size_t n) MUST_CHECK;
/* Each step once, and none before it; a code once. ERR_NOT_FOUND. */
enum err store_totp_step(struct store *, const struct uuid *account,
    int64_t step) MUST_CHECK;
enum err store_totp_recover(struct store *, const struct uuid *account,
    struct str hash) MUST_CHECK;
enum err store_totp_left(struct store *, const struct uuid *account,
    int64_t *codes) MUST_CHECK;
struct store_sealed {
	struct uuid account;
	struct str secret;
};
/* By account, after one; the last comes when *n is 0. */
enum err store_totp_list(struct store *, struct arena *,
    const struct uuid *after, struct store_sealed **ret, size_t *n)
    MUST_CHECK;
/* ERR_NOT_FOUND: it is another by now. */
enum err store_totp_reseal(struct store *, const struct store_sealed *old,
    struct str secret) MUST_CHECK;

/* ---- invite.c: links that were given out. ---- */
struct store_invite {
	struct uuid id;
	enum model_role role;
	struct uuid account;		/* null: for somebody new */
	struct str name;		/* that account's */
	struct str note, maker;
	int64_t ends;
};
/* The log tells it, in the same transaction. */
enum err store_invite_add(struct store *, struct arena *,
    const struct store_invite *, const struct account *actor) MUST_CHECK;
enum err store_invite_list(struct store *, struct arena *,
    struct store_invite **ret, size_t *n) MUST_CHECK;
/* ERR_NOT_FOUND: used, taken back or over. take: it can't be had again. */
enum err store_invite_get(struct store *, struct arena *,
    const struct uuid *, bool take, struct store_invite *ret) MUST_CHECK;

/* Takes it, adds or renews the account, tells the log: all or nothing.
 * ERR_NOT_FOUND as above; ERR_CONFLICT: the name is taken. */
enum err store_invite_use(struct store *, struct arena *,
    const struct store_invite *, const struct account *who) MUST_CHECK;

/* ---- log_seal.c: the log's head on some days, signed. ---- */
struct store_seal {
	int64_t id, at;			/* of the head's row; when */
	struct str seal;		/* seal_chain_sign's */
};
/* Harmless again. */
enum err store_log_seal_add(struct store *, const struct store_seal *)
    MUST_CHECK;
enum err store_log_seal_last(struct store *, int64_t *id, int64_t *at)
    MUST_CHECK;				/* 0, 0: none */
/* By row, at most 1000. */
enum err store_log_seal_list(struct store *, struct arena *, int64_t after,
    struct store_seal **ret, size_t *n) MUST_CHECK;

#endif
