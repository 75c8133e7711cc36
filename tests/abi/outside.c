/* outside.c: what plugins' authors have: the installed header, a compiler. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include <foyer/plugin.h>

#include "abi.h"

#define STRICT "-Wall -Wextra -Wpedantic -Werror"

static char folder[] = "/tmp/foyer-outside-XXXXXX";
static struct arena *arena;

static int
run(struct str command)
{
	int status = system(command.at);

	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* As `make install` would leave it: the header and nothing else. */
static int
install(void **state)
{
	(void)state;
	arena = arena_new(1024 * 1024);
	if (mkdtemp(folder) == NULL)
		return -1;
	return run(arena_fmt(arena, "mkdir -p %s/include/foyer && "
	    "cp %s/foyer/plugin.h %s/include/foyer/", folder, ABI_INCLUDE,
	    folder));
}

static int
uninstall(void **state)
{
	int e = run(arena_fmt(arena, "rm -rf %s", folder));

	(void)state;
	arena_free(arena);
	return e;
}

static const struct {
	const char *compiler, *flags, *suffix;
} languages[] = {
	{ ABI_CC, "-std=c99", "c" }, { ABI_CC, "-std=c11", "c" },
	{ ABI_CC, "-std=c17", "c" }, { ABI_CXX, "-std=c++17", "cc" },
	{ ABI_CXX, "-std=c++20", "cc" },
};

/* The ten lines of the manual, in the words that C and C++ share. */
static const char source[] =
    "#include <string.h>\n"
    "#include <foyer/plugin.h>\n"
    "static int\n"
    "judge(void *state, const struct foyer_comment *c,\n"
    "    struct foyer_verdict *v)\n"
    "{\n"
    "\t(void)state;\n"
    "\tif (strstr(c->body, \"casino\") == NULL)\n"
    "\t\treturn 0;\n"
    "\tv->score = 80;\n"
    "\tv->reason = \"speaks of casinos\";\n"
    "\treturn 0;\n"
    "}\n"
    "FOYER_PLUGIN(.version = \"1.0\", .name = \"casino\",\n"
    "    .judge = judge);\n";

static const char *
build(size_t i)
{
	const char *file = arena_fmt(arena, "%s/casino.%s", folder,
	    languages[i].suffix).at;
	const char *object = arena_fmt(arena, "%s/casino%zu.so", folder, i).at;
	FILE *f = fopen(file, "w");

	assert_non_null(f);
	fputs(source, f);
	fclose(f);
	assert_int_equal(run(arena_fmt(arena, "%s %s " STRICT " -fPIC "
	    "-shared -fvisibility=hidden -I%s/include -o %s %s",
	    languages[i].compiler, languages[i].flags, folder, object,
	    file)), 0);
	return object;
}

static void
a_plugin_built_from_the_installed_header_is_asked(void **state)
{
	struct filter_plugin casino = { .name = "casino", .weight = 100 };
	struct verdict v;
	struct abi abi;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(languages); i++) {
		casino.path = build(i);
		abi_open(&abi, &casino, 1, 2000, 60);
		abi_ask(&abi, "a casino in Monte Carlo", &v);
		assert_false(v.silent);
		assert_int_equal(v.each[0].score, 80);
		assert_true(str_is(v.each[0].reason, "speaks of casinos"));
		abi_ask(&abi, "a film", &v);
		assert_int_equal(v.each[0].score, 0);
		abi_close(&abi);
	}
}

static void
a_plugin_of_1_0_loads_and_is_told_everything(void **state)
{
	const struct filter_pair pair = { "colour", "blue" };
	struct filter_plugin frozen = { .name = "frozen", .weight = 100,
	    .pairs = &pair, .npairs = 1 };
	struct str links[] = { STR("http://a.example/"),
	    STR("http://b.example/") };
	struct draft d = { .author = STR("Reader"), .body = STR("A body."),
	    .email_hash = STR("e0"), .sender = STR("00ff"),
	    .honeypot = STR("pot"), .sent = INT64_C(1500000000999999),
	    .form_made = INT64_C(1499999988000000) };
	struct filter_question q = { .draft = &d, .links = links,
	    .nlinks = 2, .review_slug = STR("a-film-2017"),
	    .review_language = STR("en"), .parent_body = STR("A parent."),
	    .shown = 3, .removed = 2,
	    .first_seen = INT64_C(1400000000000000) };
	struct verdict v;
	struct abi abi;

	(void)state;
	abi_open(&abi, &frozen, 1, 2000, 60);
	assert_true(abi_status(&abi, 0).loaded);
	filter_ask(abi.seats[0], abi.arena, &q, &v);
	assert_true(str_is(v.each[0].reason, ""));
	assert_int_equal(v.each[0].score, -50);
	assert_true(str_is(v.each[0].features, "frozen=1"));
	assert_int_equal(filter_learn(abi.seats[0], abi.arena, 0, &q,
	    &(struct filter_ruling){ 1, FOYER_SPAM, FOYER_OPEN, 0 }), OK);
	assert_int_equal(abi_status(&abi, 0).faults, 0);
	abi_close(&abi);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_plugin_built_from_the_installed_header_is_asked),
		cmocka_unit_test(a_plugin_of_1_0_loads_and_is_told_everything),
	};

	abi_main(argc, argv);
	return cmocka_run_group_tests(tests, install, uninstall);
}
