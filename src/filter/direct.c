/* direct.c: one plugin, loaded into this process: to try it, to measure it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "filter/internal.h"

enum { MIB = 1024 * 1024 };

struct filter_direct {
	struct foyer_host api;
	struct filter_module *module;
	struct arena *words;		/* of the last call */
	const char *links[FILTER_LINKS];
	struct foyer_comment comment;
	void *memory, *scratch;
	char *file;			/* of that path */
	size_t file_size;
	const char *path;
	size_t size;
	const struct filter_plan *plan;
	const char *name;
	char told[200];			/* its last line for the log */
};

static void
direct_log(const struct foyer_host *api, const char *line)
{
	struct filter_direct *d = (struct filter_direct *)(uintptr_t)api;

	snprintf(d->told, sizeof(d->told), "%s", line);
	log_line(LOG_NOTE, "the filter says: %s", line);
}

static void
direct_recall(struct filter_direct *d, size_t most)
{
	struct arena *arena = arena_new(most + MIB);
	struct filter_memory m;

	if (filter_keep_read(arena, d->plan->state, d->name, most, &m) == OK &&
	    m.size == d->size)
		memcpy(d->memory, m.bytes, m.size);
	arena_free(arena);
}

static void *
direct_memory(const struct foyer_host *api, uint64_t size)
{
	struct filter_direct *d = (struct filter_direct *)(uintptr_t)api;
	size_t most = filter_keep_most(d->plan);

	if (size == 0 || size > most || d->memory != NULL)
		return NULL;
	d->memory = calloc(1, size);
	d->size = d->memory != NULL ? (size_t)size : 0;
	if (d->size > 0 && d->plan->state != NULL && d->name != NULL)
		direct_recall(d, most);
	return d->memory;
}

static void *
direct_scratch(const struct foyer_host *api, uint64_t size)
{
	struct filter_direct *d = (struct filter_direct *)(uintptr_t)api;

	if (size == 0 || size > filter_keep_most(d->plan) || d->scratch != NULL)
		return NULL;
	d->scratch = calloc(1, size);
	return d->scratch;
}

/* Read once: this process does not live long. */
static int
direct_file(const struct foyer_host *api, const char *path,
    struct foyer_file *ret)
{
	struct filter_direct *d = (struct filter_direct *)(uintptr_t)api;
	FILE *f;

	if (d->file == NULL || strcmp(d->path, path) != 0) {
		if ((f = fopen(path, "r")) == NULL)
			return -1;
		if (d->file == NULL)
			d->file = calloc(1, FILTER_FILE + 1);
		if (d->file != NULL)
			d->file_size = fread(d->file, 1, FILTER_FILE, f);
		fclose(f);
		d->path = path;
	}
	*ret = (struct foyer_file){ d->file, d->file_size, 1 };
	return d->file != NULL ? 0 : -1;
}

enum err
filter_direct_open(struct arena *arena, const struct filter_plugin *p,
    const struct filter_plan *plan, struct filter_direct **ret,
    struct str *why)
{
	struct filter_direct *d = arena_alloc(arena, sizeof(*d));
	enum err e;

	d->api = (struct foyer_host){ .log = direct_log, .site = "main",
	    .memory = direct_memory, .file = direct_file,
	    .scratch = direct_scratch };
	d->plan = plan;
	d->name = p->name;
	d->words = arena_new(4 * MIB);
	e = filter_module_open(arena, p, &d->api, &d->module, why);
	if (e == OK) {
		*ret = d;
		return OK;
	}
	if (d->told[0] != '\0')
		*why = arena_fmt(arena, STR_FMT ": %s", STR_ARG(*why),
		    d->told);
	arena_free(d->words);
	return e;
}

const char *
filter_direct_name(const struct filter_direct *d)
{
	return d->module->plugin.name;
}

/* As the filters' process reads what a worker sends. */
static bool
direct_read(struct filter_direct *d, const struct filter_question *q)
{
	struct filter_head head = { .kind = FILTER_JUDGE };
	struct buf b;

	arena_reset(d->words);
	b = buf_new(d->words, q->draft->body.len + 2048);
	filter_question_pack(&b, &head, q);
	if (!filter_question_unpack(buf_view(&b), &head, &d->comment,
	    d->links))
		return false;
	d->comment.site = d->api.site;
	return true;
}

static int64_t
now_nsec(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * INT64_C(1000000000) + ts.tv_nsec;
}

void
filter_direct_judge(struct filter_direct *d, const struct filter_question *q,
    struct filter_said *ret)
{
	struct foyer_verdict v = { 0 };
	struct filter_answer a = { 0 };
	bool failed = !direct_read(d, q);
	int64_t began = now_nsec();

	if (!failed)
		failed = d->module->plugin.judge(d->module->state,
		    &d->comment, &v) != 0;
	ret->nsec = now_nsec() - began;
	if (failed)
		filter_answer_silent(&a, "failed", ret->nsec / 1000);
	else
		filter_answer_take(&a, &v);
	filter_ask_take(d->words, &a, &ret->evidence);
	ret->evidence.filter = str_of(filter_direct_name(d));
	ret->odds = failed ? 0 : v.odds;
}

int64_t
filter_direct_hear(struct filter_direct *d, const struct filter_question *q,
    const struct filter_ruling *ruling)
{
	int64_t began;
	int failed;

	if (!direct_read(d, q))
		return -1;
	began = now_nsec();
	failed = filter_module_hear(d->module, &d->comment, ruling);
	return failed ? -1 : now_nsec() - began;
}

size_t
filter_direct_memory(const struct filter_direct *d, const void **bytes)
{
	*bytes = d->memory;
	return d->size;
}

void
filter_direct_close(struct filter_direct *d)
{
	if (d->module->plugin.close != NULL)
		d->module->plugin.close(d->module->state);
	free(d->memory);
	free(d->scratch);
	free(d->file);
	arena_free(d->words);
}
