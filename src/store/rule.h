/*
 * rule.h: what the files of rulings share (private to the room): a list of
 * things under way in one transaction.
 */
#ifndef STORE_RULE_H
#define STORE_RULE_H

#include "store/internal.h"

struct rule_item {			/* one thing under way */
	struct store_ruling *is;	/* NULL: done to an author, too */
	int64_t thread, root, edited;	/* of the comment, as it is */
	enum model_state state, target;	/* as it is; as it shall be */
	bool found, visible;
	struct str reason;		/* that the comment has then */
	struct log_row stands;		/* the newest ruling; id 0: none */
	struct str undone_by;
	struct str ruled, ruled_why, ruled_over;	/* before the undone */
	struct log_row log;
};

struct rule_work {
	struct arena *arena;
	struct store_ruling *all;
	size_t n;
	const struct account *actor;
	struct rule_item *items;	/* of all, then of authors */
	struct rule_item **done;	/* those that are to be, and were */
	size_t nrulings;		/* of them, the first, states */
	size_t ndone;
};

/* Is it an undoing of what is no ruling? */
bool store_rule_values(const struct store_ruling *);

/* ---- rule_put.c ---- */
void store_rule_put_states(struct store_flight *, const struct rule_work *);
void store_rule_put_rows(struct store_flight *, const struct rule_work *);

/* ---- rule_act.c: after the locks. ---- */

/* Takes back what is no ruling. */
enum err store_rule_act_undo(struct store *, struct rule_work *) MUST_CHECK;
/* What is done to authors, too. */
enum err store_rule_act_also(struct store *, struct rule_work *) MUST_CHECK;

#endif
