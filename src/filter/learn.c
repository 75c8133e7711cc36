/* learn.c: one process tells the plugins what moderators ruled, in order. */
#include <sys/mman.h>

#include "filter/internal.h"

enum { MIB = 1024 * 1024, PATIENCE = 20 };

void
filter_learn_status(const struct filter_seat *seat, size_t k,
    struct filter_learner *ret)
{
	const struct filter_record *r = &seat->hub->page->records[k];

	*ret = (struct filter_learner){
		.name = seat->hub->plan.plugins[k].name,
		.learns = atomic_load(&r->learns) && atomic_load(&r->loaded),
		.notices = atomic_load(&r->notices) && atomic_load(&r->loaded),
		.size = (size_t)atomic_load(&r->memory),
		.learned = atomic_load(&r->learned),
		.hearing = atomic_load(&r->hearing)
	};
}

static enum err
learn_say(struct filter_seat *seat, struct arena *arena,
    struct filter_head *head, const struct filter_question *q)
{
	const struct filter_record *r =
	    &seat->hub->page->records[head->plugin];

	int64_t slice = seat->hub->plan.deadline_ms * INT64_C(1000);

	head->deadline = clock_mono() + slice;
	if (!filter_ask_send(seat, arena, head, q))
		return ERR_TOO_MANY;
	filter_ask_wait(seat, head->deadline + PATIENCE * slice);
	if (atomic_load(&r->hearing) != 0)
		return ERR_BROKEN;
	return atomic_load(&r->learned) == head->ruling.id ? OK : ERR_TIMEOUT;
}

enum err
filter_learn(struct filter_seat *seat, struct arena *arena, size_t k,
    const struct filter_question *q, const struct filter_ruling *ruling)
{
	struct filter_head head = { .kind = FILTER_LEARN, .plugin = k,
	    .ruling = *ruling };

	return learn_say(seat, arena, &head, q);
}

enum err
filter_learn_save(struct filter_seat *seat, struct arena *arena, size_t k)
{
	const struct filter_plan *plan = &seat->hub->plan;
	struct filter_learner is;
	struct filter_memory m;
	void *at;
	enum err e;

	filter_learn_status(seat, k, &is);
	if (is.size == 0 || is.size > filter_keep_most(plan) ||
	    is.hearing != 0 || plan->state[0] == '\0')
		return OK;
	at = mmap(NULL, is.size, PROT_READ, MAP_SHARED,
	    seat->hub->memories[k], 0);
	if (at == MAP_FAILED)
		return ERR_FILE;
	m = (struct filter_memory){ .name = is.name, .bytes = at,
	    .size = is.size, .learned = is.learned };
	e = filter_keep_write(arena, plan->state, &m);
	munmap(at, is.size);
	return e;
}

int64_t
filter_learn_stamp(const struct filter_seat *seat, struct arena *arena,
    size_t k)
{
	const struct filter_plan *plan = &seat->hub->plan;

	return filter_keep_stamp(arena, plan->state, plan->plugins[k].name);
}

enum err
filter_learn_renew(struct filter_seat *seat, struct arena *arena, size_t k)
{
	static const struct draft nothing;
	const struct filter_plan *plan = &seat->hub->plan;
	size_t most = filter_keep_most(plan);
	struct filter_question q = { .draft = &nothing };
	struct filter_head head = { .kind = FILTER_RENEW, .plugin = k };
	struct arena *room = arena_new(2 * most + MIB);
	struct filter_learner is;
	struct filter_memory m;
	enum err e;

	filter_learn_status(seat, k, &is);
	if (is.size > most || filter_keep_read(room, plan->state, is.name,
	    most, &m) != OK || m.size != is.size)
		m = (struct filter_memory){ .name = is.name,
		    .bytes = arena_alloc(room, most), .size = is.size };
	head.ruling.id = m.learned;
	e = is.size <= most && filter_keep_stage(seat->hub, k, &m) ?
	    learn_say(seat, arena, &head, &q) : ERR_BROKEN;
	arena_free(room);
	return e;
}
