/* state.c: what states, policies, roles and acts are called. */
#include <assert.h>

#include "model/model.h"

static const char *const states[] = {
	[STATE_SHOWN] = "shown", [STATE_HELD] = "held", [STATE_SPAM] = "spam",
	[STATE_REMOVED] = "removed", [STATE_ERASED] = "erased"
};
static const char *const policies[] = {
	[POLICY_OPEN] = "open", [POLICY_FIRST] = "first",
	[POLICY_ALL] = "all", [POLICY_CLOSED] = "closed"
};
static const char *const roles[] = {
	[ROLE_GUEST] = "guest", [ROLE_READER] = "reader",
	[ROLE_REVIEWER] = "reviewer", [ROLE_MODERATOR] = "moderator",
	[ROLE_OWNER] = "owner"
};
static const struct {
	const char *name;
	enum model_state state;
} acts[] = {
	[ACT_APPROVE] = { "approve", STATE_SHOWN },
	[ACT_SPAM] = { "spam", STATE_SPAM },
	[ACT_REMOVE] = { "remove", STATE_REMOVED },
	[ACT_HOLD] = { "hold", STATE_HELD }
};
static const char *const complaints[] = {
	[COMPLAINT_SPAM] = "spam", [COMPLAINT_ABUSE] = "abuse",
	[COMPLAINT_SPOILER] = "spoiler", [COMPLAINT_TOPIC] = "off-topic",
	[COMPLAINT_OTHER] = "other"
};

/* The index of the name that s is, or n. */
static unsigned
find(const char *const *names, size_t n, struct str s)
{
	unsigned i;

	for (i = 0; i < n && !str_is(s, names[i]); i++)
		;
	return i;
}

const char *
model_state_name(enum model_state state)
{
	assert((size_t)state < COUNT(states));
	return states[state];
}

const char *
model_policy_name(enum model_policy policy)
{
	assert((size_t)policy < COUNT(policies));
	return policies[policy];
}

const char *
model_role_name(enum model_role role)
{
	assert((size_t)role < COUNT(roles));
	return roles[role];
}

const char *
model_act_name(enum model_act act)
{
	assert((size_t)act < COUNT(acts));
	return acts[act].name;
}

const char *
model_complaint_name(enum model_complaint complaint)
{
	assert((size_t)complaint < COUNT(complaints));
	return complaints[complaint];
}

bool
model_state_parse(struct str s, enum model_state *ret)
{
	unsigned i = find(states, COUNT(states), s);

	if (i == COUNT(states))
		return false;
	*ret = (enum model_state)i;
	return true;
}

bool
model_policy_parse(struct str s, enum model_policy *ret)
{
	unsigned i = find(policies, COUNT(policies), s);

	if (i == COUNT(policies))
		return false;
	*ret = (enum model_policy)i;
	return true;
}

bool
model_role_parse(struct str s, enum model_role *ret)
{
	unsigned i = find(roles, COUNT(roles), s);

	if (i == COUNT(roles))
		return false;
	*ret = (enum model_role)i;
	return true;
}

bool
model_act_parse(struct str s, enum model_act *ret)
{
	unsigned i;

	for (i = 0; i < COUNT(acts); i++) {
		if (str_is(s, acts[i].name)) {
			*ret = (enum model_act)i;
			return true;
		}
	}
	return false;
}

bool
model_complaint_parse(struct str s, enum model_complaint *ret)
{
	unsigned i = find(complaints, COUNT(complaints), s);

	if (i == COUNT(complaints))
		return false;
	*ret = (enum model_complaint)i;
	return true;
}

enum model_state
model_act_state(enum model_act act)
{
	assert((size_t)act < COUNT(acts));
	return acts[act].state;
}
