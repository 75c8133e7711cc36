/* bayes.c: the learner by itself: what it undoes, survives and says. */
#include <math.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bayes/bayes.h"

enum { BITS = 14 };

static struct bayes_text text;
static struct bayes_features features;

struct desk {
	struct bayes_table table;
	void *memory;
};

static void
lay(struct desk *d)
{
	d->memory = calloc(1, bayes_table_size(BITS));
	assert_non_null(d->memory);
	assert_false(bayes_table_lay(&d->table, d->memory, BITS));
	assert_true(bayes_table_open(&d->table, d->memory, BITS, 5));
	assert_true(bayes_table_lay(&d->table, d->memory, BITS));
}

static void
cut(const struct desk *d, const char *body, size_t len)
{
	features.seed = d->table.head->seed;
	features.slots = d->table.nslots;
	bayes_text_fold(&text, body, len);
	bayes_features_cut(&features, &text);
}

static void
learn(struct desk *d, const char *body, bool spam)
{
	cut(d, body, strlen(body));
	bayes_model_learn(&d->table, &features, spam);
}

static float
odds(const struct desk *d, const char *body)
{
	struct bayes_scores s;

	cut(d, body, strlen(body));
	bayes_model_score(&d->table, &features, &s);
	return s.odds;
}

/* Ten thousand of whatever it may be: no crash, no overrun (sanitizers). */
static void
a_hostile_text_is_only_a_text(void **state)
{
	static const char *const pieces[] = { "\xf0\x9f\x98\x82", "\xff",
	    "\xcc\x81", "a\xcc\x81\xcc\x82\xcc\x83", "<a href=\"x.yz\">",
	    "<", "&", "&#x110000;", "http://a.b/c/d ", "a.b.c.d.e.", "-.-.",
	    "\xe2\x80\x8b", "\xef\xb7\xba", "0", "!", "\n", "\xed\xa0\x80",
	    "a b c ", "www.", "http://", "\xe4\xb8\xad\xe6\x96\x87" };
	char *body = malloc(400000);
	struct desk d;
	size_t i, k, len;

	(void)state;
	assert_non_null(body);
	lay(&d);
	for (i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
		for (k = len = 0; k < 10000; k++) {
			memcpy(body + len, pieces[i], strlen(pieces[i]));
			len += strlen(pieces[i]);
		}
		cut(&d, body, len);
		assert_true(text.n <= BAYES_TEXT);
		assert_in_range(features.n, 1, BAYES_FEATURES);
		bayes_model_learn(&d.table, &features, i % 2);
	}
	assert_true(isfinite(odds(&d, "x")));
	free(body);
	free(d.memory);
}

/* ---- learning ---- */

static const char *const comments[] = {
	"Buy cheap watches at http://shop.example/now", "What a slow film",
	"Casino bonus, click here", "Her last scene is the finest of all",
	"FREE followers!!! www.like.example", "The bridge, the long take"
};

static uint64_t
counts_sum(const struct desk *d)
{
	uint64_t sum = 14695981039346656037u;
	size_t i;

	for (i = 0; i < d->table.nslots; i++) {
		sum = (sum ^ d->table.slots[i].spam) * 1099511628211u;
		sum = (sum ^ d->table.slots[i].ham) * 1099511628211u;
	}
	for (i = 0; i < 2; i++) {
		sum = (sum ^ d->table.head->tokens[i]) * 1099511628211u;
		sum = (sum ^ d->table.head->decisions[i]) * 1099511628211u;
	}
	return sum;
}

static void
unlearning_restores_the_counts(void **state)
{
	uint64_t before;
	struct desk d;
	int i;

	(void)state;
	lay(&d);
	for (i = 0; i < 6; i++)
		learn(&d, comments[i], i % 2 == 0);
	before = counts_sum(&d);
	for (i = 0; i < 6; i++) {
		learn(&d, "Quite another comment, with new words", i % 2);
		assert_true(counts_sum(&d) != before);
		bayes_model_unlearn(&d.table, &features, i % 2);
		assert_true(counts_sum(&d) == before);
	}
	free(d.memory);
}

static void
an_undone_decision_pulls_no_longer(void **state)
{
	struct desk d;
	float once, undone;
	int i;

	(void)state;
	lay(&d);
	for (i = 0; i < 60; i++)
		learn(&d, comments[i % 6], i % 2 == 0);
	assert_true(odds(&d, comments[0]) > 1);
	assert_true(odds(&d, comments[1]) < -1);
	learn(&d, "A comment on the sound of rain", true);
	once = odds(&d, "A comment on the sound of rain");
	cut(&d, "A comment on the sound of rain", 30);
	bayes_model_unlearn(&d.table, &features, true);
	undone = odds(&d, "A comment on the sound of rain");
	assert_true(undone < once);
	free(d.memory);
}

static void
the_same_rulings_make_the_same_table(void **state)
{
	struct desk a, b;
	int i;

	(void)state;
	lay(&a);
	lay(&b);
	for (i = 0; i < 600; i++) {
		learn(&a, comments[i * 7 % 6], i * 7 % 2 == 0);
		learn(&b, comments[i * 7 % 6], i * 7 % 2 == 0);
	}
	assert_memory_equal(a.memory, b.memory, bayes_table_size(BITS));
	free(a.memory);
	free(b.memory);
}

