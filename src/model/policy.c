/* policy.c: rules first, then what the filters say. */
#include "model/model.h"

/* The rule that holds whatever the filters think, or NULL. */
static const char *
rule(const struct policy *p)
{
	if (p->thread == POLICY_ALL || p->thread == POLICY_CLOSED)
		return "policy";
	if (p->thread == POLICY_FIRST && p->newcomer)
		return "newcomer";
	return NULL;
}

enum model_state
model_policy_state(const struct verdict *v, const struct policy *p,
    const char **why)
{
	*why = "";
	if (p->banned) {
		*why = "banned";
		return STATE_SPAM;
	}
	if (p->quiet) {
		*why = "quiet";
		return STATE_HELD;
	}
	if (p->trusted)
		return STATE_SHOWN;
	if (v->total >= p->spam_at) {
		*why = "filters";
		return STATE_SPAM;
	}
	if (rule(p) != NULL)
		*why = rule(p);
	else if (v->total >= p->hold_at)
		*why = "filters";
	else if (v->silent)
		*why = "silent filter";
	else if (p->deferred && v->total >= p->defer_at)
		*why = "deferred";
	return **why ? STATE_HELD : STATE_SHOWN;
}

bool
model_policy_closed(const struct policy *p, int64_t now)
{
	return p->thread == POLICY_CLOSED ||
	    (p->closes_at != 0 && now >= p->closes_at);
}
