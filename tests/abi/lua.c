/* lua.c: what scripts of the filter lua can say, and what they can not do. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "abi.h"

static char path[] = "/tmp/foyer-lua-XXXXXX";

static int
make(void **state)
{
	int fd = mkstemp(path);

	(void)state;
	return fd == -1 ? -1 : close(fd);
}

static int
unmake(void **state)
{
	(void)state;
	return unlink(path);
}

static void
start(struct abi *abi, const char *script, int deadline_ms)
{
	const struct filter_pair pairs[] = { { "mine", path },
	    { "steps", "100000" }, { "memory_kib", "512" } };
	struct filter_plugin p = abi_shipped("lua", pairs, 3);
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_true(fputs(script, f) >= 0);
	assert_int_equal(fclose(f), 0);
	abi_open(abi, &p, 1, deadline_ms, 60);
}

static void
a_script_gives_score_reason_and_features(void **state)
{
	struct verdict v;
	struct abi abi;

	(void)state;
	start(&abi, "local n = 0\n"
	    "function judge(c)\n"
	    "  n = n + 1\n"
	    "  if c.body == 'none' then return end\n"
	    "  if c.body == 'much' then return 1e9, ('x'):rep(1000) end\n"
	    "  return #c.links * 7, c.author .. ' in ' .. c.language,\n"
	    "    { seen = n, bad = 'x', wild = 1e300, none = 0 / 0 }\n"
	    "end\n", 2000);
	abi_ask(&abi, "hello", &v);
	abi_said(&v, 7, "mine: Reader in en", "seen=1");
	abi_ask(&abi, "none", &v);
	abi_said(&v, 0, "", "");
	abi_ask(&abi, "hello", &v);
	abi_said(&v, 7, "mine: Reader in en", "seen=3");
	abi_ask(&abi, "much", &v);
	assert_int_equal(v.total, 100);
	abi_close(&abi);
}

/* Each is a fault of one comment; the next finds a script that is well. */
static const char *const wrongs[] = {
	"while true do end",
	"while true do c = { c } end",
	"local s = 'x' while true do s = s .. s end",
	"error('on purpose')",
	"error({})",
	"return 'many'",
	"return 0 / 0",
	"return nothing.at.all",
	"return pcall(function() while true do end end)",
	"return setmetatable({}, { __gc = function() end })",
	"return os.time()",
	"return io.open('/etc/passwd')",
	"return load('return 1')()",
	"return require('os')",
	"return string.dump(judge)",
	"local function f() return f() + 1 end return f()",
};

/* Does that when a comment says so. */
static void
start_bad(struct abi *abi, const char *what, int deadline_ms)
{
	char script[400];

	snprintf(script, sizeof(script), "function judge(comment)\n"
	    "if comment.body == 'bad' then %s end\n"
	    "return 3\nend\n", what);
	start(abi, script, deadline_ms);
}

static void
what_a_script_must_not_do_costs_one_verdict(void **state)
{
	struct verdict v;
	struct abi abi;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(wrongs); i++) {
		start_bad(&abi, wrongs[i], 2000);
		abi_ask(&abi, "bad", &v);
		if (!v.each[0].silent ||
		    !str_is(v.each[0].reason, "failed"))
			fail_msg("%s: \"" STR_FMT "\"", wrongs[i],
			    STR_ARG(v.each[0].reason));
		abi_ask(&abi, "good", &v);
		abi_said(&v, 3, "", "");
		abi_close(&abi);
	}
}

static const char *const uncounted[] = {
	"return ('a'):rep(3000):find(('a*'):rep(30) .. 'b')",
	"return ('a'):rep(3000):gsub('(.-)(.-)(.-)(.-)b', '')",
	"return (''):rep(1e15)",
	"return table.move({}, 1, 1e12, 2)",
};

static void
what_no_limit_counts_the_deadline_ends(void **state)
{
	int64_t until = clock_mono() + 30000000;
	struct verdict v;
	struct abi abi;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(uncounted); i++) {
		start_bad(&abi, uncounted[i], 300);
		abi_ask(&abi, "bad", &v);
		assert_true(v.each[0].silent);
		do
			abi_ask(&abi, "good", &v);
		while (v.silent && clock_mono() < until);
		abi_said(&v, 3, "", "");
		assert_int_equal(abi_status(&abi, 0).faults, 1);
		abi_close(&abi);
	}
}

static const char *const unloadable[] = {
	"", "judge = 1", "function judge(", "while true do end",
	"\033Lua", "error('no')"
};

static void
a_script_that_can_not_be_used_is_refused(void **state)
{
	struct abi abi;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(unloadable); i++) {
		start(&abi, unloadable[i], 2000);
		assert_false(abi_status(&abi, 0).loaded);
		abi_close(&abi);
	}
}

static const struct {
	const char *script, *body;
	int64_t shown;
	int score;
} worked[] = {
	{ "shouting", "WHAT A FILM, WHAT A GREAT FILM THIS IS", 0, 30 },
	{ "shouting", "What a film!! What actors!! What music!!", 0, 15 },
	{ "shouting", "What a film! What actors! What music!", 0, 0 },
	{ "contact", "Nice. Contact me on WhatsApp +44 20 1234 5678", 0, 45 },
	{ "contact", "Call +44 20 1234 5678", 0, 45 },
	{ "contact", "The telegram in the last scene", 3, 10 },
	{ "contact", "Released in 1975, restored in 2010.", 0, 0 },
};

static void
the_worked_scripts_do_what_they_say(void **state)
{
	struct verdict v;
	struct abi abi;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(worked); i++) {
		char file[4096];
		struct filter_pair pair = { "mine", file };
		struct filter_plugin p = abi_shipped("lua", &pair, 1);
		struct draft d = { .body = str_of(worked[i].body) };
		struct filter_question q = { .draft = &d,
		    .shown = worked[i].shown };

		snprintf(file, sizeof(file), "%s/../lua/scripts/%s.lua",
		    ABI_INCLUDE, worked[i].script);
		abi_open(&abi, &p, 1, 2000, 60);
		filter_ask(abi.seats[0], abi.arena, &q, &v);
		if (v.silent || v.total != worked[i].score)
			fail_msg("%s: %d", worked[i].body, v.total);
		abi_close(&abi);
	}
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_script_gives_score_reason_and_features),
		cmocka_unit_test(what_a_script_must_not_do_costs_one_verdict),
		cmocka_unit_test(what_no_limit_counts_the_deadline_ends),
		cmocka_unit_test(a_script_that_can_not_be_used_is_refused),
		cmocka_unit_test(the_worked_scripts_do_what_they_say),
	};

	abi_main(argc, argv);
	return cmocka_run_group_tests(tests, make, unmake);
}