/* Sixteen bits count no further; what was learned stays as it was. */
static void
counts_are_halved_before_they_are_too_large(void **state)
{
	struct desk d;
	float before;
	size_t i;

	(void)state;
	lay(&d);
	for (i = 0; i < 60; i++)
		learn(&d, comments[i % 6], i % 2 == 0);
	cut(&d, comments[0], strlen(comments[0]));
	for (i = 0; i < features.n; i++)
		d.table.slots[features.all[i].slot].spam = BAYES_COUNTED;
	d.table.head->decisions[1] = BAYES_COUNTED;
	before = odds(&d, comments[0]);
	learn(&d, comments[0], true);
	assert_int_equal(d.table.head->decisions[0], 15);
	assert_int_equal(d.table.head->decisions[1], BAYES_COUNTED / 2 + 2);
	for (i = 0; i < features.n; i++)
		assert_int_equal(d.table.slots[features.all[i].slot].spam,
		    BAYES_COUNTED / 2 + 2);
	assert_true(fabsf(odds(&d, comments[0]) - before) < 0.5f);
	free(d.memory);
}

/* Whatever lies in memory, it is no way out of it. */
static void
garbage_in_memory_is_survived(void **state)
{
	size_t size = (size_t)bayes_table_size(BITS), i, round;
	struct desk d;
	struct bayes_scores s;
	struct bayes_why why;
	float at;

	(void)state;
	lay(&d);
	srand(7);
	for (round = 0; round < 50; round++) {
		for (i = 40; i < size; i += 1 + (size_t)rand() % 16)
			((unsigned char *)d.memory)[i] =
			    (unsigned char)rand();
		cut(&d, comments[round % 6], strlen(comments[round % 6]));
		bayes_model_score(&d.table, &features, &s);
		assert_true(isfinite(s.odds));
		bayes_explain(&d.table, &features, &text, &s, &why);
		bayes_cutoff_note(&d.table, s.odds, 0.01f);
		(void)bayes_cutoff_set(&d.table, &at);
		bayes_model_learn(&d.table, &features, round % 2);
		bayes_model_unlearn(&d.table, &features, round % 2);
	}
	free(d.memory);
}

/* ---- explaining ---- */

static void
explain(struct desk *d, const char *body, struct bayes_why *why)
{
	struct bayes_scores s;

	cut(d, body, strlen(body));
	bayes_model_score(&d->table, &features, &s);
	bayes_explain(&d->table, &features, &text, &s, why);
}

static void
a_verdict_names_what_weighed_most(void **state)
{
	struct bayes_why why;
	struct desk d;
	int i;

	(void)state;
	lay(&d);
	for (i = 0; i < 60; i++)
		learn(&d, comments[i % 6], i % 2 == 0);
	explain(&d, comments[2], &why);
	assert_non_null(strstr(why.reason, "casino"));
	assert_non_null(strstr(why.reason, "spam to 9"));
	assert_null(strstr(why.reason, "\"asin\""));	/* no piece */
	assert_true(why.features[0].value > 90);
	explain(&d, comments[0], &why);
	assert_non_null(strstr(why.reason, "link \"shop.example\" +"));
	assert_null(strstr(why.reason, "http"));
	explain(&d, comments[4], &why);
	assert_non_null(strstr(why.reason, "link \"like.example\" +"));
	for (i = 0; i < 6; i++)
		learn(&d, "B\xe2\x80\x8buy ch\xe2\x80\x8b" "eap", true);
	explain(&d, "B\xe2\x80\x8buy ch\xe2\x80\x8b" "eap", &why);
	assert_non_null(strstr(why.reason, "invisible characters"));
	assert_null(strstr(why.reason, "a link"));
	free(d.memory);
}

/* ---- one writer, readers without a lock ---- */

static void *
read_on(void *arg)
{
	static struct bayes_text mine;
	static struct bayes_features cuts;
	struct desk *d = arg;
	struct bayes_scores s;
	uintptr_t good = 0;
	int i;

	cuts.seed = d->table.head->seed;
	cuts.slots = d->table.nslots;
	bayes_text_fold(&mine, comments[0], strlen(comments[0]));
	bayes_features_cut(&cuts, &mine);
	for (i = 0; i < 20000; i++) {
		bayes_model_score(&d->table, &cuts, &s);
		good += isfinite(s.odds) && fabsf(s.odds) < 1000;
	}
	return (void *)good;
}

static void
readers_need_no_lock(void **state)
{
	struct desk d;
	pthread_t reader;
	void *good;
	int i;

	(void)state;
	lay(&d);
	assert_int_equal(pthread_create(&reader, NULL, read_on, &d), 0);
	for (i = 0; i < 5000; i++)
		learn(&d, comments[i % 6], i % 2 == 0);
	pthread_join(reader, &good);
	assert_int_equal((uintptr_t)good, 20000);
	free(d.memory);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_hostile_text_is_only_a_text),
		cmocka_unit_test(unlearning_restores_the_counts),
		cmocka_unit_test(an_undone_decision_pulls_no_longer),
		cmocka_unit_test(the_same_rulings_make_the_same_table),
		cmocka_unit_test(counts_are_halved_before_they_are_too_large),
		cmocka_unit_test(garbage_in_memory_is_survived),
		cmocka_unit_test(a_verdict_names_what_weighed_most),
		cmocka_unit_test(readers_need_no_lock),
	};

	if (!bayes_alike_open())
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
