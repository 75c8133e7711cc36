/* row.c: one row of a result, column after column, as binary. */
#include <assert.h>
#include <string.h>

#include "store/internal.h"

#define SINCE_2000	INT64_C(946684800000000)	/* us, from 1970 */

struct store_row
store_row_at(const PGresult *rs, int row, struct arena *a)
{
	return (struct store_row){ rs, row, 0, a };
}

bool
store_row_null(const struct store_row *r)
{
	return PQgetisnull(r->rs, r->row, r->col) != 0;
}

static struct str
take(struct store_row *r)
{
	int col = r->col++;
	const char *at = PQgetvalue(r->rs, r->row, col);

	assert(at != NULL);
	return (struct str){ at, (size_t)PQgetlength(r->rs, r->row, col) };
}

/* Bytes off the front, the most significant first; 0 where there are none. */
static uint64_t
cut(struct str *s, size_t n)
{
	uint64_t value = 0;
	size_t i;

	if (s->len < n)
		n = 0;
	for (i = 0; i < n; i++)
		value = value << 8 | (unsigned char)s->at[i];
	*s = str_cut(*s, n, s->len);
	return value;
}

int64_t
store_row_int(struct store_row *r)
{
	struct str s = take(r);

	switch (s.len) {
	case 2:
		return (int16_t)cut(&s, 2);
	case 4:
		return (int32_t)cut(&s, 4);
	default:
		return (int64_t)cut(&s, 8);
	}
}

bool
store_row_bool(struct store_row *r)
{
	struct str s = take(r);

	return cut(&s, 1) != 0;
}

struct str
store_row_str(struct store_row *r)
{
	return arena_str(r->arena, take(r));
}

struct uuid
store_row_uuid(struct store_row *r)
{
	struct uuid u = { { 0 } };
	struct str s = take(r);

	if (s.len == sizeof(u.bytes))
		memcpy(u.bytes, s.at, s.len);
	return u;
}

void
store_row_hash(struct store_row *r, unsigned char ret[32])
{
	struct str s = take(r);

	memset(ret, 0, 32);
	if (s.len == 32)
		memcpy(ret, s.at, 32);
}

/* timestamptz_send(): microseconds since 2000-01-01. */
int64_t
store_row_time(struct store_row *r)
{
	struct str s = take(r);

	return s.len == 8 ? (int64_t)cut(&s, 8) + SINCE_2000 : 0;
}

/* array_send() of one dimension: how many there are (of each: NULLs, type),
 * length and lower bound, then each as a length and so many bytes; no NULLs
 * are stored. How many, and *rest: the first. */
static size_t
open_array(struct str *rest)
{
	size_t n;

	if (cut(rest, 4) != 1 || rest->len < 16)
		return 0;
	(void)cut(rest, 8);
	n = cut(rest, 4);
	(void)cut(rest, 4);
	return n;
}

static struct str
element(struct str *rest)
{
	size_t len = cut(rest, 4);
	struct str ret = str_cut(*rest, 0, len);

	*rest = str_cut(*rest, len, rest->len);
	return ret;
}

struct str *
store_row_strs(struct store_row *r, size_t *n)
{
	struct str rest = take(r), *all;
	size_t i;

	*n = open_array(&rest);
	all = arena_alloc(r->arena, (*n + 1) * sizeof(*all));
	for (i = 0; i < *n; i++)
		all[i] = arena_str(r->arena, element(&rest));
	return all;
}

int64_t *
store_row_ints(struct store_row *r, size_t *n)
{
	struct str rest = take(r), each;
	int64_t *all;
	size_t i;

	*n = open_array(&rest);
	all = arena_alloc(r->arena, (*n + 1) * sizeof(*all));
	for (i = 0; i < *n; i++) {
		each = element(&rest);
		all[i] = (int64_t)cut(&each, 8);
	}
	return all;
}

enum model_state
store_row_state(struct store_row *r)
{
	enum model_state state = STATE_HELD;

	return model_state_parse(take(r), &state) ? state : STATE_HELD;
}

enum model_policy
store_row_policy(struct store_row *r)
{
	enum model_policy policy = POLICY_CLOSED;

	return model_policy_parse(take(r), &policy) ? policy : POLICY_CLOSED;
}

void
store_row_comment(struct store_row *r, struct comment *c)
{
	memset(c, 0, sizeof(*c));
	c->thread = store_row_int(r);
	c->id = store_row_int(r);
	c->parent = store_row_int(r);
	c->root = store_row_int(r);
	c->state = store_row_state(r);
	c->author = store_row_str(r);
	c->badge = store_row_str(r);
	c->html = store_row_str(r);
	c->anchor = store_row_str(r);
	c->reason = store_row_str(r);
	c->posted = store_row_int(r);
	c->edited = store_row_int(r);
	c->votes = (int)store_row_int(r);
	c->body = store_row_str(r);
	c->person = store_row_uuid(r);
	c->slug = store_row_str(r);
	c->title = store_row_str(r);
	c->spoiler = store_row_bool(r);
}

void
store_row_thread(struct store_row *r, struct thread *t)
{
	memset(t, 0, sizeof(*t));
	t->id = store_row_int(r);
	t->version = store_row_int(r);
	t->count = store_row_int(r);
	t->policy = store_row_policy(r);
	t->closes_at = store_row_int(r);
	t->title = store_row_str(r);
	t->language = store_row_str(r);
	t->slug = store_row_str(r);
	t->minutes = (int)store_row_int(r);
}
