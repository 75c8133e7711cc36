/* query.c: a statement's parameters: text, bytes and UUIDs as they are. */
#include <assert.h>
#include <stdio.h>

#include "store/internal.h"

static void
put(struct store_query *q, const void *at, size_t len, int format)
{
	assert(q->n < STORE_PARAMS && len <= INT32_MAX);
	q->values[q->n] = at != NULL ? at : "";
	q->lengths[q->n] = (int)len;
	q->formats[q->n] = format;
	q->n++;
}

void
store_query_int(struct store_query *q, int64_t n)
{
	char *text = q->digits[q->ndigits];

	assert(q->ndigits < STORE_NUMBERS);
	q->ndigits++;
	put(q, text, (size_t)snprintf(text, 24, "%lld", (long long)n), 0);
}

void
store_query_str(struct store_query *q, struct str s)
{
	put(q, s.at, s.len, 1);
}

void
store_query_bool(struct store_query *q, bool yes)
{
	store_query_str(q, yes ? STR("t") : STR("f"));
}

void
store_query_bytes(struct store_query *q, const void *at, size_t len)
{
	put(q, at, len, 1);
}

void
store_query_uuid(struct store_query *q, const struct uuid *u)
{
	put(q, u->bytes, sizeof(u->bytes), 1);
}

/* An array's text, PostgreSQL manual 8.15.6: {"a","b \"c\" \\"}. */
static void
element(struct buf *b, struct str s)
{
	size_t i;

	buf_lit(b, b->len > 1 ? ",\"" : "\"");
	for (i = 0; i < s.len; i++) {
		if (s.at[i] == '"' || s.at[i] == '\\')
			buf_char(b, '\\');
		buf_char(b, s.at[i]);
	}
	buf_char(b, '"');
}

static void
put_array(struct store_query *q, struct buf *b)
{
	buf_char(b, '}');
	store_query_str(q, buf_view(b));
}

void
store_query_strs(struct store_query *q, const struct str *s, size_t n)
{
	struct buf b = buf_new(q->arena, 64);
	size_t i;

	buf_char(&b, '{');
	for (i = 0; i < n; i++)
		element(&b, s[i]);
	put_array(q, &b);
}

void
store_query_ints(struct store_query *q, const int64_t *at, size_t n)
{
	struct buf b = buf_new(q->arena, 64);
	size_t i;

	buf_char(&b, '{');
	for (i = 0; i < n; i++) {
		if (i > 0)
			buf_char(&b, ',');
		buf_int(&b, at[i]);
	}
	put_array(q, &b);
}

void
store_query_verdict(struct store_query *q, const struct verdict *v)
{
	struct str fields[6 * MODEL_FILTERS_MAX], *at = fields;
	size_t i;

	for (i = 0; i < v->n; i++) {
		const struct evidence *e = &v->each[i];

		*at++ = e->filter;
		*at++ = e->silent ? STR("t") : STR("f");
		*at++ = arena_fmt(q->arena, "%d", e->score);
		*at++ = e->reason;
		*at++ = e->features;
		*at++ = arena_fmt(q->arena, "%lld", (long long)e->usec);
	}
	store_query_strs(q, fields, (size_t)(at - fields));
}
