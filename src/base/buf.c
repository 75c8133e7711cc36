/* buf.c: text that grows by doubling, in an arena. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"

struct buf
buf_new(struct arena *arena, size_t cap)
{
	struct buf b = { .arena = arena, .cap = cap ? cap : 64 };

	b.at = arena_alloc(arena, b.cap);
	return b;
}

static void
buf_room(struct buf *b, size_t more)
{
	size_t cap = b->cap;
	char *at;

	if (b->cap - b->len >= more)
		return;
	while (cap - b->len < more)
		cap *= 2;
	at = arena_alloc(b->arena, cap);
	memcpy(at, b->at, b->len);
	b->at = at;
	b->cap = cap;
}

void
buf_add(struct buf *b, const void *bytes, size_t len)
{
	if (len == 0)
		return;
	buf_room(b, len);
	memcpy(b->at + b->len, bytes, len);
	b->len += len;
}

void
buf_str(struct buf *b, struct str s)
{
	buf_add(b, s.at, s.len);
}

void
buf_lit(struct buf *b, const char *cstring)
{
	buf_add(b, cstring, strlen(cstring));
}

void
buf_char(struct buf *b, char c)
{
	buf_room(b, 1);
	b->at[b->len++] = c;
}

void
buf_int(struct buf *b, int64_t n)
{
	char digits[24];
	int len = snprintf(digits, sizeof(digits), "%lld", (long long)n);

	buf_add(b, digits, (size_t)len);
}

void
buf_fmt(struct buf *b, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n < 0)
		abort();
	buf_room(b, (size_t)n + 1);
	va_start(ap, fmt);
	vsnprintf(b->at + b->len, (size_t)n + 1, fmt, ap);
	va_end(ap);
	b->len += (size_t)n;
}

struct str
buf_view(const struct buf *b)
{
	return (struct str){ b->at, b->len };
}

const char *
buf_cstr(struct buf *b)
{
	buf_room(b, 1);
	b->at[b->len] = '\0';
	return b->at;
}
