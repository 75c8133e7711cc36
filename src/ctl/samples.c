/* samples.c: reads labelled comments, a line each. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ctl/eval.h"
#include "model/model.h"

enum { COLUMNS = 5, LINE_ARENA = 1 << 30 };	/* bytes */

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

static struct ctl_sample *
add(struct arena *arena, struct ctl_samples *all)
{
	if (all->n == all->cap) {
		size_t cap = all->cap ? 2 * all->cap : 1024;
		struct ctl_sample *more = arena_alloc(arena,
		    cap * sizeof(*more));

		if (all->n > 0)
			memcpy(more, all->all, all->n * sizeof(*more));
		all->all = more;
		all->cap = cap;
	}
	return &all->all[all->n++];
}

static bool
read_lines(struct arena *arena, FILE *f, const char *file,
    struct ctl_samples *ret)
{
	struct arena *room_for_one = arena_new(LINE_ARENA);
	const char *why = NULL;
	char *line = NULL;
	size_t room = 0, number = 0;
	ssize_t n;

	while (why == NULL && (n = getline(&line, &room, f)) >= 0) {
		struct str s = { line, (size_t)n };

		if (number++ == 0 && str_begins(s, "\xef\xbb\xbf"))
			s = str_cut(s, 3, s.len);	/* byte order mark */
		if (s.len > 0 && s.at[s.len - 1] == '\n')
			s.len--;
		if (s.len > 0 && s.at[s.len - 1] == '\r')
			s.len--;
		if (s.len > 0)
			why = take(arena, room_for_one, s, add(arena, ret));
		arena_reset(room_for_one);
	}
	arena_free(room_for_one);
	free(line);
	if (why != NULL)
		ctl_say_failed("%s:%zu: %s", file, number, why);
	return why == NULL;
}

bool
ctl_samples_read(struct arena *arena, const char *file,
    struct ctl_samples *ret)
{
	FILE *f = fopen(file, "r");
	bool good;

	if (f == NULL) {
		ctl_say_failed("%s: the file can't be read", file);
		return false;
	}
	good = read_lines(arena, f, file, ret);
	if (good && ferror(f)) {
		ctl_say_failed("%s: the file can't be read", file);
		good = false;
	}
	fclose(f);
	return good;
}
