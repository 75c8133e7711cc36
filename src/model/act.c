/* act.c: how what the log tells of is taken back. */
#include "model/model.h"

/* `before` of its row says what is restored. */
static const struct {
	const char *act;
	enum model_undo undo;
} acts[] = {
	{ "approve", UNDO_STATE },
	{ "spam", UNDO_STATE },
	{ "remove", UNDO_STATE },
	{ "hold", UNDO_STATE },
};

enum model_undo
model_act_undo(struct str act)
{
	size_t i;

	for (i = 0; i < COUNT(acts); i++)
		if (str_is(act, acts[i].act))
			return acts[i].undo;
	return UNDO_NEVER;
}
