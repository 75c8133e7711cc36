/* arena.c: blocks that are filled from the front and freed together. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"

/* Sanitizers see a use after the reset only of what was freed. */
#if defined(__SANITIZE_ADDRESS__)
#define KEPT	0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define KEPT	0
#endif
#endif
#ifndef KEPT
#define KEPT	(512 * 1024)	/* bytes that stay for the next use */
#endif

enum { BLOCK = 64 * 1024, ALIGN = 16 };

struct block {
	struct block *next;
	size_t size, used;
	_Alignas(ALIGN) char bytes[];
};

struct arena {
	struct block *first, *top;	/* top: being filled; behind it, free */
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
	a->first = a->top = block_new(BLOCK, NULL);
	return a;
}

static void
blocks_free(struct block *b)
{
	while (b != NULL) {
		struct block *next = b->next;

		free(b);
		b = next;
	}
}

void
arena_free(struct arena *a)
{
	if (a == NULL)
		return;
	blocks_free(a->first);
	free(a);
}

void
arena_reset(struct arena *a)
{
	struct block *last = a->first;
	size_t kept = last->size;

	while (last->next != NULL && kept + last->next->size <= KEPT) {
		last = last->next;
		kept += last->size;
	}
	blocks_free(last->next);
	last->next = NULL;
	a->top = a->first;
	a->top->used = 0;
	a->used = 0;
}

/* The next block if it is large enough, else a new one before it. */
static void
arena_grow(struct arena *a, size_t size)
{
	struct block *b = a->top->next;

	if (b == NULL || b->size < size) {
		b = block_new(size > BLOCK ? size : BLOCK, b);
		a->top->next = b;
	}
	b->used = 0;
	a->top = b;
}

void *
arena_bytes(struct arena *a, size_t size)
{
	void *p;

	if (size > a->limit || a->used > a->limit - size)
		give_up("past its limit");
	size = (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
	if (a->top->size - a->top->used < size)
		arena_grow(a, size);
	p = a->top->bytes + a->top->used;
	a->top->used += size;
	a->used += size;
	return p;
}

void *
arena_alloc(struct arena *a, size_t size)
{
	return memset(arena_bytes(a, size), 0, size);
}

char *
arena_cstr(struct arena *a, struct str s)
{
	char *p = arena_bytes(a, s.len + 1);

	if (s.len > 0)
		memcpy(p, s.at, s.len);
	p[s.len] = '\0';
	return p;
}

struct str
arena_str(struct arena *a, struct str s)
{
	return s.len == 0 ? STR("") : (struct str){ arena_cstr(a, s), s.len };
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
	p = arena_bytes(a, (size_t)n + 1);
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
