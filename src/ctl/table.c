/* table.c: lists: columns for people, an array of objects for programs. */
#include <stdio.h>
#include <string.h>

#include "ctl/ctl.h"

enum { COLUMNS_MAX = 12, CELL_MOST = 60 };	/* the last is never cut */

void
ctl_table_cell(struct ctl_table *t, struct str cell)
{
	if (t->ncells == t->cap) {
		size_t cap = t->cap ? 2 * t->cap : 64;
		struct str *cells = arena_alloc(t->arena,
		    cap * sizeof(*cells));

		if (t->ncells > 0)
			memcpy(cells, t->cells, t->ncells * sizeof(*cells));
		t->cells = cells;
		t->cap = cap;
	}
	t->cells[t->ncells++] = cell;
}

void
ctl_table_int(struct ctl_table *t, int64_t n)
{
	ctl_table_cell(t, arena_fmt(t->arena, "%lld", (long long)n));
}

/* A JSON string (RFC 8259, section 7). */
static void
json_string(struct buf *b, struct str s)
{
	buf_char(b, '"');
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.at[i];

		if (c == '"' || c == '\\')
			buf_fmt(b, "\\%c", c);
		else if (c < 0x20 || c == 0x7f)
			buf_fmt(b, "\\u%04x", c);
		else
			buf_char(b, (char)c);
	}
	buf_char(b, '"');
}

struct str
ctl_table_json(const struct ctl_table *t)
{
	struct buf b = buf_new(t->arena, 1024);

	for (size_t i = 0; i < t->ncells; i++) {
		const struct ctl_column *column = &t->columns[i % t->ncolumns];

		buf_lit(&b, i == 0 ? "[\n{" : i % t->ncolumns == 0 ? ",\n{" :
		    ", ");
		json_string(&b, str_of(column->name));
		buf_lit(&b, ": ");
		if (column->number)
			buf_str(&b, t->cells[i]);
		else
			json_string(&b, t->cells[i]);
		if (i % t->ncolumns == t->ncolumns - 1)
			buf_char(&b, '}');
	}
	buf_lit(&b, t->ncells > 0 ? "\n]\n" : "[]\n");
	return buf_view(&b);
}

static size_t
width(const struct ctl_table *t, size_t column)
{
	size_t most = strlen(t->columns[column].name);

	for (size_t i = column; i < t->ncells; i += t->ncolumns) {
		size_t n = text_length(t->cells[i]);

		if (n > most)
			most = n < CELL_MOST ? n : CELL_MOST;
	}
	return most;
}

static void
print_cell(struct str cell, size_t wide, bool last)
{
	if (!last)
		cell = text_first(cell, wide);
	printf(STR_FMT, STR_ARG(cell));
	if (last)
		putchar('\n');
	else
		printf("%*s", (int)(wide - text_length(cell)) + 2, "");
}

void
ctl_table_print(const struct ctl_table *t, bool json)
{
	size_t widths[COLUMNS_MAX];
	size_t last = t->ncolumns - 1;

	if (json) {
		printf(STR_FMT, STR_ARG(ctl_table_json(t)));
		return;
	}
	for (size_t k = 0; k <= last; k++) {
		widths[k] = width(t, k);
		print_cell(str_of(t->columns[k].name), widths[k], k == last);
	}
	for (size_t i = 0; i < t->ncells; i++)
		print_cell(t->cells[i], widths[i % t->ncolumns],
		    i % t->ncolumns == last);
}
