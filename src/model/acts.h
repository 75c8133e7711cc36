/*
 * acts.h: part of model.h: every act that the log tells of, and what takes it
 * back.
 */
#ifndef MODEL_ACTS_H
#define MODEL_ACTS_H

#include "base/base.h"

/* How an act is taken back, as long as nothing newer was done to the same thing
 * (store/undo.c); or why it never is. */
enum model_undo {
	UNDO_STATE,		/* the comment gets the state before */
	UNDO_VALUE,		/* act_put in SQL sets the value before */
	FINAL_UNDO,		/* it is an undo: act anew */
	FINAL_ACCOUNT,		/* there is an account more: suspend it */
	FINAL_SECRET,		/* a secret or session: none of old is kept */
	FINAL_GONE,		/* what was erased or made void is gone */
	FINAL_ADDED,		/* nothing was taken away by it */
	FINAL_UNKNOWN		/* a newer foyer's */
};

/* An act's name, its undoing, and the role that may undo it. An act that is not
 * here can't be logged. */
#define MODEL_LOGGED(X)							\
	X(APPROVE, "approve", UNDO_STATE, ROLE_MODERATOR)		\
	X(SPAM, "spam", UNDO_STATE, ROLE_MODERATOR)			\
	X(REMOVE, "remove", UNDO_STATE, ROLE_MODERATOR)			\
	X(HOLD, "hold", UNDO_STATE, ROLE_MODERATOR)			\
	X(PIN, "pin", UNDO_VALUE, ROLE_MODERATOR)			\
	X(FEATURE, "feature", UNDO_VALUE, ROLE_MODERATOR)		\
	X(LOCK, "lock", UNDO_VALUE, ROLE_MODERATOR)			\
	X(LETTER, "letter", UNDO_VALUE, ROLE_MODERATOR)			\
	X(MOVE, "move", UNDO_VALUE, ROLE_MODERATOR)			\
	X(EDIT, "edit", UNDO_VALUE, ROLE_MODERATOR)			\
	X(TRUST, "trust", UNDO_VALUE, ROLE_MODERATOR)			\
	X(NOTE, "note", UNDO_VALUE, ROLE_MODERATOR)			\
	X(BAN, "ban", UNDO_VALUE, ROLE_MODERATOR)			\
	X(DOMAIN, "ban-domain", UNDO_VALUE, ROLE_MODERATOR)		\
	X(TERMS, "terms", UNDO_VALUE, ROLE_MODERATOR)			\
	X(REASONS, "reasons", UNDO_VALUE, ROLE_MODERATOR)		\
	X(THREAD, "thread", UNDO_VALUE, ROLE_MODERATOR)			\
	X(CHOICE, "site-choice", UNDO_VALUE, ROLE_OWNER)		\
	X(RIGHT, "account-set", UNDO_VALUE, ROLE_OWNER)			\
	X(REVIEWER, "account-reviewer", UNDO_VALUE, ROLE_OWNER)		\
	X(INVITE, "account-invite", UNDO_VALUE, ROLE_OWNER)		\
	X(RESET, "account-reset", UNDO_VALUE, ROLE_OWNER)		\
	X(INVITE_END, "invite-end", FINAL_GONE, ROLE_OWNER)		\
	X(JOIN, "account-join", FINAL_ACCOUNT, ROLE_OWNER)		\
	X(ADD, "account-add", FINAL_ACCOUNT, ROLE_OWNER)		\
	X(PASSWORD, "account-password", FINAL_SECRET, ROLE_OWNER)	\
	X(REVOKE, "account-revoke", FINAL_SECRET, ROLE_OWNER)		\
	X(TOTP_SET, "totp-set", FINAL_SECRET, ROLE_OWNER)		\
	X(TOTP_END, "totp-end", FINAL_SECRET, ROLE_OWNER)		\
	X(TOTP_RESET, "totp-reset", FINAL_SECRET, ROLE_OWNER)		\
	X(ERASE, "person-erase", FINAL_GONE, ROLE_OWNER)		\
	X(RETRAIN, "retrain", FINAL_ADDED, ROLE_OWNER)			\
	X(IMPORT, "import", FINAL_ADDED, ROLE_OWNER)			\
	X(UNDO, "undo", FINAL_UNDO, ROLE_OWNER)

enum model_logged {
#define MODEL_ID(id, name, undo, role) LOGGED_##id,
	MODEL_LOGGED(MODEL_ID)
#undef MODEL_ID
	LOGGED_COUNT
};

/* ---- act.c ---- */

struct str model_act_logged(enum model_logged);		/* its name */
enum model_undo model_act_undo(struct str name);
bool model_act_final(enum model_undo);
/* What they must be at least who undo it. */
enum model_role model_act_role(struct str name);
/* Where the log tells of an act on no comment, its text is what it was about
 * and then the value: where that begins; 0: it is all value. */
size_t model_act_value(struct str name, struct str told);

#endif
