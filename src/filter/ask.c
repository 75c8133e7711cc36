/* ask.c: a worker asks, waits no longer than the deadline, believes little. */
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "filter/internal.h"

enum { MARK_SECONDS = 366 * 86400 };	/* that it may be kept, at most */

enum err
filter_seat_open(struct arena *arena, struct filter_hub *hub, size_t number,
    struct filter_seat **ret)
{
	struct filter_seat *seat = arena_alloc(arena, sizeof(*seat));

	if (number >= hub->nseats)
		return ERR_BROKEN;
	seat->hub = hub;
	seat->number = number;
	seat->fd = hub->workers[number];
	/* Above whatever a worker before us in this seat got to. */
	seat->sequence = (uint64_t)clock_mono();
	*ret = seat;
	return OK;
}

bool
filter_ask_send(struct filter_seat *seat, struct arena *arena,
    struct filter_head *head, const struct filter_question *q)
{
	struct buf b = buf_new(arena, q->draft->body.len + 2048);
	ssize_t n;

	head->sequence = ++seat->sequence;
	filter_question_pack(&b, head, q);
	n = send(seat->fd, b.at, b.len, MSG_DONTWAIT | MSG_NOSIGNAL);
	return n == (ssize_t)b.len;
}

/* Until the host says that this question is answered. What it says of older
 * ones, whose asker gave up, is dropped. */
void
filter_ask_wait(const struct filter_seat *seat, int64_t deadline)
{
	struct pollfd p = { .fd = seat->fd, .events = POLLIN };
	struct timespec ts;
	uint64_t answered;
	int64_t left;

	while ((left = deadline - clock_mono()) > 0) {
		ts.tv_sec = left / 1000000;
		ts.tv_nsec = left % 1000000 * 1000;
		if (ppoll(&p, 1, &ts, NULL) != 1)
			continue;
		if (recv(seat->fd, &answered, sizeof(answered),
		    MSG_DONTWAIT) == sizeof(answered) &&
		    answered == seat->sequence)
			return;
		if (p.revents & (POLLHUP | POLLERR))
			return;
	}
}

size_t
filter_ask_done(const struct filter_seat *seat)
{
	const struct filter_slot *slot =
	    &seat->hub->page->slots[seat->number];
	size_t done, most = seat->hub->plan.nplugins;

	if (atomic_load(&slot->sequence) != seat->sequence)
		return 0;
	done = atomic_load(&slot->done);
	return done < most ? done : most;
}

static int
clamp(int64_t score)
{
	return score < -100 ? -100 : score > 100 ? 100 : (int)score;
}

void
filter_ask_take(struct arena *arena, const struct filter_answer *from,
    struct evidence *to)
{
	struct filter_answer a = *from;

	to->silent = a.silent != 0;
	to->score = to->silent ? 0 : clamp(a.score);
	to->usec = a.usec < 0 ? 0 : a.usec;
	to->reason = filter_text(arena, a.reason, sizeof(a.reason),
	    FILTER_REASON);
	to->features = filter_text(arena, a.features, sizeof(a.features),
	    FILTER_FEATURES);
}

/* As a rule they come in the plan's order. */
static int64_t
weight(const struct filter_plan *plan, struct str name, size_t at)
{
	size_t i;

	if (at < plan->nplugins && str_is(name, plan->plugins[at].name))
		return plan->plugins[at].weight;
	for (i = 0; i < plan->nplugins; i++)
		if (str_is(name, plan->plugins[i].name))
			return plan->plugins[i].weight;
	return 0;
}

void
filter_ask_weigh(const struct filter_plan *plan, struct verdict *v)
{
	int64_t sum = 0;
	size_t i;

	v->silent = false;
	for (i = 0; i < v->n; i++) {
		int64_t counts = weight(plan, v->each[i].filter, i);

		if (v->each[i].silent && counts != 0)
			v->silent = true;
		sum += v->each[i].score * counts;
	}
	v->total = clamp(sum / 100);
}

/* A comment must be kept with it, however wild its end. */
static void
take_mark(struct arena *arena, const struct filter_answer *from,
    struct evidence *to)
{
	int64_t most = clock_now() / 1000000 + MARK_SECONDS;
	struct filter_answer a = *from;

	if (to->silent)
		return;
	to->mark = filter_text(arena, a.mark, sizeof(a.mark), FILTER_MARK);
	to->mark_used = filter_text(arena, a.mark_used, sizeof(a.mark_used),
	    FILTER_REASON);
	if (a.mark_until > 0)
		to->mark_ends = 1000000 *
		    (a.mark_until < most ? a.mark_until : most);
}

void
filter_ask_used(const struct filter_seat *seat, struct verdict *v)
{
	size_t i;

	for (i = 0; i < v->n; i++) {
		struct evidence *e = &v->each[i];

		if (e->mark.len == 0)
			continue;
		e->silent = true;
		e->score = 0;
		e->reason = e->mark_used;
		e->mark = STR("");
	}
	filter_ask_weigh(&seat->hub->plan, v);
}

void
filter_ask(struct filter_seat *seat, struct arena *arena,
    const struct filter_question *q, struct verdict *ret)
{
	const struct filter_plan *plan = &seat->hub->plan;
	struct filter_head head = { .kind = FILTER_JUDGE, .deadline =
	    clock_mono() + plan->deadline_ms * INT64_C(1000) };
	const struct filter_slot *slot =
	    &seat->hub->page->slots[seat->number];
	size_t i, done = 0;

	memset(ret, 0, sizeof(*ret));
	ret->n = plan->nplugins;
	if (ret->n > 0 && filter_ask_send(seat, arena, &head, q)) {
		filter_ask_wait(seat, head.deadline);
		done = filter_ask_done(seat);
	}
	for (i = 0; i < ret->n; i++) {
		struct evidence *e = &ret->each[i];

		e->filter = str_of(plan->plugins[i].name);
		e->silent = true;
		e->reason = STR("gave no answer in time");
		e->features = STR("");
		if (i < done)
			filter_ask_take(arena, &slot->each[i], e);
		if (i < done && plan->plugins[i].challenge)
			take_mark(arena, &slot->each[i], e);
	}
	filter_ask_weigh(plan, ret);
}
