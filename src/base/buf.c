/* buf.c: text that grows by doubling, in an arena. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"

struct buf
buf_new(struct arena *arena, size_t cap)
{
	struct buf b = { .arena = arena, .cap = cap ? cap : 64 };

	b.at = arena_bytes(arena, b.cap);
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
	at = arena_bytes(b->arena, cap);
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
buf_char(struct buf *b, char c)
{
	buf_room(b, 1);
	b->at[b->len++] = c;
}

void
buf_int(struct buf *b, int64_t n)
{
	char digits[24], *at = digits + sizeof(digits);
	uint64_t left = n < 0 ? -(uint64_t)n : (uint64_t)n;

	do
		*--at = (char)('0' + left % 10);
	while ((left /= 10) > 0);
	if (n < 0)
		*--at = '-';
	buf_add(b, at, (size_t)(digits + sizeof(digits) - at));
}

void
buf_fmt(struct buf *b, const char *fmt, ...)
{
	va_list ap;
	size_t room = b->cap - b->len;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(b->at + b->len, room, fmt, ap);
	va_end(ap);
	if (n < 0)
		abort();
	if ((size_t)n >= room) {
		buf_room(b, (size_t)n + 1);
		va_start(ap, fmt);
		vsnprintf(b->at + b->len, (size_t)n + 1, fmt, ap);
		va_end(ap);
	}
	b->len += (size_t)n;
}

void
buf_percent(struct buf *b, struct str s, const char *keep)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789-._~";
	size_t i;

	for (i = 0; i < s.len; i++) {
		char c = s.at[i];

		if (c != '\0' && (strchr(plain, c) != NULL ||
		    strchr(keep, c) != NULL))
			buf_char(b, c);
		else
			buf_fmt(b, "%%%02X", (unsigned char)c);
	}
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
