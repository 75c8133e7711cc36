/* filter_ask.c: a worker believes nothing that a host writes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>

#include "filter/internal.h"

/* The test is the host: it holds its end of the seat and writes the page. */
struct desk {
	struct arena *arena;
	struct filter_hub *hub;
	struct filter_seat *seat;
	struct filter_page *page;
	uint64_t next;			/* sequence of the next question */
};

static const struct filter_plugin plugins[] = {
	{ .name = "one", .path = "/one.so", .weight = 100 },
	{ .name = "two", .path = "/two.so", .weight = 100 }
};

static void
desk_open(struct desk *k)
{
	struct filter_plan plan = { .site = "main", .plugins = plugins,
	    .nplugins = 2, .deadline_ms = 20, .memory_mib = 64,
	    .pause_s = 60 };
	struct filter_question q = { .draft = &(struct draft){ .thread = 1 } };
	char packet[4096];
	struct verdict v;

	k->arena = arena_new(16 * 1024 * 1024);
	assert_int_equal(filter_hub_open(k->arena, &plan, 1, &k->hub), OK);
	assert_int_equal(filter_seat_open(k->arena, k->hub, 0, &k->seat), OK);
	k->page = mmap(NULL, filter_page_size(1), PROT_READ | PROT_WRITE,
	    MAP_SHARED, k->hub->page_fd, 0);
	assert_true(k->page != MAP_FAILED);
	filter_ask(k->seat, k->arena, &q, &v);
	assert_true(v.silent && v.each[0].silent && v.each[1].silent);
	assert_true(recv(k->hub->hosts[0], packet, sizeof(packet), 0) > 8);
	memcpy(&k->next, packet, sizeof(k->next));
	k->next++;
}

static void
desk_close(struct desk *k)
{
	munmap(k->page, filter_page_size(1));
	filter_hub_close(k->hub);
	arena_free(k->arena);
}

static void
answer(struct desk *k, uint64_t sequence)
{
	assert_int_equal(send(k->hub->hosts[0], &sequence, sizeof(sequence),
	    MSG_DONTWAIT), sizeof(sequence));
}

/* The answer is there before the question: the deadline need not pass. */
static void
ask(struct desk *k, struct verdict *v)
{
	struct filter_question q = { .draft = &(struct draft){ .thread = 1 } };

	k->page->slots[0].sequence = k->next;
	answer(k, k->next);
	k->next++;
	filter_ask(k->seat, k->arena, &q, v);
}

static void
a_page_full_of_rubbish_stays_in_bounds(void **state)
{
	struct desk k;
	struct verdict v;
	int byte;

	(void)state;
	desk_open(&k);
	for (byte = 1; byte < 256; byte++) {
		memset(k.page->slots, byte, sizeof(k.page->slots[0]));
		memset(k.page->records, byte, sizeof(k.page->records));
		for (size_t i = 0; i < 2; i++)
			k.page->slots[0].each[i].silent = 0;
		ask(&k, &v);
		assert_int_equal(v.n, 2);
		assert_in_range(v.total + 100, 0, 200);
		assert_in_range(v.each[1].score + 100, 0, 200);
		assert_true(v.each[1].usec >= 0);
		assert_in_range(v.each[1].reason.len, 0, FILTER_REASON);
		assert_in_range(v.each[1].features.len, 0, FILTER_FEATURES);
		assert_true(text_valid(v.each[1].reason));
		assert_true(str_is(v.each[1].filter, "two"));
	}
	desk_close(&k);
}

static void
a_status_full_of_rubbish_is_still_text(void **state)
{
	struct filter_status *list;
	struct desk k;
	size_t n;

	(void)state;
	desk_open(&k);
	memset(k.page->records, 0xc3, sizeof(k.page->records));
	filter_hub_status(k.hub, k.arena, &list, &n);
	assert_int_equal(n, 2);
	assert_string_equal(list[1].name, "two");
	assert_true(text_valid(list[1].trouble));
	assert_in_range(list[1].trouble.len, 1, FILTER_TROUBLE);
	desk_close(&k);
}

static void
what_was_heard_before_the_deadline_counts(void **state)
{
	struct filter_question q = { .draft = &(struct draft){ .thread = 1 } };
	struct desk k;
	struct verdict v;

	(void)state;
	desk_open(&k);
	k.page->slots[0].sequence = k.next;
	k.page->slots[0].done = 1;
	k.page->slots[0].each[0].score = 30;
	filter_ask(k.seat, k.arena, &q, &v);
	assert_false(v.each[0].silent);
	assert_true(v.each[1].silent);
	assert_true(v.silent);
	assert_int_equal(v.total, 30);
	desk_close(&k);
}

static void
an_answer_to_an_older_question_is_dropped(void **state)
{
	struct desk k;
	struct verdict v;
	uint64_t old;

	(void)state;
	desk_open(&k);
	old = k.next - 1;
	answer(&k, old);
	answer(&k, old - 1);
	answer(&k, 0);
	k.page->slots[0].done = 2;
	k.page->slots[0].each[1].score = -200;
	ask(&k, &v);
	assert_false(v.silent);
	assert_int_equal(v.total, -100);
	k.page->slots[0].sequence = old;	/* a stale slot is silent */
	answer(&k, k.next);
	filter_ask(k.seat, k.arena,
	    &(struct filter_question){ .draft = &(struct draft){ 0 } }, &v);
	assert_true(v.each[0].silent && v.each[1].silent);
	desk_close(&k);
}

static void
a_host_that_reads_nothing_costs_no_more_than_the_deadline(void **state)
{
	static char body[4 * MODEL_BODY_MAX];
	struct draft d = { .body = { body, sizeof(body) } };
	struct filter_question q = { .draft = &d };
	struct verdict v;
	struct desk k;
	int64_t began;
	int i;

	(void)state;
	memset(body, 'a', sizeof(body));
	desk_open(&k);
	for (i = 0; i < 20; i++) {	/* the socket fills up on the way */
		began = clock_mono();
		filter_ask(k.seat, k.arena, &q, &v);
		assert_true(clock_mono() - began < 250000);
		assert_true(v.silent);
	}
	desk_close(&k);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_page_full_of_rubbish_stays_in_bounds),
		cmocka_unit_test(a_status_full_of_rubbish_is_still_text),
		cmocka_unit_test(what_was_heard_before_the_deadline_counts),
		cmocka_unit_test(an_answer_to_an_older_question_is_dropped),
		cmocka_unit_test(
		    a_host_that_reads_nothing_costs_no_more_than_the_deadline),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
