/* act.c: what foyerctl does to accounts is in the moderation log, too. */
#include "ctl/ctl.h"

int
ctl_act_log(struct ctl *c, enum model_logged act, struct str after)
{
	struct log_row row = {
		.actor_name = STR("foyerctl"), .act = model_act_logged(act),
		.after = after
	};
	enum err e = store_log_add(c->store, c->arena, &row);

	if (e == OK)
		return CTL_DONE;
	return ctl_open_trouble(c, e, "it is done, but not in the log");
}
