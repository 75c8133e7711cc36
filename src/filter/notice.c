/* notice.c: tells a plugin of a comment that was posted somewhere. */
#include "filter/internal.h"

void
filter_notice(struct filter_seat *seat, struct arena *arena, size_t k,
    const struct filter_question *q)
{
	struct filter_head head = { .kind = FILTER_NOTICE, .plugin = k,
	    .deadline = clock_mono() +
	    seat->hub->plan.deadline_ms * INT64_C(1000) };

	if (filter_ask_send(seat, arena, &head, q))
		filter_ask_wait(seat, head.deadline);
}
