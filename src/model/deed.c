/* deed.c: what moderators do beyond ruling: each deed sets one value. */
#include <assert.h>
#include <string.h>

#include "model/model.h"

static const struct {
	const char *name;
	const char *set;		/* its value, if there is but one */
	bool comment;			/* it is done to a comment */
} deeds[] = {
	[DEED_PIN] = { "pin", "pinned", true },
	[DEED_FEATURE] = { "feature", "featured", true },
	[DEED_LOCK] = { "lock", "locked", true },
	[DEED_LETTER] = { "letter", NULL, true },
	[DEED_MOVE] = { "move", NULL, true },
	[DEED_EDIT] = { "edit", NULL, true },
	[DEED_TRUST] = { "trust", "trusted", false },
	[DEED_NOTE] = { "note", NULL, false },
	[DEED_BAN] = { "ban", NULL, false },
	[DEED_DOMAIN] = { "ban-domain", NULL, false },
	[DEED_TERMS] = { "terms", NULL, false },
	[DEED_REASONS] = { "reasons", NULL, false }
};

const char *
model_deed_name(enum model_deed deed)
{
	assert((size_t)deed < COUNT(deeds));
	return deeds[deed].name;
}

bool
model_deed_parse(struct str s, enum model_deed *ret)
{
	unsigned i;

	for (i = 0; i < COUNT(deeds); i++) {
		if (str_is(s, deeds[i].name)) {
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
	if (value.len == 0)
		return d->target;
	return arena_fmt(a, STR_FMT " " STR_FMT, STR_ARG(d->target),
	    STR_ARG(value));
}

/* What the log says of a deed about no comment: its target, the value. */
void
model_deed_read(struct str told, struct deed *d)
{
	size_t at;

	d->value = told;
	d->target = STR("");
	if (model_deed_comment(d->kind) || d->kind == DEED_REASONS)
		return;
	at = str_find(told, STR(" "));
	d->target = str_cut(told, 0, at);
	d->value = at == (size_t)-1 ? STR("") :
	    str_cut(told, at + 1, told.len);
}
