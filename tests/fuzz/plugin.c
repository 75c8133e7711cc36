/* plugin.c: a shipped filter, linked in, judges and learns any comment. */
#include <foyer/plugin.h>

#include "fuzz.h"

const struct foyer_plugin *foyer_plugin_entry(void);

static void
say(const struct foyer_host *host, const char *line)
{
	(void)host, (void)line;
}

/* In the order they are asked for: what is learned, what is counted. */
static void *
memory(const struct foyer_host *host, uint64_t size)
{
	(void)host;
	return calloc(1, size);
}

static int
file(const struct foyer_host *host, const char *path, struct foyer_file *ret)
{
	(void)host, (void)path, (void)ret;
	return -1;
}

static const struct foyer_host host = { .log = say, .site = "main",
    .memory = memory, .file = file, .scratch = memory };

static void *
opened(const struct foyer_plugin *plugin)
{
	static void *state;
	static bool begun;

	if (!begun && plugin->open != NULL)
		assert(plugin->open(&host, NULL, 0, &state) == 0);
	begun = true;
	return state;
}

static struct foyer_comment
comment_of(struct arena *arena, struct str in, const char **link)
{
	struct foyer_comment c = { .site = "main", .review = "a",
	    .language = "en", .email_hash = "", .sender = "0123456789abcdef",
	    .honeypot = "", .parent = "", .mail_domain = "", .person = "",
	    .answer = "", .form_seconds = -1, .now = 1700000000 };

	c.author = arena_cstr(arena, fuzz_line(&in));
	*link = arena_cstr(arena, fuzz_line(&in));
	c.links = link;
	c.nlinks = **link != '\0';
	c.body = arena_cstr(arena, in);
	c.body_len = strlen(c.body);
	return c;
}

/* A line each: what a moderator says of it, author, link; then the body. */
void
fuzz_one(struct arena *arena, struct str in)
{
	const struct foyer_plugin *plugin = foyer_plugin_entry();
	static struct foyer_ruling ruling;
	struct foyer_verdict verdict = { .score = 0 };
	void *state = opened(plugin);
	const char *link;
	bool spam = str_is(fuzz_line(&in), "spam");
	struct foyer_comment c = comment_of(arena, in, &link);

	ruling.id++;
	ruling.now = spam ? FOYER_SPAM : FOYER_HAM;
	(void)plugin->judge(state, &c, &verdict);
	assert(verdict.nfeatures <= 16);
	assert(verdict.reason == NULL || strlen(verdict.reason) <= 400);
	if (plugin->hear != NULL)
		assert(plugin->hear(state, &c, &ruling) == 0);
	if (plugin->notice != NULL)
		assert(plugin->notice(state, &c) == 0);
}
