/* act.c: every act that the log tells of, and what takes it back. */
#include <assert.h>

#include "model/model.h"

static const struct {
	const char *name;
	enum model_undo undo;
	enum model_role role;
} acts[] = {
#define ACT(id, name, undo, role) [LOGGED_##id] = { name, undo, role },
	MODEL_LOGGED(ACT)
#undef ACT
};

/* LOGGED_COUNT: none of ours. */
static size_t
find(struct str name)
{
	size_t i;

	for (i = 0; i < COUNT(acts) && !str_is(name, acts[i].name); i++)
		;
	return i;
}

struct str
model_act_logged(enum model_logged act)
{
	assert((size_t)act < COUNT(acts));
	return str_of(acts[act].name);
}

enum model_undo
model_act_undo(struct str name)
{
	size_t i = find(name);

	return i == LOGGED_COUNT ? FINAL_UNKNOWN : acts[i].undo;
}

bool
model_act_final(enum model_undo undo)
{
	return undo > UNDO_VALUE;
}

enum model_role
model_act_role(struct str name)
{
	size_t i = find(name);

	return i == LOGGED_COUNT ? ROLE_OWNER : acts[i].role;
}

size_t
model_act_value(struct str name, struct str told)
{
	bool named = false;
	size_t at;

	switch ((enum model_logged)find(name)) {
	case LOGGED_RIGHT: case LOGGED_REVIEWER:
		named = true;
		break;
	case LOGGED_TRUST: case LOGGED_NOTE: case LOGGED_BAN:
	case LOGGED_DOMAIN: case LOGGED_TERMS: case LOGGED_INVITE:
	case LOGGED_RESET:
		break;
	default:
		return 0;
	}
	at = str_find(told, named ? STR(": ") : STR(" "));
	return at == (size_t)-1 ? told.len : at + (named ? 2 : 1);
}
