/* model_order.c: a page's comments come in the order they are read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "model/model.h"

enum { MOST = 12 };

struct row {
	const char *name;
	struct {
		int64_t id, parent, posted;
	} given[MOST];
	struct {
		int64_t id;
		int depth;
	} want[MOST];
};

static const struct row rows[] = {
	{ "replies follow their parent, oldest first",
	    { { 1, 0, 10 }, { 2, 0, 20 }, { 3, 1, 30 }, { 4, 3, 40 },
	    { 5, 1, 50 } },
	    { { 1, 0 }, { 3, 1 }, { 4, 2 }, { 5, 1 }, { 2, 0 } } },
	{ "roots keep the order they came in",
	    { { 9, 0, 90 }, { 2, 0, 20 }, { 5, 0, 50 }, { 10, 2, 95 } },
	    { { 9, 0 }, { 2, 0 }, { 10, 1 }, { 5, 0 } } },
	{ "replies go by time, not as they came",
	    { { 8, 1, 30 }, { 7, 1, 20 }, { 6, 1, 40 }, { 1, 0, 10 } },
	    { { 1, 0 }, { 7, 1 }, { 8, 1 }, { 6, 1 } } },
	{ "the same moment goes by id",
	    { { 1, 0, 10 }, { 4, 1, 20 }, { 3, 1, 20 }, { 2, 1, 20 } },
	    { { 1, 0 }, { 2, 1 }, { 3, 1 }, { 4, 1 } } },
	{ "a reply whose parent is absent is a root",
	    { { 5, 4, 50 }, { 6, 5, 60 }, { 1, 0, 10 } },
	    { { 5, 0 }, { 6, 1 }, { 1, 0 } } },
	{ "depth stops where replies are shown flat",
	    { { 1, 0, 1 }, { 2, 1, 2 }, { 3, 2, 3 }, { 4, 3, 4 }, { 5, 4, 5 },
	    { 6, 5, 6 }, { 7, 6, 7 }, { 8, 7, 8 }, { 9, 8, 9 } },
	    { { 1, 0 }, { 2, 1 }, { 3, 2 }, { 4, 3 }, { 5, 4 }, { 6, 5 },
	    { 7, 6 }, { 8, 6 }, { 9, 6 } } },
	{ "a circle loses nobody",
	    { { 1, 2, 10 }, { 2, 1, 20 }, { 3, 3, 30 } },
	    { { 1, 0 }, { 2, 1 }, { 3, 0 } } },
	{ "nothing is fine", { { 0 } }, { { 0 } } }
};

static void
check(struct arena *a, const struct row *row)
{
	struct comment c[MOST] = { { 0 } };
	size_t i, n;

	for (n = 0; row->given[n].id != 0; n++)
		c[n] = (struct comment){ .id = row->given[n].id,
		    .parent = row->given[n].parent,
		    .posted = row->given[n].posted };
	model_order(a, c, n);
	for (i = 0; i < n; i++)
		if (c[i].id != row->want[i].id ||
		    c[i].depth != row->want[i].depth)
			fail_msg("%s: at %zu is %d, depth %d", row->name, i,
			    (int)c[i].id, c[i].depth);
}

static void
comments_are_put_in_order(void **state)
{
	struct arena *a = arena_new(1 << 20);
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++)
		check(a, &rows[i]);
	arena_free(a);
}

/* Far more than a page holds: what is quadratic would take minutes. */
static void
a_chain_and_a_fan_cost_little(void **state)
{
	enum { N = 100000 };
	struct arena *a = arena_new((size_t)256 << 20);
	struct comment *c = arena_alloc(a, N * sizeof(*c));
	int64_t began, i, fan;

	(void)state;
	for (fan = 0; fan < 2; fan++) {
		for (i = 0; i < N; i++)
			c[i] = (struct comment){ .id = N - i, .posted = N - i,
			    .parent = fan && i < N - 1 ? 1 : N - i - 1 };
		began = clock_mono();
		model_order(a, c, N);
		assert_true(clock_mono() - began < 5000000);
		for (i = 0; i < N; i++)
			assert_int_equal(c[i].id, i + 1);
		assert_int_equal(c[N - 1].depth, fan ? 1 : MODEL_DEPTH_MAX);
	}
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(comments_are_put_in_order),
		cmocka_unit_test(a_chain_and_a_fan_cost_little),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
