/* deed.c: what moderators do beyond ruling: each deed sets one value. */
#include <assert.h>

#include "model/model.h"

static const struct {
	enum model_logged act;
	const char *set;		/* its value, if there is but one */
	bool comment;			/* it is done to a comment */
} deeds[] = {
	[DEED_PIN] = { LOGGED_PIN, "pinned", true },
	[DEED_FEATURE] = { LOGGED_FEATURE, "featured", true },
	[DEED_LOCK] = { LOGGED_LOCK, "locked", true },
	[DEED_LETTER] = { LOGGED_LETTER, NULL, true },
	[DEED_MOVE] = { LOGGED_MOVE, NULL, true },
	[DEED_EDIT] = { LOGGED_EDIT, NULL, true },
	[DEED_TRUST] = { LOGGED_TRUST, "trusted", false },
	[DEED_NOTE] = { LOGGED_NOTE, NULL, false },
	[DEED_BAN] = { LOGGED_BAN, NULL, false },
	[DEED_DOMAIN] = { LOGGED_DOMAIN, NULL, false },
	[DEED_TERMS] = { LOGGED_TERMS, NULL, false },
	[DEED_REASONS] = { LOGGED_REASONS, NULL, false },
	[DEED_THREAD] = { LOGGED_THREAD, NULL, false },
	[DEED_CHOICE] = { LOGGED_CHOICE, NULL, false },
	[DEED_REVIEWER] = { LOGGED_REVIEWER, NULL, false }
};

struct str
model_deed_name(enum model_deed deed)
{
	assert((size_t)deed < COUNT(deeds));
	return model_act_logged(deeds[deed].act);
}

bool
model_deed_parse(struct str s, enum model_deed *ret)
{
	unsigned i;

	for (i = 0; i < COUNT(deeds); i++) {
		if (str_eq(s, model_act_logged(deeds[i].act))) {
			*ret = (enum model_deed)i;
			return true;
		}
	}
	return false;
}

bool
model_deed_comment(enum model_deed deed)
{
	assert((size_t)deed < COUNT(deeds));
	return deeds[deed].comment;
}

const char *
model_deed_set(enum model_deed deed)
{
	assert((size_t)deed < COUNT(deeds));
	return deeds[deed].set;
}

struct str
model_deed_told(struct arena *a, const struct deed *d, struct str value)
{
	if (model_deed_comment(d->kind) || d->target.len == 0)
		return value;
	if (d->kind == DEED_REVIEWER)
		return arena_fmt(a, STR_FMT ": " STR_FMT, STR_ARG(d->target),
		    STR_ARG(value));
	if (value.len == 0)
		return d->target;
	return arena_fmt(a, STR_FMT " " STR_FMT, STR_ARG(d->target),
	    STR_ARG(value));
}
