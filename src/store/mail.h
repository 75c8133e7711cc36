/* mail.h: part of store.h: who follows replies, and the mail that waits. */
#ifndef STORE_MAIL_H
#define STORE_MAIL_H

/* ---- follow.c: readers who want to hear of replies to a comment of theirs.
 * Addresses are sealed; whoever asks opens them. ---- */

struct store_follower {
	int64_t thread, comment;	/* theirs */
	struct uuid person;
	struct str address;		/* sealed */
	int64_t asked, confirmed;	/* us; 0: not yet */
	struct str slug, title, language;	/* of store_follow_get; of
						 * store_follow_of, the first
						 * two */
};
/* By thread, comment and person. ERR_NOT_FOUND: they don't follow it. */
enum err store_follow_get(struct store *, struct arena *,
    struct store_follower *) MUST_CHECK;
/* With all that they asked for with that address. ERR_NOT_FOUND. */
enum err store_follow_confirm(struct store *, const struct store_follower *)
    MUST_CHECK;
/* In that thread, or in all of them; it may be stopped already. */
enum err store_follow_stop(struct store *, const struct store_follower *,
    bool all) MUST_CHECK;
/* By thread and comment, after one; the last comes when *n is 0. */
enum err store_follow_list(struct store *, struct arena *,
    const struct store_follower *after, struct store_follower **ret,
    size_t *n) MUST_CHECK;
/* Of one person, the newest first, *n at most. */
enum err store_follow_of(struct store *, struct arena *, const struct uuid *,
    struct store_follower **ret, size_t *n) MUST_CHECK;
/* What that person asked for, for one comment or (0) all; it may be over
 * already. */
enum err store_follow_end(struct store *, const struct uuid *person,
    int64_t comment) MUST_CHECK;
/* ERR_NOT_FOUND: it is another by now. */
enum err store_follow_reseal(struct store *, const struct store_follower *old,
    struct str address) MUST_CHECK;
/* Some of those that are not kept any longer; days: 0 is for ever. */
enum err store_follow_retire(struct store *, int days) MUST_CHECK;

/* ---- outbox.c: what is to be sent, once, whoever of us does it. ---- */

struct store_mail {
	int64_t thread, comment;	/* whose follower gets it; 0: digest */
	struct str kind;		/* "confirm", "reply", "digest" */
	int64_t about, tried, made;	/* tried: this time is counted */
	struct uuid person;
	struct str address;		/* sealed */
	bool wanted;			/* else it is of no use any more */
	struct str slug, title, language;
	struct str author, text;	/* of the reply; "" if it spoils */
};
/* Writes mails about replies that are shown since the last time. */
enum err store_outbox_follow(struct store *) MUST_CHECK;
/* One that tells moderators what waits, at most every so many minutes. */
enum err store_outbox_digest(struct store *, int minutes) MUST_CHECK;
/* The next that is due: for a minute at least nobody else takes it.
 * ERR_NOT_FOUND: none is. */
enum err store_outbox_take(struct store *, struct arena *,
    struct store_mail *ret) MUST_CHECK;
/* It was sent, or never will be. */
enum err store_outbox_over(struct store *, const struct store_mail *)
    MUST_CHECK;
/* It could not be tried. */
enum err store_outbox_back(struct store *, const struct store_mail *)
    MUST_CHECK;
enum err store_outbox_waiting(struct store *, int64_t *n, int64_t *age)
    MUST_CHECK;					/* age: us, the oldest's */
enum err store_outbox_retire(struct store *) MUST_CHECK;

#endif
