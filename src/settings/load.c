/* load.c: foyer.conf into struct settings, through libconfuse. */
#include <assert.h>
#include <confuse.h>
#include <stdlib.h>
#include <string.h>

#include "settings/internal.h"

enum { ROWS_MAX = 80, SAID_MAX = 60 };

/* libconfuse hands its callbacks no pointer of ours: this is what is being
 * read now. */
static struct reading {
	struct arena *arena;
	int lines[ROWS_MAX];		/* where a setting stands, 0 nowhere */
	int filter_lines[ROWS_MAX];	/* the same, of one filter's section */
	const cfg_t *filter;		/* that section */
	struct settings_fault fault;	/* the first; line 0 while none */
} reading;

static void
blame(int line, struct str sentence)
{
	if (reading.fault.line == 0)
		reading.fault = (struct settings_fault){ line, sentence };
}

/* libconfuse's own complaints, completed with what was expected. */
static void
on_error(cfg_t *cfg, const char *fmt, va_list ap)
{
	struct arena *a = reading.arena;
	char said[200];

	if (strncmp(fmt, "no such option", 14) == 0) {
		/* In a filter's section that is one of the plugin's. */
		if ((cfg->flags & CFGF_KEYSTRVAL) == 0)
			blame(cfg->line, arena_fmt(a, "%s: expected one of "
			    "the settings in foyer.conf(5)",
			    va_arg(ap, const char *)));
	} else if (strncmp(fmt, "found duplicate title", 21) == 0) {
		blame(cfg->line, arena_fmt(a, "filter %s: expected one section "
		    "a filter, this is the second", va_arg(ap, const char *)));
	} else {
		vsnprintf(said, sizeof(said), fmt, ap);
		blame(cfg->line, arena_fmt(a, "%s; expected NAME = VALUE or "
		    "filter NAME { ... }", said));
	}
}

static const struct settings_row *
row_find(const struct settings_row *row, size_t n, const char *name)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strcmp(row[i].name, name) == 0)
			return &row[i];
	return NULL;
}

/* Where the line of this setting is kept, in this section. */
static int *
line_of(const cfg_t *cfg, const struct settings_row *row)
{
	if (row >= settings_table && row < settings_table + settings_table_size)
		return &reading.lines[row - settings_table];
	if (reading.filter != cfg)
		memset(reading.filter_lines, 0, sizeof(reading.filter_lines));
	reading.filter = cfg;
	return &reading.filter_lines[row - settings_table_filter];
}

static int
refuse(const cfg_t *cfg, const struct settings_row *row, const char *value)
{
	struct str expected = settings_value_expected(reading.arena, row);

	/* A text may hold a password; it is refused for its length only. */
	if (row->kind == SETTINGS_TEXT)
		blame(cfg->line, arena_fmt(reading.arena, "%s: expected "
		    STR_FMT, row->name, STR_ARG(expected)));
	else
		blame(cfg->line, arena_fmt(reading.arena, "%s: expected "
		    STR_FMT ", not \"%.*s\"", row->name, STR_ARG(expected),
		    SAID_MAX, value));
	return -1;
}

/* Called with each value while its line is known. */
static int
on_value(cfg_t *cfg, cfg_opt_t *opt, const char *value, void *result)
{
	const struct settings_row *row;
	int *line;

	row = row_find(settings_table, settings_table_size, opt->name);
	if ((cfg->flags & CFGF_KEYSTRVAL) != 0)
		row = row_find(settings_table_filter,
		    settings_table_filter_size, opt->name);
	if (row == NULL)
		row = &settings_table_origins;
	if (!settings_value_set(reading.arena, row, str_of(value), NULL))
		return refuse(cfg, row, value);
	*(const char **)result = value;
	if (row == &settings_table_origins)
		return 0;
	line = line_of(cfg, row);
	if (*line != 0) {
		blame(cfg->line, arena_fmt(reading.arena, "%s: expected once, "
		    "but line %d has it too", row->name, *line));
		return -1;
	}
	*line = cfg->line;
	return 0;
}

/* ---- what libconfuse understood, into the struct ---- */

static void
fill_row(cfg_t *cfg, const struct settings_row *row, void *base)
{
	cfg_opt_t *opt = cfg_getopt(cfg, row->name);
	const char *value = row->standard;

	if (cfg_opt_size(opt) > 0)
		value = cfg_opt_getstr(opt);
	if (value != NULL && !settings_value_set(reading.arena, row,
	    str_of(value), base))
		abort();		/* on_value let it pass */
}

static void
fill_origins(cfg_t *cfg, struct settings *set)
{
	size_t i;

	set->norigins = cfg_size(cfg, "origins");
	set->origins = arena_alloc(reading.arena,
	    (set->norigins + 1) * sizeof(*set->origins));
	for (i = 0; i < set->norigins; i++)
		set->origins[i] = arena_cstr(reading.arena,
		    str_of(cfg_getnstr(cfg, "origins", (unsigned)i)));
}

static void
fill_pairs(cfg_t *section, struct settings_filter *f)
{
	struct arena *a = reading.arena;
	unsigned i, n = cfg_num(section);

	f->pairs = arena_alloc(a, (n + 1) * sizeof(*f->pairs));
	for (i = 0; i < n; i++) {
		cfg_opt_t *opt = cfg_getnopt(section, i);

		if (cfg_opt_size(opt) == 0 || row_find(settings_table_filter,
		    settings_table_filter_size, cfg_opt_name(opt)) != NULL)
			continue;
		f->pairs[f->npairs++] = (struct settings_pair){
			arena_cstr(a, str_of(cfg_opt_name(opt))),
			arena_cstr(a, str_of(cfg_opt_getstr(opt)))
		};
	}
}

