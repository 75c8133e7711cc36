/* import_show.c: an import's progress on a terminal, and its sums. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "ctl/import.h"

enum { BAR = 24, SIDE = 50, EVERY = 100000 };	/* columns, columns, us */

static const struct ctl_column columns[] = {
	{ "file", false }, { "reason", false }
};

void
ctl_import_show_begin(struct ctl_import_show *s, struct arena *a, size_t total)
{
	const char *term = getenv("TERM");

	s->arena = a;
	s->total = total;
	s->failed = (struct ctl_table){ .arena = a, .columns = columns,
	    .ncolumns = COUNT(columns) };
	s->bar = s->many && isatty(STDERR_FILENO) && term != NULL &&
	    strcmp(term, "dumb") != 0;
}

static size_t
done(const struct ctl_import_show *s)
{
	size_t n = 0;

	for (size_t k = 0; k < IMPORT_ENDS; k++)
		n += s->ends[k];
	return n;
}

static size_t
width(void)
{
	struct winsize size;

	return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 &&
	    size.ws_col > 0 ? size.ws_col : 80;
}

static void
clear(const struct ctl_import_show *s)
{
	if (s->bar)
		fputs("\r\033[K", stderr);
}

void
ctl_import_show_next(struct ctl_import_show *s, const char *file)
{
	static const char full[] = "########################";
	size_t n = done(s), filled = n * BAR / s->total, wide = width();
	const char *slash = strrchr(file, '/');
	struct str name = str_of(slash != NULL ? slash + 1 : file);

	if (!s->bar || clock_mono() - s->drawn < EVERY)
		return;
	s->drawn = clock_mono();
	clear(s);
	fprintf(stderr, "[%-*.*s] %3zu %%  %zu of %zu", BAR, (int)filled,
	    full, n * 100 / s->total, n, s->total);
	if (wide > SIDE) {
		name = text_first(name, wide - SIDE);
		fprintf(stderr, "  " STR_FMT, STR_ARG(name));
	}
	fflush(stderr);
}

void
ctl_import_show_failed(struct ctl_import_show *s, const char *file,
    struct str why)
{
	struct str prefix = arena_fmt(s->arena, "%s:", file);

	s->ends[IMPORT_FAILED]++;
	clear(s);
	s->drawn = 0;
	/* The reader's reasons begin with the file and its line. */
	if (str_begins(why, prefix.at))
		ctl_say_failed(STR_FMT, STR_ARG(why));
	else
		ctl_say_failed("%s: " STR_FMT, file, STR_ARG(why));
	ctl_table_cell(&s->failed, str_of(file));
	ctl_table_cell(&s->failed, arena_str(s->arena, why));
}

static void
print_json(const struct ctl_import_show *s)
{
	printf("{\"added\": %zu, \"updated\": %zu, \"unchanged\": %zu, "
	    "\"read\": %zu, \"notes\": %zu, \"complete\": %s, \"failed\": "
	    STR_FMT "}\n", s->ends[IMPORT_ADDED], s->ends[IMPORT_UPDATED],
	    s->ends[IMPORT_UNCHANGED], s->ends[IMPORT_READ], s->notes,
	    s->stopped != NULL ? "false" : "true",
	    STR_ARG(ctl_table_json(&s->failed)));
}

static void
print_sums(const struct ctl_import_show *s)
{
	if (s->dry_run)
		printf("%zu of %zu files could be read", s->ends[IMPORT_READ],
		    s->total);
	else
		printf("%zu added, %zu updated, %zu unchanged",
		    s->ends[IMPORT_ADDED], s->ends[IMPORT_UPDATED],
		    s->ends[IMPORT_UNCHANGED]);
	printf(", %zu failed", s->ends[IMPORT_FAILED]);
	if (s->notes > 0)
		printf("; %zu lines to look at: foyerctl review import "
		    "--dry-run FILE shows them", s->notes);
	putchar('\n');
}

int
ctl_import_show_end(struct ctl_import_show *s)
{
	clear(s);
	if (s->json)
		print_json(s);
	else if (s->many)
		print_sums(s);
	if (s->stopped != NULL)
		return ctl_say_failed("%s after %zu of %zu files: run it "
		    "again to go on", s->stopped, done(s), s->total);
	return s->ends[IMPORT_FAILED] > 0 ? CTL_FAILED : CTL_DONE;
}
