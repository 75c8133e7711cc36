/*
 * people.h: part of model.h: what moderators do beyond ruling, and to whom.
 */
#ifndef MODEL_PEOPLE_H
#define MODEL_PEOPLE_H

#include "base/base.h"

struct account;
struct comment;
struct draft;

enum {
	MODEL_HEADING_MAX = 200,	/* characters of a letter's heading */
	MODEL_NOTE_MAX = 2000,		/* characters noted of a person */
	MODEL_REASONS_MAX = 50,		/* listed by the journal */
	MODEL_DAYS_MAX = 36500,
	MODEL_BANS = 100		/* bans a page */
};

/* ---- deed.c ---- */

enum model_deed {
	DEED_PIN, DEED_FEATURE, DEED_LOCK, DEED_LETTER, DEED_MOVE, DEED_EDIT,
	DEED_TRUST, DEED_NOTE, DEED_BAN, DEED_DOMAIN, DEED_TERMS, DEED_REASONS,
	DEED_THREAD, DEED_CHOICE, DEED_REVIEWER
};

/* Sets a value; "" takes it away. Setting what stood before undoes it. */
struct deed {
	enum model_deed kind;
	struct str slug;		/* of its review, and the comment; */
	int64_t comment;		/* 0: all of that thread */
	struct str target;		/* or else a person's id, a mail
					   domain, an issue's number, an
					   account's name */
	struct str value, reason;
	const struct draft *text;	/* of an edit */
	const struct account *actor;	/* NULL: foyerctl */
};

struct str model_deed_name(enum model_deed);
bool model_deed_parse(struct str, enum model_deed *);
/* Is it done to a comment? */
bool model_deed_comment(enum model_deed);
/* What it sets, where there is no choice; else NULL. */
const char *model_deed_set(enum model_deed);
/* As the log tells it: the target, then the value (model_act_value). */
struct str model_deed_told(struct arena *, const struct deed *,
    struct str value);

/* What a comment is besides (comment.marks). */
enum { MARK_FEATURED = 1, MARK_LOCKED = 2, MARK_MOVED = 4, MARK_PINNED = 8 };

struct letter_row {
	int64_t comment;
	struct str slug, title;		/* of its review */
	struct str heading, author, html;
	int64_t posted;
	bool spoiler;
};

/* ---- people ---- */

struct person_row {
	struct uuid id;
	struct str name;
	int role;			/* enum model_role */
	int64_t seen;
	bool trusted;
	struct str ban;			/* "refuse until ...", or "" */
};

struct person_page {
	struct person_row is;
	struct str account;		/* its name, or "" */
	bool suspended;
	struct str note, note_by;
	int64_t note_at;
	struct str ban_reason, ban_by;
	int64_t counts[5];		/* by model_state, each to 100 */
	int64_t first;
	bool mail;			/* the last comment came with one */
	struct str *names;		/* that they wrote under */
	size_t nnames;
	struct person_row *near;	/* wrote from the same address */
	size_t nnear;
	struct comment *comments;	/* newest first */
	size_t ncomments;
	int64_t next;			/* id to go on before, or 0 */
};

struct ban {
	int64_t id;
	struct uuid person;		/* null: of a domain */
	struct str name, domain, told, reason, by;
	int64_t since;
	bool over;
};

#endif
