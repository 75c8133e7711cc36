/* challenge.c: asks a plugin for what a form must bring an answer to. */
#include "filter/internal.h"

/* Nobody's comment waits meanwhile, so a busy machine is given some time; a
 * plugin is given no more than for any other question. */
enum { TRIES = 10 };

/* Whom the plan names; nplugins: nobody. */
static size_t
challenger(const struct filter_plan *plan)
{
	size_t k = 0;

	while (k < plan->nplugins && !plan->plugins[k].challenge)
		k++;
	return k;
}

static bool
challenge_ask(struct filter_seat *seat, struct arena *arena, size_t k,
    const struct filter_question *q, struct evidence *ret)
{
	struct filter_head head = { .kind = FILTER_CHALLENGE, .plugin = k,
	    .deadline = clock_mono() +
	    seat->hub->plan.deadline_ms * INT64_C(1000) };

	if (!filter_ask_send(seat, arena, &head, q))
		return false;
	filter_ask_wait(seat, head.deadline);
	if (filter_ask_done(seat) <= k)
		return false;
	filter_ask_take(arena, &seat->hub->page->slots[seat->number].each[k],
	    ret);
	return true;
}

enum err
filter_challenge(struct filter_seat *seat, struct arena *arena,
    struct str review, struct str *ret)
{
	static const struct draft none;
	const struct filter_question q = { .draft = &none,
	    .review_slug = review };
	size_t k = challenger(&seat->hub->plan);
	struct evidence e = { .silent = true };
	int i;

	if (k == seat->hub->plan.nplugins)
		return ERR_NOT_FOUND;
	for (i = 0; i < TRIES && !challenge_ask(seat, arena, k, &q, &e); i++)
		;
	if (e.silent || e.reason.len == 0)
		return ERR_TIMEOUT;
	*ret = e.reason;
	return OK;
}