/* Only one of those that are asked at once: a form brings one answer. */
static void
check_challenge(const cfg_t *section, const struct settings_filter *f,
    struct settings *set)
{
	if (!f->challenge || !f->enabled)
		return;
	if (set->challenge || f->deferred)
		blame(section->line, arena_fmt(reading.arena, "filter %s: "
		    "expected challenge = true in one section, which is not "
		    "deferred", f->name));
	set->challenge = true;
}

static void
fill_filters(cfg_t *cfg, struct settings *set)
{
	static const struct settings_row title = {
		"filter", SETTINGS_WORD, offsetof(struct settings_filter, name),
		1, 32, NULL
	};
	size_t i, k;

	set->nfilters = cfg_size(cfg, "filter");
	set->filters = arena_alloc(reading.arena,
	    (set->nfilters + 1) * sizeof(*set->filters));
	for (i = 0; i < set->nfilters; i++) {
		cfg_t *section = cfg_getnsec(cfg, "filter", (unsigned)i);
		struct settings_filter *f = &set->filters[i];

		if (!settings_value_set(reading.arena, &title,
		    str_of(cfg_title(section)), f)) {
			refuse(section, &title, cfg_title(section));
			return;
		}
		f->path = arena_fmt(reading.arena, "%s/%s.so", set->plugins,
		    f->name).at;
		for (k = 0; k < settings_table_filter_size; k++)
			fill_row(section, &settings_table_filter[k], f);
		fill_pairs(section, f);
		check_challenge(section, f, set);
	}
	if (set->nfilters > SETTINGS_FILTERS_MAX)
		blame(cfg_getnsec(cfg, "filter", SETTINGS_FILTERS_MAX)->line,
		    arena_fmt(reading.arena, "expected at most %d filters, "
		    "not %zu", SETTINGS_FILTERS_MAX, set->nfilters));
}

/* Where the later of two settings stands. */
static int
line_of_two(size_t one, size_t other)
{
	const struct settings_row *row = settings_table;
	int line = 0;
	size_t i;

	for (i = 0; i < settings_table_size; i++)
		if ((row[i].at == one || row[i].at == other) &&
		    reading.lines[i] > line)
			line = reading.lines[i];
	return line;
}

static void
check_thresholds(const struct settings *set)
{
	if (set->spam_at < set->hold_at)
		blame(line_of_two(offsetof(struct settings, hold_at),
		    offsetof(struct settings, spam_at)),
		    arena_fmt(reading.arena, "spam_at: expected at "
		    "least hold_at, which is %d", set->hold_at));
}

static void
check_mail(const struct settings *set)
{
	if (set->mail_server[0] != '\0' && set->mail_from[0] == '\0')
		blame(line_of_two(offsetof(struct settings, mail_server),
		    offsetof(struct settings, mail_from)), STR("mail_server: "
		    "expected mail_from, too: the address that mail is from"));
}

static void
fill(cfg_t *cfg, struct settings *set)
{
	size_t i;

	for (i = 0; i < settings_table_size; i++)
		fill_row(cfg, &settings_table[i], set);
	fill_origins(cfg, set);
	fill_filters(cfg, set);
	check_thresholds(set);
	check_mail(set);
}

/* ---- libconfuse's tables, made from ours ---- */

static void
options(cfg_opt_t *opt, const struct settings_row *row, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		opt[i] = (cfg_opt_t)CFG_STR_CB(row[i].name, NULL,
		    CFGF_NODEFAULT, on_value);
	opt[n] = (cfg_opt_t)CFG_END();
}

static void
parse(char *text, struct settings *set)
{
	cfg_opt_t filter[ROWS_MAX], all[ROWS_MAX];
	size_t n = settings_table_size;
	cfg_t *cfg;

	assert(n + 3 <= ROWS_MAX);	/* the list, the section, the end */
	options(filter, settings_table_filter, settings_table_filter_size);
	options(all, settings_table, n);
	all[n++] = (cfg_opt_t)CFG_STR_LIST_CB("origins", NULL, CFGF_NODEFAULT,
	    on_value);
	all[n++] = (cfg_opt_t)CFG_SEC("filter", filter, CFGF_MULTI |
	    CFGF_TITLE | CFGF_NO_TITLE_DUPES | CFGF_KEYSTRVAL);
	all[n] = (cfg_opt_t)CFG_END();
	if ((cfg = cfg_init(all, CFGF_NONE)) == NULL)
		abort();		/* out of memory */
	cfg_set_error_function(cfg, on_error);
	if (cfg_parse_buf(cfg, text) != CFG_SUCCESS)
		blame(cfg->line, STR("expected NAME = VALUE"));
	if (reading.fault.line == 0)
		fill(cfg, set);
	cfg_free(cfg);
}

enum err
settings_load(struct arena *a, const char *file, struct settings *ret,
    struct str *why)
{
	struct settings set = { .file = arena_cstr(a, str_of(file)) };
	struct settings_fault fault = { 0, STR("") };
	struct str text;
	char *clean;
	enum err e;

	reading = (struct reading){ .arena = a };
	e = settings_text_read(a, file, &text, &fault);
	if (e == OK)
		e = settings_text_check(a, text, &clean, &fault);
	if (e == OK) {
		parse(clean, &set);
		fault = reading.fault;
		e = fault.line > 0 ? ERR_SYNTAX : OK;
	}
	if (e == OK)
		*ret = set;
	else if (fault.line > 0)
		*why = arena_fmt(a, "%s:%d: " STR_FMT, file, fault.line,
		    STR_ARG(fault.sentence));
	else
		*why = arena_fmt(a, "%s: " STR_FMT, file,
		    STR_ARG(fault.sentence));
	return e;
}
