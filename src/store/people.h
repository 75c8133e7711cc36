/*
 * people.h: what moderators do beyond ruling, and the people they do it to
 * (a part of store.h).
 */
#ifndef STORE_PEOPLE_H
#define STORE_PEOPLE_H

/* ---- deed.c ---- */

/* Does it and writes the log, in one transaction; *before: what stood, and if
 * that is the value already nothing is done. ERR_NOT_FOUND: no such comment;
 * ERR_DEED: it can't be. */
enum err store_deed_put(struct store *, struct arena *, const struct deed *,
    struct str *before) MUST_CHECK;
/* A comment, and what was done to it. */
struct store_deeds {
	struct comment comment;
	bool pinned;
	int64_t locked;			/* by which comment's lock; 0: not */
	struct str letter;		/* its heading as a letter, or "" */
	struct str home;		/* slug of the thread it came from */
};
enum err store_deed_at(struct store *, struct arena *, struct str slug,
    int64_t id, struct store_deeds *ret) MUST_CHECK;
/* Reasons for removals that the journal has listed, at most 50. */
enum err store_deed_reasons(struct store *, struct arena *, struct str **ret,
    size_t *n) MUST_CHECK;

/* ---- letter.c: comments that the journal prints as letters ---- */

/* Newest first, before a comment's id (0: from the newest), at most 21. */
enum err store_letter_list(struct store *, struct arena *, int64_t before,
    struct letter_row **ret, size_t *n) MUST_CHECK;

/* ---- terms.c ---- */

enum { STORE_TERMS_MAX = 500 };
struct store_terms_row {
	int issue;			/* -1: of the site */
	enum model_policy policy;
	int days;			/* 0: it never closes by itself */
};
/* The first row is the site's, whether it was set or not. */
enum err store_terms_list(struct store *, struct arena *,
    struct store_terms_row **ret, size_t *n) MUST_CHECK;
/* Gives 200 threads after this one (0: from the first) what their terms say
 * now, when to close above all, and tells the feed; then *at is the last. */
enum err store_terms_walk(struct store *, int64_t *at) MUST_CHECK;
struct store_terms {			/* of one thread */
	enum model_policy policy;
	int64_t closes_at;		/* 0: never */
	bool inherit;			/* its issue's, the site's */
};
/* Changes them and writes the log; actor NULL: foyerctl. */
enum err store_terms_set(struct store *, struct arena *, struct str slug,
    const struct store_terms *, const struct account *actor) MUST_CHECK;

/* ---- person.c ---- */

/* ERR_NOT_FOUND: nobody, or nobody here. */
enum err store_person_get(struct store *, struct arena *, const struct uuid *,
    int64_t before, struct person_page *ret) MUST_CHECK;
/* Whose names begin so, at most 50; "": who wrote last. */
enum err store_person_find(struct store *, struct arena *, struct str name,
    struct person_row **ret, size_t *n) MUST_CHECK;
/* Shown and held comments of theirs, at most 100. */
enum err store_person_here(struct store *, struct arena *,
    const struct uuid *, struct comment **ret, size_t *n) MUST_CHECK;
/* What of it was taken away all at once, by the state that it had, at most
 * 100. */
enum err store_person_swept(struct store *, struct arena *,
    const struct uuid *, struct comment **ret, size_t *n) MUST_CHECK;
/* Newest first before id `before` (0: the newest), at most 101. */
enum err store_person_bans(struct store *, struct arena *, int64_t before,
    struct ban **ret, size_t *n) MUST_CHECK;

#endif
