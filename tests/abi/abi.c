/* abi.c: a hub with its real host, for the ABI tests. */
#include <limits.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "abi.h"

enum { PATIENCE = 20000000 };		/* usec; then the test has failed */

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(SANITIZED)
const bool abi_sanitized = true;
const char *const abi_crashed = "ended its process";
#else
const bool abi_sanitized = false;
const char *const abi_crashed = "crashed";
#endif

const char *abi_state;
static char folder[PATH_MAX];		/* of the tests' plugins */

void
abi_main(int argc, char **argv)
{
	char *slash;

	if (argc > 1 && strcmp(argv[1], "--filter-host") == 0)
		filter_host_main(argc, argv);
	if (realpath("/proc/self/exe", folder) == NULL ||
	    (slash = strrchr(folder, '/')) == NULL)
		abort();
	*slash = '\0';
}

const char *
abi_path(struct arena *arena, const char *file)
{
	return arena_fmt(arena, "%s/plugins/%s.so", folder, file).at;
}

struct filter_plugin
abi_plugin(const char *name)
{
	return (struct filter_plugin){ .name = name, .weight = 100 };
}

static bool
settled(struct abi *abi, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		struct filter_status s = abi_status(abi, i);

		if (!s.loaded && s.trouble.len == 0)
			return false;
	}
	return true;
}

void
abi_start(struct abi *abi)
{
	int64_t began = clock_mono();
	struct filter_status *list;
	size_t n;

	filter_hub_status(abi->hub, abi->arena, &list, &n);
	abi->host = filter_hub_start(abi->hub);
	assert_true(abi->host > 0);
	while (!settled(abi, n)) {
		assert_true(clock_mono() - began < PATIENCE);
		assert_int_equal(waitpid(abi->host, NULL, WNOHANG), 0);
		sched_yield();
	}
}

struct filter_plugin
abi_shipped(const char *name, const struct filter_pair *pairs, size_t npairs)
{
	static char path[4096];

	snprintf(path, sizeof(path), "%s/%s.so", ABI_SHIPPED, name);
	return (struct filter_plugin){ .name = name, .path = path,
	    .weight = 100, .pairs = pairs, .npairs = npairs };
}

void
abi_said(const struct verdict *v, int score, const char *reason,
    const char *features)
{
	assert_false(v->silent);
	assert_int_equal(v->total, score);
	if (!str_is(v->each[0].reason, reason) ||
	    !str_is(v->each[0].features, features))
		fail_msg("\"" STR_FMT "\" \"" STR_FMT "\" is not \"%s\" \"%s\"",
		    STR_ARG(v->each[0].reason), STR_ARG(v->each[0].features),
		    reason, features);
}

void
abi_open(struct abi *abi, const struct filter_plugin *plugins, size_t n,
    int deadline_ms, int pause_s)
{
	struct filter_plugin mine[MODEL_FILTERS_MAX];
	struct filter_plan plan = { .site = "main", .plugins = mine,
	    .nplugins = n, .deadline_ms = deadline_ms, .memory_mib = 64,
	    .pause_s = pause_s, .state = abi_state };
	size_t i;

	abi->arena = arena_new(64 * 1024 * 1024);
	abi->words = arena_new(1024 * 1024);
	for (i = 0; i < n; i++) {
		mine[i] = plugins[i];
		if (mine[i].path == NULL)
			mine[i].path = abi_path(abi->arena, mine[i].name);
	}
	assert_int_equal(filter_hub_open(abi->arena, &plan, 2, &abi->hub), OK);
	for (i = 0; i < 2; i++)
		assert_int_equal(filter_seat_open(abi->arena, abi->hub, i,
		    &abi->seats[i]), OK);
	abi_start(abi);
}

void
abi_close(struct abi *abi)
{
	filter_hub_close(abi->hub);
	kill(abi->host, SIGTERM);
	waitpid(abi->host, NULL, 0);
	arena_free(abi->words);
	arena_free(abi->arena);
}

void
abi_ask(struct abi *abi, const char *body, struct verdict *v)
{
	static const struct str link = { "http://a.example/", 17 };
	struct draft d = { .author = STR("Reader"), .body = str_of(body),
	    .sender = STR("00ff"), .sent = INT64_C(1500000000000000) };
	struct filter_question q = { .draft = &d, .links = &link,
	    .nlinks = 1, .review_slug = STR("a-film-2017"),
	    .review_language = STR("en") };

	arena_reset(abi->words);
	filter_ask(abi->seats[0], abi->words, &q, v);
}

struct filter_status
abi_status(struct abi *abi, size_t plugin)
{
	struct filter_status *list;
	struct arena *arena = arena_new(1024 * 1024);
	struct filter_status s;
	size_t n;

	filter_hub_status(abi->hub, arena, &list, &n);
	assert_true(plugin < n);
	s = list[plugin];
	s.trouble = s.trouble.len ? arena_str(abi->arena, s.trouble) :
	    STR("");
	arena_free(arena);
	return s;
}
