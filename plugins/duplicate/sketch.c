/* sketch.c: a text as the smallest hashes of its letters, four in a row. */
#include <string.h>

#include <utf8proc.h>

#include "duplicate.h"

enum { ROW = 4, LETTERS = 16384, LINE = 500 };

static bool
letter(int32_t cp)
{
	utf8proc_category_t c = utf8proc_category(cp);

	return (c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_LO) ||
	    c == UTF8PROC_CATEGORY_ND;
}

/* Murmur3's mixing (Appleby). */
static uint32_t
hash(const int32_t *row)
{
	uint32_t h = 0x9747b28cu;
	int i;

	for (i = 0; i < ROW; i++) {
		h = (h ^ (uint32_t)row[i]) * 0xcc9e2d51u;
		h = (h << 15 | h >> 17) * 0x1b873593u;
	}
	h ^= h >> 16;
	h *= 0x85ebca6bu;
	h ^= h >> 13;
	h *= 0xc2b2ae35u;
	return h ^ h >> 16;
}

static void
keep(struct duplicate_sketch *s, uint32_t h)
{
	uint32_t low = 0, high = s->n;

	if (s->n == DUPLICATE_KEPT && h >= s->least[s->n - 1])
		return;
	while (low < high) {
		uint32_t middle = (low + high) / 2;

		if (s->least[middle] < h)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < s->n && s->least[low] == h)
		return;
	if (s->n < DUPLICATE_KEPT)
		s->n++;
	memmove(&s->least[low + 1], &s->least[low],
	    (s->n - 1 - low) * sizeof(s->least[0]));
	s->least[low] = h;
}

/* "> " and what the parent has, too. */
static bool
quotes(const char *line, size_t len, const char *parent)
{
	char text[LINE];

	if (len == 0 || line[0] != '>')
		return false;
	do {
		line++;
		len--;
	} while (len > 0 && (*line == '>' || *line == ' '));
	if (len >= sizeof(text))
		len = sizeof(text) - 1;
	memcpy(text, line, len);
	text[len] = '\0';
	return strstr(parent, text) != NULL;
}

static size_t
letters(const char *line, size_t len, int32_t *to, size_t room)
{
	ptrdiff_t i, n = utf8proc_decompose((const uint8_t *)line,
	    (ptrdiff_t)len, to, (ptrdiff_t)room, UTF8PROC_DECOMPOSE |
	    UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK |
	    UTF8PROC_IGNORE);
	size_t kept = 0;

	if (n > (ptrdiff_t)room)
		n = (ptrdiff_t)room;
	for (i = 0; i < n; i++)
		if (letter(to[i]))
			to[kept++] = to[i];
	return kept;
}

size_t
duplicate_sketch_make(struct duplicate_sketch *s, const char *text,
    const char *parent)
{
	static int32_t all[LETTERS];
	size_t i, n = 0;

	while (*text != '\0') {
		size_t len = strcspn(text, "\n");

		if (!quotes(text, len, parent))
			n += letters(text, len, all + n, LETTERS - n);
		text += len + (text[len] == '\n');
	}
	s->n = 0;
	for (i = 0; i + ROW <= n; i++)
		keep(s, hash(all + i));
	return n;
}

/* Of the smallest hashes of both together, those that are in both. */
int
duplicate_sketch_alike(const struct duplicate_sketch *a,
    const struct duplicate_sketch *b)
{
	uint32_t i = 0, j = 0, both = 0, all = 0;

	while (all < DUPLICATE_KEPT && (i < a->n || j < b->n)) {
		bool one = j >= b->n ||
		    (i < a->n && a->least[i] <= b->least[j]);
		bool two = i >= a->n ||
		    (j < b->n && b->least[j] <= a->least[i]);

		i += one;
		j += two;
		both += one && two;
		all++;
	}
	return all > 0 ? (int)(100 * both / all) : 0;
}
