/* list.c: arrays that grow in an arena, and strings put together late. */
#include <string.h>

#include "ingest/internal.h"

struct piece {
	const char *glue;		/* to the piece before; NULL begins */
	struct str text;
};

void *
ingest_list_add(struct arena *a, struct list *l, size_t size)
{
	if (l->n == l->cap) {
		size_t cap = l->cap ? 2 * l->cap : 8;
		void *at = arena_alloc(a, cap * size);

		if (l->n > 0)
			memcpy(at, l->at, l->n * size);
		l->at = at;
		l->cap = cap;
	}
	return (char *)l->at + size * l->n++;
}

void
ingest_list_text(struct arena *a, struct list *l, const char *glue,
    struct str text)
{
	struct piece *p = ingest_list_add(a, l, sizeof(*p));

	p->glue = l->n > 1 ? glue : NULL;
	p->text = text;
}

/* One string from l[*i] on, with what is glued to it; moves *i past it. */
static struct str
whole(struct arena *a, const struct list *l, size_t *i)
{
	const struct piece *p = l->at;
	struct buf b;

	if (*i + 1 == l->n || p[*i + 1].glue == NULL)
		return p[(*i)++].text;
	b = buf_new(a, 4 * p[*i].text.len + 1);
	do {
		if (p[*i].glue != NULL)
			buf_lit(&b, p[*i].glue);
		buf_str(&b, p[*i].text);
		++*i;
	} while (*i < l->n && p[*i].glue != NULL);
	return buf_view(&b);
}

struct str *
ingest_list_strings(struct arena *a, const struct list *l, size_t *n)
{
	struct str *all = arena_alloc(a, (l->n + 1) * sizeof(*all));
	size_t i = 0;

	for (*n = 0; i < l->n; )
		all[(*n)++] = whole(a, l, &i);
	return all;
}

struct str
ingest_list_first(struct arena *a, const struct list *l)
{
	size_t i = 0;

	return l->n > 0 ? whole(a, l, &i) : STR("");
}
