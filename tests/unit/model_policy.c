/* model_policy.c: rules come before filters, silence is not consent. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "model/model.h"

enum { NEW = 1, TRUSTED = 2, BANNED = 4, SILENT = 8, LATER = 16 };

/* Thresholds: hold at 40, spam at 80. */
static const struct {
	const char *name;
	enum model_policy thread;
	int flags, total;
	enum model_state want;
	const char *why;
} rows[] = {
	{ "a known person is shown", POLICY_FIRST, 0, 0, STATE_SHOWN, "" },
	{ "a newcomer waits", POLICY_FIRST, NEW, 0, STATE_HELD, "newcomer" },
	{ "a newcomer waits whatever filters say", POLICY_FIRST, NEW, -100,
	    STATE_HELD, "newcomer" },
	{ "an open thread shows newcomers", POLICY_OPEN, NEW, 0, STATE_SHOWN,
	    "" },
	{ "policy all holds everybody", POLICY_ALL, 0, -100, STATE_HELD,
	    "policy" },
	{ "and newcomers too", POLICY_ALL, NEW, 0, STATE_HELD, "policy" },
	{ "a closed thread never shows", POLICY_CLOSED, 0, 0, STATE_HELD,
	    "policy" },
	{ "below hold is shown", POLICY_OPEN, 0, 39, STATE_SHOWN, "" },
	{ "at hold is held", POLICY_OPEN, 0, 40, STATE_HELD, "filters" },
	{ "below spam is held", POLICY_OPEN, 0, 79, STATE_HELD, "filters" },
	{ "at spam is spam", POLICY_OPEN, 0, 80, STATE_SPAM, "filters" },
	{ "a newcomer's spam is spam", POLICY_FIRST, NEW, 100, STATE_SPAM,
	    "filters" },
	{ "spam is spam where all are held", POLICY_ALL, 0, 100, STATE_SPAM,
	    "filters" },
	{ "a silent filter holds", POLICY_OPEN, SILENT, 0, STATE_HELD,
	    "silent filter" },
	{ "however fine the rest", POLICY_OPEN, SILENT, -100, STATE_HELD,
	    "silent filter" },
	{ "what spoke still condemns", POLICY_OPEN, SILENT, 90, STATE_SPAM,
	    "filters" },
	{ "what spoke still holds", POLICY_OPEN, SILENT, 50, STATE_HELD,
	    "filters" },
	{ "what filters shall see later waits for them", POLICY_OPEN, LATER,
	    10, STATE_HELD, "deferred" },
	{ "but not what is surely fine", POLICY_OPEN, LATER, 9, STATE_SHOWN,
	    "" },
	{ "nor whom we trust", POLICY_OPEN, LATER | TRUSTED, 10, STATE_SHOWN,
	    "" },
	{ "nor surely spam", POLICY_OPEN, LATER, 80, STATE_SPAM, "filters" },
	{ "and a rule comes first", POLICY_FIRST, NEW | LATER, 10, STATE_HELD,
	    "newcomer" },
	{ "the trusted skip newcomer", POLICY_FIRST, NEW | TRUSTED, 0,
	    STATE_SHOWN, "" },
	{ "policy and filters", POLICY_ALL, TRUSTED | SILENT, 100,
	    STATE_SHOWN, "" },
	{ "the banned go to spam", POLICY_OPEN, BANNED, -100, STATE_SPAM,
	    "banned" },
	{ "even the trusted", POLICY_OPEN, BANNED | TRUSTED, -100, STATE_SPAM,
	    "banned" }
};

static void
a_state_follows_from_rules_then_filters(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct verdict v = { .total = rows[i].total,
		    .silent = rows[i].flags & SILENT };
		struct policy p = { .thread = rows[i].thread,
		    .newcomer = rows[i].flags & NEW,
		    .trusted = rows[i].flags & TRUSTED,
		    .banned = rows[i].flags & BANNED,
		    .deferred = rows[i].flags & LATER, .defer_at = 10,
		    .hold_at = 40, .spam_at = 80 };
		const char *why = NULL;
		enum model_state got = model_policy_state(&v, &p, &why);

		if (got != rows[i].want || !str_is(str_of(why), rows[i].why))
			fail_msg("%s: %s, \"%s\"", rows[i].name,
			    model_state_name(got), why);
	}
}

static void
a_thread_closes_by_policy_or_time(void **state)
{
	struct policy p = { .thread = POLICY_OPEN };

	(void)state;
	assert_false(model_policy_closed(&p, 1000));
	p.closes_at = 1000;
	assert_false(model_policy_closed(&p, 999));
	assert_true(model_policy_closed(&p, 1000));
	p = (struct policy){ .thread = POLICY_CLOSED, .closes_at = 5000 };
	assert_true(model_policy_closed(&p, 1));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_state_follows_from_rules_then_filters),
		cmocka_unit_test(a_thread_closes_by_policy_or_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
