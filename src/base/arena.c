/* arena.c: blocks that are filled from the front and freed together. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"

enum { BLOCK = 64 * 1024, ALIGN = 16 };

struct block {
	struct block *next;
	size_t size, used;
	_Alignas(ALIGN) char bytes[];
};

struct arena {
	struct block *top;	/* the one being filled; the first is last */
	size_t limit, used;
};

static void
give_up(const char *why)
{
	log_line(LOG_ERROR, "arena: %s", why);
	abort();
}

static struct block *
block_new(size_t size, struct block *next)
{
	struct block *b = malloc(sizeof(*b) + size);

	if (b == NULL)
		give_up("out of memory");
	b->next = next;
	b->size = size;
	b->used = 0;
	return b;
}

struct arena *
arena_new(size_t limit)
{
	struct arena *a = malloc(sizeof(*a));

	if (a == NULL)
		give_up("out of memory");
	a->limit = limit;
	a->used = 0;
	a->top = block_new(BLOCK, NULL);
	return a;
}

void
arena_free(struct arena *a)
{
	if (a == NULL)
		return;
	arena_reset(a);
	free(a->top);
	free(a);
}

void
arena_reset(struct arena *a)
{
	while (a->top->next != NULL) {
		struct block *next = a->top->next;

		free(a->top);
		a->top = next;
	}
	a->top->used = 0;
	a->used = 0;
}

void *
arena_alloc(struct arena *a, size_t size)
{
	void *p;

	if (size > a->limit || a->used > a->limit - size)
		give_up("past its limit");
	size = (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
	if (a->top->size - a->top->used < size)
		a->top = block_new(size > BLOCK ? size : BLOCK, a->top);
	p = a->top->bytes + a->top->used;
	a->top->used += size;
	a->used += size;
	return memset(p, 0, size);
}

char *
arena_cstr(struct arena *a, struct str s)
{
	char *p = arena_alloc(a, s.len + 1);

	if (s.len > 0)
		memcpy(p, s.at, s.len);
	return p;
}

struct str
arena_str(struct arena *a, struct str s)
{
	return (struct str){ arena_cstr(a, s), s.len };
}

struct str
arena_fmt(struct arena *a, const char *fmt, ...)
{
	va_list ap;
	char *p;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n < 0)
		give_up("bad format");
	p = arena_alloc(a, (size_t)n + 1);
	va_start(ap, fmt);
	vsnprintf(p, (size_t)n + 1, fmt, ap);
	va_end(ap);
	return (struct str){ p, (size_t)n };
}

size_t
arena_used(const struct arena *a)
{
	return a->used;
}
