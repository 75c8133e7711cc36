/* samples.c: reads labelled comments, a line each. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ctl/eval.h"
#include "model/model.h"

enum { COLUMNS = 5, SCRATCH = 1 << 30 };	/* bytes */

static bool
unescape(struct arena *arena, struct str from, struct str *ret)
{
	char *to = arena_bytes(arena, from.len + 1);
	size_t i, n = 0;

	for (i = 0; i < from.len; i++) {
		if (from.at[i] != '\\') {
			to[n++] = from.at[i];
			continue;
		}
		if (++i == from.len)
			return false;
		switch (from.at[i]) {
		case 't': to[n++] = '\t'; break;
		case 'n': to[n++] = '\n'; break;
		case 'r': to[n++] = '\r'; break;
		case '\\': to[n++] = '\\'; break;
		default: return false;
		}
	}
	*ret = (struct str){ to, n };
	return true;
}

/* Cleaned and cut as a reader's comment is. */
static bool
take_body(struct arena *line, struct str text, struct str *ret)
{
	if (!unescape(line, text, ret) ||
	    text_clean(line, *ret, true, ret) != OK)
		return false;
	*ret = text_first(*ret, MODEL_BODY_MAX);
	return true;
}

/* Whole seconds count; a fraction may follow. */
static bool
take_time(struct str s, int64_t *ret)
{
	struct str whole, rest = s;
	int64_t fraction;

	*ret = 0;
	if (s.len == 0)
		return true;
	return str_split(&rest, '.', &whole) && str_int64(whole, ret) &&
	    (rest.len == 0 || (str_int64(rest, &fraction) && fraction >= 0));
}

static const char *
take(struct arena *arena, struct arena *room, struct str line,
    struct ctl_sample *s)
{
	struct str part[COLUMNS] = { line }, rest = line;
	size_t i, tabs = 0;

	if (!text_valid(line))
		return "this is no UTF-8";
	for (i = 0; i < line.len; i++)
		tabs += line.at[i] == '\t';
	if (tabs != COLUMNS - 1)
		return tabs < COLUMNS ? "there are less than 5 columns" :
		    "there are more than 5 columns";
	for (i = 0; i < COLUMNS - 1; i++)
		(void)str_split(&rest, '\t', &part[i]);
	part[i] = rest;
	if (!take_time(part[1], &s->at))
		return "the second column is no Unix time";
	s->spam = str_is(part[3], "spam");
	if (!s->spam && !str_is(part[3], "ham"))
		return "the fourth column is neither spam nor ham";
	if (!take_body(room, part[4], &s->body))
		return "after a \\ comes t, n, r or \\";
	s->body = arena_str(arena, s->body);
	s->id = arena_str(arena, part[0]);
	s->author = arena_str(arena, part[2]);
	return NULL;
}

/* Goes on to the first file, unless it is open; false: there is none. */
static bool
open_file(struct ctl_source *s)
{
	if (s->failed || s->nfiles == 0)
		return false;
	if (s->scratch == NULL)
		s->scratch = arena_new(SCRATCH);
	if (s->file == NULL) {
		s->number = 0;
		s->file = fopen(*s->files, "r");
	}
	if (s->file == NULL) {
		ctl_say_failed("%s: the file can't be read", *s->files);
		s->failed = true;
	}
	return s->file != NULL;
}

static void
close_file(struct ctl_source *s)
{
	if (ferror(s->file)) {
		ctl_say_failed("%s: the file can't be read", *s->files);
		s->failed = true;
	}
	fclose(s->file);
	s->file = NULL;
	s->files++;
	s->nfiles--;
}

/* The file's next line that isn't empty; false at its end. */
static bool
next_line(struct ctl_source *s, struct str *ret)
{
	ssize_t n;

	while ((n = getline(&s->line, &s->room, s->file)) >= 0) {
		*ret = (struct str){ s->line, (size_t)n };
		if (s->number++ == 0 && str_begins(*ret, "\xef\xbb\xbf"))
			*ret = str_cut(*ret, 3, ret->len);	/* its mark */
		if (ret->len > 0 && ret->at[ret->len - 1] == '\n')
			ret->len--;
		if (ret->len > 0 && ret->at[ret->len - 1] == '\r')
			ret->len--;
		if (ret->len > 0)
			return true;
	}
	return false;
}

struct ctl_sample *
ctl_samples_next(struct ctl_source *s, struct arena *arena)
{
	struct ctl_sample *ret;
	const char *why;
	struct str line;

	while (open_file(s)) {
		if (!next_line(s, &line)) {
			close_file(s);
			continue;
		}
		arena_reset(s->scratch);
		ret = arena_alloc(arena, sizeof(*ret));
		if ((why = take(arena, s->scratch, line, ret)) == NULL)
			return ret;
		ctl_say_failed("%s:%zu: %s", *s->files, s->number, why);
		s->failed = true;
	}
	return NULL;
}

void
ctl_samples_close(struct ctl_source *s)
{
	if (s->file != NULL)
		fclose(s->file);
	arena_free(s->scratch);
	free(s->line);
}
